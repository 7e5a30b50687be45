import { fromFileUrl } from "@std/path";

/** A function, class or constant as `deno doc` describes it, in the words that a person reads. */
export interface Described {
  signature: string;
  text: string;
}

/** What a library exports, and what the classes among it have. */
export interface Descriptions {
  names: Map<string, Described>;
  /** Methods and properties; several classes may have one of the same name. */
  members: Map<string, (Described & { owner: string })[]>;
}

const LIBRARY = new URL("../../lib/mod.ts", import.meta.url);
/** Asked for once, and kept: it takes a second. */
let library: Promise<Descriptions> | undefined;
/** So many classes are named of those that have a member of one name. */
const MOST_OWNERS = 4;

/**
 * What is known of the name at the cursor: its signature and docstring, as an inspect_reply has it. Behind a dot it is a
 * member's name; whose, only running the code would tell, so each class that has one is named.
 *
 * @returns `undefined` if the library has no such name
 */
export async function inspect(code: string, cursor: number): Promise<Record<string, string> | undefined> {
  const found = nameAt(code, cursor);
  if (!found) return undefined;
  library ??= describe(LIBRARY);
  const { names, members } = await library;
  const known = found.isMember
    ? members.get(found.name)?.slice(0, MOST_OWNERS)
      .map(({ owner, signature, text }) => ({ signature: `${owner}.${signature}`, text }))
    : names.has(found.name)
    ? [names.get(found.name)!]
    : undefined;
  if (!known) return undefined;
  const join = (write: (one: Described) => string) => known.map((one) => write(one).trim()).join("\n\n");
  return {
    "text/plain": join(({ signature, text }) => `${signature}\n\n${text}`),
    "text/markdown": join(({ signature, text }) => `\`\`\`ts\n${signature}\n\`\`\`\n\n${text}`),
  };
}

/** The name that the cursor is in or behind; within the parentheses of a call, the name of what is called. */
export function nameAt(code: string, cursor: number): { name: string; isMember: boolean } | undefined {
  const characters = [...code];
  const before = characters.slice(0, cursor).join(""), after = characters.slice(cursor).join("");
  const start = before.match(/(\.?)\s*([\p{ID_Continue}$]*)$/u)!;
  const name = start[2] + after.match(/^[\p{ID_Continue}$]*/u)![0];
  if (name && !/^\d/.test(name)) return { name, isMember: start[1] === "." };
  const call = before.match(/(\.?)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\([^()]*$/u);
  return call ? { name: call[2], isMember: call[1] === "." } : undefined;
}

/** Every name that a module exports, with what its source says of it. */
async function describe(module: URL): Promise<Descriptions> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", fromFileUrl(module)],
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stderr: "null",
  }).output();
  return readDescriptions(new TextDecoder().decode(stdout));
}

/** What `deno doc` prints, by names. Text that belongs to something is indented by two more than that. */
export function readDescriptions(printed: string): Descriptions {
  const names: Descriptions["names"] = new Map();
  const members: Descriptions["members"] = new Map();
  let top: { name: string; signature: string; lines: string[] } | undefined;
  const finish = () => {
    if (!top || names.has(top.name)) return;
    const own: string[] = [];
    let member: { name: string; signature: string; lines: string[] } | undefined;
    const finishMember = () => {
      if (!member || !top) return;
      const { name, signature, lines } = member;
      members.set(name, [...members.get(name) ?? [], { owner: top.name, signature, text: tidy(lines) }]);
    };
    const isClass = /\b(class|interface) /.test(top.signature);
    for (const line of top.lines) {
      const name = isClass ? line.match(MEMBER)?.[1] : undefined;
      if (name) {
        finishMember();
        member = { name, signature: line, lines: [] };
      } else if (member) member.lines.push(line.slice(2));
      else own.push(line);
    }
    finishMember();
    names.set(top.name, { signature: top.signature, text: tidy(own) });
  };
  for (const line of printed.split("\n")) {
    const name = line.match(SIGNATURE)?.[1];
    if (name) {
      finish();
      top = { name, signature: line.trim(), lines: [] };
    } else if (top && !/^Defined in /.test(line)) top.lines.push(line.slice(2));
  }
  finish();
  return { names, members };
}

/** Without the indentation below tags, which would be code to Markdown. */
function tidy(lines: string[]): string {
  return lines.map((line) => line.replace(/^ {4}/, "")).join("\n").trim();
}

/** What `deno doc` begins the description of a name with. */
const SIGNATURE =
  /^(?:async |abstract |declare )*(?:function\*?|class|interface|type|enum|namespace|const|let|var) ([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;

/** A line that begins the description of a member. */
const MEMBER =
  /^(?:(?:readonly|static|get|set|async|abstract|override|protected) )*([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:[(<]\S?.*\)|\??): \S/u;
