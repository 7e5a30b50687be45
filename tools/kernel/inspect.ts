import { fromFileUrl } from "@std/path";

/** A function, class or constant as `deno doc` describes it, in the words that a person reads. */
interface Described {
  signature: string;
  text: string;
}

const LIBRARY = new URL("../../lib/mod.ts", import.meta.url);
/** Asked for once, and kept: it takes a second. */
let library: Promise<Map<string, Described>> | undefined;

/**
 * What is known of the name at the cursor: its signature and docstring, as an inspect_reply has it.
 *
 * @returns `undefined` if the library has no such name
 */
export async function inspect(code: string, cursor: number): Promise<Record<string, string> | undefined> {
  const name = nameAt(code, cursor);
  if (!name) return undefined;
  library ??= describe(LIBRARY);
  const found = (await library).get(name);
  if (!found) return undefined;
  return {
    "text/plain": `${found.signature}\n\n${found.text}`.trim(),
    "text/markdown": `\`\`\`ts\n${found.signature}\n\`\`\`\n\n${found.text}`.trim(),
  };
}

/** The name that the cursor is in or behind; within the parentheses of a call, the name of what is called. */
export function nameAt(code: string, cursor: number): string | undefined {
  const characters = [...code];
  const before = characters.slice(0, cursor).join(""), after = characters.slice(cursor).join("");
  const name = before.match(/[\p{ID_Continue}$]*$/u)![0] + after.match(/^[\p{ID_Continue}$]*/u)![0];
  if (name && !/^\d/.test(name)) return name;
  const call = before.match(/([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\([^()]*$/u);
  return call?.[1];
}

/** Every name that a module exports, with what its source says of it. */
async function describe(module: URL): Promise<Map<string, Described>> {
  const described = new Map<string, Described>();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", fromFileUrl(module)],
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stderr: "null",
  }).output();
  let current: { name: string; signature: string; lines: string[] } | undefined;
  const finish = () => {
    if (!current) return;
    const { name, signature, lines } = current;
    if (!described.has(name)) described.set(name, { signature, text: lines.join("\n").trim() });
  };
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const name = line.match(SIGNATURE)?.[1];
    if (name) {
      finish();
      current = { name, signature: line.trim(), lines: [] };
    } else if (current && !/^Defined in /.test(line)) current.lines.push(line.slice(2));
  }
  finish();
  return described;
}

/** What `deno doc` begins the description of a name with. */
const SIGNATURE =
  /^(?:async |abstract |declare )*(?:function\*?|class|interface|type|enum|namespace|const|let|var) ([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;
