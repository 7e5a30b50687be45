import type { Runner } from "../runner.ts";
import { within } from "./patience.ts";
import type { CompletionItem } from "./service.ts";
import type { Session } from "./session.ts";
import { completeSpecifier, specifierAt } from "./specifiers.ts";
import { KEYWORDS, textAt, type Token, tokens, wordAt } from "./tokens.ts";

/** What a complete_reply carries, with places in UTF-16 units. */
export interface Completion {
  matches: Match[];
  start: number;
  end: number;
}

/** Something that may stand at the cursor. */
export interface Match {
  text: string;
  /** What kind of thing it is, as JupyterLab names kinds; empty if nobody knows. */
  type: string;
}

/** JupyterLab gives up after a second; milliseconds. */
const PATIENCE = 850;
/** More than anybody reads. */
const MOST = 500;

/**
 * What may stand at the cursor, without running anything of the learner's: what the types say, and what is there while
 * the cells run, where types know nothing or are not yet read.
 *
 * @param at Where the cursor is, in UTF-16 units
 */
export async function complete(
  code: string,
  at: number,
  session: Session,
  runner: Pick<Runner, "names" | "declared">,
): Promise<Completion> {
  const found = tokens(code);
  const specifier = specifierAt(found, at);
  if (specifier) {
    const start = specifier.start + 1;
    const { matches, from } = await completeSpecifier(code.slice(start, at), session.cells);
    return { matches: matches.map((text) => ({ text, type: "module" })), start: start + from, end: at };
  }
  const nothing = { matches: [], start: at, end: at };
  const text = textAt(found, at);
  if (text && text.kind !== "string") return nothing;
  const word = text ? undefined : wordAt(found, at);
  const start = word && word.start < at ? word.start : at;
  const written = code.slice(start, at);
  const path = text ? "" : pathBefore(found, start);
  const real = path === "" ? [] : runner.names(path ?? ""); // asked at once, as time is short
  const asked = typedMatches(code, at, start, session).catch(() => undefined);
  // While the types are not yet read, what is there is true as well.
  const there = path === undefined ? [...await real, ...runner.declared] : await real;
  const isEnough = !session.service.isWarm && select(named(there), written).length > 0;
  const typed = await within(isEnough ? 0 : PATIENCE, asked, undefined);
  if (text || typed && typed.start !== start) return typed ?? nothing; // what it replaces is more than a word
  const matches = path === undefined
    ? bareNames(typed?.matches, await real, runner.declared)
    : select(typed?.matches ?? [], written).length > 0
    ? typed!.matches
    : named(await real);
  return { matches: select(matches, written), start, end: at };
}

/** Names that stand alone: the learner's own first. */
function bareNames(typed: TypedMatch[] | undefined, names: string[], declared: Iterable<string>): Match[] {
  // Where a new name is to be thought of, or a type is to stand, the types know it better.
  if (typed && !typed.some(({ text }) => text === "globalThis")) return typed;
  const real = new Set([...names, ...declared]);
  const known = new Set(typed?.map(({ text }) => text));
  const more = named([...real, ...typed ? [] : KEYWORDS].filter((name) => !known.has(name)));
  // They know the globals of browsers too, which are not there.
  const there = typed?.filter(({ text, isGlobal }) => !isGlobal || names.length === 0 || real.has(text)) ??
    [];
  return [...there.filter(({ isGlobal }) => !isGlobal), ...more, ...there.filter(({ isGlobal }) => isGlobal)];
}

interface TypedMatch extends Match {
  /** A value that is there without being declared in a cell. */
  isGlobal?: boolean;
}

/** What the language service says; nothing if it cannot be asked. */
async function typedMatches(
  code: string,
  at: number,
  start: number,
  session: Session,
): Promise<{ matches: TypedMatch[]; start: number; end: number } | undefined> {
  const module = await session.module({ source: code, cursor: at });
  const items = (await session.service.completions(module.text, module.cursor))
    .filter(({ label }) => !module.aliases.has(label))
    .sort((a, b) =>
      compare(a.sortText ?? "", b.sortText ?? "") || compare(a.label.toLowerCase(), b.label.toLowerCase())
    );
  const edits = items.map((item) => ({ item, from: at - reach(item, module.text, module.cursor) }));
  const word = edits.filter(({ item, from }) => !item.textEdit || from === start);
  if (word.length > 0 || edits.length === 0) {
    return { matches: word.map(({ item }) => toMatch(item)), start, end: at };
  }
  // `?.name` in the place of `.name`; what stands in quotes may be more than a word.
  const [{ from }] = edits;
  const before = code.slice(from, at).replace(/^\./, "");
  const fitting = edits.filter((edit) => edit.from === from && edit.item.label.startsWith(before));
  return {
    matches: fitting.map(({ item }) => toMatch(item)),
    start: from,
    end: at,
  };
}

/** How far before the cursor begins what an item takes the place of. */
function reach({ textEdit }: CompletionItem, text: string, cursor: number): number {
  const range = textEdit?.replace ?? textEdit?.range;
  const line = text.lastIndexOf("\n", cursor - 1) + 1;
  return range ? cursor - line - range.start.character : 0;
}

function toMatch({ label, kind = 0, sortText = "", textEdit, insertText }: CompletionItem): TypedMatch {
  const type = KINDS[kind] ?? "";
  return {
    text: textEdit?.newText ?? insertText ?? label,
    type,
    isGlobal: sortText >= "15" && /^(function|class|variable)$/.test(type),
  };
}

/** The protocol's numbers of kinds, in JupyterLab's words. */
const KINDS: Record<number, string> = {
  2: "function",
  3: "function",
  4: "function",
  5: "property",
  6: "variable",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  14: "keyword",
  20: "property",
  21: "variable",
};

function named(names: string[]): Match[] {
  return [...new Set(names)].sort().map((text) => ({ text, type: KEYWORDS.has(text) ? "keyword" : "" }));
}

/** Those that begin as is written; if none does, those that do but for small and capital letters. */
function select(matches: Match[], written: string): Match[] {
  const small = written.toLowerCase();
  const exact = matches.filter(({ text }) => text.startsWith(written) && text !== written);
  const similar = exact.length > 0
    ? exact
    : matches.filter(({ text }) => text.toLowerCase().startsWith(small));
  return similar.filter(({ text }) => text !== written).slice(0, MOST);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The names before a dot, as in `model.layers` before `.at`. Empty if what is before the dot is no mere name: nothing is
 * known of that without running it. `undefined` if there is no dot.
 */
export function pathBefore(found: Token[], start: number): string | undefined {
  const code = found.filter(({ kind, end }) => kind !== "comment" && end <= start);
  if (!/^\??\.$/.test(code.at(-1)?.text ?? "")) return undefined;
  const names: string[] = [];
  for (let i = code.length - 1; /^\??\.$/.test(code[i]?.text ?? ""); i -= 2) {
    const name = code[i - 1];
    if (name?.kind !== "name") return "";
    names.unshift(name.text);
  }
  return names.join(".");
}
