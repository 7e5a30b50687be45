import { Lines, type Places, type Position } from "./places.ts";
import { type Declared, type Names, scope, variableOf } from "./scope.ts";
import { parseScript, visit } from "./script_syntax.ts";

/** A cell made ready to run. */
export interface Compiled {
  script: string;
  /** Where places in the script come from. */
  places: Places;
  declared: Declared[];
  /** Names of {@link declared} as the realm has them. */
  variables: string[];
}

/** JavaScript that was made of TypeScript. */
export interface Stripped {
  javascript: string;
  /** The place in the TypeScript of an offset in the JavaScript; left out if both have the same places. */
  original?(offset: number): Position;
}

/** A mistake in a text, which cannot be read therefore. */
export interface Mistake {
  message: string;
  position?: Position;
}

/** Takes the types out of a text; gives a mistake, or nothing, if it cannot read it. */
export type Strip = (typescript: string) => MaybePromise<Stripped | { mistake: Mistake } | undefined>;

type MaybePromise<T> = T | Promise<T>;

/** What is known where cells are compiled. */
export interface Session {
  names: Names;
  builtin: ReadonlySet<string>;
  /** Ways to take types out, tried in turn: the first is quick, the last reads everything. */
  strips: Strip[];
}

/** Make a cell ready to run: take its types out, and turn what is left into a function whose names live on. */
export async function compile(source: string, session: Session): Promise<Compiled | { mistake: Mistake }> {
  const text = source.replace(/^#!/, "//"); // the first line of a program that a shell may start
  if (looksLikeObject(text)) {
    const compiled = await attempt(`(${text}\n)`, 1, source, session);
    if ("script" in compiled) return compiled;
  }
  return await attempt(text, 0, source, session);
}

/** Whether a cell such as `{ a: 1 }` may be meant as a value and not as a block. */
export function looksLikeObject(source: string): boolean {
  const text = source.trim();
  return text.startsWith("{") && !text.endsWith(";");
}

async function attempt(text: string, shift: number, source: string, session: Session) {
  const lines = new Lines(source);
  const inSource = ({ line, column }: Position) =>
    line === 1 ? { line, column: Math.max(1, column - shift) } : { line, column };
  let told: Mistake | undefined, found: Mistake | undefined;
  for (const strip of session.strips) {
    const stripped = await strip(text);
    if (!stripped) continue;
    if ("mistake" in stripped) {
      told ??= {
        ...stripped.mistake,
        position: stripped.mistake.position && inSource(stripped.mistake.position),
      };
      continue;
    }
    const { javascript, original } = stripped;
    const place = original
      ? (offset: number) => inSource(original(offset))
      : (offset: number) => lines.position(Math.min(source.length, Math.max(0, offset - shift)));
    try {
      const scoped = scope(javascript, {
        names: session.names,
        builtin: session.builtin,
        isOnlyType: onlyTypes(text, javascript),
        original: place,
        isExact: original === undefined,
        fresh: javascript === text ? [] : [...text.matchAll(ADDING)].map(([, name]) => name),
      });
      return { ...scoped, variables: scoped.declared.map(({ name }) => variableOf(name, session.builtin)) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { pos } = error as { pos?: number };
      const message = error.message.replace(/ \(\d+:\d+\)$/, "");
      found ??= { message, position: pos === undefined ? undefined : place(pos) };
    }
  }
  return { mistake: told ?? found ?? { message: "This text cannot be read as TypeScript" } };
}

/** Declarations that TypeScript adds up, if there are several of one name. */
const ADDING =
  /(?<=^|[\n;{}])\s*(?:export\s+)?(?:const\s+)?(?:enum|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

/** Whether a name that is imported stands in types alone: it is there before the types are taken out, and then no more. */
function onlyTypes(typescript: string, javascript: string): (name: string) => boolean {
  let used: Set<string> | undefined;
  return (name) => {
    used ??= usedNames(javascript);
    if (used.has(name)) return false;
    const withoutImports = typescript.replace(/\bimport\b[^;]*?\bfrom\b/g, "");
    return new RegExp(`(?<![\\p{ID_Continue}$])${name.replace(/\$/g, "\\$&")}(?![\\p{ID_Continue}$])`, "u")
      .test(withoutImports);
  };
}

function usedNames(javascript: string): Set<string> {
  const names = new Set<string>();
  for (const statement of parseScript(javascript).body as { type: string; start: number; end: number }[]) {
    if (statement.type === "ImportDeclaration") continue;
    visit(statement, (node) => node.type === "Identifier" && names.add(node.name as string));
  }
  return names;
}
