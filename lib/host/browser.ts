/** A page in a browser, or a worker of one. */

import type { Host, Jupyter } from "./host.ts";

/** What a page gives to the library before it loads it, as `globalThis[Symbol.for("backprop.page")]`. */
export interface Page {
  /** Where the project's files are served, by their paths from its root. */
  readonly root: URL;
  /** Files of the library that were fetched before it was loaded, by address. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** As in {@link Host}. */
  readonly inspect: Host["inspect"];
  /** The way to the notebook, if the page is one. */
  readonly jupyter?: Jupyter;
  /** As in {@link Host}: in the browser's storage. */
  readonly keep?: Host["keep"];
  readonly kept?: Host["kept"];
  /** Gives a file that was written to the person. */
  save?(name: string, bytes: Uint8Array): Promise<void>;
}

/** A widget's script asks for no file, so its page gives nothing. */
function page(): Partial<Page> {
  return (globalThis as { [key: symbol]: Partial<Page> | undefined })[Symbol.for("backprop.page")] ?? {};
}

class Missing extends Error {}

/** See {@link Host}. */
export const host: Host = {
  place: (path) => new URL(path, page().root),
  toURL: (path) => new URL(path, page().root),
  toPath: (place) => place.href,

  async read(place) {
    const response = await fetch(place);
    if (response.status === 404) throw new Missing(`There is no ${place}`);
    if (!response.ok) throw new Error(`${place} was answered with status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  },
  readNow(place) {
    const bytes = page().files?.get(place.href);
    if (bytes === undefined) throw new Missing(`${place} was not fetched`);
    return bytes;
  },
  async write(place, bytes) {
    const { save } = page();
    if (save === undefined) throw new Error("this page cannot save files");
    await save(String(place), bytes);
  },
  keep: async (name, text) => await page().keep?.(name, text),
  kept: async (name) => await page().kept?.(name),
  names: () => [],
  isMissing: (error) => error instanceof Missing,

  startThreads,
  openLibrary() {
    throw new Error("a browser opens no libraries");
  },
  system: "browser",
  variable: () => undefined,

  inspect: (value, limits) => page().inspect?.(value, limits) ?? String(value),
  jupyter: () => page().jupyter,
};

const THREAD = `onmessage = ({ data: { module, memory } }) =>
  new WebAssembly.Instance(module, { env: { memory, abort() {} } }).exports.serve();`;

function startThreads(module: WebAssembly.Module, memory: WebAssembly.Memory, count: number): () => void {
  const script = URL.createObjectURL(new Blob([THREAD], { type: "text/javascript" }));
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(script);
    worker.postMessage({ module, memory });
    return worker;
  });
  return () => {
    for (const worker of workers) worker.terminate();
  };
}
