// What stands between the two lines that mark hidden tests.
import { DELIMITERS } from "../learner/edition.ts";
import { type Node, parse, visit } from "../kernel/cell/typescript.ts";

const REGION = new RegExp(
  `^.*${DELIMITERS.beginHidden}.*$[\\s\\S]*?^.*${DELIMITERS.endHidden}.*$\\n?`,
  "gm",
);

/** A check as it is handed out: nbgrader makes the same of it. */
export function withoutHidden(source: string): string {
  return source.search(REGION) < 0 ? source : source.replaceAll(REGION, "").replace(/\n$/, "");
}

/**
 * The texts in a check's hidden tests, such as titles and advice: what a student may be told of a test that failed.
 *
 * @param source The instructor's version
 *
 * @example
 * ```ts
 * import { hiddenTexts } from "./hidden.ts";
 *
 * const source = '// BEGIN HIDDEN TESTS\nawait check("elsewhere", slope(-4), -8);\n// END HIDDEN TESTS';
 * console.log(hiddenTexts(source)); // [ "elsewhere" ]
 * ```
 */
export function hiddenTexts(source: string): string[] {
  const regions = [...source.matchAll(REGION)].map(({ index, 0: text }) => [index, index + text.length]);
  const texts = new Set<string>();
  const program = parse(source);
  if (!program) return [];
  visit(program, (node: Node) => {
    if (!regions.some(([from, to]) => node.start >= from && node.end <= to)) return;
    if (node.type === "Literal" && typeof node.value === "string") texts.add(node.value);
    if (node.type === "TemplateLiteral" && (node.expressions as Node[]).length === 0) {
      texts.add((node.quasis as { value?: { cooked?: string } }[])[0].value?.cooked ?? "");
    }
  });
  return [...texts].filter((text) => text.trim() !== "");
}
