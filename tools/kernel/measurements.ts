import { type KernelClient, type Outcome, sleep } from "./client.ts";

/** Kinds of cells, and the outputs that each must give. */
export const KINDS: { code: (i: number) => string; outputs: string[] }[] = [
  { code: (i) => `${i} * 2`, outputs: ["execute_result"] },
  { code: (i) => `console.log("line ${i}")`, outputs: ["stream"] },
  { code: (i) => `await Deno.jupyter.display({ i: ${i} })`, outputs: ["display_data"] },
  { code: (i) => `throw new Error("no ${i}")`, outputs: ["error"] },
  {
    code: (i) => `console.log(${i}); await Deno.jupyter.display({ i: ${i} }); ${i}`,
    outputs: ["stream", "display_data", "execute_result"],
  },
];

/** Cells that do not end by themselves. */
export const ENDLESS: Record<string, string> = {
  "synchronous loop": "while (true) {}",
  "awaiting loop": "for (;;) await new Promise((go) => setTimeout(go, 5))",
  "loop after an await": "await new Promise((go) => setTimeout(go, 5)); while (true) {}",
  "loop that catches all": 'while (true) { try { JSON.parse("{"); } catch { /* again */ } }',
  "loop that awaits what is there": "for (;;) await null",
  "hung await": "await new Promise(() => {})",
  "blocked in Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "waiting for a worker thread that computes": `
    globalThis.worker ??= new Worker("data:application/javascript,for (;;) {}", { type: "module" });
    await new Promise((go) => worker.onmessage = go);`,
};

/** Prepares {@link FIT}. */
export const BEFORE_FIT = `
  import { fit, Linear, moons, Rng, Sequential, SGD } from "backprop";
  const rng = new Rng(1);
  const model = new Sequential(new Linear(2, 2, { rng }));
  const optimizer = new SGD(model.parameters(), { learningRate: 0.01 });`;

/** Training that takes days; stopped, it says so and the cell goes on. */
export const FIT = `
  const history = await fit(model, moons(), { optimizer, epochs: 1e9, batchSize: 16, rng });
  console.log("steps kept:", history.steps.length > 0);`;

/** Run cells back to back; gives how many did not show exactly what they must, and the times. */
export async function countLost(client: KernelClient, cells: number) {
  let lost = 0;
  const times: number[] = [];
  for (let i = 0; i < cells; i++) {
    const kind = KINDS[i % KINDS.length];
    const { outputs, milliseconds } = await client.execute(kind.code(i));
    if (outputs.map(({ type }) => type).join() !== kind.outputs.join()) lost += 1;
    times.push(milliseconds);
  }
  times.sort((a, b) => a - b);
  return { lost, median: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] };
}

/** How long a cell runs before it is stopped, in milliseconds: people press at any time. */
const PAUSES = [60, 100, 40, 250, 20, 10];

/** What became of stopping a cell again and again. */
export interface Stops {
  /** Milliseconds from Stop to the end of the cell, the longest. */
  slowest: number;
  /** How often a variable was still there, and had been counted up each time. */
  kept: number;
  /** Outcomes of the cells that were stopped. */
  outcomes: Outcome[];
}

/** Stop a cell again and again. */
export async function countStops(
  client: KernelClient,
  code: string,
  times: number,
  bySignal: boolean,
): Promise<Stops> {
  await client.execute("let kept = 1;");
  const outcomes: Outcome[] = [];
  let slowest = 0, kept = 0;
  for (let i = 0; i < times; i++) {
    const begun = Promise.withResolvers<void>();
    const running = client.execute(code, () => begun.resolve());
    await begun.promise;
    await sleep(PAUSES[i % PAUSES.length]);
    const started = performance.now();
    if (bySignal) client.process.kill("SIGINT");
    else client.ask("interrupt_request", {}, "control");
    outcomes.push(await running);
    slowest = Math.max(slowest, performance.now() - started);
    const { outputs } = await client.execute("kept++");
    const data = outputs[0]?.content.data as Record<string, string> | undefined;
    if (data?.["text/plain"] === String(i + 1)) kept += 1;
  }
  return { slowest, kept, outcomes };
}

/** Cells with the cursor at their end, as people ask about them; `#` is another number each time. */
const QUESTIONS: { type: "complete_request" | "inspect_request"; code: string }[] = [
  { type: "complete_request", code: "const x# = model.layers[0]." },
  { type: "inspect_request", code: "const x# = 1; softmax" },
  { type: "complete_request", code: "const x# = mod" },
  { type: "inspect_request", code: "const x# = 1; model.train" },
  { type: "complete_request", code: "const x# = [1].ma" },
  { type: "inspect_request", code: "const x# = twice(" },
];

/** How long Tab and Shift-Tab take: first until they know types, then each time; in milliseconds. */
export async function timeQuestions(client: KernelClient, times: number) {
  await client.execute(BEFORE_FIT + "const twice = (x: number) => 2 * x;\n");
  await client.execute('import { softmax } from "backprop";');
  const ask = ({ type, code }: typeof QUESTIONS[number], i: number) =>
    client.ask(type, {
      code: code.replace("#", String(i)),
      cursor_pos: code.length - 1 + String(i).length,
      detail_level: 0,
    });
  const begun = performance.now();
  const isRead = async () => !JSON.stringify(await ask(QUESTIONS[1], 0)).includes("Types are being read");
  while (!await isRead()) await sleep(20);
  const cold = performance.now() - begun;
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await ask(QUESTIONS[i % QUESTIONS.length], i);
    taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  return { cold, median: taken[times >> 1], p95: taken[Math.floor(times * 0.95)] };
}
