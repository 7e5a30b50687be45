// Whether a hint gives away what an exercise asks for.

/** Shorter pieces of code occur in any text. */
const SHORTEST = 7;

/**
 * The piece of a cell's solution that a hint contains, if there is one: a line of code, what a line computes, or a
 * number that is asked for.
 *
 * @param source Of the cell, with `// BEGIN SOLUTION` and `// END SOLUTION`
 */
export function giveaway(source: string, hint: string): string | undefined {
  const squeezed = squeeze(hint);
  return solutionLines(source).flatMap(pieces).find((piece) => squeezed.includes(piece)) ??
    solutionLines(source).flatMap(numbers).find((number) => standsAlone(number, hint));
}

/** The lines between the marks, without remarks. */
function solutionLines(source: string): string[] {
  const solutions = source.matchAll(/\/\/ BEGIN SOLUTION\n([^]*?)\/\/ END SOLUTION/g);
  return [...solutions].flatMap(([, code]) => code.split("\n"))
    .map((line) => line.replace(/\/\/.*$/, "").trim()).filter(Boolean);
}

/** The line, and what stands behind its `=`, its `return` or its `=>`. */
function pieces(line: string): string[] {
  const code = squeeze(line).replace(/[;,]$/, "");
  const behind = code.replace(/^return/, "");
  const value = behind.match(/^(?:const|let)?[\w.{},[\]]+(?:\+|-)?=(?!=)(.+)$/)?.[1] ?? behind;
  return [code, behind, value].filter((piece) => piece.length >= SHORTEST);
}

/** Values of a line such as `da: 12,`, of two digits or more. */
function numbers(line: string): string[] {
  const value = line.match(/^\w+: (-?[\d.]+),$/)?.[1];
  return value !== undefined && value.replace(/\D/g, "").length >= 2 ? [value] : [];
}

const squeeze = (text: string) => text.replace(/\s+/g, "");

const standsAlone = (number: string, text: string) =>
  new RegExp(`(?<![\\d.])${number.replace(".", "\\.")}(?![\\d]|\\.\\d)`).test(text.replaceAll("−", "-"));
