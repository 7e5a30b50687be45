import { complete } from "./complete.ts";
import { completeness } from "./completeness.ts";
import { inspect } from "./inspect.ts";
import type { Runner } from "./runner.ts";
import type { Content, Message } from "./wire.ts";

/**
 * The answer to whatever is asked beside running cells; `undefined` if nothing is to be answered.
 *
 * @param runner Waits for the kernel behind, where that is needed
 */
export async function answerQuestion(
  { header, content }: Message,
  runner: () => Promise<Runner>,
): Promise<Content | undefined> {
  const code = String(content.code ?? "");
  const cursor = Number(content.cursor_pos ?? [...code].length);
  switch (header.msg_type) {
    case "kernel_info_request":
      return kernelInfo();
    case "is_complete_request":
      return { ...completeness(code) };
    case "complete_request":
      return { status: "ok", metadata: {}, ...await complete(code, cursor, await runner()) };
    case "inspect_request": {
      const data = await inspect(code, cursor);
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
