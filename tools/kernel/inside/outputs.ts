import type { Pump } from "../cell/pump.ts";

/** The part of Deno's kernel that shows things. */
export interface Jupyter {
  broadcast(
    type: string,
    content: Record<string, unknown>,
    extra?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
  ): Promise<void>;
  display(value: unknown, options?: DisplayOptions): Promise<void>;
  format(value: unknown): Promise<Record<string, unknown>>;
}

interface DisplayOptions {
  raw?: boolean;
  update?: boolean;
  display_id?: string;
}

type Print = (text: string, isError: boolean) => void;

/** Put our own in the place of what the kernel below uses to show things. */
export function takeOverOutputs(
  jupyter: Jupyter,
  Console: new (print: (text: string, level: number) => void) => Console,
  pump: Pump,
): void {
  const print: Print = (text, isError) => pump.print(text, isError);
  takeOverConsole(new Console((text, level) => print(text, level > 1)), pump);
  takeOverDisplay(jupyter, pump);
  takeOverStream(Deno.stdout, (text) => print(text, false));
  takeOverStream(Deno.stderr, (text) => print(text, true));
  takeOverProcess(print);
}

/** Ends the groups that a cell has left open, so that the next one begins at the margin. */
export let endGroups = (): void => {};

function takeOverConsole(ours: Console, pump: Pump): void {
  let groups = 0;
  const begin = ours.group.bind(ours), end = ours.groupEnd.bind(ours);
  const changed: Partial<Console> = {
    group: (...label) => (groups++, begin(...label)),
    groupCollapsed: (...label) => (groups++, begin(...label)),
    groupEnd: () => {
      if (groups > 0) groups--;
      end();
    },
    clear: () => {
      endGroups();
      pump.send("clear_output", { wait: false });
    },
  };
  endGroups = () => {
    for (; groups > 0; groups--) end();
  };
  const methods = { ...ours, ...changed } as unknown as Record<string, unknown>;
  for (const name of Object.keys(console)) {
    if (typeof methods[name] === "function") {
      (console as unknown as Record<string, unknown>)[name] = methods[name];
    }
  }
  (globalThis as { clear?: unknown }).clear = console.clear;
}

function takeOverDisplay(jupyter: Jupyter, pump: Pump): void {
  const { broadcast } = jupyter;
  jupyter.broadcast = (type, content, extra = {}) => {
    if (extra.metadata) return broadcast(type, content, extra);
    pump.send(type, content, extra.buffers);
    return Promise.resolve();
  };
  jupyter.display = async (value, options = {}) => {
    const data = options.raw && isBundle(value) ? value : await jupyter.format(value);
    const transient = options.display_id ? { display_id: options.display_id } : {};
    pump.send(options.update ? "update_display_data" : "display_data", { data, metadata: {}, transient });
  };
}

function isBundle(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.keys(value).every((key) => key.includes("/"));
}

/** What is written to standard output past the console: Deno's kernel keeps it for tests, and nobody sees it. */
function takeOverStream(stream: typeof Deno.stdout, print: (text: string) => void): void {
  const decoder = new TextDecoder();
  const writeSync = (bytes: Uint8Array) => {
    print(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  const write = (bytes: Uint8Array) => Promise.resolve(writeSync(bytes));
  const writable = new WritableStream<Uint8Array>({ write: (bytes) => void writeSync(bytes) });
  for (const [name, value] of Object.entries({ writeSync, write, writable })) {
    Object.defineProperty(stream, name, { value, configurable: true, writable: true });
  }
}

/** `process.stdout` and `process.stderr` of Node. */
function takeOverProcess(print: Print): void {
  const decoder = new TextDecoder();
  for (const [name, isError] of [["stdout", false], ["stderr", true]] as const) {
    const stream = (globalThis as unknown as { process: Record<string, { write: unknown }> }).process[name];
    stream.write = (data: string | Uint8Array, encoding?: unknown, done?: unknown) => {
      print(typeof data === "string" ? data : decoder.decode(data), isError);
      const call = [encoding, done].find((argument) => typeof argument === "function") as
        | (() => void)
        | undefined;
      if (call) queueMicrotask(call);
      return true;
    };
  }
}
