// Huffman codes, as a gzip stream uses them: frequent symbols take few bits.

/** A Huffman code: for each `bits` bits that may follow, the symbol (times 16) and how many of them it takes. */
export interface Code {
  readonly table: Uint16Array;
  readonly bits: number;
}

/** The code in which symbol s has `lengths[s]` bits (0: it does not occur); `undefined` if there is no such code. */
export function codeOf(lengths: readonly number[]): Code | undefined {
  const bits = lengths.reduce((most, length) => Math.max(most, length), 1);
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) if (length > 0) counts[length]++;
  const next = new Array<number>(17).fill(0);
  for (let length = 1; length <= 15; length++) next[length + 1] = (next[length] + counts[length]) << 1;
  const used = lengths.reduce((sum, length) => length > 0 ? sum + (1 << (15 - length)) : sum, 0);
  const few = counts[1] <= 1 && lengths.filter((length) => length > 0).length <= 1;
  if (used > 1 << 15 || (used < 1 << 15 && !few)) return undefined;
  const table = new Uint16Array(1 << bits);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    let code = next[length]++, reversed = 0;
    for (let i = 0; i < length; i++, code >>= 1) reversed = reversed << 1 | code & 1;
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = symbol << 4 | length;
  });
  return { table, bits };
}

/** The two codes of blocks that bring none of their own. */
export const FIXED = {
  literals: codeOf(Array.from({ length: 288 }, (_, s) => s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8))!,
  distances: codeOf(new Array(32).fill(5))!,
};
