/** How often each case is tried; 100 for the record. */
export const TIMES = Number(Deno.env.get("BACKPROP_KERNEL_UNCAUGHT") ?? 1);

/** Cells that leave an error behind which nobody catches: the cell, the value it shows, and where the error is. */
export const UNCAUGHT: Record<string, { cell: string; value: string; says: string; at: string }> = {
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
