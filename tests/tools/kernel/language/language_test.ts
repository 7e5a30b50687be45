import { assert, assertEquals, AssertionError, assertMatch } from "@std/assert";
import { join } from "@std/path";
import process from "node:process";
import { KernelClient, sleep } from "../../../../tools/kernel/client.ts";
import { completeness } from "../../../../tools/kernel/cell/completeness.ts";
import { propertyNames } from "../../../../tools/kernel/cell/property_names.ts";
import { LanguageService } from "../../../../tools/kernel/language/service.ts";
import { textAt, tokens } from "../../../../tools/kernel/language/tokens.ts";

/** A cell with a bar where the cursor is. */
function ask(marked: string) {
  const [before, after] = marked.split("|");
  return { code: before + after, cursor_pos: [...before].length, detail_level: 0 };
}

/** What Shift-Tab shows; empty if nothing. */
async function inspect(client: KernelClient, marked: string): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const { found, data } = await client.ask("inspect_request", ask(marked));
    const text = (data as Record<string, string>)["text/plain"] ?? "";
    assertEquals(found, text !== "");
    if (!/^Types are being read/.test(text)) return text;
    await sleep(100);
  }
  throw new Error("the types were never read");
}

/** What Tab offers, and the cell with the first of it. */
async function complete(
  client: KernelClient,
  marked: string,
): Promise<{ matches: string[]; filled: string }> {
  const question = ask(marked);
  const reply = await client.ask("complete_request", question);
  const matches = reply.matches as string[];
  const characters = [...question.code];
  const rest = characters.splice(Number(reply.cursor_start)).slice(
    Number(reply.cursor_end) - Number(reply.cursor_start),
  );
  return { matches, filled: [...characters, matches[0] ?? "", ...rest].join("") };
}

/** Does something with a kernel in a folder far from the project, when the types of these cells have been read. */
async function inSession(
  cells: string[],
  body: (client: KernelClient, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "kernel-language-" });
  await Deno.mkdir(join(folder, "library"));
  await Deno.writeTextFile(join(folder, "list.ts"), "/** How many there are. */\nexport const size = 4;\n");
  await Deno.writeTextFile(join(folder, "notes.txt"), "");
  await Deno.writeTextFile(join(folder, "table.json"), '{ "rows": [1] }');
  const client = new KernelClient("ours", { cwd: folder });
  try {
    await client.ready();
    for (const cell of cells) {
      const { reply } = await client.execute(cell);
      assertEquals([reply.status, reply.evalue], ["ok", undefined], cell);
    }
    await inspect(client, "Math.m|ax");
    await body(client, folder);
  } finally {
    await client.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** On a busy machine an answer may come too late, and the next in time. */
async function inTime(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt < 5; attempt++) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      await sleep(200 * attempt);
    }
  }
  await check();
}

const options = { sanitizeOps: false, sanitizeResources: false };

const CELLS = [
  'import { Linear, Rng, Sequential, softmax, tensor } from "backprop";\n' +
  "const model = new Sequential(new Linear(2, 2, { rng: new Rng(1) }));\n" +
  "const maybe = [model].find(() => true);",
  "/** Doubles it. */\nfunction twice(x: number): number { return 2 * x; }\n" +
  "function over(a: number): number;\n/** Of a text. */\nfunction over(a: string, times?: number): string;\n" +
  "function over(a: any) { return a; }",
  "/** A box. */\nclass Box<T> {\n  /** What is in it. */\n  value: T;\n" +
  "  constructor(value: T) { this.value = value; }\n" +
  "  /** Takes it out. */\n  open(): T { return this.value; }\n  /** An empty one. */\n  static none = new Box(null);\n}\n" +
  "const box = new Box([1, 2]);",
  "/** How many. */\nlet count = 3;\nconst { a: first, ...others } = { a: 1, b: 'x', c: true };",
  "/** In words. */\nlet count = 'three';", // again
  "var old = 1; const hidden = 1;",
  "var old = 'new';",
  "const tensor = (size: string) => size.length;", // hides the library's
  'import { size } from "./list.ts";\nimport { parse as parseText } from "npm:acorn@8.19.0";\n' +
  'import * as library from "backprop";\nimport plot, { plot as same } from "data:application/javascript,export default 1;export const plot=2";',
  "const größe = 1; const 日本 = [1]; const anything: any = { real: 1, inner: { deep: 2 } };",
  'type Bits = "sum" | "mean-all"; const table: { a: number; perhaps?: string } = { a: 1, extra: 2 } as { a: number };',
  "for (let i = 0; i < 3; i++) { const hidden = 'local'; }",
];

/** A cell, and what Shift-Tab says first. */
const SHOWN: [string, RegExp][] = [
  // Others' names are theirs.
  ["Math.m|ax(1, 2)", /^\(method\) Math\.max\(\.\.\.values: number\[\]\): number\n\nReturns the larger/],
  ["console.lo|g(1)", /^\(method\) Console\.log\(/],
  ["[1].ma|p(String)", /^\(method\) Array<number>\.map</],
  ["fet|ch", /^function fetch\(/],
  // The learner's own, with their comments; the latest wins.
  ["twi|ce(1)", /^function twice\(x: number\): number\n\nDoubles it\.$/],
  ["twice|", /^function twice/],
  ["|twice", /^function twice/],
  ["new Bo|x(1)", /^constructor Box<number>\(value: number\): Box<number>\n\nA box\./],
  ["let b: Bo|x<string>", /^class Box<T>\n\nA box\./],
  ["box.op|en()", /^\(method\) Box<number\[\]>\.open\(\): number\[\]\n\nTakes it out\.$/],
  ["box.val|ue", /^\(property\) Box<number\[\]>\.value: number\[\]\n\nWhat is in it\.$/],
  ["Box.no|ne", /none: Box<null>\n\nAn empty one\.$/],
  ["cou|nt", /^let count: string\n\nIn words\.$/],
  ["ol|d", /^let old: string$/],
  ["hidd|en", /^const hidden: 1$/],
  ["fir|st", /^const first: number$/],
  ["other|s.b", /^const others: \{\s+b: string;\s+c: boolean;\s+\}$/],
  [
    "over('a')|; ov|er('b', 2)".replace("|", ""),
    /^function over\(a: string, times\?: number\): string \(\+1 overload\)\n\nOf a text\./,
  ],
  ["tens|or('abc')", /^const tensor: \(size: string\) => number$/],
  ['import { tensor } from "backprop";\ntens|or([1])', /^const tensor: [^_]+\n\nA tensor from nested arrays/],
  ["größ|e", /^const größe: 1$/],
  ["日本|", /^const 日本: number\[\]$/],
  // What is local hides what is not.
  ["const f = (count: boolean) => cou|nt;", /^\(parameter\) count: boolean$/],
  ["const count = [1];\ncou|nt", /^const count: number\[\]$/],
  // Members by their type, and what is imported.
  ["model.tr|ain()", /^\(method\) Module\.train\(\)/],
  ["model.layers[0].ba|ckward", /^\(method\) Module\.backward\(/],
  ["maybe?.for|ward", /^\(method\) Sequential\.forward\(/],
  ["softm|ax", /^function softmax\(logits: (library\.)?Tensor, .*\n\nProbabilities from logits/],
  ['import { softm|ax } from "backprop"', /^function softmax\(/],
  ["siz|e", /^const size: 4\n\nHow many there are\.$/],
  ["parseTe|xt", /^function parseText\(input: string, /],
  ["libra|ry", /^import \* as library from "backprop"$/],
  ["library.softm|ax", /^function (library\.)?softmax\(/],
  // Within parentheses.
  ["twice(|)", /^twice\(x: number\): number\n\nx: number/],
  [
    "over('a', |)",
    /^over\(a: string, times\?: number\): string\nover\(a: number\): number\n\ntimes\?: number/,
  ],
  ["softmax(|", /^softmax\(logits: (library\.)?Tensor, .*\n\nlogits: (library\.)?Tensor — Unnormalized/],
  // Whatever comes before.
  ["const face = '😀😀'; twi|ce(1)", /^function twice/],
  ["😀\ntwi|ce(1)", /^function twice/],
  ["let = (\nfoo.\n'open\ntwi|ce(1)", /^function twice/],
  ["`is ${twi|ce(1)}`", /^function twice/],
  ["const re = /'/; twi|ce(1)", /^function twice/],
  ["a;\r\nb;\r\ntwi|ce(1)", /^function twice/],
  ["class A {\n  /** Mine. */\n  x = 1;\n  m() { return this.x|", /^\(property\) A\.x: number\n\nMine\.$/],
];

/** Where Shift-Tab has nothing to say. */
const NOTHING = [
  "|",
  "  |  ",
  "twice(1) |",
  "// twi|ce",
  "/* twi|ce */",
  "// twice|",
  "'twi|ce'",
  "`twi|ce`",
  "'twi|ce",
  "con|st x = 1",
  "undefinedName|",
  "1 +| 2",
];

Deno.test(
  "Shift-Tab shows what a name is, whoever's it is, and nothing where nothing is",
  options,
  () =>
    inSession(CELLS, async (client) => {
      for (const [cell, expected] of SHOWN) {
        await inTime(async () => assertMatch(await inspect(client, cell), expected, cell));
      }
      for (const cell of NOTHING) assertEquals(await inspect(client, cell), "", cell);
      const { data } = await client.ask("inspect_request", ask("softm|ax"));
      const markdown = (data as Record<string, string>)["text/markdown"];
      assertMatch(markdown, /^```ts\nfunction softmax\([^`]+\n```\n\nProbabilities/);
      assertEquals(/file:|__\d/.test(markdown), false);
    }),
);

/** A cell, some of what Tab must offer, and what it must not. */
const OFFERED: [string, string[], string[]?][] = [
  ["model.layers[0].|", ["forward", "backward", "namedParameters"], ["model", "Math"]],
  ["model?.na|", ["namedParameters"], ["NaN"]],
  ["maybe.for|", ["?.forward"]],
  ["[1].ma|", ["map"]],
  ["'abc'.padS|", ["padStart"]],
  ["twice(1).toF|", ["toFixed"]],
  ["box.value.ma|", ["map"]],
  ["box.|", ["value", "open"], ["none", "Math"]],
  ["others.|", ["b", "c"], ["a"]],
  ["library.softm|", ["softmax"]],
  ["parseTe|", ["parseText"]],
  ["😀日本; 日|", ["日本"]],
  ["f('😀'); größ|", ["größe"]],
  ["twi|", ["twice"]],
  ["docum|", [], ["document"]],
  ["math|", ["Math"]],
  // Braces of an import, and from where.
  ['import { soft| } from "backprop"', ["softmax"], ["twice"]],
  ['import { | } from "backprop"', ["Tensor", "softmax"], ["twice", "Math"]],
  ['import { tensor, soft| } from "backprop";\nbroken(', ["softmax"]],
  ['import { si| } from "./list.ts"', ["size"]],
  ['import x from "./li|', ["list.ts", "library/"], ["notes.txt"]],
  ['import x from "./|"', ["list.ts", "library/", "table.json"]],
  ['await import("./li|', ["list.ts"]],
  ['export { size } from "./li|"', ["list.ts"]],
  ['import { a } from "back|"', ["backprop"]],
  ['import { a } from "|"', ["backprop", "@std/assert", "idx-parser", "./"]],
  ['import fs from "node:f|"', ["node:fs"]],
  ['import { a } from "npm:|"', ["npm:acorn@8.19.0"]],
  // What types do not know is there all the same.
  ["table.|", ["a", "perhaps"], ["perhaps?"]],
  ["const { per| } = table", ["perhaps"]],
  ["class A { #own = 1; m() { return this.#o|", ["#own"]],
  ["anything.re|", ["real"]],
  ["anything.inner.|", ["deep"]],
  ["table.ex|", ["extra"]],
  // A text of which only some are allowed.
  ['const b: Bits = "m|"', ["mean-all"]],
  // Nothing.
  ["// twi|", [], ["twice"]],
  ["'twi|'", [], ["twice"]],
  ["`twi|`", [], ["twice"]],
  ["const twi|", [], ["twice"]],
];

Deno.test(
  "Tab offers members by type, exports, files, and what is there while cells run",
  options,
  () =>
    inSession(CELLS, async (client) => {
      for (const [cell, wanted, unwanted = []] of OFFERED) {
        await inTime(async () => {
          const { matches } = await complete(client, cell);
          const lacking = wanted.filter((name) => !matches.includes(name));
          assertEquals(lacking, [], `${cell} lacks, of ${matches.slice(0, 20)}`);
          assertEquals(matches.filter((name) => unwanted.includes(name) || /__\d/.test(name)), [], cell);
        });
      }
      const filled = (cell: string, expected: string) =>
        inTime(async () => assertEquals((await complete(client, cell)).filled, expected));
      await filled("maybe.for|; 1", "maybe?.forward; 1");
      await filled(
        "const face = '😀'; model.layers[0].named|",
        "const face = '😀'; model.layers[0].namedParameters",
      );
      await filled('import x from "./lis|";', 'import x from "./list.ts";');
      await filled('const b: Bits = "mean-|"', 'const b: Bits = "mean-all"');
      // The learner's own come first, and the kinds are told.
      const reply = await client.ask("complete_request", ask("t|"));
      const types = (reply.metadata as Record<string, unknown>)._jupyter_types_experimental as {
        text: string;
        type: string;
      }[];
      const own = (reply.matches as string[]).slice(0, 3);
      assert(own.includes("twice") && own.includes("tensor"), own.join());
      assertEquals(types.find(({ text }) => text === "twice")?.type, "function");
      assertEquals(types.map(({ text }) => text), reply.matches);
    }),
);

Deno.test("before the types are read, Tab offers what is there, and Shift-Tab says so", options, async () => {
  const client = new KernelClient("ours");
  try {
    await client.ready();
    await client.execute("const arr = [1, 2]; const twice = (x: number) => 2 * x;");
    assertEquals((await complete(client, "arr.ma|")).matches, ["map"]);
    assertEquals((await complete(client, "twi|")).matches, ["twice"]);
    const { data } = await client.ask("inspect_request", ask("Math.m|ax"));
    assertMatch(
      (data as Record<string, string>)["text/plain"],
      /^Types are being read|^\(method\) Math\.max/,
    );
    assertEquals((await client.ask("inspect_request", ask("// Math.m|ax"))).found, false);
  } finally {
    await client.close();
  }
});

Deno.test(
  "Shift-Tab sees what a file on the disk has become",
  options,
  () =>
    inSession(['import { size } from "./list.ts";'], async (client, folder) => {
      const shows = (expected: RegExp) =>
        inTime(async () => assertMatch(await inspect(client, "siz|e"), expected));
      await shows(/^const size: 4\n\nHow many/);
      await Deno.writeTextFile(join(folder, "list.ts"), "/** Another. */\nexport const size = 'large';\n");
      await shows(/^const size: "large"\n\nAnother\.$/);
    }),
);

Deno.test(
  "the language service ends when nobody asks, comes again, and ends when it is closed",
  options,
  async () => {
    const service = new LanguageService(Deno.cwd(), 200);
    try {
      const text = "/** Here. */\nconst here = 1;\n";
      assertMatch((await service.hover(text, text.indexOf("here")))!.contents.value, /Here\./);
      const first = service.pid!;
      assertEquals([service.isWarm, isAlive(first)], [true, true]);
      await until(() => service.pid === undefined && !isAlive(first));
      assertEquals(service.isWarm, false);
      assertMatch((await service.hover(text, text.indexOf("here")))!.contents.value, /Here\./);
      const second = service.pid!;
      service.close();
      await until(() => !isAlive(second));
      assertEquals(
        await service.hover(text, 14).catch((error: Error) => error.message),
        "the language service is off",
      );
    } finally {
      service.close();
    }
  },
);

Deno.test({
  name: "the language service does not outlive a kernel that is killed, and a signal to Stop leaves it be",
  ignore: Deno.build.os !== "linux",
  ...options,
  fn: async () => {
    const client = new KernelClient("ours");
    await client.ready();
    await client.execute("const a = 1;");
    await inspect(client, "|a");
    const children = async (pid: number) =>
      (await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`)).split(" ").filter(Boolean).map(Number);
    const lines = await Promise.all(
      (await children(client.process.pid)).map(async (pid) =>
        [pid, await Deno.readTextFile(`/proc/${pid}/cmdline`)] as const
      ),
    );
    const [service] = lines.find(([, line]) => /\0lsp\0/.test(line))!;
    Deno.kill(service, "SIGINT");
    await sleep(300);
    assertEquals(isAlive(service), true);
    client.process.kill("SIGKILL");
    await until(() => !isAlive(service));
    await client.close();
  },
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !condition(); i++) await sleep(100);
  assertEquals(condition(), true);
}

Deno.test("tokens() reads what is unfinished, and textAt() tells what is within a text", () => {
  const within = {
    string: ["'a|'", "'a|", "'a|\nb", "/'/; '|"],
    comment: ["// a|", "/* a|", "/* a| */"],
    template: ["`a|", "`a|`", "`${a}b|`"],
    nothing: ["'a'|", "'a\nb|", "// a\n|", "/* a */|", "`${a|", "a / b|", "/'/.x|"],
  };
  for (const [kind, cells] of Object.entries(within)) {
    for (const cell of cells) {
      const found = textAt(tokens(cell.replace("|", "")), cell.indexOf("|"));
      assertEquals(found?.kind ?? "nothing", kind, cell);
    }
  }
  assertEquals(tokens("}) 'a' 12b \\ é").at(-1)?.text, "é");
});

Deno.test("propertyNames() gives methods of arrays, typed arrays and texts, and no elements", () => {
  Object.assign(globalThis, { list: [1, 2], bytes: new Uint8Array(2), word: "ab" });
  const expected = { list: "map", bytes: "subarray", word: "padStart", "Array.prototype": "map" };
  for (const [path, name] of Object.entries(expected)) {
    const names = propertyNames(path, () => false);
    assertEquals([names.includes(name), names.includes("0")], [true, false], path);
  }
});

/** What a console is told of each; cells that could be all there is are complete. */
const STATES = {
  incomplete:
    "function f()§async function f(): Promise<void>§export function f()§class A§class A extends§class A { m()§if (x)§" +
    "if (x) {} else§for (;;)§while (1)§do x()§try {}§switch (x)§x =§const x§let x:§a.§a?.§a ?§x ||§new§await§@decorator§" +
    "@decorator()§import {a} from§import {§export default§`open§`a ${b§/* open§<div>§const q = <div>hi§f(§[1,§{ a: 1§" +
    "(a, b) =>§type T =§interface I§a. // more§'abc\\§x as§enum E§function f(a: number): void;\nfunction f(a: any)",
  complete:
    "1 + 1§x\n§x;§§// c§let x§{ a: 1 }§if (x) y§<div>hi</div>§const f = <T>(x: T) => x§declare function f(): void§" +
    'function f(a: number): void;\nfunction f(a: any) {}§type T = 1§label: x§"\ud83d"§abstract class A { abstract m(): void }',
  invalid: "}§)§f)§let 1 = ;§'abc§\"abc§return 1§%timeit 1§a b§import { a } form 'b'",
};

Deno.test("completeness() tells what a console needs: whether to run, to wait for more, or to show a mistake", () => {
  for (const [state, cells] of Object.entries(STATES)) {
    for (const cell of cells.split("§")) assertEquals(completeness(cell).status, state, cell);
  }
  assertEquals(completeness("  for (;;) {"), { status: "incomplete", indent: "    " });
});
