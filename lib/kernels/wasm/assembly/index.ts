// What the module exports. Built by `deno task kernels` into kernels.wasm.
export { jobArguments, jobFloats, runJob, serve, settle, workerCount } from "./jobs";
