// Two texts side by side: which lines are the same, and which words of a line changed.
import { type ChangeObject, diffArrays } from "diff";

/** A piece of a line; marked if the other side has not got it. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** One row of the two columns; a side that is not there has no such line. */
export interface Row {
  before?: { line: number; pieces: Piece[] };
  after?: { line: number; pieces: Piece[] };
  same: boolean;
}

/**
 * Put two texts side by side.
 *
 * @example
 * ```ts
 * import { diffLines } from "./text_diff.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = diffLines("loss 0.417\nend", "loss 0.418\nend");
 * assertEquals(rows.map(({ same }) => same), [false, true]);
 * assertEquals(rows[0].after?.pieces, [{ text: "loss ", marked: false }, { text: "0.418", marked: true }]);
 * ```
 */
export function diffLines(before: string, after: string): Row[] {
  const [old, fresh] = [before, after].map((text) => text === "" ? [] : text.split("\n"));
  const rows: Row[] = [];
  let [was, is] = [0, 0];
  for (const { both, removed, added } of blocks(old, fresh)) {
    for (const text of both) {
      const pieces = [{ text, marked: false }];
      rows.push({ before: { line: ++was, pieces }, after: { line: ++is, pieces }, same: true });
    }
    // What goes and what comes at one place are shown beside each other.
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      const [left, right] = diffWords(removed[i], added[i]);
      rows.push({
        before: i < removed.length ? { line: ++was, pieces: left } : undefined,
        after: i < added.length ? { line: ++is, pieces: right } : undefined,
        same: false,
      });
    }
  }
  return rows;
}

/** A number with sign, point and exponent is one word: a changed digit makes another number. */
const WORDS = /[-−+]?\d+(?:[.,_]\d+)*(?:e[-+]?\d+)?|[\p{L}_]+|\s+|./giu;

function diffWords(before: string | undefined, after: string | undefined): [Piece[], Piece[]] {
  const [old, fresh] = [before, after].map((text) => text?.match(WORDS) ?? []);
  const side = (which: "removed" | "added") =>
    blocks(old, fresh).flatMap(({ both, [which]: own }) => [
      { text: both.join(""), marked: false },
      { text: own.join(""), marked: true },
    ]).filter(({ text }) => text !== "");
  return [side("removed"), side("added")];
}

/** What both have, then what only one has at that place, again and again. */
function blocks(old: string[], fresh: string[]) {
  const list: Record<"both" | "removed" | "added", string[]>[] = [{ both: [], removed: [], added: [] }];
  for (const { value, removed, added } of diffArrays(old, fresh) as ChangeObject<string[]>[]) {
    if (removed || added) list.at(-1)![removed ? "removed" : "added"].push(...value);
    else list.push({ both: value, removed: [], added: [] });
  }
  return list;
}

/**
 * Words that went and came in two texts, at each place: `0.417 → 0.418`.
 *
 * @param before A text
 * @param after Another
 */
export function changedWords(before: string, after: string): string[] {
  const marked = (pieces: Piece[] = []) =>
    pieces.filter(({ marked }) => marked).map(({ text }) => text.trim()).join(" … ");
  return diffLines(before, after).filter(({ same }) => !same)
    .map(({ before, after }) => `${marked(before?.pieces)} → ${marked(after?.pieces)}`);
}
