/**
 * Measure what one learner needs on a hub: `deno run -A tools/setup/image/measure.ts`, after `deno task image`. The table is
 * for `.binder/README.md`.
 *
 * @module
 */
import { join } from "@std/path";
import { KernelClient, sleep } from "../../kernel/client.ts";
import { listNotebooks } from "../../notebooks/execute_all.ts";
import { describeImage } from "./make.ts";
import { descendants, memoryOf, processorTimeOf } from "./processes.ts";

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** All of a process and its children. */
async function family(pid: number): Promise<number[]> {
  return [pid, ...await descendants(pid)];
}

/** The server without a kernel, as JupyterHub starts it. */
async function measureServer(): Promise<string> {
  const { env } = await describeImage();
  const folder = await Deno.makeTempDir({ prefix: "measure_" });
  const server = new Deno.Command("jupyter-lab", {
    args: ["--no-browser", "--allow-root", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"],
    env: { ...env, HOME: folder },
    clearEnv: true,
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).spawn();
  await sleep(8000);
  const memory = await memoryOf(await family(server.pid));
  server.kill("SIGTERM");
  await server.status;
  await Deno.remove(folder, { recursive: true });
  return `| server, no notebook open | ${megabytes(memory)} | | |`;
}

/** A kernel that runs a notebook from top to bottom, as a learner does who runs all cells. */
async function measureNotebook(path: string): Promise<string> {
  const { cells } = JSON.parse(await Deno.readTextFile(path));
  const client = new KernelClient("ours");
  await client.ready();
  await client.execute("undefined");
  await sleep(1500);
  const idle = await memoryOf(await family(client.process.pid));
  let peak = idle, done = false;
  const watching = (async () => {
    while (!done) {
      peak = Math.max(peak, await memoryOf(await family(client.process.pid)));
      await sleep(100);
    }
  })();
  const started = performance.now();
  for (const { cell_type, source } of cells) {
    if (cell_type === "code") await client.execute([source].flat().join(""), undefined, true);
  }
  const seconds = (performance.now() - started) / 1000;
  await sleep(3000); // type warnings come last
  const processor = await processorTimeOf(await family(client.process.pid));
  done = true;
  await watching;
  await client.close();
  const name = path.split("/").at(-1)!.replace(".ipynb", "");
  return `| ${name} | ${megabytes(idle)} | ${megabytes(peak)} | ${processor.toFixed(0)} s in ${
    seconds.toFixed(0)
  } s |`;
}

if (import.meta.main) {
  console.log("| what runs | memory, idle | memory, at most | processor time, all cells at once |");
  console.log("| --- | --- | --- | --- |");
  console.log(await measureServer());
  const { project } = await describeImage();
  for (const path of await listNotebooks(join(project, "notebooks"))) {
    console.log(await measureNotebook(path));
  }
}
