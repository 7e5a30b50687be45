/**
 * Read and write IDX files, the format of MNIST: every element type, any rank, gzipped or not.
 *
 * @example
 * ```ts
 * import { parseIdx, writeIdx } from "idx-parser";
 *
 * const file = writeIdx({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
 * const { type, shape, data } = parseIdx(file);
 * console.log(type, shape, data); // uint8 [ 2, 3 ] Uint8Array(6) [ 1, 2, 3, 4, 5, 6 ]
 * ```
 *
 * @module
 */
export { IdxError } from "./errors.ts";
export type { IdxErrorCode } from "./errors.ts";
export { elementTypes, typeOf } from "./format.ts";
export type { ElementType, IdxArray, IdxArrays, IdxData, IdxType } from "./format.ts";
export { gunzip, gzip, isGzip } from "./gzip.ts";
export type { SizeLimit } from "./gzip.ts";
export { parseIdx } from "./parse.ts";
export { writeIdx } from "./write.ts";
export type { IdxInput, WriteOptions } from "./write.ts";
