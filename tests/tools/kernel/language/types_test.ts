import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { KernelClient, sleep } from "../../../../tools/kernel/client.ts";
import { typeModule } from "../../../../tools/kernel/language/type_module.ts";

/** A module of cells with these texts, without the head that each has. */
function moduleOf(...sources: string[]): string[] {
  const { text } = typeModule(sources.map((source, i) => ({ id: i + 1, source })), "file:///folder/");
  return text.split("\n").slice(2).filter((line) => !/^[;}]*$/.test(line));
}

Deno.test("typeModule() gives a name that is declared again a block of its own", () => {
  assertEquals(moduleOf("const a = 1;", "let b = a;", 'const a = "x";\na.at(0);'), [
    "const a = 1;",
    "let b = a;",
    "{",
    'const a = "x";',
    "a.at(0);",
  ]);
});

Deno.test("typeModule() moves imports to the top, once each, and resolves relative ones", () => {
  assertEquals(
    moduleOf(
      'import { x, type T } from "./m.ts";\nx;',
      'import { x } from "./m.ts"; x;',
      'import d from "p";',
    ),
    [
      'import { x as x } from "file:///folder/m.ts"',
      'import type { T as T } from "file:///folder/m.ts"',
      'import d from "p"',
      "x;",
      " x;",
    ].map((line) => line.startsWith("import") ? `${line};` : line),
  );
  assertEquals(moduleOf('await import("./m.ts")'), ['await import("file:///folder/m.ts")']);
});

Deno.test("typeModule() tells of each line which cell it comes from, and leaves out what cannot be read", () => {
  const cells = [
    { id: 7, source: 'import { a } from "m";\na;' },
    { id: 8, source: "let = (" },
    { id: 9, source: "{ b: 1 }" },
  ];
  const { text, place } = typeModule(cells, "file:///");
  const lines = text.split("\n");
  const placeOf = (start: string) => place(lines.findIndex((line) => line.startsWith(start)) + 1);
  assertEquals([placeOf("import"), placeOf("a;"), placeOf("({ b")], [
    { id: 7, line: 1 },
    { id: 7, line: 2 },
    { id: 9, line: 1 },
  ]);
});

Deno.test("typeModule() puts the open cell last, in a block, with its cursor wherever its text goes", () => {
  const cells = [{ id: 1, source: 'import { x } from "m";\nconst a = 1;' }, {
    id: 2,
    source: "const x = 2;",
  }];
  const opened = (marked: string) => {
    const [before, after] = marked.split("|");
    const open = { source: before + after, cursor: before.length };
    const { text, cursor, aliases } = typeModule(cells, "file:///folder/", open);
    const lines = `${text.slice(0, cursor)}|${text.slice(cursor)}`.split("\n");
    const at = lines.findIndex((line) => line.includes("|"));
    return {
      line: lines[at],
      inBlock: lines.slice(0, at).includes("{"),
      aliases: [...aliases.values()],
      text,
    };
  };
  const line = (marked: string) => opened(marked).line;
  assertEquals(line("let = (\n'😀'; a.|b("), "'😀'; a.|b(");
  assertEquals(line("export var b = a|; foo("), " let b = a|; foo(");
  assertEquals(
    line('const m = await import("./m.ts"); m.|'),
    'const m = await import("file:///folder/m.ts"); m.|',
  );
  assertEquals(line('import { y } from "n"; y|.z('), " y|.z(");
  assertEquals(line('foo(;\nimport { y|\n} from "./n.ts"; y'), "import { y|");
  assertEquals(opened('import { y| } from "./n.ts"').inBlock, false);
  assertEquals(opened("a|").inBlock, true);
  // Another x is declared since: here it means the import again.
  assertEquals(opened('import { x } from "m"; x|').aliases, ["x"]);
  // What nobody has fetched is not asked for.
  assertEquals(opened('import z from "npm:z@1"; z|').text.includes("npm:"), false);
});

/** Run cells as a person would, and wait for so many warnings. */
async function warnings(
  cells: string[],
  count: number,
  env: Record<string, string> = {},
  asPerson = true,
): Promise<string[]> {
  const client = new KernelClient("ours", { env });
  try {
    await client.ready();
    for (const cell of cells) {
      const { reply } = await client.execute(cell, undefined, asPerson);
      assertEquals(reply.status, "ok", cell);
    }
    for (let i = 0; i < 1200 && client.late < count; i++) await sleep(100);
    if (count === 0) await untilChecked(client);
    return client.lateOutputs.map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
  } finally {
    await client.close();
  }
}

/** Wait until the service has answered a question, and with it the check before it, if there was one. */
async function untilChecked(client: KernelClient): Promise<void> {
  const question = { code: "Math", cursor_pos: 4, detail_level: 0 };
  await sleep(500);
  for (let i = 0; i < 600; i++) {
    const { data } = await client.ask("inspect_request", question);
    if (!/are being read/.test(JSON.stringify(data))) break;
    await sleep(100);
  }
  await sleep(500);
}

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "a cell with a type error runs, and is followed by a warning that knows the cells before",
  options,
  async () => {
    const found = await warnings([
      'import { softmax, tensor } from "backprop";\nconst size = 3;',
      '// a comment\nconst text: string = size as any;\nconst wrong: string = size;\n"ran"',
      'const size = "three"; // declared again\nsize.toUpperCase();',
      "softmax(tensor([1, 2])).shape.foo; undefined;",
    ], 2);
    assertMatch(found[0], /^Types, line 3: Type 'number' is not assignable to type 'string'\. \(TS2322\)$/);
    assertStringIncludes(found[1], "Types, line 1: Property 'foo' does not exist");
    assertEquals(found.length, 2);
  },
);

Deno.test(
  "types are not checked where nobody sits, where a cell says so, or where the environment does",
  options,
  async () => {
    const wrong = "const n: number = 'one' as unknown as string;";
    const [program, cell, off] = await Promise.all([
      warnings([wrong], 0, {}, false),
      warnings([`// @ts-nocheck\n${wrong}`], 0),
      warnings([wrong], 0, { BACKPROP_TYPES: "off" }),
    ]);
    assertEquals([program, cell, off], [[], [], []]);
  },
);
