/** A tar archive of these files, as npm makes them. */
export function tarOf(files: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (const [path, bytes] of Object.entries(files)) {
    blocks.push(headerOf(path, bytes.length, "0"), padded(bytes));
  }
  blocks.push(new Uint8Array(1024));
  return joined(blocks);
}

/** The 512 bytes before a file. A path of over 100 characters is split into prefix and name. */
export function headerOf(path: string, size: number, type: string): Uint8Array {
  const header = new Uint8Array(512);
  const put = (offset: number, text: string) =>
    void new TextEncoder().encodeInto(text, header.subarray(offset));
  const slash = path.length > 100 ? path.indexOf("/", path.length - 101) : -1;
  put(0, path.slice(slash + 1));
  put(124, size.toString(8).padStart(11, "0"));
  put(156, type);
  put(257, "ustar");
  if (slash > 0) put(345, path.slice(0, slash));
  return header;
}

/** Filled up with zeros to whole blocks. */
export function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  out.set(bytes);
  return out;
}

/** One after the other. */
export function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
