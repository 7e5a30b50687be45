import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { Stopper } from "../../../tools/kernel/cell/stop.ts";
import { KernelClient, sleep } from "../../../tools/kernel/client.ts";
import { addressOf, newConnection } from "../../../tools/kernel/connection.ts";
import { BEFORE_FIT, countLost, countStops, ENDLESS, FIT } from "../../../tools/kernel/measurements.ts";

/** Runs a test in a kernel of its own, which is gone afterwards. */
async function inKernel(body: (client: KernelClient) => Promise<void>): Promise<string> {
  const client = new KernelClient("ours");
  try {
    await client.ready();
    await client.execute("undefined"); // the kernel behind is up, too
    await body(client);
  } finally {
    await client.close();
  }
  return "";
}

const kernelTest = (name: string, body: (client: KernelClient) => Promise<void>) =>
  Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, async () => void await inKernel(body));

const CELLS = Number(Deno.env.get("BACKPROP_KERNEL_CELLS") ?? 200);
const STOPS = Number(Deno.env.get("BACKPROP_KERNEL_STOPS") ?? 2);

kernelTest(
  "the kernel shows every output of cells run back to back before idle, in order",
  async (client) => {
    const { lost } = await countLost(client, CELLS);
    assertEquals([lost, client.late], [0, 0]);
  },
);

kernelTest(
  "the kernel stops each kind of endless cell within a second or so and keeps variables",
  async (client) => {
    for (const code of Object.values(ENDLESS)) {
      for (const bySignal of Deno.build.os === "windows" ? [false] : [false, true]) {
        const { slowest, kept } = await countStops(client, code, STOPS, bySignal);
        assertEquals(kept, STOPS, code);
        assert(slowest < 15_000, `${code} took ${slowest} ms`); // a second on a machine with nothing else to do
      }
    }
  },
);

Deno.test("a cell that is stopped before it begins is stopped when it does", async () => {
  const stopper = new Stopper();
  stopper.begin(1);
  assertEquals([stopper.stop(2), stopper.signal.aborted], [true, false]);
  stopper.begin(2);
  assertEquals([stopper.stop(1), stopper.signal.aborted], [false, true]);
  const error = await stopper.wait(new Promise(() => {})).catch((error: Error) => error);
  assertEquals((error as Error).name, "Stopped");
});

kernelTest(
  "code that looks at the stop signal may end in its own way, and the cell goes on",
  async (client) => {
    const stop = `globalThis[Symbol.for("backprop.stop")]`;
    const running = client.execute(`
    async function train() {
      const history = [];
      while (!${stop}.signal.aborted) {
        history.push(1);
        await new Promise((go) => setTimeout(go, 5));
      }
      ${stop}.handled();
      return history;
    }
    const history = await train();
    console.log("stopped with a history:", history.length > 0);`);
    await sleep(150);
    await client.ask("interrupt_request", {}, "control");
    const { outputs, reply } = await running;
    assertEquals(reply.status, "ok");
    assertEquals(outputs.map(({ content }) => content.text).join(""), "stopped with a history: true\n");
  },
);

kernelTest("fit() that is stopped returns its history and says so, and the cell goes on", async (client) => {
  await client.execute(BEFORE_FIT);
  const { kept, outcomes } = await countStops(client, FIT, 1, false);
  assertEquals([kept, outcomes[0].reply.status], [1, "ok"]);
  const text = outcomes[0].outputs.map(({ content }) => content.text).join("");
  assertMatch(text, /^Stopped by request at step \d+, in epoch \d+ of 1000000000\..*\nsteps kept: true\n$/);
});

kernelTest("a syntax error is shown with its line, column, source and a caret", async (client) => {
  const { outputs, reply } = await client.execute("const a = 1;\nlet b = (;");
  assertEquals(outputs.map(({ type }) => type), ["error"]);
  const { ename, evalue, traceback } = outputs[0].content as {
    ename: string;
    evalue: string;
    traceback: string[];
  };
  assertEquals(ename, "SyntaxError");
  assertMatch(evalue, /line 2, column 10/);
  assert(traceback.includes("> 2 | let b = (;"));
  assert(traceback.includes("    |          ^"));
  assertEquals(reply.status, "error");
});

kernelTest("an error thrown in a function of an earlier cell points at both cells", async (client) => {
  await client.execute(
    "// a comment\n\ntype N = number;\n\nfunction bad(n: N) {\n\n  throw new TypeError('no ' + n);\n}",
  );
  const { outputs } = await client.execute("\n\nawait (async () => { bad(3); })();");
  const traceback = (outputs[0].content.traceback as string[]).join("\n");
  assertStringIncludes(traceback, "TypeError: no 3");
  assertStringIncludes(traceback, "> 7 |   throw new TypeError('no ' + n);");
  assertStringIncludes(traceback, "at bad (cell [2]:7:9)");
  assertStringIncludes(traceback, "cell [3]:3:");
  assert(!/__backprop|ext:|tools\/kernel/.test(traceback), traceback);
});

kernelTest(
  "a misspelt import is refused with what may have been meant; a missing file is named",
  async (client) => {
    const misspelt = await client.execute('import { sofmax } from "backprop";');
    assertEquals(
      misspelt.outputs[0].content.evalue,
      '"backprop" has no export named "sofmax". Did you mean "softmax"?',
    );
    const missing = await client.execute('import { a } from "./not_there.ts";');
    assertStringIncludes(String(missing.outputs[0].content.evalue), "not_there.ts");
    const right = await client.execute('import { softmax, tensor } from "backprop"; typeof softmax');
    assertEquals(right.reply.status, "ok");
  },
);

kernelTest("large outputs arrive whole, and in order", async (client) => {
  const { outputs } = await client.execute(
    "for (let i = 0; i < 6; i++) await Deno.jupyter.display({ 'text/plain': i + 'x'.repeat(8e6) }, { raw: true });",
  );
  const texts = outputs.map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
  assertEquals(
    texts.map((text) => [text[0], text.length]),
    [0, 1, 2, 3, 4, 5].map((i) => [String(i), 8e6 + 1]),
  );
});

kernelTest("a runaway console.log can be stopped, and says how much was cut", async (client) => {
  let first: () => void;
  const begun = new Promise<void>((resolve) => first = resolve);
  const running = client.execute(
    "while (true) console.log('again and '.repeat(1000));",
    (type) => type === "stream" && first(),
  );
  await begun;
  await client.ask("interrupt_request", {}, "control");
  const { outputs, reply } = await running;
  assertEquals(reply.ename, "Stopped");
  const texts = outputs.filter(({ type }) => type === "stream").map(({ content }) => String(content.text));
  assertMatch(texts.at(-1)!, /cut here: [\d,]+ more characters in [\d,]+ more outputs/);
  assertEquals((await client.execute("1 + 1")).reply.status, "ok");
});

kernelTest("completion knows variables and properties, and runs no getter", async (client) => {
  await client.execute(
    "let ran = false; const thing = { alpha: 1, get almost() { ran = true; return {}; } };",
  );
  const properties = await client.ask("complete_request", { code: "thing.al", cursor_pos: 8 });
  assertEquals(properties.matches, ["almost", "alpha"]);
  await client.ask("complete_request", { code: "thing.almost.x", cursor_pos: 14 });
  const names = await client.ask("complete_request", { code: "thi", cursor_pos: 3 });
  assert((names.matches as string[]).includes("thing"));
  const { outputs } = await client.execute("ran");
  assertEquals((outputs[0].content.data as Record<string, string>)["text/plain"], "false");
});

kernelTest(
  "messages that are malformed or not signed are dropped, and the kernel goes on",
  async (client) => {
    const text = (value: string) => new TextEncoder().encode(value);
    client.sendFrames([text("noise")]);
    client.sendFrames([
      text("<IDS|MSG>"),
      text("0".repeat(64)),
      text("{}"),
      text("{}"),
      text("{}"),
      text("{}"),
    ]);
    using stranger = await Deno.connect(addressOf(client.connection, "shell") as Deno.ConnectOptions);
    await stranger.write(text("GET / HTTP/1.1\r\n\r\n".padEnd(64)));
    assertEquals((await client.execute("1")).reply.status, "ok");
    assertMatch(await client.close(), /message dropped/);
  },
);

Deno.test("in a folder far from the project, cells know the library, and their own folder's files and types", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "kernel_away_" }));
  await Deno.writeTextFile(`${folder}/mine.ts`, "export const mine = 41;\n");
  const client = new KernelClient("ours", { cwd: folder });
  try {
    await client.ready();
    const { outputs } = await client.execute(
      'import { tensor } from "backprop";\nimport { mine } from "./mine.ts";\n' +
        "console.log(tensor([mine + 1]).item(), Deno.cwd());",
    );
    assertEquals(outputs.map(({ content }) => content.text ?? content.evalue), [`42 ${folder}\n`]);
  } finally {
    await client.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("when the kernel behind ends, the cell says so, and nothing is left over", async () => {
  const client = new KernelClient("ours");
  try {
    await client.ready();
    const { outputs } = await client.execute(
      "console.log('last'); await new Promise((go) => setTimeout(go, 50)); Deno.exit(3);",
    );
    assertEquals(outputs.map(({ type }) => type), ["stream", "error"]);
    assertMatch(String(outputs[1].content.evalue), /ended with code 3; all variables are lost/);
    assertEquals((await client.process.status).code, 1);
  } finally {
    await client.close();
  }
});

Deno.test("a kernel that is killed takes the kernel behind with it, even in an endless loop", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const client = new KernelClient("ours");
  try {
    await client.ready();
    const { outputs } = await client.execute("Deno.pid");
    const pid = Number((outputs[0].content.data as Record<string, string>)["text/plain"]);
    client.execute("while (true) {}");
    await sleep(100);
    client.process.kill("SIGKILL");
    await client.process.status;
    for (let i = 0; i < 200 && isRunning(pid); i++) await sleep(50);
    assert(!isRunning(pid));
  } finally {
    await client.close();
  }
});

Deno.test("a kernel that is ended while it starts leaves no process", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const client = new KernelClient("ours");
  await client.ready(); // it answers before the kernel behind is up
  const children = await Deno.readTextFile(`/proc/${client.process.pid}/task/${client.process.pid}/children`);
  const pids = children.trim().split(" ").filter(Boolean).map(Number);
  assert(pids.length > 0);
  await client.close();
  for (let i = 0; i < 200 && pids.some(isRunning); i++) await sleep(50);
  assertEquals(pids.filter(isRunning), []);
});

Deno.test("a connection file that is missing, and a port that is taken, are told in a line", async () => {
  const client = new KernelClient("ours", { connection: newConnection() });
  try {
    await client.ready();
    const main = new URL("../../../tools/kernel/main.ts", import.meta.url).pathname;
    const start = async (file: string) => {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), { args: ["run", "-A", main, file] })
        .output();
      return { code, text: new TextDecoder().decode(stderr).trim() };
    };
    const missing = await start("not_there.json");
    assertEquals(missing.code, 1);
    assertMatch(missing.text, /connection file not_there\.json cannot be read: there is no such file\.$/);
    const taken = await start(client.file);
    assertEquals(taken.code, 1);
    assertMatch(taken.text, /Port \d+, meant for shell, is taken by another program/);
  } finally {
    await client.close();
  }
});

Deno.test("without its packages and without a network, the kernel says what to do", async () => {
  const cache = await Deno.makeTempDir({ prefix: "kernel_cache_" });
  const root = fromFileUrl(new URL("../../..", import.meta.url));
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-lock",
        "--config",
        join(root, "deno.json"),
        join(root, "tools/kernel/main.ts"),
        "x.json",
      ],
      env: { DENO_DIR: cache, NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/", NO_COLOR: "1" },
    }).output();
    assertEquals(code, 1);
    assertMatch(new TextDecoder().decode(stderr), /not in Deno's cache.*run `deno task setup`/s);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test({
  name: "the kernel speaks through files in a folder where there is no network to speak through",
  ignore: Deno.build.os === "windows",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "ipc-" });
    const ports = { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 };
    const connection = { transport: "ipc", ip: `${folder}/kernel`, key: "a key", ports } as const;
    const client = new KernelClient("ours", { connection });
    try {
      await client.ready();
      const { outputs } = await client.execute("console.log(6 * 7)");
      assertEquals(outputs.map(({ content }) => content.text), ["42\n"]);
      assertEquals((await Deno.stat(`${folder}/kernel-1`)).isSocket, true);
    } finally {
      await client.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** A process that nobody has waited for yet is over too. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}
