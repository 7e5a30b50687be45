import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkNotebooks } from "../../../tools/course/check_notebooks.ts";
import type { Problem } from "../../../tools/checks/problem.ts";
import { cellWith, committed } from "../checks/notebook.ts";
import { withProject } from "../checks/project.ts";

const library = {
  "deno.json": JSON.stringify({
    imports: { backprop: "./lib/mod.ts" },
    compilerOptions: { strict: true, lib: ["deno.window", "dom"] },
  }),
  "lib/mod.ts": "export const two: number = 2;\nexport type Two = 2;\n",
};

/** Every notebook of these tests. They are checked all at once, because each start of the type checker takes a second. */
const notebooks: Record<string, string> = {
  right: committed(
    'import { type Two, two } from "backprop";\nconst unused: Two = 2;',
    "const values = await Promise.resolve([two]);\nvalues;",
    "values.length + 1;",
    "[...values].map((value) => value + 1);",
    "// only a comment",
    "{\n  const values = 3;\n  console.log(values);\n}",
  ),
  type_error: committed(
    { cell_type: "markdown", id: "text", metadata: {}, source: ["# Text\n", "\n", "cells count"] },
    'import { two } from "backprop";',
    "// a comment\nconst name: string = two;\nname;",
  ),
  many_errors: committed(
    "const fine = 1;",
    Array.from({ length: 11 }, (_, i) => `const name${i}: string = fine;`).join("\n"),
    "const last: string = fine;",
  ),
  long_error: committed("export const f: (x: { n: number }) => void = (x: { n: string }) => x.n;"),
  declared_twice: committed("const a = 1;\na;", "const a = 2;\na;"),
  defined_later: committed("a;", "const a = 2;"),
  defined_later_by_function: committed("f();", "function f() {\n  return 1;\n}"),
  imported_later: committed("console.log(two);", 'import { two } from "backprop";'),
  called_later: committed("const f = () => b + 1;", "const b = 2;", "f();"),
  defined_nowhere: committed("const a = 1;\nconsole.log(a + nowhere);"),
  run_once: committed(
    "let a = 1;\na = a + 1;",
    "a++;",
    "a = a * 2;",
    "[a] = [a + 1];",
    "const f = () => a++;\nf();",
  ),
  own_names: committed(
    "const f = (x: number) => x;\nclass C {\n  y = 1;\n  constructor(readonly z: number) {\n    console.log(z);\n  }\n}",
    "for (const x of [1]) console.log(x, f(x));\nconsole.log({ y: 1 }.y, new C(1));",
    'const x = 1, y = 2, z = 3;\nconsole.log(x, y, z, "later");',
  ),
  not_exported: committed('import { three } from "backprop";\nthree;'),
  never_changed: committed("let a = 1;\nlet unused = 2;\nunused = 3;", "console.log(a);"),
  changed_later: committed("let a = 1;", "a = 2;\na;"),
  house_rules: committed(
    'import { two } from "../lib/mod.ts";\ntwo;',
    "Math.random();",
    'await Deno.jupyter.broadcast("x", {});',
  ),
  open_block: committed("const a = 1;", "if (a) {\n  console.log(a);", "console.log(2);"),
  open_call: committed("const a = 1;", "console.log(a", "console.log(2);"),
  open_declaration: committed("const a = 1;", "const b =", "console.log(2);"),
  open_text: committed("const a = 1;", "console.log(`a", "console.log(2);"),
  open_class: committed("const a = 1;", "class A {", "console.log(2);"),
  open_comment: committed("const a = 1;\na;", "/* a", "console.log(2);"),
  unformatted: committed("1;", "2;\nconsole.log( 3 );", "console.log(4)"),
  no_json: "<<<<<<< HEAD",
  executed: committed(cellWith({ execution_count: 3, source: ["missing;"] })),
};

let all: Promise<Problem[]> | undefined;

/** The problems of one of the notebooks. */
async function problemsOf(name: string): Promise<Problem[]> {
  assert(name in notebooks, name);
  all ??= checkAll();
  return (await all).filter(({ file }) => file === `notebooks/${name}.ipynb`);
}

async function checkAll(): Promise<Problem[]> {
  const files = Object.entries(notebooks).map(([name, text]) => [`notebooks/${name}.ipynb`, text]);
  let problems: Problem[] = [];
  await withProject({ ...library, ...Object.fromEntries(files) }, async (root) => {
    problems = await checkNotebooks(root);
  });
  return problems;
}

/** [where, rule] of each problem of a notebook. */
const placesOf = async (name: string) => (await problemsOf(name)).map(({ at, rule }) => [at, rule]);

Deno.test("checkNotebooks() accepts imports, await and bare expressions in cells", async () => {
  assertEquals(await problemsOf("right"), []);
});

Deno.test("checkNotebooks() reports a type error at its cell and line, with the line", async () => {
  const [problem, ...rest] = await problemsOf("type_error");
  assertEquals([problem.at, problem.rule, rest], ["cell 3 (cell-1), line 2", "TS2322", []]);
  assertEquals(problem.source, "const name: string = two;\n      ^");
  assertStringIncludes(problem.message, "'number' is not assignable to type 'string'");
});

Deno.test("checkNotebooks() lists type errors in the order of cells and lines, line 10 after line 9", async () => {
  const wrong = (await problemsOf("many_errors")).filter(({ rule }) => rule === "TS2322");
  const inTwo = Array.from({ length: 11 }, (_, i) => `cell 2 (cell-1), line ${i + 1}`);
  assertEquals(wrong.map(({ at }) => at), [...inTwo, "cell 3 (cell-2), line 1"]);
});

Deno.test("checkNotebooks() gives every line of a long type error, and no source line twice", async () => {
  const [{ message }] = await problemsOf("long_error");
  assertStringIncludes(message, "Types of property 'n' are incompatible");
  assert(!message.includes("export const"), message);
  assert(!message.includes("^"), message);
});

Deno.test("checkNotebooks() reports a name that two cells declare, in both, and says what to do", async () => {
  assertEquals(await placesOf("declared_twice"), [["cell 1 (cell-0), line 1", "TS2451"], [
    "cell 2 (cell-1), line 1",
    "TS2451",
  ]]);
  assertStringIncludes((await problemsOf("declared_twice"))[0].hint ?? "", "once");
});

Deno.test("checkNotebooks() reports a name that only a later cell defines, once, and says which", async () => {
  const [{ at, rule, message, source, hint }, ...rest] = await problemsOf("defined_later");
  assertEquals([at, rule, rest], ["cell 1 (cell-0), line 1", "cell-order", []]);
  assertEquals(message, 'The cell uses "a", which only cell 2 (cell-1) defines, further down.');
  assertEquals([source, hint?.includes("move the definition up")], ["a;\n^", true]);
});

Deno.test("checkNotebooks() reports names of later functions and imports, which a module would find", async () => {
  assertEquals(await placesOf("defined_later_by_function"), [["cell 1 (cell-0), line 1", "cell-order"]]);
  assertEquals(await placesOf("imported_later"), [["cell 1 (cell-0), line 1", "cell-order"]]);
});

Deno.test("checkNotebooks() reports a function that uses a later name, even if it is called after that", async () => {
  assertEquals(await placesOf("called_later"), [["cell 1 (cell-0), line 1", "cell-order"]]);
});

Deno.test("checkNotebooks() reports a name that is defined nowhere", async () => {
  assertEquals(await placesOf("defined_nowhere"), [["cell 1 (cell-0), line 2", "TS2304"]]);
});

Deno.test("checkNotebooks() reports a cell that gives something else when it is run twice", async () => {
  assertEquals(await placesOf("run_once"), [
    ["cell 2 (cell-1), line 1", "cell-again"],
    ["cell 3 (cell-2), line 1", "cell-again"],
    ["cell 4 (cell-3), line 1", "cell-again"],
  ]);
});

Deno.test("checkNotebooks() takes parameters, properties and inner variables for what they are", async () => {
  assertEquals(await problemsOf("own_names"), []);
});

Deno.test("checkNotebooks() reports a name that the library does not export", async () => {
  assertEquals(await placesOf("not_exported"), [["cell 1 (cell-0), line 1", "TS2305"]]);
});

Deno.test("checkNotebooks() applies lint rules to cells, but leaves them unused names", async () => {
  assertEquals(await placesOf("never_changed"), [["cell 1 (cell-0), line 1", "prefer-const"]]);
});

Deno.test("checkNotebooks() knows that a variable of one cell is changed in another", async () => {
  assertEquals(await problemsOf("changed_later"), []);
});

Deno.test("checkNotebooks() applies the rules of the house to cells", async () => {
  const places = await placesOf("house_rules");
  assertEquals(places.filter(([, rule]) => rule.startsWith("house")), [
    ["cell 1 (cell-0), line 1", "house/cells-import-by-name"],
    ["cell 2 (cell-1), line 1", "house/no-math-random"],
    ["cell 3 (cell-2), line 1", "house/jupyter-in-notebook-only"],
  ]);
});

for (const what of ["block", "call", "declaration", "text", "class"]) {
  Deno.test(`checkNotebooks() finds the cell in which a ${what} is left open`, async () => {
    const places = await placesOf(`open_${what}`);
    assertEquals(places.map(([at, rule]) => [at.split(",")[0], rule]), [["cell 2 (cell-1)", "syntax"]]);
  });
}

Deno.test("checkNotebooks() finds a comment that is left open", async () => {
  assertEquals((await problemsOf("open_comment")).length, 1);
});

Deno.test("checkNotebooks() shows the first line of each cell that is not formatted", async () => {
  assertEquals(await placesOf("unformatted"), [["cell 2 (cell-1), line 2", "format"], [
    "cell 3 (cell-2), line 1",
    "format",
  ]]);
  const [{ source, hint }] = await problemsOf("unformatted");
  assertEquals(source, "is:     console.log( 3 );\nwanted: console.log(3);");
  assertStringIncludes(hint ?? "", "deno task clean notebooks/unformatted.ipynb");
});

Deno.test("checkNotebooks() reports what is wrong with a file beside what is wrong in its cells", async () => {
  assertEquals(await placesOf("no_json"), [["", "notebook-format"]]);
  assertEquals(await placesOf("executed"), [["cell 1 (special)", "no-execution-count"], [
    "cell 1 (special), line 1",
    "TS2304",
  ]]);
});

Deno.test("checkNotebooks() says so when the library itself keeps cells from being checked", async () => {
  await withProject({
    ...library,
    "lib/mod.ts": "export const two: string = 2;\n",
    "notebooks/a.ipynb": committed('import { two } from "backprop";\ntwo;'),
  }, async (root) => {
    const [problem, ...rest] = await checkNotebooks(root);
    assertEquals(rest, []);
    assertStringIncludes(problem.message, "lib/mod.ts");
  });
});
