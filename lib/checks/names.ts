/** Unknown names, and the known ones that were meant. */

/**
 * The known name that a wrong one was probably meant to be: the same but for capitals and underscores, a few letters off,
 * or an abbreviation (`lr` of `learningRate`, `validLoss` of `validationLoss`).
 *
 * @param name What was written
 * @param known What there is
 * @returns `undefined` if none looks like it
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wrong = plain(name), far = Math.max(1, Math.floor(wrong.length / 3));
  let nearest: string | undefined, least = Infinity;
  for (const other of known) {
    const right = plain(other), begins = wrong.length > 1 && right.startsWith(wrong);
    const steps = begins ? 0.5 : distance(wrong, right);
    if (steps > far && !isShort(wrong, right) && !isShort(right, wrong)) continue;
    if (steps < least) [nearest, least] = [other, steps];
  }
  return nearest;
}

/**
 * What to say of an unknown name: `unknown option "lr"; it knows …. Did you mean "learningRate"?`
 *
 * @param kind What it is a name of: `"option"`
 */
export function unknownName(kind: string, name: string, known: readonly string[]): string {
  const meant = nearestName(name, known);
  return `unknown ${kind} "${name}"; it knows ${known.join(", ")}.${
    meant ? ` Did you mean "${meant}"?` : ""
  }`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, "");
}

/** Whether a name is short for another one: its letters come in that order, from the first on; or it is a part of it. */
function isShort(name: string, long: string): boolean {
  if (name.length < 2 || name.length >= long.length) return false;
  if (name.length > 2 && long.includes(name)) return true;
  let at = 0;
  for (const letter of long) if (letter === name[at]) at++;
  return at === name.length && name[0] === long[0];
}

/** How many letters must be put in, left out, replaced or swapped with the next to make `a` of `b`. */
function distance(a: string, b: string): number {
  let before: number[] = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
