/// <reference lib="deno.unstable" />
// The rule about length: learners open the library's files, so a file holds one idea.
import { placeOf } from "./where.ts";

/** Most lines of a file in `lib/`. */
export const MOST_LINES = 250;

/** A file of `lib/` has at most {@link MOST_LINES} lines. */
export function fileLength(root: string): Deno.lint.Rule {
  return {
    create(context) {
      if (placeOf(root, context.filename).area !== "lib") return {};
      return {
        Program() {
          const lines = context.sourceCode.text.replace(/\n$/, "").split("\n");
          if (lines.length <= MOST_LINES) return;
          const beyond = lines.slice(0, MOST_LINES).join("\n").length + 1;
          context.report({
            range: [beyond, beyond + lines[MOST_LINES].length],
            message:
              `The file has ${lines.length} lines; ${MOST_LINES} is the most a reader is asked to follow.`,
            hint: "Split it where a second idea begins.",
          });
        },
      };
    },
  };
}
