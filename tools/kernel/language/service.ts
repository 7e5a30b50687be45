import { join, toFileUrl } from "@std/path";
import { configOf } from "../imports.ts";
import { log } from "../log.ts";
import { Rpc } from "./rpc.ts";

/** A place in a text as the protocol counts: lines from 0, and UTF-16 units from the beginning of the line. */
export interface Position {
  line: number;
  character: number;
}

/** What the service says of something at a place. */
export interface Hover {
  contents: { value: string };
}

/** What may be called at a place, and with what. */
export interface Signatures {
  signatures: {
    label: string;
    documentation?: { value: string };
    parameters?: { label: string; documentation?: { value: string } }[];
    activeParameter?: number;
  }[];
  activeSignature?: number;
  activeParameter?: number;
}

/** Something that may stand at a place. */
export interface CompletionItem {
  label: string;
  kind?: number;
  sortText?: string;
  insertText?: string;
  textEdit?: { newText: string; range?: Range; replace?: Range };
}

interface Range {
  start: Position;
  end: Position;
}

/** What is wrong in a text. */
export interface Diagnostic {
  range: Range;
  severity: number;
  code?: number | string;
  source?: string;
  message: string;
}

interface Server {
  rpc: Rpc;
  child: Deno.ChildProcess;
  /** What it has been told the document's text is. */
  text: string | undefined;
  version: number;
}

/** Nobody has asked for so long: the process ends; milliseconds. */
const IDLE = 60_000;
/** A process that has not answered for so long never will. */
const PATIENCE = 120_000;
/** Otherwise it would collect garbage when it has taken 1 GB, and it is one of many on a hub; megabytes. */
const MEMORY = "--max-old-space-size=800";
/** So often it may end without an answer before it is no longer started. */
const MOST_FAILURES = 3;

/**
 * Deno's language service (`deno lsp`), asked about one document that is on no disk. The process starts when something
 * is asked, and ends when nothing has been for a minute.
 */
export class LanguageService {
  readonly #folder: string;
  readonly #idle: number;
  // At the root of the disk, where no `exclude` of a configuration hides it.
  readonly #uri: string;
  #server: Promise<Server> | undefined;
  #child: Deno.ChildProcess | undefined;
  #asked = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  /** Whether it has read all that the cells import, so that it answers at once. */
  isWarm = false;

  /** @param folder Whose `deno.json` counts */
  constructor(folder = Deno.cwd(), idle = IDLE) {
    this.#folder = folder;
    this.#idle = idle;
    this.#uri = new URL("/backprop-session/cells.ts", toFileUrl(join(folder, "/"))).href;
  }

  /** The number of the process, if there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  hover(text: string, at: number): Promise<Hover | null> {
    return this.#ask("textDocument/hover", text, { position: positionOf(text, at) });
  }

  signatures(text: string, at: number): Promise<Signatures | null> {
    return this.#ask("textDocument/signatureHelp", text, { position: positionOf(text, at) });
  }

  async completions(text: string, at: number): Promise<CompletionItem[]> {
    const found = await this.#ask<{ items: CompletionItem[] } | CompletionItem[] | null>(
      "textDocument/completion",
      text,
      { position: positionOf(text, at), context: { triggerKind: 1 } },
    );
    return Array.isArray(found) ? found : found?.items ?? [];
  }

  async diagnostics(text: string): Promise<Diagnostic[]> {
    const found = await this.#ask<{ items?: Diagnostic[] } | null>("textDocument/diagnostic", text, {});
    return found?.items ?? [];
  }

  /** Say that files on the disk are no longer what they were. */
  async filesChanged(urls: string[]): Promise<void> {
    const server = urls.length > 0 ? await this.#server : undefined;
    const changes = urls.map((uri) => ({ uri, type: 2 }));
    server?.rpc.notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** End the process; it is not started again. */
  close(): void {
    this.#isClosed = true;
    this.#stop();
  }

  async #ask<T>(method: string, text: string, params: Record<string, unknown>): Promise<T> {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const late = setTimeout(() => {
      log("the language service did not answer");
      this.#stop();
    }, PATIENCE);
    try {
      const server = await (this.#server ??= this.#start());
      this.#sync(server, text); // nothing may come between this and the question
      const answer = await server.rpc.request<T>(method, { textDocument: { uri: this.#uri }, ...params });
      this.#failures = 0;
      this.isWarm = true;
      return answer;
    } finally {
      clearTimeout(late);
      this.#asked -= 1;
      if (this.#asked === 0) this.#timer = setTimeout(() => this.#stop(), this.#idle);
    }
  }

  #sync(server: Server, text: string): void {
    if (server.text === text) return;
    const { rpc, version } = server;
    if (version === 0) {
      const textDocument = { uri: this.#uri, languageId: "typescript", version: 1, text };
      rpc.notify("textDocument/didOpen", { textDocument });
    } else {
      const textDocument = { uri: this.#uri, version: version + 1 };
      rpc.notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
    }
    Object.assign(server, { text, version: version + 1 });
  }

  async #start(): Promise<Server> {
    const config = await configOf(this.#folder);
    if (this.#isClosed || this.#failures >= MOST_FAILURES) throw new Error("the language service is off");
    const child = new Deno.Command(...gently([Deno.execPath(), "lsp"])).spawn();
    const rpc = new Rpc(child.stdin, child.stdout);
    this.#child = child;
    rpc.closed.then(() => {
      if (this.#child !== child) return;
      this.#failures += 1;
      log("the language service has ended");
      this.#stop();
    });
    const uri = toFileUrl(join(this.#folder, "/")).href;
    await rpc.request("initialize", {
      processId: Deno.pid, // it ends when this process has
      rootUri: uri,
      workspaceFolders: [{ uri, name: "notebook" }],
      capabilities: {
        textDocument: {
          hover: { contentFormat: ["markdown"] },
          signatureHelp: { signatureInformation: { activeParameterSupport: true } },
          completion: { completionItem: { snippetSupport: false } },
          diagnostic: {},
        },
      },
      initializationOptions: {
        enable: true,
        config,
        lint: false,
        cacheOnSave: false,
        documentPreloadLimit: 0,
        suggest: { imports: { autoDiscover: false } },
        typescript: { suggest: { autoImports: false } },
      },
    });
    rpc.notify("initialized", {});
    return { rpc, child, text: undefined, version: 0 };
  }

  #stop(): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    this.#server = undefined;
    this.isWarm = false;
    try {
      child?.kill("SIGKILL");
    } catch {
      // it has ended
    }
  }
}

/**
 * A command with less of a claim on the processor than the cells have. A Stop that is sent as a signal comes to the
 * whole group of processes, and is not meant for it.
 */
function gently([program, ...args]: string[]): [string, Deno.CommandOptions] {
  const options: Deno.CommandOptions = {
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", RUST_BACKTRACE: "0", DENO_V8_FLAGS: MEMORY },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  };
  if (Deno.build.os === "windows") return [program, { ...options, args }];
  const script = 'trap "" INT; renice -n 5 $$ >/dev/null 2>&1; exec "$@"';
  return ["sh", { ...options, args: ["-c", script, "sh", program, ...args] }];
}

function positionOf(text: string, at: number): Position {
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
