/** Something a check found wrong, and how to mend it. */
export interface Problem {
  /** Path from the project's root. */
  file: string;
  /** Where in the file, for a person: `12:5` (line and column), or `cell 3 (id), line 2`. Empty for the whole file. */
  at: string;
  /** The rule that was broken, such as `import-order` or `TS2322`. */
  rule: string;
  /** What is wrong, in a sentence or more lines. */
  message: string;
  /** The line of source it is about, with the place underlined, if known. */
  source?: string;
  /** The command or the edit that mends it. */
  hint?: string;
}

/**
 * Problems as text, one paragraph each.
 *
 * @param problems What was found
 * @param most How many to write out; the rest are only counted
 * @example
 * ```ts
 * import { describe } from "./problem.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const problem = { file: "lib/a.ts", at: "3:1", rule: "short", message: "Too long.", hint: "Split it." };
 * assertEquals(describe([problem]), "lib/a.ts:3:1  Too long. [short]\n    → Split it.");
 * ```
 */
export function describe(problems: Problem[], most = 50): string {
  const paragraphs = problems.slice(0, most).map(paragraph);
  if (problems.length > most) paragraphs.push(`… and ${problems.length - most} more`);
  return paragraphs.join("\n\n");
}

function paragraph({ file, at, rule, message, source, hint }: Problem): string {
  const place = at === "" ? file : `${file}${/^\d/.test(at) ? ":" : ", "}${at}`;
  const lines = [`${place}  ${message} [${rule}]`];
  if (source) lines.push(source);
  if (hint) lines.push(`→ ${hint}`);
  return lines.join("\n").replaceAll("\n", "\n    ");
}

/**
 * The end of a check that runs by itself: prints what was found, or that all is well, and sets the exit code.
 *
 * @param problems What was found
 * @param allWell What to say when there is nothing to mend
 */
export function conclude(problems: Problem[], allWell: string) {
  if (problems.length === 0) return console.log(allWell);
  console.log(describe(problems));
  console.log(`\n${problems.length} ${problems.length === 1 ? "problem" : "problems"}`);
  Deno.exitCode = 1;
}
