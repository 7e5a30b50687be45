/*
 * An IDX file, all numbers big-endian:
 *
 *   offset 0      0x00 0x00          always zero
 *   offset 2      element type       one of the codes below
 *   offset 3      rank r             0…255
 *   offset 4      r sizes            unsigned 32-bit each
 *   offset 4+4r   the elements       the last index changes fastest, as in C
 */

/** Typed array of each element type. */
export interface IdxArrays {
  /** Code 0x08, 1 byte an element. */
  uint8: Uint8Array<ArrayBuffer>;
  /** Code 0x09, 1 byte. */
  int8: Int8Array<ArrayBuffer>;
  /** Code 0x0B, 2 bytes. */
  int16: Int16Array<ArrayBuffer>;
  /** Code 0x0C, 4 bytes. */
  int32: Int32Array<ArrayBuffer>;
  /** Code 0x0D, 4 bytes. */
  float32: Float32Array<ArrayBuffer>;
  /** Code 0x0E, 8 bytes. */
  float64: Float64Array<ArrayBuffer>;
}

/** Name of an element type: `"uint8"`, `"int8"`, `"int16"`, `"int32"`, `"float32"` or `"float64"`. */
export type IdxType = keyof IdxArrays;

/** Any of the six typed arrays that an IDX file can hold. */
export type IdxData = IdxArrays[IdxType];

/**
 * The content of an IDX file. Testing `type` tells TypeScript which typed array `data` is.
 *
 * @example
 * ```ts
 * import { parseIdx, writeIdx } from "idx-parser";
 *
 * const idx = parseIdx(writeIdx({ shape: [2], data: Float32Array.of(0.5, 2) }));
 * if (idx.type === "float32") {
 *   const weights: Float32Array = idx.data;
 *   console.log(weights[0]); // 0.5
 * }
 * ```
 */
export type IdxArray = {
  [T in IdxType]: {
    /** Element type, as the file declares it. */
    type: T;
    /** Sizes, outermost first; `[]` for rank 0, which is one element. */
    shape: number[];
    /** The elements in C order: the product of `shape` of them. */
    data: IdxArrays[T];
  };
}[IdxType];

/** How one element type is coded, made, read and written. */
export interface ElementType<T extends IdxType = IdxType> {
  /** Its name. */
  type: T;
  /** The third byte of the file. */
  code: number;
  /** Bytes an element. */
  bytes: number;
  /** Its typed array. */
  array: { new (length: number): IdxArrays[T] };
  /** Reads one element at a byte offset. */
  read(view: DataView, offset: number): number;
  /** Writes one element at a byte offset. */
  write(view: DataView, offset: number, value: number): void;
}

/** Bytes before the first dimension: two zeros, the type, the rank. */
export const MAGIC_BYTES = 4;

/** The rank is one byte. */
export const MAX_RANK = 255;

/**
 * The six element types of the format, in the order of their codes.
 *
 * @example
 * ```ts
 * import { elementTypes } from "idx-parser";
 *
 * console.log(elementTypes.map(({ type, bytes }) => `${type} ${bytes}`).join(", "));
 * // uint8 1, int8 1, int16 2, int32 4, float32 4, float64 8
 * ```
 */
export const elementTypes: readonly ElementType[] = [
  {
    type: "uint8",
    code: 0x08,
    bytes: 1,
    array: Uint8Array,
    read: (view, offset) => view.getUint8(offset),
    write: (view, offset, value) => view.setUint8(offset, value),
  },
  {
    type: "int8",
    code: 0x09,
    bytes: 1,
    array: Int8Array,
    read: (view, offset) => view.getInt8(offset),
    write: (view, offset, value) => view.setInt8(offset, value),
  },
  {
    type: "int16",
    code: 0x0b,
    bytes: 2,
    array: Int16Array,
    read: (view, offset) => view.getInt16(offset),
    write: (view, offset, value) => view.setInt16(offset, value),
  },
  {
    type: "int32",
    code: 0x0c,
    bytes: 4,
    array: Int32Array,
    read: (view, offset) => view.getInt32(offset),
    write: (view, offset, value) => view.setInt32(offset, value),
  },
  {
    type: "float32",
    code: 0x0d,
    bytes: 4,
    array: Float32Array,
    read: (view, offset) => view.getFloat32(offset),
    write: (view, offset, value) => view.setFloat32(offset, value),
  },
  {
    type: "float64",
    code: 0x0e,
    bytes: 8,
    array: Float64Array,
    read: (view, offset) => view.getFloat64(offset),
    write: (view, offset, value) => view.setFloat64(offset, value),
  },
];

/** `0x08`, two digits, as the format's descriptions write it. */
export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/**
 * Element type of a typed array, or `undefined` if IDX has none for it (a `Uint16Array`, a plain array …).
 *
 * @example
 * ```ts
 * import { typeOf } from "idx-parser";
 *
 * console.log(typeOf(new Int16Array(3))); // int16
 * console.log(typeOf([1, 2, 3])); // undefined
 * ```
 */
export function typeOf(data: unknown): IdxType | undefined {
  return elementTypes.find(({ array }) => data instanceof array)?.type;
}
