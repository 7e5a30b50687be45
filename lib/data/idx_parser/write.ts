import { checkOptions, IdxError } from "./errors.ts";
import { elementTypes, type IdxType, MAGIC_BYTES, MAX_RANK, typeOf } from "./format.ts";
import { gzip } from "./gzip.ts";

/** An array to write. What `parseIdx()` returns is one. */
export interface IdxInput {
  /** Element type; what `data` is, unless said. Saying another type is an error, not a conversion. */
  type?: IdxType;
  /** Sizes, outermost first; `[]` writes a single element of rank 0. */
  shape: readonly number[];
  /** The elements in C order: as many as the product of `shape`. */
  data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** How to write. */
export interface WriteOptions {
  /** Gzip the file; false unless said. */
  gzip?: boolean;
}

/**
 * Write an IDX file. The same input always gives the same bytes, gzipped too.
 *
 * @param input Shape and typed array; the element type follows from the array
 * @param options `gzip: true` to compress
 * @returns The file's bytes
 * @throws {IdxError} `unknown-type` if `data` is none of the six typed arrays or not of the given `type`;
 *   `bad-dimensions` if a size is no unsigned 32-bit integer, there are more than 255, or they do not multiply to
 *   `data.length`. `offset` is where the value would have stood in the file.
 * @example
 * ```ts
 * import { parseIdx, writeIdx } from "idx-parser";
 *
 * const labels = writeIdx({ shape: [4], data: Uint8Array.of(5, 0, 4, 1) }, { gzip: true });
 * console.log(parseIdx(labels).data); // Uint8Array(4) [ 5, 0, 4, 1 ]
 * ```
 */
export function writeIdx(input: IdxInput, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptions("writeIdx", ["gzip"], options);
  const { shape, data } = input;
  const type = typeOf(data);
  const element = elementTypes.find((known) => known.type === type);
  if (!element) {
    const names = elementTypes.map(({ array }) => array.name).join(", ");
    throw new IdxError("unknown-type", 2, `IDX holds ${names}; the data to write is none of them`);
  }
  if (input.type !== undefined && input.type !== type) {
    throw new IdxError(
      "unknown-type",
      2,
      `The data to write is ${type}, not ${input.type}; convert it first`,
    );
  }
  checkShape(shape, data.length);

  const dataStart = MAGIC_BYTES + 4 * shape.length;
  const bytes = new Uint8Array(dataStart + data.length * element.bytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, element.code);
  view.setUint8(3, shape.length);
  shape.forEach((size, axis) => view.setUint32(MAGIC_BYTES + 4 * axis, size));
  if (type === "uint8") bytes.set(data, dataStart);
  else for (let i = 0; i < data.length; i++) element.write(view, dataStart + i * element.bytes, data[i]);
  return options.gzip ? gzip(bytes) : bytes;
}

function checkShape(shape: readonly number[], length: number): void {
  if (shape.length > MAX_RANK) {
    throw new IdxError("bad-dimensions", 3, `IDX has at most ${MAX_RANK} dimensions, got ${shape.length}`);
  }
  shape.forEach((size, axis) => {
    if (Number.isInteger(size) && size >= 0 && size < 2 ** 32) return;
    const expected = `Size ${axis} must be a whole number from 0 to 2³²−1`;
    throw new IdxError("bad-dimensions", MAGIC_BYTES + 4 * axis, `${expected}, got ${size}`);
  });
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  if (count !== length) {
    const sizes = `[${shape.join(", ")}]`;
    throw new IdxError(
      "bad-dimensions",
      MAGIC_BYTES,
      `Shape ${sizes} is ${count} elements, the data has ${length}`,
    );
  }
}
