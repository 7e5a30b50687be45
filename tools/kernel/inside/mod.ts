// Loaded into the Deno kernel before the first cell: the part of this kernel that must be where the cells run.
import { types } from "node:util";
import { dieWithParent } from "./death.ts";
import { checkExports } from "./exports.ts";
import { globalNames, propertyNames } from "./names.ts";
import { nameCellsInStacks } from "./stack.ts";
import { Pump } from "./pump.ts";
import { Stopper } from "./stop.ts";

/** What the program outside asks for, one JSON object a line on standard input. */
export type Order =
  | { do: "stop"; id: number }
  | { do: "fence"; id: number; drop: boolean }
  | { do: "collect"; id: number }
  | { do: "received"; messages: number }
  | { do: "ping"; id: number }
  | { do: "names"; id: number; path: string };

interface Jupyter {
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

// deno-lint-ignore no-explicit-any
const internals = (Deno as any)[(Deno as any).internal];
const jupyter = (Deno as unknown as { jupyter: Jupyter }).jupyter;
const broadcast = jupyter.broadcast;
const pump = new Pump((type, content, buffers = []) => void broadcast(type, content, { buffers }));
const stopper = new Stopper(() => void broadcast("backprop_handled", {}));

/** Put our own in the place of what the kernel below uses to show things. */
function takeOverOutputs(): void {
  const print = (text: string, level: number) => pump.print(text, level > 1);
  const ours = new internals.Console(print);
  for (const name of Object.keys(console)) {
    const method = ours[name];
    if (typeof method === "function") (console as unknown as Record<string, unknown>)[name] = method;
  }
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
  internals.jupyter.broadcastResult = showResult;
}

/** The value of a cell's last expression. */
async function showResult(count: number, result: unknown): Promise<void> {
  if (result === undefined) return;
  try {
    const data = await stopper.wait(jupyter.format(result));
    pump.send("execute_result", { execution_count: count, data, metadata: {}, transient: {} });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    pump.send("backprop_error", { ename: name, evalue: message, traceback: (stack ?? "").split("\n") });
  }
}

function isBundle(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.keys(value).every((key) => key.includes("/"));
}

/** What rewritten cells call; hidden from whoever lists the globals. */
function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

async function obey(order: Order): Promise<void> {
  if (order.do === "received") return pump.received(order.messages);
  if (order.do === "stop") {
    if (stopper.stop(order.id)) await broadcast("backprop_stopping", { id: order.id });
    return;
  }
  // Loses the promise of a cell that was torn off in the middle, whereupon V8 gives up waiting for it.
  if (order.do === "collect") return await collect();
  if (order.do === "ping") return await broadcast("backprop_pong", { id: order.id });
  if (order.do === "fence") {
    if (order.drop) pump.drop();
    // Not awaited: what the pump waits for comes as the next orders.
    pump.empty().then((cut) => broadcast("backprop_fence", { id: order.id, cut }));
    return;
  }
  const names = order.path === "" ? globalNames() : propertyNames(order.path, types.isProxy);
  await broadcast("backprop_names", { id: order.id, names: names.slice(0, 1500) });
}

/** Collect garbage; what V8 has to say of it comes only while the event loop turns. */
async function collect(): Promise<void> {
  (globalThis as { gc?: () => void }).gc?.();
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** How many reads wait, and when the last one ended. */
const listening = { reads: 0, heard: 0 };
/** Longer than any order takes; milliseconds. */
const DEAF = 800;

/** Notices that nobody listens any more, while a cell that hangs keeps the program outside from asking. */
function keepListening(): void {
  const timer = setInterval(() => {
    if (listening.reads > 0 || performance.now() - listening.heard < DEAF) return;
    listening.heard = performance.now();
    listen();
  }, DEAF / 2);
  Deno.unrefTimer(timer);
}

const decoder = new TextDecoder();
let rest = "";
/** Kept here, as a notebook that is graded must not read what is meant for us: the grader takes the method away. */
const hear = Deno.stdin.read.bind(Deno.stdin);

/**
 * Listen to the program outside; when it is gone, so are we.
 *
 * What V8 terminates may be this very function, as it hits whatever runs. Then it is called again, from outside; should
 * the first call be alive after all, each obeys what it reads.
 */
async function listen(): Promise<never> {
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    listening.reads += 1;
    const count = await hear(buffer).catch(() => null);
    listening.reads -= 1;
    listening.heard = performance.now();
    if (count === null) Deno.exit(0);
    const lines = (rest + decoder.decode(buffer.subarray(0, count), { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      try {
        await obey(JSON.parse(line));
      } catch (error) {
        if (!(error instanceof SyntaxError)) await broadcast("backprop_trouble", { message: String(error) });
      }
    }
  }
}

takeOverOutputs();
nameCellsInStacks();
define("__backprop_begin", (id: number) => {
  pump.begin();
  stopper.begin(id);
});
define("__backprop_wait", stopper.wait);
define("__backprop_each", stopper.each);
define("__backprop_exports", checkExports);
define("__backprop_listen", () => void listen());
define(Symbol.for("backprop.stop") as unknown as string, stopper);
// Jupyter's signal goes to the whole group of processes: the program outside acts on it, and this one must survive it.
Deno.addSignalListener("SIGINT", () => {});
dieWithParent();
listen();
keepListening();
// The program outside asks until it hears this: what is sent before it listens is lost.
internals.jupyter.ready = () => broadcast("backprop_ready", {});
