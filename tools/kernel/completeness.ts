import { TypeScriptParser } from "./rewrite.ts";

/** What an is_complete_reply carries. */
export type Completeness = { status: "complete" | "invalid" } | { status: "incomplete"; indent: string };

/**
 * Whether a cell can run as it stands, needs more lines, or is wrong: a console asks before it sends.
 *
 * @example
 * ```ts
 * import { completeness } from "./completeness.ts";
 *
 * console.log(completeness("for (const x of y) {").status); // incomplete
 * ```
 */
export function completeness(code: string): Completeness {
  try {
    TypeScriptParser.parse(code, {
      sourceType: "module",
      ecmaVersion: "latest",
      locations: true,
      allowAwaitOutsideFunction: true,
    });
    return { status: "complete" };
  } catch (error) {
    // A mistake at the very end is something missing.
    const { pos = 0, message = "" } = error as { pos?: number; message?: string };
    const isMissing = pos >= code.trimEnd().length || /^Unterminated (template|comment)/.test(message);
    if (!isMissing) return { status: "invalid" };
    const last = code.trimEnd().split("\n").at(-1)!;
    const indent = last.match(/^\s*/)![0] + (/[{([]$/.test(last) ? "  " : "");
    return { status: "incomplete", indent };
  }
}
