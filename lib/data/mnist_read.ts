import { host } from "../host/mod.ts";
import { gunzip, type IdxArray, IdxError, isGzip, parseIdx } from "idx-parser";
import { DataError } from "./errors.ts";
import { inflatedBytes, type MnistFile, sha256 } from "./mnist_files.ts";

/**
 * Read one file of MNIST: the bytes that its header is followed by, once their SHA-256 and shape are the right ones.
 *
 * @param file What it is called, unless it was unpacked, and what must be in it
 * @param directory Folder it is in
 * @param remedy What a person can do if it is missing or wrong: a sentence
 * @throws {DataError} `missing-file`, `unreadable`, `wrong-hash` or `wrong-shape`
 */
export async function readMnistFile(
  file: MnistFile,
  directory: URL,
  remedy: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { url, bytes } = await readFirst(file, directory, remedy);
  const path = host.toPath(url);
  const inflated = inflate(bytes, file, path, remedy);

  const got = await sha256(inflated);
  if (got !== file.sha256) {
    const expected = `its contents should have SHA-256 ${file.sha256}, and have ${got}`;
    throw new DataError("wrong-hash", file.name, `${path} is not the original: ${expected}. ${remedy}`);
  }
  const idx = parse(inflated, file, path, remedy);
  if (idx.type !== "uint8" || String(idx.shape) !== String(file.shape)) {
    const expected = `expected uint8 [${file.shape.join(", ")}], got ${idx.type} [${idx.shape.join(", ")}]`;
    throw new DataError("wrong-shape", file.name, `${path} holds other data: ${expected}. ${remedy}`);
  }
  return idx.data;
}

/** The names under which a file goes around: gzipped, unpacked, and unpacked by a tool that writes a dot. */
function namesOf({ name }: MnistFile): string[] {
  const unpacked = name.replace(/\.gz$/, "");
  return [name, unpacked, unpacked.replace(/-(idx\d-ubyte)$/, ".$1")];
}

/** The first of its names that is there. */
async function readFirst(file: MnistFile, directory: URL, remedy: string) {
  let missing: unknown;
  for (const name of namesOf(file)) {
    const url = new URL(name, directory);
    try {
      return { url, bytes: await host.read(url) };
    } catch (cause) {
      if (!host.isMissing(cause)) {
        const message = `${(cause as Error).message}: cannot read ${host.toPath(url)}. ${remedy}`;
        throw new DataError("unreadable", file.name, message, { cause });
      }
      missing ??= cause;
    }
  }
  const message = `There is no file ${
    host.toPath(new URL(file.name, directory))
  }, nor one without .gz. ${remedy}`;
  throw new DataError("missing-file", file.name, message, { cause: missing });
}

/** The file's contents; a byte more than it should have is already too much. */
function inflate(bytes: Uint8Array<ArrayBuffer>, file: MnistFile, path: string, remedy: string) {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzip(bytes, { maxBytes: inflatedBytes(file) });
  } catch (error) {
    throw unreadable(error, file, path, remedy);
  }
}

function parse(bytes: Uint8Array, file: MnistFile, path: string, remedy: string): IdxArray {
  try {
    return parseIdx(bytes);
  } catch (error) {
    throw unreadable(error, file, path, remedy);
  }
}

function unreadable(cause: unknown, file: MnistFile, path: string, remedy: string): unknown {
  if (!(cause instanceof IdxError)) return cause;
  return new DataError("unreadable", file.name, `${path} is damaged: ${cause.message}. ${remedy}`, { cause });
}
