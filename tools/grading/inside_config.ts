import { builtinModules } from "node:module";
import { isHarmless } from "./inside/builtins.ts";

/** Modules of Node's that `builtinModules` does not list. */
const MORE = "inspector/promises sqlite sea test test/reporters vm v8 wasi worker_threads trace_events repl"
  .split(" ");
/** The folders whose programs are our own. */
const OURS = ["./lib/", "./tools/"];

/** As much of `deno.json` as we look at. */
interface Config {
  imports: Record<string, string>;
  scopes?: Record<string, Record<string, string>>;
  [key: string]: unknown;
}

/**
 * The project's configuration as it holds behind the walls: a cell that imports a module of Node's which shows memory,
 * messages or threads gets one that refuses. The library and the kernel have theirs.
 *
 * @param text Of `deno.json`, with remarks
 */
export function insideConfig(text: string): string {
  const config: Config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
  const names = new Set([...builtinModules.map((name) => name.replace(/^node:/, "")), ...MORE]);
  const imports = { ...config.imports };
  const own: Record<string, string> = {};
  for (const name of names) {
    if (isHarmless(name)) continue;
    own[`node:${name}`] = `node:${name}`;
    for (const specifier of [name, `node:${name}`]) {
      imports[specifier] = `./tools/grading/inside/refused.ts?${encodeURIComponent(specifier)}`;
    }
  }
  const scopes = Object.fromEntries(OURS.map((folder) => [folder, own]));
  return JSON.stringify({ ...config, imports, scopes: { ...config.scopes, ...scopes } }, null, 1);
}
