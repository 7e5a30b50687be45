/** Threads that help: they take chunks of jobs from shared memory, for ever. */

type Threads = typeof import("node:worker_threads");

/**
 * Start workers. They wait for work, and do not keep the program alive.
 *
 * @returns A function that ends them
 */
export function startWorkers(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  count: number,
): () => void {
  // Loaded here, so that importing the library costs nothing, and a bundle for the browser asks for no such package.
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const threads = process?.getBuiltinModule?.("node:worker_threads") as Threads | undefined;
  if (threads === undefined) return () => {};
  const workers = Array.from({ length: count }, () => {
    const worker = new threads.Worker(new URL("./worker.js", import.meta.url), {
      workerData: { module, memory },
    });
    worker.on("error", () => {}); // the others compute without it
    worker.unref();
    return worker;
  });
  return () => {
    for (const worker of workers) void worker.terminate();
  };
}
