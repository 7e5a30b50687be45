// Submissions that look for their own memory, source and messages, and for what can be done with what they find.
import { answered, SECRET } from "./sample.ts";
import { ALL, type Case, notebook, RIGHT_MEAN, trying, WRONG_SLOPE } from "./submission.ts";

/** Node's modules by the ways that do not say `import`. */
const BUILTIN = "(process as any).getBuiltinModule";
const INTERNAL = "(Deno as any)[(Deno as any).internal]";

/** The attack that once gave 100 of 100: find the guard's word in memory, register a check that is always content. */
const WORDS_FROM_MEMORY = `
const v8 = await import("node:v8").catch(() => undefined) ?? ${BUILTIN}("node:v8");
const file = v8.writeHeapSnapshot("heap");
const words = new Set(Deno.readTextFileSync(file).match(/[0-9a-f]{64}/g));
const check = async () => {}, checkThat = check;
for (const word of words) {
  try { __backprop_guard.register(word, { check: () => check, checkThat: () => checkThat }); } catch { /* the next */ }
}
console.log("GOT words");`;

const WAYS: Case[] = [
  trying("heap", "takes its heap apart with node:v8", {
    import: 'await import("node:v8");',
    require: `${BUILTIN}("v8").writeHeapSnapshot("heap");`,
    query: `${BUILTIN}("node:util").queryObjects(Function);`,
    flags: `${BUILTIN}("node:v8").setFlagsFromString("--expose-gc");`,
  }),
  trying("debugger", "opens a debugger on itself: node:inspector in four ways", {
    session: 'new (await import("node:inspector")).Session().connect();',
    promises: 'new (await import("node:inspector/promises")).Session().connect();',
    open: `${BUILTIN}("inspector").open(0);`,
    signal: "(process as any)._debugProcess(Deno.pid);",
    thread: `new Worker("data:text/javascript,import('node:inspector')", { type: "module" });`,
  }),
  trying("profiler", "measures itself: coverage, profiles, traces, reports", {
    coverage: `${BUILTIN}("node:v8").takeCoverage();`,
    profile: `new (${BUILTIN}("node:v8").GCProfiler)().start();`,
    performance: 'await import("node:perf_hooks");',
    traces: 'await import("node:trace_events");',
    channels: 'await import("node:diagnostics_channel");',
    report: "(process as any).report.getReport();",
    hooks: `${BUILTIN}("node:async_hooks").createHook({}).enable();`,
  }),
  trying("contexts", "another context, where stacks may be prepared anew and names declared: node:vm", {
    context: 'await import("node:vm");',
    this: `${BUILTIN}("vm").runInThisContext("const nudge = () => 17;");`,
    repl: `${BUILTIN}("node:repl").start();`,
    compile: `${INTERNAL}.core.compileFunction("1", "x", [], []);`,
    evaluate: `${INTERNAL}.core.evalContext("1", "x");`,
  }),
  trying("core", "Deno's own operations, behind a symbol", {
    ops: `Object.keys(${INTERNAL}.core.ops);`,
    read: `${INTERNAL}.core.readSync(0, new Uint8Array(100));`,
    promises: `${INTERNAL}.core.setPromiseHooks(() => {}, () => {}, () => {}, () => {});`,
    rejections: `${INTERNAL}.core.setUnhandledPromiseRejectionHandler(() => true);`,
    script: `${INTERNAL}.core.loadExtScript("ext:deno_node/v8.ts");`,
    exchange: `Object.assign(${INTERNAL}.jupyter, { broadcastResult: () => {} });`,
    whole: `(Deno as any)[(Deno as any).internal] = {};`,
    other: "if (!(Deno as any).core) throw new TypeError();",
  }),
  trying("process", "what Node's process object has: bindings, native code, signals", {
    binding: '(process as any).binding("v8");',
    linked: '(process as any)._linkedBinding("v8");',
    native: '(process as any).dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6");',
    kill: 'process.kill(Deno.pid, "SIGUSR1");',
    input: "process.stdin.read();",
    main: "(process as any).mainModule.require('v8');",
    pointer: "(Deno as any).UnsafePointer.of(new Uint8Array(8));",
    view: "new (Deno as any).UnsafePointerView((Deno as any).UnsafePointer.create(1n)).getUint8();",
  }),
  trying(
    "loaders",
    "a forbidden module by another referrer: data, blob, file, CommonJS, eval, a package, a folder of ours",
    {
      data: `await import("data:text/javascript,export * from 'node:v8'");`,
      blob: `await import(URL.createObjectURL(new Blob(["import 'node:v8'"], { type: "text/javascript" })));`,
      file:
        `Deno.writeTextFileSync("m.mjs", "export * from 'node:v8'"); await import("file:///project/notebooks/m.mjs");`,
      common:
        `Deno.writeTextFileSync("m.cjs", "require('v8')"); await import("file:///project/notebooks/m.cjs");`,
      eval: `await (0, eval)("import('node:v8')");`,
      function: `await new Function("return import('node:v8')")();`,
      package: 'await import("npm:@resvg/resvg-js@2.6.2");',
      require: `(await import("node:module")).createRequire("file:///project/lib/mod.ts")("v8");`,
      ours: `Deno.writeTextFileSync("/project/lib/m.mjs", "export * from 'node:v8'");`,
      path: `await import("file:///project/lib/../notebooks/m.mjs");`,
      internal: `await import("ext:core/ops" as string);`,
      case: `await import("NODE:v8" as string);`,
    },
  ),
  trying("threads", "a thread of its own, where nothing is closed yet", {
    web: `new Worker("data:text/javascript,", { type: "module" });`,
    blob: `new Worker(URL.createObjectURL(new Blob([""], { type: "text/javascript" })), { type: "module" });`,
    node: 'new (await import("node:worker_threads")).Worker("1", { eval: true });',
    library: `new (${BUILTIN}("node:worker_threads").Worker)("data:text/javascript,", {});`,
    beside: `new (${BUILTIN}("worker_threads").Worker)("file:///project/lib/../notebooks/m.mjs", {});`,
    again: "new (globalThis.Worker.prototype.constructor as any)('x');",
  }),
  trying(
    "files-of-memory",
    "the system's files about it: memory, map, environment, open files, and the way through links",
    {
      memory: 'Deno.openSync("/proc/self/mem");',
      map: 'Deno.readTextFileSync("/proc/self/maps");',
      thread: 'Deno.openSync("/proc/thread-self/mem");',
      front: "Deno.readTextFileSync(`/proc/${Deno.ppid}/environ`);",
      files: 'if ([...Deno.readDirSync("/proc/self/fd")].length > 0) {}',
      link: 'Deno.symlinkSync("/proc/self/maps", "map"); Deno.readTextFileSync("map");',
      around: 'Deno.readTextFileSync("../../proc/self/maps");',
      within: 'Deno.chdir("/proc/self");',
      input: 'Deno.openSync("/dev/stdin");',
      node: `${BUILTIN}("node:fs").readFileSync("/proc/self/maps");`,
    },
  ),
  trying("kernel-sockets", "the kernel's sockets, its connection file, its own kinds of messages", {
    file:
      "const all = [...Deno.readDirSync('/tmp')].flatMap(({ name }) => [...Deno.readDirSync(`/tmp/${name}/s`)]\n" +
      "    .flatMap((one) => [...Deno.readDirSync(`/tmp/${name}/s/${one.name}`)]));\n" +
      "  if (all.length === 0) throw new Error('nothing there');",
    connect: 'await Deno.connect({ transport: "unix", path: "/tmp/k-1" });',
    listen: 'Deno.listen({ transport: "unix", path: "/project/notebooks/k-1" });',
    node: `${BUILTIN}("node:net").connect("/tmp/k-1");`,
    fence: '(Deno as any).jupyter.broadcast("backprop_fence", { id: 7, cut: { characters: 0, prints: 0 } });',
    reply: '(Deno as any).jupyter.broadcast("execute_reply", { status: "ok" });',
    status: '(Deno as any).jupyter.broadcast("status", { execution_state: "idle" });',
    inside: 'await import("file:///project/tools/kernel/inside/mod.ts?again" as string);',
  }),
  trying("standard-input", "the kernel's orders, which come on standard input", {
    read: "await Deno.stdin.read(new Uint8Array(100));",
    sync: "Deno.stdin.readSync(new Uint8Array(100));",
    stream: "for await (const _ of Deno.stdin.readable) break;",
    method: "Object.getPrototypeOf(Deno.stdin).readSync.call(Deno.stdin, new Uint8Array(100));",
    close: "Deno.stdin.close();",
    another: "new (Deno.stdin.constructor as any)().readSync(new Uint8Array(100));",
    node: "process.stdin.on('data', () => {});",
    file: `${BUILTIN}("node:fs").readSync(0, new Uint8Array(100));`,
  }),
  trying(
    "stacks",
    "the text of what called it: callers, call sites, errors, functions, what the kernel keeps",
    {
      caller: "if (!new Function('return arguments.callee.caller')()) throw new TypeError();",
      prepare: "Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFunction());",
      sites: `${BUILTIN}("node:util").getCallSites();`,
      handler: 'Error.captureStackTrace = () => { throw "never"; };',
      kept: `if (!${INTERNAL}.lastThrownError) throw new TypeError();`,
      last: "if (!(globalThis as any)._error) throw new TypeError();",
      guard:
        "if (!/begin|word/.test(String((globalThis as any).__backprop_guard.done) + '')) throw new TypeError();\n" +
        "  (globalThis as any).__backprop_guard.done = () => {};",
    },
  ),
  trying("caches", "what Deno keeps compiled, and what a module would be the second time", {
    cache: 'Deno.mkdirSync("/cache/gen", { recursive: true });',
    package: 'Deno.writeTextFileSync("/cache/npm/x", "");',
    storage: 'localStorage.setItem("a", "b");',
    web: 'await caches.open("x");',
    guard: '(await import("file:///project/tools/grading/inside/guard.ts?2" as string)).begin("00");',
    close: '(await import("file:///project/tools/grading/inside/close.ts?2" as string)).close();',
    config: 'Deno.writeTextFileSync("/project/deno.json", "{}");',
  }),
];

const USES: Case[] = [
  notebook(
    "words-from-memory",
    "looks for the guard's words in its heap, and registers a check that is always content",
    () => answered({ slope: `${WRONG_SLOPE}\n${WORDS_FROM_MEMORY}`, mean: "const meanOf = () => 17;" }),
    [0, 0, 0],
    { never: /GOT/ },
  ),
  notebook(
    "guesses-words",
    "speaks to the guard as if it were the grader",
    () =>
      answered({
        mean:
          `${RIGHT_MEAN}\ntry { (globalThis as any).__backprop_guard.register("00", {}); } catch { /**/ }`,
      }),
    [40, 0, 0],
    { note: /cell check-mean: a cell of the student's spoke to the guard/ },
  ),
  notebook(
    "late-words",
    "does so from an answer, while a check calls it",
    () =>
      answered({
        mean:
          'function meanOf() {\n  try { (globalThis as any).__backprop_guard.check("", {}); } catch { /**/ }\n  return 3;\n}',
      }),
    [40, 0, 0],
    { note: /cell check-mean: a cell of the student's spoke to the guard/ },
  ),
  notebook(
    "heap-on-page",
    "a later cell takes a heap snapshot and prints what stands between the marks of hidden tests",
    () =>
      answered({
        mean: `${RIGHT_MEAN}\nconst v8 = await import("node:v8").catch(() => ${BUILTIN}("v8"));\n` +
          `const text = Deno.readTextFileSync(v8.writeHeapSnapshot("heap"));\n` +
          `for (const [part] of text.matchAll(/BEGIN HIDDEN[^]{0,400}/g)) console.log([...part].reverse().join(""));`,
      }),
    ALL,
    { never: new RegExp(`${SECRET}|${[...SECRET].reverse().join("")}`) },
  ),
  notebook(
    "prints-inputs",
    "prints what it is called with, for the page to show inputs of hidden tests",
    () => answered({ slope: 'function slope(x: number): number { console.log("SEEN", -x); return 2 * x; }' }),
    ALL,
    { never: /SEEN 4/ },
  ),
  notebook(
    "throws-inputs",
    "throws them",
    () =>
      answered({
        slope:
          'function slope(x: number): number { if (x < 0) throw new Error("SEEN " + -x); return 2 * x; }',
      }),
    [0, 30, 30],
    { never: /SEEN 4/ },
  ),
  notebook(
    "returns-inputs",
    "returns them, for the check to say what it got",
    () =>
      answered({
        slope: "function slope(x: number): number { return x < 0 ? `SEEN ${-x}` as never : 2 * x; }",
      }),
    [0, 30, 30],
    { never: /SEEN 4/ },
  ),
  notebook(
    "forges-advice",
    "throws an error that looks like a check's, with the inputs in its title, slip and hint",
    () =>
      answered({
        slope: "function slope(x: number): number {\n  if (x > 0) return 2 * x;\n" +
          "  const message = `✗ SEEN ${-x}\\n  expected: SEEN\\n  likely slip: SEEN ${-x}\\n  hint: SEEN ${-x}`;\n" +
          '  throw Object.assign(new Error(message), { name: "CheckError" });\n}',
      }),
    [0, 30, 30],
    { never: /SEEN 4/ },
  ),
  notebook(
    "forges-tampering",
    "throws an error that looks like the guard's, with the inputs in it, for the note",
    () =>
      answered({
        slope: "function slope(x: number): number {\n  if (x > 0) return 2 * x;\n" +
          '  throw Object.assign(new Error(`SEEN ${-x}`), { name: "TamperError" });\n}',
      }),
    [0, 30, 30],
    { never: /SEEN 4/, note: /^cell check-slope: its hidden tests were tampered with$/ },
  ),
  notebook(
    "remembers",
    "leaves a file for the second run, and answers wrongly there if it finds one",
    () =>
      answered({
        slope: "let found = false;\nfor (const place of ['.', '/tmp', '/cache', '/dev/shm']) {\n" +
          "  try { if ([...Deno.readDirSync(place)].some(({ name }) => name === 'left')) found = true; } catch { /**/ }\n" +
          "  try { Deno.writeTextFileSync(`${place}/left`, 'x'); } catch { /**/ }\n}\n" +
          "function slope(x: number): number { return found ? 17 : 2 * x; }",
      }),
    ALL,
  ),
  notebook(
    "swaps-helpers",
    "exchanges functions and classes of a check while the check calls it, and puts them back; the check has its own",
    () =>
      answered({
        step: "function step() {\n" +
          '  for (const name of ["half", "Start", "nudge", "check", "tensor"]) {\n' +
          "    try {\n      const real = (0, eval)(name);\n      (0, eval)(`'use strict'; ${name} = () => 17`);\n" +
          "      queueMicrotask(() => (0, eval)(`${name} = real`));\n" +
          "    } catch { /* it cannot be */ }\n" +
          "    try {\n      (globalThis as any)[name] = () => 17;\n    } catch { /* it cannot be */ }\n  }\n" +
          "  return 17;\n}",
      }),
    [40, 30, 0],
  ),
  notebook(
    "swaps-by-timer",
    "exchanges them all the time, by a timer and in microtasks",
    () =>
      answered({
        mean:
          `${RIGHT_MEAN}\nconst swap = () => {\n  try { (globalThis as any).half = () => 17; } catch { /**/ }\n` +
          "  try { (0, eval)('half = () => 17'); } catch { /**/ }\n};\nsetInterval(swap, 0);\nqueueMicrotask(swap);",
        step: "const step = () => 17;",
      }),
    [40, 30, 0],
  ),
  notebook(
    "declares-helpers",
    "declares them anew",
    () => answered({ step: "function half() { return 17; }\nfunction step() { return 17; }" }),
    [40, 30, 0],
  ),
  notebook(
    "floods-sockets",
    "fills the folder of the kernel's sockets, with folders in folders",
    () =>
      answered({
        mean: "for (const { name } of Deno.readDirSync('/tmp')) {\n" +
          "  for (const run of Deno.readDirSync(`/tmp/${name}/s`)) {\n" +
          "    Deno.mkdirSync(`/tmp/${name}/s/${run.name}/a/b/c`, { recursive: true });\n  }\n}\n" +
          "await new Promise((done) => setTimeout(done, 3000));",
      }),
    [40, 0, 30],
    { note: /cell mean: stopped: it wrote files where the kernel had its sockets/ },
  ),
  notebook(
    "ends-later",
    "ends the kernel between two cells, for a new one without a guard",
    () =>
      answered({
        mean: `${RIGHT_MEAN}\nsetTimeout(() => Deno.exit(0), 30);`,
        step: "const step = () => 17;",
      }),
    [40, 0, 0],
    { note: /./ },
  ),
  notebook(
    "rejects-late",
    "right answers; one starts a promise that is rejected 5 ms later, and does not wait for it",
    () =>
      answered({
        mean: "function meanOf(values: number[]): number {\n" +
          '  new Promise((_, failed) => setTimeout(() => failed(new Error("later")), 5));\n' +
          "  return values.reduce((a, b) => a + b, 0) / values.length;\n}",
      }),
    ALL,
  ),
];

/** All of them. */
export const MEMORY: Case[] = [...WAYS, ...USES];
