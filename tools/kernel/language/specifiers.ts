import { dirname, join, toFileUrl } from "@std/path";
import { builtinModules } from "node:module";
import { configOf } from "../imports.ts";
import type { Token } from "./tokens.ts";
import type { TypedCell } from "./type_module.ts";

/** What a module may be written in. */
const MODULES = /\.([cm]?[jt]sx?|json|wasm)$/;

/** The string at the cursor, if something is imported from it. */
export function specifierAt(found: Token[], at: number): Token | undefined {
  const code = found.filter(({ kind }) => kind !== "comment");
  const i = code.findIndex(({ kind, start, end, isOpen }) =>
    kind === "string" && start < at && (at < end || isOpen && at === end)
  );
  const before = code.slice(Math.max(0, i - 2), i).map(({ text }) => text).join("");
  return i > 0 && /(^|\W)(import|import\()$|from$/.test(before) ? code[i] : undefined;
}

/**
 * What the rest of a specifier may be: files and folders of the notebook's folder, or names that `deno.json` knows.
 *
 * @param written What is there up to the cursor
 * @returns What may stand in the place of its last part, which begins at `from`
 */
export async function completeSpecifier(
  written: string,
  cells: readonly TypedCell[],
): Promise<{ matches: string[]; from: number }> {
  if (/^\.{0,2}\//.test(written)) {
    const from = written.lastIndexOf("/") + 1;
    const names = await filesIn(new URL(written.slice(0, from), toFileUrl(join(Deno.cwd(), "/"))));
    const start = written.slice(from);
    return {
      matches: names.filter((name) => name.startsWith(start) && (start || !name.startsWith("."))),
      from,
    };
  }
  const known = [
    ...await configuredNames(),
    ...importedBy(cells),
    ...builtinModules.map((name) => `node:${name}`),
  ];
  const matches = [...new Set(["./", "../", ...known])].filter((name) => name.startsWith(written));
  return { matches: written ? matches : matches.filter((name) => !name.startsWith("node:")), from: 0 };
}

async function filesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory, isFile, isSymlink } of Deno.readDir(folder)) {
      if (isDirectory) names.push(`${name}/`);
      else if ((isFile || isSymlink) && MODULES.test(name)) names.push(name);
    }
  } catch {
    // no such folder
  }
  return names.sort();
}

/** The names that the notebook's `deno.json` gives to modules. */
async function configuredNames(): Promise<string[]> {
  const path = await configOf(Deno.cwd());
  const config = await readConfig(path);
  const members = Array.isArray(config.workspace) ? config.workspace : [];
  const configs = await Promise.all(
    members.map((member) => readConfig(join(dirname(path), String(member), "deno.json"))),
  );
  const packages = configs.map(({ name }) => name).filter((name) => typeof name === "string");
  return [...Object.keys(config.imports ?? {}), ...packages];
}

interface Config {
  name?: string;
  imports?: Record<string, string>;
  workspace?: unknown;
}

/** A configuration, which may have comments and commas at the end. */
async function readConfig(path: string): Promise<Config> {
  try {
    const text = (await Deno.readTextFile(path))
      .replace(/("(?:\\.|[^"\\])*")|\/\/.*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? "")
      .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? "");
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function importedBy(cells: readonly TypedCell[]): string[] {
  return cells.flatMap(({ source }) =>
    [...source.matchAll(/\bfrom\s*["']((?:npm|jsr|https?|node):[^"'\n]+)["']/g)].map(([, specifier]) =>
      specifier
    )
  );
}
