import process from "node:process";
import { IdxError } from "./errors.ts";

/** Loaded when it is first needed: it takes longer than all the rest of this package, and of the library around it. */
function zlib(): typeof import("node:zlib") {
  return process.getBuiltinModule("node:zlib");
}

/** How much memory reading a file may take. */
export interface SizeLimit {
  /** Largest inflated file to accept, in bytes; 2³⁰ (1 GiB) unless said otherwise. */
  maxBytes?: number;
}

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
 * (Another release of the compressor may still pack differently; compare inflated contents across releases.)
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
  const packed = new Uint8Array(zlib().gzipSync(bytes, { level: 9 }));
  packed.fill(0, 4, 8); // modification time: none
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
  const maxBytes = checkMaxBytes(limit.maxBytes);
  try {
    return inflate(bytes, maxBytes, zlib().constants.Z_FINISH);
  } catch (error) {
    if (isTooLarge(error)) {
      throw new IdxError("too-large", maxBytes, `The gzip stream inflates to more than ${maxBytes} bytes`);
    }
    throw whereItBroke(bytes, maxBytes, error);
  }
}

/**
 * The first `wanted` bytes of the inflated stream (or a few more, or fewer where it ends), without inflating the rest.
 *
 * Internal: this is how a header is read before anything large is allocated.
 */
export function gunzipStart(bytes: Uint8Array, wanted: number): Uint8Array {
  // Gzip packs at most 1032:1, so a step of 4 KiB can never inflate to more than 4.3 MB.
  for (let length = 4096;; length *= 2) {
    const part = bytes.subarray(0, length);
    let start: Uint8Array;
    try {
      start = inflate(part, Infinity, zlib().constants.Z_SYNC_FLUSH);
    } catch (error) {
      throw whereItBroke(part, Infinity, error);
    }
    if (start.length >= wanted || length >= bytes.length) return start;
  }
}

/** `maxBytes` as given, or the default; throws if it is no size. */
export function checkMaxBytes(maxBytes: number = DEFAULT_MAX_BYTES): number {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new RangeError(`maxBytes must be a whole number of bytes ≥ 0, got ${maxBytes}`);
  }
  return maxBytes;
}

/** Z_FINISH insists on a complete stream; Z_SYNC_FLUSH takes what is there. */
function inflate(bytes: Uint8Array, maxBytes: number, finishFlush: number): Uint8Array<ArrayBuffer> {
  // zlib has no use for a limit of 0 or of more than a Buffer can hold; one byte more than allowed is refused below.
  const maxOutputLength = Math.min(Math.max(maxBytes, 1), 2 ** 32);
  const out = zlib().gunzipSync(bytes, { maxOutputLength, finishFlush, chunkSize: 65536 });
  if (out.length > maxBytes) throw Object.assign(new RangeError(), { code: "ERR_BUFFER_TOO_LARGE" });
  // A small result may be a window on memory that others use too: then copy it.
  return out.byteLength === out.buffer.byteLength
    ? new Uint8Array(out.buffer as ArrayBuffer)
    : new Uint8Array(out);
}

function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ERR_BUFFER_TOO_LARGE";
}

/**
 * Says whether a stream that does not inflate was cut or damaged, and after how many inflated bytes.
 *
 * zlib names no place, but a prefix that stops before the damage inflates without complaint, so the longest such
 * prefix ends at the damage. Halving finds it in about log₂(length) tries, on the error path only.
 */
function whereItBroke(bytes: Uint8Array, maxBytes: number, cause: unknown): IdxError {
  let good = 0, bad = bytes.length + 1, inflated = 0;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    try {
      inflated = inflate(bytes.subarray(0, middle), maxBytes, zlib().constants.Z_SYNC_FLUSH).length;
      good = middle;
    } catch {
      bad = middle;
    }
  }
  if (good === bytes.length) {
    return new IdxError("truncated", inflated, `The gzip stream is cut off after ${good} bytes`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new IdxError("bad-gzip", inflated, `The gzip stream is damaged at its byte ${good}: ${why}`, {
    cause,
  });
}
