/** What stands in the place of `default.ts` in scripts for the browser. */
export { referenceKernels as defaultKernels } from "./reference.ts";
