/**
 * Measure this kernel against Deno's own: `deno run -A tools/kernel/measure.ts [--cells 3000] [--stops 100] [--only ours]`.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { ensureSetup } from "../setup/setup.ts";
import { withStockKernel } from "../setup/stock_kernel.ts";
import { KernelClient, sleep } from "./client.ts";
import { BEFORE_FIT, countLost, countStops, ENDLESS, FIT, timeQuestions } from "./measurements.ts";

/** What {@link countStops} cannot be used for: a kernel that a Stop may kill. Each Stop has a kernel of its own. */
export async function stopOnce(
  code: string,
  bySignal: boolean,
): Promise<{ milliseconds: number; kept: boolean }> {
  const client = new KernelClient("stock");
  try {
    await client.ready();
    await client.execute("let kept = 1;");
    const running = client.execute(code);
    await sleep(200);
    const started = performance.now();
    if (bySignal) client.process.kill("SIGINT");
    else client.ask("interrupt_request", {}, "control");
    await Promise.race([running, client.process.status, sleep(PATIENCE)]);
    const milliseconds = performance.now() - started;
    const outcome = await Promise.race([client.execute("kept"), client.process.status, sleep(2000)]);
    const kept = typeof outcome === "object" && "outputs" in outcome && outcome.reply.status === "ok";
    return { milliseconds, kept };
  } finally {
    await client.close();
  }
}

/** A cell that has not ended so long after Stop is not going to; milliseconds. */
const PATIENCE = 5000;

/** Whether 6 × 8 MB arrive whole and in order. */
async function showsLargeOutputs(client: KernelClient): Promise<boolean> {
  const running = client.execute(
    "for (let i = 0; i < 6; i++) await Deno.jupyter.display({ 'text/plain': i + 'x'.repeat(8e6) }, { raw: true });",
  );
  const outcome = await Promise.race([running, sleep(20_000)]);
  const texts = outcome?.outputs.map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
  return texts?.length === 6 && texts.every((text, i) => text[0] === String(i) && text.length === 8e6 + 1);
}

async function measureStops(kind: "ours" | "stock", stops: number): Promise<void> {
  const client = kind === "ours" ? new KernelClient("ours") : undefined;
  await client?.ready();
  client?.process.status.then(async () =>
    console.log(`${kind}: the kernel has ended. ${await client.close()}`)
  );
  for (const [name, code] of Object.entries({ ...ENDLESS, fit: FIT })) {
    for (const bySignal of [false, true]) {
      let kept = 0, slowest = 0;
      if (client) {
        if (name === "fit") await client.execute(BEFORE_FIT);
        ({ kept, slowest } = await countStops(client, code, stops, bySignal));
      } else {
        for (let i = 0; i < stops; i++) {
          const before = name === "fit" ? `${BEFORE_FIT};` : "";
          const stopped = await stopOnce(before + code, bySignal);
          slowest = Math.max(slowest, stopped.milliseconds);
          if (stopped.kept) kept += 1;
        }
      }
      const how = bySignal ? "SIGINT" : "interrupt_request";
      console.log(`${kind}: ${name}, ${how}: kept ${kept} of ${stops}, slowest ${Math.round(slowest)} ms`);
    }
  }
  await client?.close();
}

/** What the processes of a kernel use when nothing runs, in megabytes: resident, and their fair share of it. Linux only. */
async function idleMemory(client: KernelClient): Promise<{ resident: number; proportional: number }> {
  await sleep(3000);
  const read = (path: string) => Deno.readTextFile(path).catch(() => "");
  const family = async (pid: number): Promise<number[]> => {
    const children = (await read(`/proc/${pid}/task/${pid}/children`)).split(" ").filter(Boolean).map(Number);
    return [pid, ...(await Promise.all(children.map(family))).flat()];
  };
  let resident = 0, proportional = 0;
  for (const pid of await family(client.process.pid)) {
    const text = await read(`/proc/${pid}/smaps_rollup`);
    resident += Number(text.match(/^Rss:\s+(\d+)/m)?.[1] ?? 0) / 1024;
    proportional += Number(text.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0) / 1024;
  }
  return { resident: Math.round(resident), proportional: Math.round(proportional) };
}

async function throughNbclient(kind: "ours" | "stock", cells: number): Promise<string> {
  const project = await ensureSetup();
  const { python, env } = kind === "stock" ? await withStockKernel(project) : project;
  const { stdout, stderr } = await new Deno.Command(python, {
    args: [fromFileUrl(new URL("./measure_nbclient.py", import.meta.url)), String(cells)],
    env,
    clearEnv: true,
  }).output();
  return new TextDecoder().decode(stdout).trim() || new TextDecoder().decode(stderr).trim();
}

async function main(): Promise<void> {
  const { values } = readArguments({
    task: "measure",
    help: "deno run -A tools/kernel/measure.ts [--cells 3000] [--stops 100] [--stock-stops 5] [--only ours]",
    options: {
      cells: { type: "string", default: "3000" },
      stops: { type: "string", default: "100" },
      "stock-stops": { type: "string", default: "5" },
      only: { type: "string" },
    },
  });
  for (const kind of ["stock", "ours"] as const) {
    if (values.only && values.only !== kind) continue;
    const starts: number[] = [];
    for (let i = 0; i < 5; i++) {
      const started = performance.now();
      const client = new KernelClient(kind);
      await client.ready();
      await client.execute("1");
      starts.push(Math.round(performance.now() - started));
      await client.close();
    }
    console.log(`${kind}: first cell done ${starts.sort((a, b) => a - b).join(", ")} ms after the start`);
    const client = new KernelClient(kind);
    await client.ready();
    await client.execute("1");
    const { resident, proportional } = await idleMemory(client);
    console.log(`${kind}: idle memory ${resident} MB resident, ${proportional} MB proportional`);
    const { lost, median, p99 } = await countLost(client, Number(values.cells));
    console.log(
      `${kind}: ${lost} of ${values.cells} cells without all their outputs, ${client.late} outputs after idle; ` +
        `${median.toFixed(1)} ms a cell (median), ${p99.toFixed(1)} ms (99%)`,
    );
    if (kind === "ours") {
      const { cold, median, p95 } = await timeQuestions(client, 200);
      console.log(
        `ours: Tab and Shift-Tab know types after ${Math.round(cold)} ms, then ` +
          `${median.toFixed(0)} ms (median), ${p95.toFixed(0)} ms (95%)`,
      );
    }
    console.log(`${kind}: through nbclient: ${await throughNbclient(kind, Number(values.cells))}`);
    console.log(`${kind}: 6 × 8 MB arrive whole: ${await showsLargeOutputs(client)}`);
    await client.close();
    await measureStops(kind, Number(kind === "ours" ? values.stops : values["stock-stops"]));
  }
}

if (import.meta.main) {
  // What a kernel garbles must not end the measurement of it.
  globalThis.addEventListener("unhandledrejection", (event) => event.preventDefault());
  await main().catch((error) => {
    console.error(error);
    Deno.exit(1);
  });
}
