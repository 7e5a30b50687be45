const BLOCK = 512;

/**
 * The contents of one file in a tar archive, as a view; `undefined` if it is not there.
 *
 * Knows what npm's packages use: blocks of 512 bytes, a header with the name, a size in octal, then the contents.
 *
 * @param tar The inflated archive
 * @param path Full path inside it, e.g. `"package/package.json"`
 */
export function fileInTar(tar: Uint8Array, path: string): Uint8Array | undefined {
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    if (header[0] === 0) return undefined; // blocks of zeros end the archive
    const size = parseInt(text(header, 124, 12), 8);
    const end = at + BLOCK + size;
    if (!(size >= 0) || end > tar.length) return undefined; // no tar, or cut off
    const prefix = text(header, 345, 155);
    const name = prefix ? `${prefix}/${text(header, 0, 100)}` : text(header, 0, 100);
    const isFile = header[156] === 0x30 || header[156] === 0; // type "0"; old archives leave it empty
    if (isFile && name === path) return tar.subarray(at + BLOCK, end);
    at = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

/** A field of a header: text up to the first zero byte. */
function text(header: Uint8Array, offset: number, length: number): string {
  const field = header.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
