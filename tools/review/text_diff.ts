// Two texts side by side: which lines are the same, and which words of a line changed.

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

/** A table with more entries than this takes too long to fill; then whole blocks are called different. */
const MOST_ENTRIES = 4_000_000;

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
  let removed: number[] = [];
  let added: number[] = [];
  // What goes and what comes at one place are shown beside each other.
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      const [was, is] = [removed[i], added[i]];
      const [left, right] = was !== undefined && is !== undefined ? diffWords(old[was], fresh[is]) : [
        [{ text: old[was] ?? "", marked: true }],
        [{ text: fresh[is] ?? "", marked: true }],
      ];
      rows.push({
        before: was === undefined ? undefined : { line: was + 1, pieces: left },
        after: is === undefined ? undefined : { line: is + 1, pieces: right },
        same: false,
      });
    }
    removed = [];
    added = [];
  };
  for (const [was, is] of align(old, fresh)) {
    if (was !== undefined && is !== undefined) {
      flush();
      const pieces = [{ text: old[was], marked: false }];
      rows.push({ before: { line: was + 1, pieces }, after: { line: is + 1, pieces }, same: true });
    } else if (was !== undefined) removed.push(was);
    else added.push(is!);
  }
  flush();
  return rows;
}

/** A number with sign, point and exponent is one word: a changed digit makes another number. */
const WORDS = /[-−+]?\d+(?:[.,_]\d+)*(?:e[-+]?\d+)?|[\p{L}_]+|\s+|./giu;

function diffWords(before: string, after: string): [Piece[], Piece[]] {
  const [old, fresh] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []];
  const [left, right]: [Piece[], Piece[]] = [[], []];
  const put = (pieces: Piece[], text: string, marked: boolean) => {
    if (pieces.at(-1)?.marked === marked) pieces.at(-1)!.text += text;
    else pieces.push({ text, marked });
  };
  for (const [was, is] of align(old, fresh)) {
    const marked = was === undefined || is === undefined;
    if (was !== undefined) put(left, old[was], marked);
    if (is !== undefined) put(right, fresh[is], marked);
  }
  return [left, right];
}

/** Pairs of places in two lists, in order: what is on both sides, or on one only; by a longest common subsequence. */
function align(a: string[], b: string[]): [number | undefined, number | undefined][] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [n, m] = [a.length - start - end, b.length - start - end];
  const pairs: [number | undefined, number | undefined][] = Array.from({ length: start }, (_, i) => [i, i]);
  pairs.push(
    ...middle(a.slice(start, start + n), b.slice(start, start + m)).map(([i, j]): typeof pairs[number] => [
      i === undefined ? undefined : i + start,
      j === undefined ? undefined : j + start,
    ]),
  );
  for (let i = end; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return pairs;
}

function middle(a: string[], b: string[]): [number | undefined, number | undefined][] {
  const [n, m] = [a.length, b.length];
  const pairs: [number | undefined, number | undefined][] = [];
  let [i, j] = [0, 0];
  if (n * m <= MOST_ENTRIES) {
    // length[i][j]: how much a[i…] and b[j…] have in common
    const width = m + 1;
    const length = new Uint32Array((n + 1) * width);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        length[i * width + j] = a[i] === b[j]
          ? length[(i + 1) * width + j + 1] + 1
          : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
      }
    }
    while (i < n && j < m) {
      if (a[i] === b[j]) pairs.push([i++, j++]);
      else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) pairs.push([i++, undefined]);
      else pairs.push([undefined, j++]);
    }
  }
  while (i < n) pairs.push([i++, undefined]);
  while (j < m) pairs.push([undefined, j++]);
  return pairs;
}
