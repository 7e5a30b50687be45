// Loaded into the Deno kernel before the first cell: the part of this kernel that must be where the cells run.
import { types } from "node:util";
import { type Evaluate, newRun, type Run, runCell, type RunnableCell } from "../cell/runtime.ts";
import { Stopper } from "../cell/stop.ts";
import { describeThrown } from "../cell/thrown.ts";
import { takeOverCommands } from "./commands.ts";
import { dieWithParent } from "./death.ts";
import { checkExports } from "./exports.ts";
import { addressOf, followChanges, loadModule } from "./modules.ts";
import { globalNames, propertyNames } from "../cell/property_names.ts";
import { keepInputFromCells, keepListening, listen, type Order } from "./orders.ts";
import { endGroups, type Jupyter, takeOverOutputs } from "./outputs.ts";
import { Pump } from "../cell/pump.ts";
import { nameCellsInStacks, rememberCell } from "./stack.ts";
import { shareMemory } from "./shared_memory.ts";
import { asCell, watchUncaught } from "./uncaught.ts";

// deno-lint-ignore no-explicit-any
const internals = (Deno as any)[(Deno as any).internal];
const jupyter = (Deno as unknown as { jupyter: Jupyter }).jupyter;
const { broadcast } = jupyter;
const pump = new Pump((type, content, buffers = []) => void broadcast(type, content, { buffers }));
const stopper = new Stopper(
  () => void broadcast("backprop_handled", {}),
  shareMemory(),
);

/** Deno's own `import()`, as the folder of the notebook has it. */
type Importing = (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

let run: Run | undefined;
let unset = new Set<string>();

/** Run a cell, show its value, and tell of an error; nothing is thrown. */
async function execute(text: string, importing: Importing, evaluate: Evaluate): Promise<void> {
  const cell: RunnableCell & { isSilent: boolean } = JSON.parse(text);
  nameCellsInStacks();
  rememberCell(cell.id, cell.count, cell.places);
  pump.begin();
  endGroups();
  stopper.begin(cell.id);
  const load: Importing = (specifier, options) => loadModule(importing, specifier, options);
  const check = (module: object, specifier: string, names: string[]) =>
    checkExports(module, specifier, names, () => resolve(specifier));
  unset = new Set(cell.unset);
  const own = run = newRun(stopper, load, check, (name) => unset.has(name));
  try {
    const [value] = await asCell(cell.id, () => runCell(cell, own, evaluate));
    if (!cell.isSilent) await showResult(cell.count, value);
  } catch (error) {
    pump.send("backprop_error", { thrown: describeThrown(error, Deno.inspect) });
  }
}

function resolve(specifier: string): string {
  const address = addressOf(specifier);
  return /^[a-z]+:/.test(address) ? address : import.meta.resolve(address);
}

/** The value of a cell's last expression. */
async function showResult(count: number, value: unknown): Promise<void> {
  if (value === undefined) return;
  const data = await stopper.wait(jupyter.format(value));
  // Half of a character of two cannot travel as such.
  if (typeof value === "string" && !value.isWellFormed()) data["text/plain"] = JSON.stringify(value);
  pump.send("execute_result", { execution_count: count, data, metadata: {}, transient: {} });
}

/** What the program outside calls; hidden from whoever lists the globals. */
function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

async function obey(order: Order): Promise<void> {
  switch (order.do) {
    case "received":
      return pump.received(order.messages);
    case "stop":
      if (stopper.stop(order.id)) await broadcast("backprop_stopping", { id: order.id });
      return;
    case "collect": // loses the promise of a cell that was torn off in the middle, whereupon V8 gives up waiting for it
      return await collect();
    case "ping":
      return await broadcast("backprop_pong", { id: order.id });
    case "fence":
      if (order.drop) pump.drop();
      // Not awaited: what it waits for comes as the next orders.
      fence(order.id);
      return;
    case "names": {
      const names = order.path === "" ? globalNames() : propertyNames(order.path, types.isProxy);
      return await broadcast("backprop_names", { id: order.id, names: names.slice(0, 1500) });
    }
  }
}

/** Say that all outputs of a cell are out; so are the errors of what it has left to do at once. */
async function fence(id: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const cut = await pump.empty();
  await broadcast("backprop_fence", { id, cut, step: run?.step ?? 0 });
}

/** Collect garbage; what V8 has to say of it comes only while the event loop turns. */
async function collect(): Promise<void> {
  (globalThis as { gc?: () => void }).gc?.();
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

const listenAgain = () =>
  void listen(obey, (error) => broadcast("backprop_trouble", { message: String(error) }));

takeOverOutputs(jupyter, internals.Console, pump);
takeOverCommands((text, isError) => pump.print(text, isError));
keepInputFromCells();
// Who grades wants each import to go the way that the configuration says, and no other.
if (Deno.env.get("BACKPROP_IMPORTS") !== "fixed") followChanges();
watchUncaught((uncaught) => pump.send("backprop_uncaught", { ...uncaught }));
define("__backprop_cell", execute);
define("__backprop_listen", listenAgain);
define(Symbol.for("backprop.stop"), stopper);
// Jupyter's signal goes to the whole group of processes: the program outside acts on it, and this one must survive it.
Deno.addSignalListener("SIGINT", () => {});
dieWithParent();
listenAgain();
keepListening(listenAgain);
// The program outside asks until it hears this: what is sent before it listens is lost.
internals.jupyter.ready = () => broadcast("backprop_ready", {});
