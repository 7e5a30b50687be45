import type { Runner } from "./runner.ts";

/** What a complete_reply carries. Positions count characters, not UTF-16 units. */
export interface Completion {
  matches: string[];
  cursor_start: number;
  cursor_end: number;
}

const WORDS =
  "abstract as async await break case catch class const continue default delete do else export extends " +
  "false finally for from function if import in instanceof interface let new null of return satisfies static super " +
  "switch this throw true try type typeof undefined using void while yield";

/** What may stand at the cursor, without running anything. */
export async function complete(code: string, cursor: number, runner: Runner): Promise<Completion> {
  const before = [...code].slice(0, cursor).join("");
  const { path, start } = splitPath(before);
  const found = await runner.names(path);
  const known = path === "" ? [...runner.declared, ...WORDS.split(" "), ...found] : found;
  const matches = [...new Set(known)].filter((name) => name.startsWith(start) && name !== start).sort();
  const length = [...start].length;
  return { matches: matches.slice(0, 500), cursor_start: cursor - length, cursor_end: cursor };
}

/** `a.b.c` before the cursor as the path `a.b` and the beginning `c`. */
export function splitPath(before: string): { path: string; start: string } {
  const chain = before.match(/[\p{ID_Continue}$.]*$/u)![0];
  const dot = chain.lastIndexOf(".");
  if (dot < 0) return { path: "", start: chain };
  // After `)`, `]` or a quote nothing is known without running something: a path that leads nowhere.
  const path = chain.slice(0, dot).replace(/^\./, "?.");
  return { path: path === "" ? "?" : path, start: chain.slice(dot + 1) };
}
