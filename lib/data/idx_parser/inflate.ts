import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  ZStream,
} from "pako";

/** Windows of 2¹⁵ bytes, and 16 for: a gzip header and trailer, with its checksum, around each stream. */
const GZIP = 15 + 16;

/** What could be inflated. */
export interface Inflated {
  /** The pieces, one after the other. */
  pieces: Uint8Array<ArrayBuffer>[];
  /** Bytes in all pieces. */
  length: number;
  /** How the stream goes on: not at all, beyond what was asked for, cut off, or damaged at the byte `at`. */
  end: "complete" | "enough" | "cut" | { damage: string; at: number };
}

/**
 * Inflates gzip streams that follow one another, up to `most` bytes or a few more. Zeros may follow the last.
 *
 * @param room Bytes for the first piece: if all fits, nothing has to be put together
 */
export function inflate(bytes: Uint8Array, room: number, most: number): Inflated {
  const stream = new ZStream(), pieces: Uint8Array<ArrayBuffer>[] = [];
  zlibInflateInit2(stream, GZIP);
  stream.input = bytes;
  stream.avail_in = bytes.length;
  for (let length = 0;;) {
    if (stream.avail_out === 0) nextPiece(stream, pieces, room);
    const before = stream.next_out;
    const status = zlibInflate(stream, Z_NO_FLUSH);
    length += stream.next_out - before;
    if (status === Z_OK && length <= most) continue;
    const isAnother = status === Z_STREAM_END && stream.avail_in > 0 && bytes[stream.next_in] !== 0;
    if (isAnother && length <= most) {
      zlibInflateReset(stream);
      continue;
    }
    pieces.push(stream.output.subarray(0, stream.next_out));
    if (length > most) return { pieces, length, end: "enough" };
    if (status === Z_STREAM_END) return { pieces, length, end: "complete" };
    if (status === Z_BUF_ERROR) return { pieces, length, end: "cut" }; // zlib asks for more
    return { pieces, length, end: { damage: stream.msg, at: Math.max(0, stream.next_in - 1) } };
  }
}

/** Puts a full piece aside, and makes room for the next. */
function nextPiece(stream: ZStream, pieces: Uint8Array<ArrayBuffer>[], room: number): void {
  if (stream.next_out > 0) pieces.push(stream.output);
  stream.output = new Uint8Array(room);
  stream.next_out = 0;
  stream.avail_out = room;
}
