// Only what Deno brings along: in the folder of a notebook, another deno.json may hold.
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";

/** A cell imports a name that the module does not have. */
export class MissingExportError extends SyntaxError {
  override name = "MissingExportError";
}

/**
 * Refuse names that a module does not export; the kernel below would make them `undefined` without a word.
 *
 * @param module What `import()` gave
 * @param specifier How the cell names it
 * @param names The names that the cell imports from it and uses as values, or does not use
 * @throws {MissingExportError} Naming them, and what may have been meant
 */
export async function checkExports(module: object, specifier: string, names: string[]): Promise<void> {
  const missing = names.filter((name) => !(name in module));
  if (missing.length === 0) return;
  const types = await typeNames(specifier);
  const unknown = missing.filter((name) => !types?.has(name));
  if (unknown.length === 0) return;
  const known = [...Object.keys(module), ...types ?? []].filter((name) => name !== "default");
  throw new MissingExportError(unknown.map((name) => sentence(name, specifier, known)).join(" "));
}

function sentence(name: string, specifier: string, known: string[]): string {
  const [meant] = similar(name, known);
  if (name === "default") return `"${specifier}" has no default export.`;
  return `"${specifier}" has no export named "${name}".${meant ? ` Did you mean "${meant}"?` : ""}`;
}

/** The names that look like one that does not exist, best first. */
export function similar(name: string, known: string[]): string[] {
  const furthest = Math.max(1, Math.floor(name.length / 3));
  return known.map((other) => ({ other, steps: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ steps }) => steps <= furthest)
    .sort((a, b) => a.steps - b.steps || a.other.localeCompare(b.other))
    .map(({ other }) => other);
}

/** How many letters must be put in, left out, replaced or swapped with the next to make `a` of `b`. */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

/** Interfaces and the like, which exist in the source only; asked for when a name is missing, as it takes a moment. */
async function typeNames(specifier: string): Promise<Set<string> | undefined> {
  try {
    const url = resolve(specifier);
    if (!url.startsWith("file:")) return undefined;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", url],
      env: { NO_COLOR: "1" },
      stderr: "null",
    });
    const { stdout } = await command.output();
    const text = new TextDecoder().decode(stdout);
    return new Set([...text.matchAll(/"name":\s*"([\p{ID_Continue}$]+)"/gu)].map(([, name]) => name));
  } catch {
    return undefined;
  }
}

function resolve(specifier: string): string {
  if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, pathToFileURL(Deno.cwd() + "/")).href;
  if (isAbsolute(specifier)) return pathToFileURL(specifier).href;
  return import.meta.resolve(specifier);
}
