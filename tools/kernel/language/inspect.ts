import { within } from "./patience.ts";
import type { Hover, Signatures } from "./service.ts";
import type { Session } from "./session.ts";
import { textAt, tokens, wordAt } from "./tokens.ts";
import type { TypeModule } from "./type_module.ts";

/** So long a person waits; milliseconds. */
const PATIENCE = { cold: 1000, warm: 3000 };
/** So many ways to call something are shown. */
const MOST_SIGNATURES = 4;

/** What is known of something: its signature, and what its author says of it. */
interface Described {
  signature: string;
  text: string;
}

/**
 * What the cursor is on, as an inspect_reply has it: the type and the comment of a name; elsewhere within the parentheses
 * of a call, how that may be called.
 *
 * @param at Where the cursor is, in UTF-16 units
 * @returns `undefined` if there is nothing, as in a comment, or nothing known
 */
export async function inspect(
  code: string,
  at: number,
  session: Session,
): Promise<Record<string, string> | undefined> {
  const found = tokens(code);
  const word = wordAt(found, at);
  if (textAt(found, at) || code.trim() === "") return undefined;
  const { isWarm } = session.service;
  const described = describe(code, at, session, word?.kind).catch(() => undefined);
  const late = isWarm || !word ? undefined : READING;
  const known = await within(PATIENCE[isWarm ? "warm" : "cold"], described, late);
  if (!known) return undefined;
  const { signature, text } = known;
  return {
    "text/plain": [signature, plain(text)].filter(Boolean).join("\n\n"),
    "text/markdown": [signature && `\`\`\`ts\n${signature}\n\`\`\``, text].filter(Boolean).join("\n\n"),
  };
}

/** Said while the service reads what the cells import, which takes some seconds. */
const READING: Described = { signature: "", text: "Types are being read. Ask again in a few seconds." };

async function describe(
  code: string,
  cursor: number,
  session: Session,
  word: string | undefined,
): Promise<Described | undefined> {
  const module = await session.module({ source: code, cursor });
  const hover = word && await session.service.hover(module.text, module.cursor);
  if (hover) return await describeHover(hover, module, session);
  if (word === "keyword") return undefined;
  const signatures = await session.service.signatures(module.text, module.cursor);
  return signatures ? describeCall(signatures, module) : undefined;
}

async function describeHover(
  { contents: { value } }: Hover,
  module: TypeModule,
  session: Session,
): Promise<Described | undefined> {
  const [, signature, text] = /^```\w*\n([\s\S]*?)\n```\n?([\s\S]*)$/.exec(value) ?? ["", "", value];
  if (signature === "any" || signature.includes("/*unresolved*/")) return undefined; // there is no such thing
  // What stands for an import has its type, but not its comment.
  const [, name] = /^const ([^:\s]+): /.exec(signature) ?? [];
  for (const [alias, local] of module.aliases) {
    const declared = module.text.lastIndexOf(`const ${local} = ${alias};`);
    if (local !== name || declared < 0) continue;
    const same = await session.service.hover(module.text, declared + "const ".length);
    const imported = await session.service.hover(module.text, declared + `const ${local} = `.length);
    if (same?.contents.value === value && imported) return describeHover(imported, module, session);
  }
  return { signature: tidySignature(signature, module), text: tidyText(text) };
}

function describeCall({ signatures, ...active }: Signatures, module: TypeModule): Described | undefined {
  const first = active.activeSignature ?? 0;
  const called = signatures[first];
  if (!called) return undefined;
  const others = signatures.filter((_, i) => i !== first);
  const labels = [called, ...others].slice(0, MOST_SIGNATURES).map(({ label }) =>
    tidySignature(label, module)
  );
  if (signatures.length > MOST_SIGNATURES) {
    labels.push(`// … and ${signatures.length - MOST_SIGNATURES} more`);
  }
  const parameter = called.parameters?.[called.activeParameter ?? active.activeParameter ?? 0];
  const said = parameter?.documentation?.value.trim().replace(/^—\s*/, "");
  const about = parameter && `**${tidySignature(parameter.label, module)}**${said ? ` — ${said}` : ""}`;
  const text = [about, tidyText(called.documentation?.value ?? "")].filter(Boolean).join("\n\n");
  return { signature: labels.join("\n"), text };
}

/** Without what comes from putting cells together. */
function tidySignature(signature: string, { aliases, text }: TypeModule): string {
  const own = [...aliases].reduce((text, [alias, name]) => text.replaceAll(alias, name), signature);
  const [, module] = /^import (\S+)$/.exec(own) ?? [];
  if (module) return importOf(module, text);
  return own.replace(/^\(alias\) /, "")
    .replace(/\nimport [^\n]+$/, "");
}

/** The statement that imports something of which no more is known, as of a whole module. */
function importOf(name: string, text: string): string {
  const statement = text.split("\n").find((line) =>
    line.startsWith("import ") && line.includes(` ${name} from "`)
  );
  return (statement ?? `import ${name}`).replace(/"file:[^"]*\//, '"…/').replace(/;$/, "");
}

function tidyText(text: string): string {
  // Addresses of files lead nowhere from a notebook.
  return text.replace(/\[([^\]\n]+)\]\(file:[^)\s]*\)/g, "`$1`").replace(/\n{3,}/g, "\n\n").replace(
    /^(\*@see\* — \S+) ,/gm,
    "$1,",
  ).trim();
}

/** Markdown as it is read where it is not rendered. */
function plain(text: string): string {
  return text.replace(/^\*@(\w+)\*/gm, "@$1").replace(/^\*\*(.+?)\*\*/gm, "$1")
    .replace(/^(@\w+) `([^`\n]+)`/gm, "$1 $2").replace(/^```\w*\n/gm, "").replace(/\n```$/gm, "");
}
