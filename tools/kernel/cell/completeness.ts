import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";
import { type Node, TypeScriptParser, visit } from "./typescript.ts";

/** What an is_complete_reply carries. */
export type Completeness = { status: "complete" | "invalid" } | { status: "incomplete"; indent: string };

/** Reads `<a>` as an element, where {@link TypeScriptParser} takes it for a type. */
const JsxParser = Parser.extend(tsPlugin({ jsx: {} }) as unknown as Parameters<typeof Parser.extend>[0]);

/** What may follow, of those things whose lack is no mistake at the very end. */
const SEQUELS = ["a", "{}", "catch {}"];

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
  const states = [TypeScriptParser, JsxParser].map((parser) => stateOf(code, parser));
  if (states.includes("complete")) return { status: "complete" };
  if (!states.includes("incomplete")) return { status: "invalid" };
  const last = code.trimEnd().split("\n").at(-1)!;
  return { status: "incomplete", indent: last.match(/^\s*/)![0] + (/[{([]$/.test(last) ? "  " : "") };
}

function stateOf(code: string, parser: typeof TypeScriptParser): Completeness["status"] {
  const read = parse(code, parser);
  if (read.program) return isOpen(read.program, code) ? "incomplete" : "complete";
  const { pos = 0, message = "" } = read.mistake;
  const isMissing = pos >= code.trimEnd().length || /^Unterminated (template|comment|JSX)/.test(message) ||
    (/^Unterminated string/.test(message) && code.endsWith("\\")) ||
    SEQUELS.some((sequel) => parse(`${code}\n${sequel}`, parser).program);
  return isMissing ? "incomplete" : "invalid";
}

type Mistake = { pos?: number; message?: string };

function parse(
  code: string,
  parser: typeof TypeScriptParser,
): { program: Node } | { program?: undefined; mistake: Mistake } {
  try {
    const program = parser.parse(code, {
      sourceType: "module",
      ecmaVersion: "latest",
      locations: true,
      allowAwaitOutsideFunction: true,
    });
    return { program: program as unknown as Node };
  } catch (error) {
    return { mistake: error as Mistake };
  }
}

/** Whether something at the end, though it could be all, is more probably a beginning. */
function isOpen(program: Node, code: string): boolean {
  let found = false;
  visit(program, (node) => {
    if (code.slice(node.end).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "").trim() !== "") return;
    const { type, declare, typeAnnotation } = node as Node & { typeAnnotation?: Node };
    // A function whose body is still to come, an element of which there is only the opening tag.
    if (type === "TSDeclareFunction" && !declare && code[node.end - 1] !== ";") found = true;
    if (type === "TSTypeParameterDeclaration") found = true;
    if (type === "TSTypeAssertion" && /^[a-z]+$/.test(nameOf(typeAnnotation))) found = true;
  });
  return found;
}

function nameOf(annotation: Node | undefined): string {
  return annotation?.type === "TSTypeReference" ? String((annotation.typeName as Node).name) : "";
}
