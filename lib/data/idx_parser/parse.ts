import { checkOptions, IdxError } from "./errors.ts";
import { type IdxArray, MAGIC_BYTES, MAX_RANK } from "./format.ts";
import { checkMaxBytes, gunzip, gunzipStart, isGzip, type SizeLimit } from "./gzip.ts";
import { type Header, readHeader, requireBytes } from "./header.ts";

/**
 * Read an IDX file, gzipped or not, whatever its element type and rank.
 *
 * The header is checked against the bytes that are there before anything is allocated, so no file, however wrong, costs
 * much more memory than about twice what it inflates to (bytes: once). `data` is a copy and shares no memory with `bytes`. A rank of 0 (shape `[]`) is one
 * element; a size of 0 gives empty data.
 *
 * @param bytes The file; gzip is recognised by its first two bytes
 * @param options `maxBytes`: largest inflated file to accept, 1 GiB unless said otherwise
 * @returns Element type, shape and a typed array of that type
 * @throws {IdxError} If the bytes are not exactly one IDX file; `code` says what is wrong and `offset` where
 * @throws {TypeError} If `bytes` is no `Uint8Array`, or there is no such option
 * @throws {RangeError} If `maxBytes` is no size
 * @see The format's description by its author: LeCun, Cortes, Burges, "The MNIST database of handwritten digits"
 * @example
 * ```ts
 * import { parseIdx } from "idx-parser";
 *
 * // 0 0, type 0x0B (int16), rank 1, size 2, then 1 and −1
 * const idx = parseIdx(Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0, 1, 0xff, 0xff));
 * console.log(idx.type, idx.shape, idx.data); // int16 [ 2 ] Int16Array(2) [ 1, -1 ]
 * ```
 */
export function parseIdx(bytes: Uint8Array, options: SizeLimit = {}): IdxArray {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`parseIdx() reads a Uint8Array, got ${describe(bytes)}`);
  }
  checkOptions("parseIdx", ["maxBytes"], options);
  const maxBytes = checkMaxBytes(options.maxBytes);
  if (!isGzip(bytes)) {
    const header = readHeader(bytes, maxBytes);
    requireBytes(bytes, header.fileBytes, dataOf(header));
    return readData(bytes, header);
  }
  const header = readHeader(gunzipStart(bytes, MAGIC_BYTES + 4 * MAX_RANK), maxBytes);
  let inflated: Uint8Array<ArrayBuffer>;
  try {
    inflated = gunzip(bytes, { maxBytes: header.fileBytes });
  } catch (error) {
    if (error instanceof IdxError && error.code === "too-large") throw trailingBytes(header);
    throw error;
  }
  requireBytes(inflated, header.fileBytes, dataOf(header));
  return readData(inflated, header, inflated);
}

/** @param own The same bytes, if they are nobody else's, so that they need not be copied */
function readData(bytes: Uint8Array, header: Header, own?: Uint8Array<ArrayBuffer>): IdxArray {
  const { element, shape, count, dataStart, fileBytes } = header;
  if (bytes.length > fileBytes) throw trailingBytes(header);
  if (element.type === "uint8") {
    const data = own?.copyWithin(0, dataStart).subarray(0, count) ??
      new Uint8Array(bytes.subarray(dataStart));
    return { type: "uint8", shape, data };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new element.array(count);
  for (let i = 0; i < count; i++) data[i] = element.read(view, dataStart + i * element.bytes);
  return { type: element.type, shape, data } as IdxArray;
}

function trailingBytes({ fileBytes }: Header): IdxError {
  return new IdxError(
    "trailing-bytes",
    fileBytes,
    `The file goes on after its last element: ${fileBytes} bytes expected`,
  );
}

function dataOf({ element, shape }: Header): string {
  return `the data (${element.type} [${
    shape.length > 8 ? `${shape.slice(0, 8).join(", ")}, …` : shape.join(", ")
  }])`;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `an object of class ${value.constructor?.name}` : `a ${typeof value}`;
}
