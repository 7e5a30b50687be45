// What Deno goes by behind the walls.
import { builtinModules } from "node:module";
import { join } from "@std/path";
import { isHarmless } from "./inside/builtins.ts";
import { PARTS } from "./sandbox.ts";

/** Modules of Node's that `builtinModules` does not list. */
const MORE = [
  ..."inspector/promises sqlite sea test test/reporters vm v8 wasi worker_threads trace_events repl".split(
    " ",
  ),
];

/** As much of `deno.json` as we look at. */
interface Config {
  imports: Record<string, string>;
  scopes?: Record<string, Record<string, string>>;
  [key: string]: unknown;
}

/**
 * The project's configuration as it holds behind the walls: a cell that imports a module of Node's which shows memory,
 * messages or threads gets one that refuses. Each of our own files has those that its text names, and no others: so
 * whatever it could be made to import, it gets no more.
 *
 * @param text Of `deno.json`, with remarks
 * @param files The texts of our own files, by their paths from the project's root
 */
export function insideConfig(text: string, files: Map<string, string>): string {
  const config: Config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
  const names = new Set([...builtinModules.map((name) => name.replace(/^node:/, "")), ...MORE]);
  const imports = { ...config.imports };
  for (const name of [...names].filter((name) => !isHarmless(name))) {
    for (const specifier of [name, `node:${name}`]) {
      imports[specifier] = `./tools/grading/inside/refused.ts?${encodeURIComponent(specifier)}`;
    }
  }
  const scopes = { ...config.scopes };
  for (const [path, source] of files) {
    const own = [...source.matchAll(/(?:from|import)\s*"(node:[\w/]+)"/g)].map(([, name]) => name);
    if (own.length > 0) scopes[`./${path}`] = Object.fromEntries(own.map((name) => [name, name]));
  }
  return JSON.stringify({ ...config, imports, scopes }, null, 1);
}

/** The configuration of a project, with the programs of it that are seen inside. */
export async function readInsideConfig(root: string): Promise<string> {
  const files = new Map<string, string>();
  const look = async (path: string) => {
    const { isDirectory } = await Deno.stat(join(root, path));
    if (isDirectory) {
      for await (const { name } of Deno.readDir(join(root, path))) await look(`${path}/${name}`);
    } else if (/\.[jt]s$/.test(path)) files.set(path, await Deno.readTextFile(join(root, path)));
  };
  for (const part of PARTS) await look(part);
  return insideConfig(await Deno.readTextFile(join(root, "deno.json")), files);
}
