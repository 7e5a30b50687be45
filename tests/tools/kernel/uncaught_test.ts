import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { KernelClient } from "../../../tools/kernel/client.ts";
import { inKernel, kernelTest } from "./in_kernel.ts";
import { shown } from "./shown.ts";

/** How often each case is tried; 100 for the record. */
const TIMES = Number(Deno.env.get("BACKPROP_KERNEL_UNCAUGHT") ?? 1);

/** Cells that leave an error behind which nobody catches: the cell, the value it shows, and where the error is. */
const CASES: Record<string, { cell: string; value: string; says: string; at: string }> = {
  "a timer": {
    cell: `setTimeout(() => { throw new Error("t"); }, 0); 3`,
    value: "3",
    says: "Error: t",
    at: ":1:26",
  },
  "a promise": {
    cell: `Promise.reject(new Error("nobody")); 1`,
    value: "1",
    says: "Error: nobody",
    at: ":1:16",
  },
  "an async function": {
    cell: `async function f() {\n  await null;\n  throw new RangeError("f");\n}\nf(); 2`,
    value: "2",
    says: "RangeError: f",
    at: ":3:9",
  },
  "a call of Deno's": { cell: `Deno.readTextFile("nope"); 4`, value: "4", says: "NotFound", at: "]:1:" },
  "a map of async functions": {
    cell: `[1, 2].map(async (x) => { throw new Error("m" + x); }); 5`,
    value: "5",
    says: "Error: m2",
    at: ":1:33",
  },
  "a microtask": {
    cell: `queueMicrotask(() => { throw new Error("q"); }); 6`,
    value: "6",
    says: "Error: q",
    at: ":1:30",
  },
  "an error that was reported": {
    cell: `reportError(new Error("r")); 7`,
    value: "7",
    says: "Error: r",
    at: ":1:13",
  },
  "an event": {
    cell: `const t = new EventTarget(); t.addEventListener("x", () => { throw new Error("e"); });\n` +
      `t.dispatchEvent(new Event("x")); 8`,
    value: "8",
    says: "Error: e",
    at: ":1:68",
  },
  "a value that is no error": {
    cell: `Promise.reject({ code: 5 }); 9`,
    value: "9",
    says: "Uncaught { code: 5 }",
    at: "",
  },
  "no value at all": {
    cell: `(async () => { throw undefined; })(); 10`,
    value: "10",
    says: "Uncaught undefined",
    at: ":1:22",
  },
  "a rejected promise with a cause": {
    cell: `Promise.reject(new Error("outer", { cause: new Error("inner") })); 11`,
    value: "11",
    says: "Caused by: Error: inner",
    at: ":1:44",
  },
  "a stream": {
    cell: `new ReadableStream({ pull() { throw new Error("s"); } }).getReader().read(); 12`,
    value: "12",
    says: "Error: s",
    at: ":1:37",
  },
  "Node's next tick": {
    cell: `process.nextTick(() => { throw new Error("n"); }); 13`,
    value: "13",
    says: "Error: n",
    at: ":1:32",
  },
  "setImmediate": {
    cell: `setImmediate(() => { throw new Error("i"); }); 14`,
    value: "14",
    says: "Error: i",
    at: ":1:28",
  },
  "an import": { cell: `import("./not_there.ts"); 15`, value: "15", says: "not_there.ts", at: "" },
  "a check that is not awaited": {
    cell:
      `import { check } from "backprop"; async function my(): Promise<void> { throw new Error("c"); }\nmy().then(() => {}); 16`,
    value: "16",
    says: "Error: c",
    at: ":1:78",
  },
};

/** Run a cell that leaves an error behind, and see that it is told once and nothing else happened. */
async function seeUncaught(client: KernelClient, name: string, isPerson: boolean): Promise<void> {
  const { cell, value, says, at } = CASES[name];
  await client.execute("let kept = 41;");
  const outcome = await client.execute(cell, () => {}, isPerson);
  // What is told late belongs to the cell, if a person sits there, and else to the next.
  const next = await client.execute(
    "await new Promise((go) => setTimeout(go, 60)); ++kept",
    () => {},
    isPerson,
  );
  const late = client.lateOutputs.splice(0);
  const text = shown(outcome) + shown({ outputs: late }) + shown(next);
  assertEquals(next.reply.status, "ok", `${name}: ${text}`);
  assert(next.outputs.some(({ type }) => type === "execute_result"), `${name}: ${text}`);
  assertStringIncludes(shown(next), "42");
  assertStringIncludes(text, says, name);
  assertStringIncludes(text, "Was it awaited?", name);
  if (at) assertStringIncludes(text, at, name);
  assertEquals(outcome.reply.status, "ok", `${name}: ${text}`);
  assertStringIncludes(shown(outcome), value, name);
  assert(!/ext:|__backprop|tools\/kernel/.test(text), `${name}: ${text}`);
}

for (const name of Object.keys(CASES)) {
  Deno.test(`nobody catches what ${name} leaves behind: it is told, and the kernel goes on`, {
    sanitizeOps: false,
    sanitizeResources: false,
  }, async () => {
    for (let i = 0; i < TIMES; i++) {
      await inKernel(async (client) => {
        await seeUncaught(client, name, false); // among the first cells of a session
        await seeUncaught(client, name, true);
      });
    }
  });
}

kernelTest(
  "an error that comes while another cell runs is shown there, and says whose it is",
  async (client) => {
    await client.execute(`setTimeout(() => { throw new Error("late"); }, 150);`);
    const { outputs, reply } = await client.execute("await new Promise((go) => setTimeout(go, 400)); 2");
    assertEquals(reply.status, "ok");
    assertStringIncludes(shown({ outputs }), "From cell [1], which has ended:\nError: late");
  },
);

kernelTest("below its own cell, where a person sits", async (client) => {
  await client.execute(`setTimeout(() => { throw new Error("late"); }, 150);`, () => {}, true);
  const { outputs } = await client.execute(
    "await new Promise((go) => setTimeout(go, 400)); 2",
    () => {},
    true,
  );
  assertEquals(shown({ outputs }), "2");
  assertEquals(client.lateOutputs.length, 1);
  assertStringIncludes(shown({ outputs: client.lateOutputs }), "at cell [1]:1:26");
});

kernelTest("an error after the last cell waits for the next one", async (client) => {
  await client.execute(`setTimeout(() => { throw new Error("late"); }, 100);`);
  await new Promise((go) => setTimeout(go, 400));
  assertStringIncludes(shown(await client.execute("2")), "From cell [1], which has ended:\nError: late");
});

kernelTest("a timer that fails for ever is told ten times", async (client) => {
  await client.execute(`const timer = setInterval(() => { throw new Error("again"); }, 1);`);
  const { outputs } = await client.execute(
    "await new Promise((go) => setTimeout(go, 300)); clearInterval(timer);",
  );
  const texts = outputs.map((output) => shown({ outputs: [output] })).filter((text) => /again/.test(text));
  assert(texts.length <= 10, String(texts.length));
  await client.execute("await new Promise((go) => setTimeout(go, 20)); 1");
});

kernelTest("errors of a cell that was stopped, and after a stop, hang nothing", async (client) => {
  for (let i = 0; i < 3; i++) {
    let begin: () => void;
    const begun = new Promise<void>((resolve) => begin = resolve);
    const running = client.execute(
      `setInterval(() => { throw new Error("i"); }, 5); await new Promise(() => {});`,
      (type) => type === "execute_input" && begin(),
    );
    await begun;
    await new Promise((go) => setTimeout(go, 100));
    await client.ask("interrupt_request", {}, "control");
    assertEquals((await running).reply.ename, "Stopped");
  }
  assertStringIncludes(shown(await client.execute("1 + 1")), "2");
});

kernelTest("an error in a worker is told", async (client) => {
  await client.execute(
    `new Worker("data:application/javascript,throw new Error('inside')", { type: "module" });`,
  );
  const next = await client.execute("await new Promise((go) => setTimeout(go, 500)); 3");
  assertStringIncludes(shown(next), "inside");
  assertStringIncludes(shown(next), "3");
});

kernelTest("a cell that listens itself has the first word", async (client) => {
  await client.execute(
    `addEventListener("unhandledrejection", (e) => { e.preventDefault(); console.log("mine"); });`,
  );
  const { outputs } = await client.execute(`Promise.reject(new Error("quiet")); 1`);
  assertEquals(shown({ outputs }), "1mine\n");
});
