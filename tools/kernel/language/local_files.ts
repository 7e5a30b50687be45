/** Notices which files have changed, of those that modules import from one another. */
export class LocalFiles {
  /** When each was written last, and what it imports. */
  readonly #seen = new Map<string, { time: number; imports: string[] }>();

  /**
   * The files that were written since this was asked last, among these and what they import; not those seen for the
   * first time.
   *
   * @param urls Files with which to begin
   */
  async changed(urls: string[]): Promise<string[]> {
    const changed: string[] = [];
    const known = new Set(urls);
    for (const url of known) {
      const before = this.#seen.get(url);
      const time = await timeOf(url);
      if (before && before.time !== time) changed.push(url);
      const imports = before && before.time === time ? before.imports : await importsOf(url);
      this.#seen.set(url, { time, imports });
      for (const found of imports) known.add(found);
    }
    return changed;
  }
}

/** Modification time in milliseconds; 0 if there is no such file. */
async function timeOf(url: string): Promise<number> {
  return await Deno.stat(new URL(url)).then(({ mtime }) => mtime?.getTime() ?? 0, () => 0);
}

/** What a module imports by a relative path. */
async function importsOf(url: string): Promise<string[]> {
  const text = /\.[cm]?[jt]sx?$/.test(url) ? await Deno.readTextFile(new URL(url)).catch(() => "") : "";
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*["'](\.{1,2}\/[^"'\n]+)["']/g)]
    .map(([, specifier]) => new URL(specifier, url).href);
}
