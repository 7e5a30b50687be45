import { similar } from "../cell/similar.ts";

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
 * @param url Where the module is
 * @throws {MissingExportError} Naming them, and what may have been meant
 */
export async function checkExports(
  module: object,
  specifier: string,
  names: string[],
  url: () => string,
): Promise<void> {
  const missing = names.filter((name) => !(name in module));
  if (missing.length === 0) return;
  const types = await typeNames(url);
  const unknown = missing.filter((name) => !types?.has(name));
  if (unknown.length === 0) return;
  const known = [...Object.keys(module), ...types ?? []].filter((name) => name !== "default");
  throw new MissingExportError(unknown.map((name) => sentence(name, specifier, known)).join(" "));
}

function sentence(name: string, specifier: string, known: string[]): string {
  const meant = similar(name, known)[0] ?? known.find((other) => other.startsWith(name));
  if (name === "default") return `"${specifier}" has no default export.`;
  return `"${specifier}" has no export named "${name}".${meant ? ` Did you mean "${meant}"?` : ""}`;
}

/** What a file exports that exists in its source only: interfaces and types. It is asked for when a name is missing. */
async function typeNames(url: () => string): Promise<Set<string> | undefined> {
  try {
    const address = url();
    if (!address.startsWith("file:")) return undefined;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", address],
      env: { NO_COLOR: "1" },
      stderr: "null",
    });
    const { stdout } = await command.output();
    const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
    return new Set(typesAmong(nodes));
  } catch {
    return undefined;
  }
}

interface DocumentedName {
  name: string;
  kind?: string;
  declarations?: { kind: string }[];
}

/** Values are told by the module itself: a file that has changed since may have more of them. */
function typesAmong(nodes: unknown): string[] {
  const files = Array.isArray(nodes)
    ? [{ symbols: nodes }]
    : Object.values(nodes as Record<string, { symbols?: unknown }>);
  return files.flatMap(({ symbols }) => (symbols ?? []) as DocumentedName[])
    .filter(({ kind, declarations = [{ kind: kind ?? "" }] }) =>
      declarations.every(({ kind }) => kind === "interface" || kind === "typeAlias")
    ).map(({ name }) => name);
}
