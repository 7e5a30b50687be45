import { complete } from "./language/complete.ts";
import { completeness } from "./cell/completeness.ts";
import { inspect } from "./language/inspect.ts";
import type { Session } from "./language/session.ts";
import type { Runner } from "./runner.ts";
import type { Content, Message } from "./wire.ts";

/**
 * The answer to whatever is asked beside running cells; `undefined` if nothing is to be answered.
 *
 * @param session The cells so far
 * @param runner Waits for the kernel behind, where that is needed
 */
export async function answerQuestion(
  { header, content }: Message,
  session: Session,
  runner: () => Promise<Runner>,
): Promise<Content | undefined> {
  const code = String(content.code ?? "");
  // Jupyter counts characters.
  const at = content.cursor_pos === undefined
    ? code.length
    : [...code].slice(0, Number(content.cursor_pos)).join("").length;
  switch (header.msg_type) {
    case "kernel_info_request":
      return kernelInfo();
    case "is_complete_request":
      return { ...completeness(code) };
    case "complete_request": {
      const { matches, start, end } = await complete(code, at, session, await runner());
      const [cursor_start, cursor_end] = [start, end].map((at) => [...code.slice(0, at)].length);
      const types = matches.map(({ text, type }) => ({ text, type, start: cursor_start, end: cursor_end }));
      return {
        status: "ok",
        matches: matches.map(({ text }) => text),
        cursor_start,
        cursor_end,
        metadata: { _jupyter_types_experimental: types },
      };
    }
    case "inspect_request": {
      const data = await inspect(code, at, session);
      return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
    }
    case "history_request":
      return { status: "ok", history: [] };
    case "comm_info_request":
      return { status: "ok", comms: {} };
    default:
      return undefined;
  }
}

/** What this kernel is. */
export function kernelInfo(): Content {
  return {
    status: "ok",
    protocol_version: "5.4",
    implementation: "backprop",
    implementation_version: Deno.version.deno,
    language_info: {
      name: "typescript",
      version: Deno.version.typescript,
      mimetype: "text/x.typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `Deno ${Deno.version.deno}, TypeScript ${Deno.version.typescript}`,
    help_links: [{ text: "Deno", url: "https://docs.deno.com" }],
    debugger: false,
  };
}
