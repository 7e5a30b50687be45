import { IdxError } from "./errors.ts";
import { type ElementType, elementTypes, hex, MAGIC_BYTES } from "./format.ts";

/** What the first bytes of a file promise. */
export interface Header {
  /** Element type. */
  element: ElementType;
  /** Sizes, outermost first. */
  shape: number[];
  /** Number of elements: the product of `shape`. */
  count: number;
  /** Where the elements begin, in bytes. */
  dataStart: number;
  /** Size of the whole inflated file, in bytes. */
  fileBytes: number;
}

/**
 * Read type and sizes, and refuse what cannot be, before anything is allocated.
 *
 * @param bytes At least the header, if the file has that many bytes
 * @param maxBytes Largest whole file to accept
 */
export function readHeader(bytes: Uint8Array, maxBytes: number): Header {
  for (const offset of [0, 1]) {
    if (offset < bytes.length && bytes[offset] !== 0) {
      const got = hex(bytes[offset]);
      throw new IdxError("bad-magic", offset, `An IDX file begins with two zero bytes, got ${got}`);
    }
  }
  if (bytes.length > 2 && !elementTypes.some(({ code }) => code === bytes[2])) {
    const known = elementTypes.map(({ code, type }) => `${hex(code)} ${type}`).join(", ");
    throw new IdxError("unknown-type", 2, `Element type ${hex(bytes[2])} is none of ${known}`);
  }
  requireBytes(bytes, MAGIC_BYTES, "the magic number");
  const element = elementTypes.find(({ code }) => code === bytes[2])!;
  const rank = bytes[3];
  const dataStart = MAGIC_BYTES + 4 * rank;
  requireBytes(bytes, dataStart, `the header of rank ${rank}`);

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(MAGIC_BYTES + 4 * axis));
  const count = countElements(shape, element.bytes, dataStart, maxBytes);
  return { element, shape, count, dataStart, fileBytes: dataStart + count * element.bytes };
}

/** The product of the sizes; throws at the dimension where the file leaves what can be counted, or `maxBytes`. */
function countElements(shape: number[], elementBytes: number, dataStart: number, maxBytes: number): number {
  // A size of 0 makes the file empty, however large the others are.
  let count = shape.includes(0) ? 0 : 1;
  let tooLargeAt = dataStart > maxBytes ? MAGIC_BYTES : undefined;
  shape.forEach((size, axis) => {
    count *= size;
    const offset = MAGIC_BYTES + 4 * axis;
    if (count * elementBytes > Number.MAX_SAFE_INTEGER) {
      const sizes = `${shape.slice(0, 8).join(" × ")}${shape.length > 8 ? " × …" : ""}`;
      throw new IdxError("bad-dimensions", offset, `The sizes ${sizes} multiply to more than can be counted`);
    }
    if (dataStart + count * elementBytes > maxBytes) tooLargeAt ??= offset;
  });
  const fileBytes = dataStart + count * elementBytes;
  if (fileBytes > maxBytes) {
    const promise = `The header promises a file of ${fileBytes} bytes, more than maxBytes = ${maxBytes}`;
    throw new IdxError("too-large", tooLargeAt ?? MAGIC_BYTES, `${promise}; raise maxBytes to read it`);
  }
  return count;
}

/** Throws `truncated` unless `bytes` hold at least `needed`. */
export function requireBytes(bytes: Uint8Array, needed: number, what: string): void {
  if (bytes.length >= needed) return;
  throw new IdxError(
    "truncated",
    bytes.length,
    `The file ends inside ${what}: ${needed} bytes needed, ${bytes.length} there`,
  );
}
