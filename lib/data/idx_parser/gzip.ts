import process from "node:process";
import { findBreak } from "./damage.ts";
import { checkOptions, IdxError } from "./errors.ts";

/** Loaded when it is first needed: it takes longer than all the rest of this package, and of the library around it. */
function zlib(): typeof import("node:zlib") {
  return process.getBuiltinModule("node:zlib");
}

/** How much memory reading a file may take. */
export interface SizeLimit {
  /** Largest inflated file to accept, in bytes; 2³⁰ (1 GiB) unless said otherwise. */
  maxBytes?: number;
}

/** Room for what is inflated, unless more is promised; larger pieces of memory belong to nobody else. */
const CHUNK = 65536;
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
  checkOptions("gunzip", ["maxBytes"], limit);
  const maxBytes = checkMaxBytes(limit.maxBytes);
  try {
    return inflate(bytes, maxBytes, zlib().constants.Z_FINISH, roomFor(bytes, maxBytes));
  } catch (error) {
    if (isTooLarge(error)) {
      throw new IdxError("too-large", maxBytes, `The gzip stream inflates to more than ${maxBytes} bytes`);
    }
    throw whereItBroke(bytes, error);
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
      throw whereItBroke(part, error);
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

/**
 * How many bytes zlib may need at once: what the stream's last four bytes say that it inflates to, and one more. In one
 * piece, so that nothing has to be put together and copied; and never more than so few bytes can inflate to.
 */
function roomFor(bytes: Uint8Array, maxBytes: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(-4);
  const promised = a + 2 ** 8 * b + 2 ** 16 * c + 2 ** 24 * d;
  return Math.max(CHUNK, Math.min(promised + 1, maxBytes + 1, MOST_PACKED * bytes.length));
}

/** Z_FINISH insists on a complete stream; Z_SYNC_FLUSH takes what is there. */
function inflate(
  bytes: Uint8Array,
  maxBytes: number,
  finishFlush: number,
  chunkSize = CHUNK,
): Uint8Array<ArrayBuffer> {
  // zlib has no use for a limit of 0 or of more than a Buffer can hold; one byte more than allowed is refused below.
  const maxOutputLength = Math.min(Math.max(maxBytes, 1), 2 ** 32);
  const out = zlib().gunzipSync(bytes, { maxOutputLength, finishFlush, chunkSize });
  if (out.length > maxBytes) throw Object.assign(new RangeError(), { code: "ERR_BUFFER_TOO_LARGE" });
  // A small result may be a window on memory that others use too: then copy it.
  return out.byteLength > CHUNK
    ? new Uint8Array(out.buffer as ArrayBuffer, out.byteOffset, out.byteLength)
    : new Uint8Array(out);
}

function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ERR_BUFFER_TOO_LARGE";
}

/** Says whether a stream that does not inflate was cut or damaged, and after how many inflated bytes. */
function whereItBroke(bytes: Uint8Array, cause: unknown): IdxError {
  const { good, inflated } = findBreak(bytes);
  if ((cause as { code?: unknown }).code === "Z_BUF_ERROR") { // zlib wants more
    return new IdxError("truncated", inflated, `The gzip stream is cut off after ${bytes.length} bytes`, {
      cause,
    });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new IdxError("bad-gzip", inflated, `The gzip stream is damaged at its byte ${good}: ${why}`, {
    cause,
  });
}
