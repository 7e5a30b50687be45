// The rows of the table: what is measured, whom with, and what is promised.
import type { Peers } from "./install.ts";
import { interleaved, median } from "./measure.ts";
import { type Name, Participant } from "./participant.ts";
import { type BenchRequest, MNIST, type Product, TINY } from "./request.ts";
import { ROOT } from "../setup/paths.ts";

/** A line of the table. */
export interface Row {
  what: string;
  /** Ours and theirs, in this unit. */
  ours: number;
  theirs?: { name: string; value: number };
  unit: "s" | "ms" | "µs" | "MB" | "GFLOP/s";
  /** What is compared with the target: the ratio, or our number. */
  measured: number;
  target: { atMost: number } | { atLeast: number };
}

/** Whether the target is met. */
export function isMet({ measured, target }: Row): boolean {
  return "atMost" in target ? measured <= target.atMost : measured >= target.atLeast;
}

/** How much to measure. */
export interface Effort {
  rounds: number;
  /** Minibatches of the network of MNIST: 938 are an epoch. */
  steps: number;
}

const THREADS = 2;
const PRODUCT: Product = { task: "product", size: 1024 };

/** What {@link measureRows} and its parts need. */
interface Bench extends Effort {
  peers: Peers;
  versions: Record<string, string>;
  say: (line: string) => void;
}

/** Measure all rows. Versions of the participants are noted in `versions`. */
export async function measureRows(
  peers: Peers,
  effort: Effort,
  versions: Record<string, string>,
  say: (line: string) => void,
): Promise<Row[]> {
  const bench = { peers, versions, say, ...effort };
  return [
    ...await epochs(bench),
    ...await tinySteps(bench),
    ...peers.mnist && effort.steps >= 938 ? await recipe(bench) : [],
    ...await products(bench),
    ...await imports(bench),
  ];
}

/** Start those who can be started, have them do something, and end them. */
async function together<T>(
  { peers, versions }: Bench,
  threads: number,
  names: Name[],
  work: (all: Participant[]) => Promise<T>,
): Promise<T> {
  const all: Participant[] = [];
  try {
    for (const name of names) {
      const participant = await Participant.start(name, threads, peers);
      if (participant === undefined) continue;
      versions[name] = participant.version;
      all.push(participant);
    }
    return await work(all);
  } finally {
    for (const participant of all) await participant.stop();
  }
}

function epochs(bench: Bench): Promise<Row[]> {
  const { rounds, steps, say } = bench;
  say("an epoch of 784-128-10, everyone in turns");
  const epoch = { ...MNIST, steps };
  const scale = 938 / steps;
  const names: Name[] = ["wasm", "native", "PyTorch", "NumPy", "TensorFlow.js"];
  return together(bench, THREADS, names, async (all) => {
    const seconds = await interleaved(all, epoch, rounds);
    const pair = (ours: number, theirs: number) => ({ ours: ours * scale, theirs: theirs * scale });
    const rows = EPOCHS.filter(([, theirs]) => seconds[theirs] !== undefined).map(
      ([ours, theirs, atMost]) => {
        const both = pair(seconds[ours], seconds[theirs]);
        return against(`epoch of 60,000, ${ours}`, both, theirs, "s", { atMost });
      },
    );
    const wasm = all.filter(({ name }) => name === "wasm");
    const bytes = await wasm[0].ask({ task: "memory" });
    say("backward layer by layer");
    const byLayers = await interleaved(wasm, { ...epoch, layerwise: true }, rounds);
    const byGraph = await interleaved(wasm, epoch, rounds);
    const both = pair(byGraph.wasm, byLayers.wasm);
    const what = "autograd against layerwise backward, wasm";
    return [
      ...rows,
      alone("memory while training", bytes / 1e6, "MB", 400),
      against(what, both, "layerwise", "s", { atMost: 1.15 }),
    ];
  });
}

function tinySteps(bench: Bench): Promise<Row[]> {
  bench.say("the tiny network");
  return together(bench, THREADS, ["wasm", "PyTorch"], async (all) => {
    const seconds = await interleaved(all, TINY, bench.rounds);
    const step = (name: string) => seconds[name] / TINY.steps * 1e6;
    const rows = [alone("step of 2-8-1, batch 4, autograd", step("wasm"), "µs", 20)];
    if (seconds.PyTorch === undefined) return rows;
    const both = { ours: step("wasm"), theirs: step("PyTorch") };
    return [...rows, against("the same", both, "PyTorch", "µs", { atMost: 0.2 })];
  });
}

function recipe(bench: Bench): Promise<Row[]> {
  bench.say("the full MNIST to 98%");
  return together(bench, THREADS, ["wasm"], async (all) => {
    const seconds = await interleaved(all, { task: "recipe" }, Math.ceil(bench.rounds / 3));
    return [alone("60,000 images to 98% on the test images, wasm", seconds.wasm, "s", 12)];
  });
}

function products(bench: Bench): Promise<Row[]> {
  bench.say("large products on one thread");
  return together(bench, 1, ["wasm", "native", "NumPy"], async (all) => {
    const seconds = await interleaved(all, PRODUCT, 2 * bench.rounds);
    if (seconds.NumPy === undefined) return [];
    const speed = (name: string) => 2 * PRODUCT.size ** 3 / seconds[name] / 1e9;
    return ([["wasm", 0.35], ["native", 0.95]] as const).map(([ours, atLeast]) => {
      const both = { ours: speed(ours), theirs: speed("NumPy") };
      return against(`product 1024³ float32, one thread, ${ours}`, both, "NumPy", "GFLOP/s", { atLeast });
    });
  });
}

async function imports({ rounds, say }: Bench): Promise<Row[]> {
  say("import");
  const times: number[] = [];
  for (let round = -1; round < 2 * rounds; round++) {
    const milliseconds = await importTime();
    if (round >= 0) times.push(milliseconds);
  }
  return [alone('import "backprop"', median(times), "ms", 120)];
}

const EPOCHS: [Name, Name, number][] = [
  ["wasm", "PyTorch", 1],
  ["native", "PyTorch", 0.5],
  ["wasm", "TensorFlow.js", 0.2],
  ["wasm", "NumPy", 0.7],
];

function against(
  what: string,
  { ours, theirs }: { ours: number; theirs: number },
  name: string,
  unit: Row["unit"],
  target: Row["target"],
): Row {
  return { what, ours, theirs: { name, value: theirs }, unit, measured: ours / theirs, target };
}

function alone(what: string, ours: number, unit: Row["unit"], atMost: number): Row {
  return { what, ours, unit, measured: ours, target: { atMost } };
}

async function importTime(): Promise<number> {
  const code = 'const t = performance.now(); await import("backprop"); console.log(performance.now() - t);';
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", code],
    cwd: ROOT,
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

/** What a step costs as one size of the network of MNIST grows, in µs. */
export interface CostRow {
  axis: "batch size" | "width" | "depth";
  x: number;
  series: string;
  microseconds: number;
}

/** Cost against batch size, width and depth. */
export async function measureCosts(
  peers: Peers,
  rounds: number,
  say: (line: string) => void,
): Promise<CostRow[]> {
  const all: Participant[] = [];
  const rows: CostRow[] = [];
  try {
    for (const name of ["wasm", "native", "PyTorch"] as const) {
      const participant = await Participant.start(name, THREADS, peers);
      if (participant) all.push(participant);
    }
    for (const { axis, x, request } of costRequests()) {
      say(`cost: ${axis} ${x}`);
      const seconds = await interleaved(all, request, rounds);
      for (const [series, value] of Object.entries(seconds)) {
        rows.push({ axis, x, series, microseconds: value / request.steps * 1e6 });
      }
    }
  } finally {
    for (const participant of all) await participant.stop();
  }
  return rows;
}

function* costRequests(): Generator<
  { axis: CostRow["axis"]; x: number; request: BenchRequest & { steps: number } }
> {
  const base = { ...MNIST, examples: 2048, steps: 20 };
  for (const x of [1, 4, 16, 64, 256, 1024]) yield { axis: "batch size", x, request: { ...base, batch: x } };
  for (const x of [8, 32, 128, 512, 1024]) {
    yield { axis: "width", x, request: { ...base, sizes: [784, x, 10] } };
  }
  for (const x of [1, 2, 4, 8]) {
    yield { axis: "depth", x, request: { ...base, sizes: [784, ...Array<number>(x).fill(128), 10] } };
  }
}
