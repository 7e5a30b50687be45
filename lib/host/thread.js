// A thread that takes chunks of jobs for ever; it ends with the program.
import { workerData } from "node:worker_threads";

const { module, memory } = workerData;
new WebAssembly.Instance(module, { env: { memory, abort: () => {} } }).exports.serve();
