/** What computes unless a program says otherwise. Scripts of widgets are bundled with the plain loops in its place. */
export { wasmKernels as defaultKernels } from "./wasm/wasm_kernels.ts";
