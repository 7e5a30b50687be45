import { gunzip, IdxError, isGzip } from "idx-parser";
import { inflatedBytes, type MnistFile, sha256 } from "../../lib/data/mnist_files.ts";
import { diskError, DownloadError } from "./errors.ts";
import type { OnBytes } from "./sources.ts";

/**
 * Whether a file is there and holds what it should; `false` if it is not there.
 *
 * @throws {DownloadError} `checksum` if it holds anything else
 */
export async function isInstalled(path: string, file: MnistFile): Promise<boolean> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw diskError(error, path);
  }
  await inflateVerified(bytes, file);
  return true;
}

/**
 * Put a downloaded part in its place, if its contents have the right SHA-256, in one step: nobody ever sees half a file,
 * and a bad part leaves the file that was there alone.
 *
 * @throws {DownloadError} `checksum` for a bad part; `disk`
 */
export async function install(part: string, path: string, file: MnistFile, onPacked: OnBytes): Promise<void> {
  try {
    const bytes = await Deno.readFile(part);
    const inflated = await inflateVerified(bytes, file);
    if (!isGzip(bytes)) await Deno.writeFile(part, packed(inflated, onPacked));
    await Deno.rename(part, path);
  } catch (error) {
    throw error instanceof DownloadError ? error : diskError(error, path);
  }
}

/** The inflated contents, once their SHA-256 is the published one. */
async function inflateVerified(
  bytes: Uint8Array<ArrayBuffer>,
  file: MnistFile,
): Promise<Uint8Array<ArrayBuffer>> {
  let inflated = bytes;
  try {
    if (isGzip(bytes)) inflated = gunzip(bytes, { maxBytes: inflatedBytes(file) });
  } catch (error) {
    if (!(error instanceof IdxError)) throw error;
    throw new DownloadError("checksum", `${file.name} is damaged: ${error.message}.`, { cause: error });
  }
  const got = await sha256(inflated);
  if (got === file.sha256) return inflated;
  const expected = `its contents should have SHA-256 ${file.sha256.slice(0, 16)}…, and have ${
    got.slice(0, 16)
  }…`;
  throw new DownloadError("checksum", `${file.name} is not the original: ${expected}`);
}

/** Gzip in pieces, since 47 MB take seconds. */
function packed(inflated: Uint8Array<ArrayBuffer>, onPacked: OnBytes): ReadableStream<Uint8Array> {
  const piece = 1 << 18;
  function* pieces(): Generator<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < inflated.length; at += piece) {
      yield inflated.subarray(at, at + piece);
      onPacked(Math.min(at + piece, inflated.length), inflated.length);
    }
  }
  return ReadableStream.from(pieces()).pipeThrough(new CompressionStream("gzip"));
}
