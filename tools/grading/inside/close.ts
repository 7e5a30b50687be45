// Closes the ways in which a program can see its own memory, its own source, or the messages that control it.
import { Session } from "node:inspector";
import { isBuiltin, Module } from "node:module";
import process from "node:process";
import * as threads from "node:worker_threads";
import { isHarmless } from "./builtins.ts";

/** What Deno's kernel itself reaches by these names while cells run. */
const KERNEL = new Set(["jupyter", "Console", "lastEvalResult", "lastThrownError", "inspectArgs"]);
/** Parts of `process` that load, send signals, or take what is sent to the kernel. */
const OF_PROCESS = [
  ..."binding _linkedBinding dlopen mainModule stdin openStdin kill _kill abort reallyExit".split(" "),
  ..."_debugProcess _debugEnd _rawDebug _getActiveRequests _getActiveHandles moduleLoadList".split(" "),
  "setUncaughtExceptionCaptureCallback",
];
/** What a cell may show; all else that is sent controls the kernel. */
const SHOWN = new Set([
  ..."stream display_data update_display_data execute_result clear_output error comm_open comm_msg comm_close"
    .split(" "),
]);

/** Close them. To be called once, before the first cell of a student. */
export function close(): void {
  closeInspector();
  closeBuiltins();
  closeInternals();
  closeMessages();
  closeThreads();
}

function refuse(what: string): never {
  throw new Deno.errors.NotCapable(`${what} is not there while a notebook is graded`);
}

/** For good: neither assignment nor definition changes it again. */
function set(object: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(object, name, { value, configurable: false, writable: false });
}

/** A debugger would be shown the text of each cell. */
function closeInspector(): void {
  for (const way of ["connect", "connectToMainThread", "post"] as const) {
    set(Session.prototype, way, () => refuse("a debugger"));
  }
}

/** `import` of Node's modules is refused by the configuration inside the walls; here are the ways around `import`. */
function closeBuiltins(): void {
  const get = process.getBuiltinModule.bind(process);
  const library = { worker_threads: { Worker: LibraryWorker } } as Record<string, unknown>;
  set(process, "getBuiltinModule", (name: string) => {
    const plain = String(name).replace(/^node:/, "");
    if (isHarmless(plain)) return get(plain);
    return Object.hasOwn(library, plain) ? library[plain] : refuse(`node:${plain}`);
  });
  const loader = Module as unknown as Record<string, (...args: unknown[]) => unknown>;
  const load = loader._load;
  set(loader, "_load", (request: unknown, ...rest: unknown[]) => {
    const name = String(request);
    if ((name.startsWith("node:") || isBuiltin(name)) && !isHarmless(name)) refuse(name);
    return load.call(Module, name, ...rest);
  });
  for (const name of OF_PROCESS) if (name in process) set(process, name, undefined);
  const { report } = process as unknown as { report?: object };
  if (report) set(report, "getReport", () => refuse("a report of the process"));
}

/** The library computes with threads; what they are given is no secret, and no other program can be run in them. */
class LibraryWorker {
  constructor(url: URL, options: object) {
    const home = new URL("../../../lib/", import.meta.url).href;
    const href = `${url}`;
    if (!href.startsWith(home) || new URL(href).href !== href) refuse("a thread of one's own");
    const worker = new threads.Worker(new URL(href), options);
    return {
      on: (event: string, listener: () => void) => void worker.on(event, listener),
      unref: () => worker.unref(),
      terminate: () => worker.terminate(),
    } as unknown as LibraryWorker;
  }
}

/** Behind a symbol, Deno keeps its own operations: reading the messages on standard input, hooks into each promise … */
function closeInternals(): void {
  // deno-lint-ignore no-explicit-any
  const own = Deno as any;
  const internals = own[own.internal];
  for (const name of Reflect.ownKeys(internals)) if (!KERNEL.has(name as string)) delete internals[name];
  Object.freeze(internals.jupyter);
  set(own, own.internal, internals);
  set(own, "internal", own.internal);
  Reflect.deleteProperty(globalThis, "nodeBootstrap");
}

/** Orders for the kernel come through standard input, and what it answers goes through the same channel as outputs. */
function closeMessages(): void {
  const input = Object.getPrototypeOf(Deno.stdin);
  for (const way of ["read", "readSync", "readable"]) Reflect.deleteProperty(Deno.stdin, way);
  for (const way of ["read", "readSync", "close", "setRaw"]) set(input, way, () => refuse("standard input"));
  Object.defineProperty(input, "readable", { get: () => refuse("standard input"), configurable: false });
  // deno-lint-ignore no-explicit-any
  const { jupyter } = Deno as any;
  const send = jupyter.broadcast;
  set(jupyter, "broadcast", (type: unknown, ...rest: unknown[]) => {
    const name = String(type);
    return SHOWN.has(name) ? send(name, ...rest) : refuse(`the message ${name}`);
  });
}

/** A thread of a student's own would have everything again that is closed in this one. */
function closeThreads(): void {
  set(
    globalThis,
    "Worker",
    class Worker {
      constructor() {
        refuse("a thread of one's own");
      }
    },
  );
}
