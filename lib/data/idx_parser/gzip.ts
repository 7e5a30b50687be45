import { gzip as pack } from "pako";
import { checkOptions, IdxError } from "./errors.ts";
import { inflate, type Inflated } from "./inflate.ts";

/** How much memory reading a file may take. */
export interface SizeLimit {
  /** Largest inflated file to accept, in bytes; 2³⁰ (1 GiB) unless said otherwise. */
  maxBytes?: number;
}

/** Least room for what is inflated. */
const LEAST_ROOM = 65536;
/** Gzip packs at most so many bytes into one. */
const MOST_PACKED = 1032;

/** 1 GiB: twenty times MNIST, and small enough for any laptop. */
const DEFAULT_MAX_BYTES = 2 ** 30;

/**
 * Whether bytes are a gzip stream: they begin with 0x1F 0x8B, which no IDX file does.
 *
 * @example
 * ```ts
 * import { isGzip } from "idx-parser";
 *
 * console.log(isGzip(Uint8Array.of(0x1f, 0x8b, 8, 0))); // true
 * ```
 */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Gzip, the same bytes for the same input: no time of day, no file name, no operating system in the header.
 *
 * @example
 * ```ts
 * import { gunzip, gzip } from "idx-parser";
 *
 * const packed = gzip(new Uint8Array(1000));
 * console.log(packed.length < 50, gunzip(packed).length); // true 1000
 * ```
 */
export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = pack(bytes, { level: 9, legacyHash: true }); // as zlib packs
  packed[9] = 255; // operating system: unknown
  return packed;
}

/**
 * Inflate a gzip stream, never to more than `maxBytes`: a small file that would inflate to gigabytes is refused early.
 *
 * Streams may follow one another, and zero padding may follow the last, as the gzip program has it.
 *
 * @throws {IdxError} `truncated` if the stream ends early, `bad-gzip` if it is damaged, `too-large` beyond `maxBytes`
 * @example
 * ```ts
 * import { gunzip, gzip, IdxError } from "idx-parser";
 *
 * const bomb = gzip(new Uint8Array(100_000));
 * try {
 *   gunzip(bomb, { maxBytes: 1000 });
 * } catch (error) {
 *   if (error instanceof IdxError) console.log(error.code); // too-large
 * }
 * ```
 */
export function gunzip(bytes: Uint8Array, limit: SizeLimit = {}): Uint8Array<ArrayBuffer> {
  checkOptions("gunzip", ["maxBytes"], limit);
  const maxBytes = checkMaxBytes(limit.maxBytes);
  const inflated = inflate(bytes, roomFor(bytes, maxBytes), maxBytes);
  if (inflated.end === "complete") return joined(inflated);
  if (inflated.end === "enough") {
    throw new IdxError("too-large", maxBytes, `The gzip stream inflates to more than ${maxBytes} bytes`);
  }
  throw broken(bytes, inflated);
}

/**
 * The first `wanted` bytes of the inflated stream (or a few more, or fewer where it ends), without inflating the rest.
 *
 * Internal: this is how a header is read before anything large is allocated.
 */
export function gunzipStart(bytes: Uint8Array, wanted: number): Uint8Array {
  const inflated = inflate(bytes, wanted, wanted - 1);
  if (typeof inflated.end === "object") throw broken(bytes, inflated);
  return joined(inflated);
}

/** `maxBytes` as given, or the default; throws if it is no size. */
export function checkMaxBytes(maxBytes: number = DEFAULT_MAX_BYTES): number {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new RangeError(`maxBytes must be a whole number of bytes ≥ 0, got ${maxBytes}`);
  }
  return maxBytes;
}

/**
 * How many bytes inflating may need at once: what the stream's last four bytes say that it inflates to, and one more. In
 * one piece, so that nothing has to be put together and copied; and never more than so few bytes can inflate to.
 */
function roomFor(bytes: Uint8Array, maxBytes: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(-4);
  const promised = a + 2 ** 8 * b + 2 ** 16 * c + 2 ** 24 * d;
  return Math.max(LEAST_ROOM, Math.min(promised + 1, maxBytes + 1, MOST_PACKED * bytes.length));
}

function joined({ pieces, length }: Inflated): Uint8Array<ArrayBuffer> {
  if (pieces.length === 1) return pieces[0];
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Says whether a stream that does not inflate was cut or damaged, and after how many inflated bytes. */
function broken(bytes: Uint8Array, { length, end }: Inflated): IdxError {
  if (typeof end !== "object") {
    return new IdxError("truncated", length, `The gzip stream is cut off after ${bytes.length} bytes`);
  }
  return new IdxError("bad-gzip", length, `The gzip stream is damaged at its byte ${end.at}: ${end.damage}`);
}
