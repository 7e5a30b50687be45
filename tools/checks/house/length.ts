/// <reference lib="deno.unstable" />
// The rule about length: a function does one thing, which a reader can keep in mind. How long a file is follows from its
// idea, so files have no limit.
import { placeOf } from "./where.ts";

/** Most lines of a function in `lib/` and `tools/`, with those of the functions in it. */
export const MOST_LINES = 60;

/** Where functions list the parts of a picture, one after the other, which may take longer. */
const PICTURES = new Set(["charts", "widgets"]);

/** A function of `lib/` or `tools/` has at most {@link MOST_LINES} lines. */
export function functionLength(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const { area, floor } = placeOf(root, context.filename);
      if (area !== "lib" && area !== "tools" || PICTURES.has(floor ?? "")) return {};
      const check = (node: { range: [number, number] }) => {
        const [start, end] = node.range;
        const lines = context.sourceCode.text.slice(start, end).split("\n");
        if (lines.length <= MOST_LINES) return;
        context.report({
          range: [start, start + lines[0].length],
          message:
            `The function has ${lines.length} lines; ${MOST_LINES} is the most a reader is asked to follow.`,
          hint: "Give a part of it a name of its own.",
        });
      };
      return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
    },
  };
}
