/** Deno, in a notebook or in the terminal. */

import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Host, Jupyter } from "./host.ts";

const ROOT = new URL("../../", import.meta.url);

/** See {@link Host}. */
export const host: Host = {
  place: (path) => new URL(path, ROOT),
  toURL: (path) => pathToFileURL(path.endsWith("/") ? `${resolve(path)}/` : resolve(path)),
  toPath: (place) => place.protocol === "file:" ? fileURLToPath(place) : place.href,

  read: (place) => Deno.readFile(place),
  readNow: (place) => Deno.readFileSync(place),
  write: writeWhole,
  async keep(name, text) {
    if (await isLearners()) await writeWhole(join(Deno.cwd(), name), new TextEncoder().encode(text));
  },
  async kept(name) {
    if (!await isLearners()) return undefined;
    return await Deno.readTextFile(join(Deno.cwd(), name)).catch(() => "");
  },
  names(folder) {
    try {
      return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    } catch {
      return [];
    }
  },
  isMissing: (error) => error instanceof Deno.errors.NotFound,

  startThreads,
  openLibrary: (path, symbols) => Deno.dlopen(path, symbols).symbols,
  system: ({ linux: "linux", darwin: "darwin", windows: "windows" } as const)[Deno.build.os as "linux"] ??
    "other",
  variable(name) {
    try {
      return Deno.env.get(name);
    } catch {
      return undefined; // a program without the permission to ask
    }
  },

  inspect: (value, limits) => Deno.inspect(value, { colors: false, ...limits }),
  jupyter() {
    try {
      // Outside `deno jupyter` this property throws rather than being undefined.
      return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
    } catch {
      return undefined;
    }
  },
};

/** Whether the notebook is in a folder of a learner's own copies, as `deno task work` makes it. */
async function isLearners(): Promise<boolean> {
  try {
    return (await Deno.stat(join(Deno.cwd(), ".course"))).isDirectory;
  } catch {
    return false;
  }
}

let written = 0;

/** Under another name first, then renamed. */
async function writeWhole(place: string | URL, bytes: Uint8Array): Promise<void> {
  const neighbour = `.${Deno.pid}.${++written}.part`;
  const part = place instanceof URL ? new URL(place.href + neighbour) : place + neighbour;
  try {
    using file = await Deno.open(part, { write: true, createNew: true });
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync(); // or a power cut could leave an empty file under the name
    await Deno.rename(part, place);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** Node's workers, since Deno's own keep a program alive. */
function startThreads(module: WebAssembly.Module, memory: WebAssembly.Memory, count: number): () => void {
  const { Worker } = process.getBuiltinModule("node:worker_threads"); // loaded when it is first needed
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(new URL("./thread.js", import.meta.url), { workerData: { module, memory } });
    worker.on("error", () => {}); // the others compute without it
    worker.unref();
    return worker;
  });
  return () => {
    for (const worker of workers) void worker.terminate();
  };
}
