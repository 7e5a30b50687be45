import { TypeScriptParser } from "../cell/typescript.ts";

/** A piece of a cell's text. */
export interface Token {
  kind: "name" | "keyword" | "string" | "template" | "comment" | "other";
  start: number;
  end: number;
  text: string;
  /** A string, template or comment without its end: a cursor there is still within it. */
  isOpen: boolean;
}

/** Words that can be no names. */
export const KEYWORDS = new Set(
  ("await break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if import in instanceof let new null return static super switch this throw true try typeof var void " +
    "while with yield").split(" "),
);

/** So many mistakes are passed over; what comes after them is not read. */
const MOST_MISTAKES = 50;

/**
 * The tokens of a cell that may be unfinished. What cannot be read is passed over.
 *
 * @example
 * ```ts
 * import { tokens } from "./tokens.ts";
 *
 * console.log(tokens('f("a').map(({ kind }) => kind)); // ["name", "other", "string"]
 * ```
 */
export function tokens(code: string): Token[] {
  const unfinished: Mistake[] = [];
  let text = code;
  for (let attempt = 0;; attempt++) {
    const { found, mistake } = read(text);
    if (mistake?.kind) unfinished.push(mistake);
    if (!mistake || mistake.kind && mistake.end === code.length || attempt === MOST_MISTAKES) {
      return [
        ...found,
        ...unfinished.map(({ kind, start, end }) => ({ kind: kind!, start, end, isOpen: true })),
      ]
        .map((token) => ({ ...token, text: code.slice(token.start, token.end) }))
        .sort((a, b) => a.start - b.start);
    }
    // What is wrong is blanked, and all is read anew: whether a slash divides depends on what came before it.
    text = text.slice(0, mistake.start) + " ".repeat(mistake.end - mistake.start) + text.slice(mistake.end);
  }
}

/** The token that a place in the text is within, if that is a string, a template or a comment. */
export function textAt(found: Token[], at: number): Token | undefined {
  return found.find(({ kind, start, end, text, isOpen }) => {
    if (kind === "string") return start < at && (at < end || (isOpen && at === end));
    if (kind === "template") return start <= at && at <= end;
    return kind === "comment" && start < at &&
      (at < end || (at === end && (isOpen || text.startsWith("//"))));
  });
}

/** The name or keyword that a place in the text is within, or at an end of. */
export function wordAt(found: Token[], at: number): Token | undefined {
  const touching = found.filter(({ kind, start, end }) =>
    /name|keyword/.test(kind) && start <= at && at <= end
  );
  return touching.find(({ kind }) => kind === "name") ?? touching[0];
}

interface Mistake {
  start: number;
  end: number;
  kind?: Token["kind"];
}

function read(text: string): { found: Omit<Token, "text">[]; mistake?: Mistake } {
  const found: Omit<Token, "text">[] = [];
  const add = (kind: Token["kind"], start: number, end: number) =>
    void found.push({ kind, start, end, isOpen: false });
  try {
    const tokenizer = TypeScriptParser.tokenizer(text, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowHashBang: true,
      onComment: (_isBlock, _text, start, end) => add("comment", start, end),
    });
    for (let token = tokenizer.getToken(); token.type.label !== "eof"; token = tokenizer.getToken()) {
      const { start, end, type: { label } } = token;
      const word = text.slice(start, end);
      if (label === "string" || label === "template") add(label, start, end);
      else if (/^#?[\p{ID_Start}$_]/u.test(word) && label !== "${") {
        add(KEYWORDS.has(word) ? "keyword" : "name", start, end);
      } else add("other", start, end);
    }
    return { found };
  } catch (error) {
    return { found, mistake: mistakeOf(error as SyntaxError & { pos?: number }, text) };
  }
}

function mistakeOf({ message, pos = 0 }: { message: string; pos?: number }, text: string): Mistake {
  const line = text.indexOf("\n", pos);
  if (/^Unterminated string/.test(message)) {
    return { kind: "string", start: pos, end: line < 0 ? text.length : line };
  }
  const [, kind] = /^Unterminated (template|comment)/.exec(message) ?? [];
  if (kind) return { kind: kind as Token["kind"], start: pos, end: text.length };
  // A slash that begins nothing, or the backslash before what it cannot escape.
  const before = /^Unterminated reg/.test(message)
    ? pos - 1
    : /escape/.test(message)
    ? text.lastIndexOf("\\", pos)
    : pos;
  const start = Math.max(0, Math.min(before, text.length - 1));
  return { start, end: start + 1 };
}
