/// <reference lib="deno.unstable" />
// The rule about length: a function does one thing, which a reader can keep in mind. How long a file is follows from its
// idea, so files have no limit.
import { placeOf } from "./where.ts";

/** Most lines of a function in `lib/` and `tools/`, with those of the functions in it. */
export const MOST_LINES = 60;

/** Where functions list the parts of a picture, one after the other, they may take as many. */
const PICTURES = new Set(["charts", "widgets"]), MOST_OF_PICTURES = 80;

/** What a bundler wrote. */
const BUILT = "lib/widgets/built/";

/** A function of `lib/` or `tools/` has at most {@link MOST_LINES} lines, of pictures 80. */
export function functionLength(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const { area, floor, path } = placeOf(root, context.filename);
      if (area !== "lib" && area !== "tools" || path.startsWith(BUILT)) return {};
      const most = area === "lib" && PICTURES.has(floor ?? "") ? MOST_OF_PICTURES : MOST_LINES;
      const check = (node: { range: [number, number] }) => {
        const [start, end] = node.range;
        const lines = context.sourceCode.text.slice(start, end).split("\n");
        if (lines.length <= most) return;
        context.report({
          range: [start, start + lines[0].length],
          message: `The function has ${lines.length} lines; ${most} is the most a reader is asked to follow.`,
          hint: "Give a part of it a name of its own.",
        });
      };
      return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
    },
  };
}
