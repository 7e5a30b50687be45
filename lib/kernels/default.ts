/** What computes unless a program says otherwise. Scripts for the browser are bundled with the plain loops in its place. */
export { wasmKernels as defaultKernels } from "./wasm/wasm_kernels.ts";
