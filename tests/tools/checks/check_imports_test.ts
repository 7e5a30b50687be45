import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkImports } from "../../../tools/checks/check_imports.ts";
import { withProject } from "./project.ts";

/** A project of one file, or of a few: what is found, as `file:line:column rule`. */
async function found(files: Record<string, string>): Promise<string[]> {
  const lines: string[] = [];
  await withProject(files, async (root) => {
    for (const { file, at, rule } of await checkImports(root)) lines.push(`${file}:${at} ${rule}`);
  });
  return lines;
}

const clean: Record<string, string> = {
  "lib/mod.ts": `export * from "./nn/losses.ts";\nexport * from "./notebook/show.ts";\n`,
  "lib/kernels/elementary.ts": `export const exp = (x: number) => Math.exp(x) ** 1;\n`,
  "lib/tensor/tensor.ts":
    `import { exp } from "../kernels/elementary.ts";\nexport const e = Math.sqrt(exp(2)) + 2 ** 32;\n`,
  "lib/nn/init.ts": `import type { Loss } from "./losses.ts";\nexport type Init = Loss;\n`,
  "lib/nn/losses.ts": `import { e } from "../tensor/tensor.ts";\nexport type Loss = typeof e;\n`,
  "lib/data/mnist.ts": `import { parse } from "idx-parser";\nexport { parse };\n`,
  "lib/data/idx_parser/mod.ts": `export * from "./parse.ts";\n`,
  "lib/data/idx_parser/parse.ts": `export const parse = () => Math.floor(1.5);\n`,
  "lib/charts/chart.ts":
    `import * as Plot from "@observablehq/plot";\nexport const y = [Plot, Math.log10(3)];\n`,
  "lib/notebook/show.ts":
    `import { y } from "../charts/chart.ts";\nimport { host } from "../host/mod.ts";\nexport const show = () => host.jupyter()?.display(y);\n`,
  "lib/host/mod.ts":
    `import "node:fs";\n// deno-lint-ignore no-explicit-any\nexport const host = { jupyter: () => (Deno as any).jupyter };\n`,
  "tools/course/run.ts":
    `import "backprop";\nimport "@std/path";\nconsole.log(Math.log(2), "npm:in-a-text@1");\n`,
  "tests/a_test.ts": `import { parseHTML } from "linkedom";\nconsole.log(parseHTML, Math.random());\n`,
};

Deno.test("checkImports() finds nothing in a project that keeps every rule", async () => {
  assertEquals(await found(clean), []);
});

/** [sentence, file, its text, line:column and rule of each finding] */
const broken: [string, string, string, string[]][] = [
  [
    "an import from a later folder",
    "lib/tensor/a.ts",
    `\nimport { fit } from "../train/fit.ts";\nfit();\n`,
    ["2:1 house/import-order"],
  ],
  [
    "an import of types only from a later folder",
    "lib/kernels/a.ts",
    `import type { A } from "../tensor/b.ts";\nexport type B = A;\n`,
    ["1:1 house/import-order"],
  ],
  [
    "a list that is spread into arguments",
    "lib/nn/a.ts",
    `export const a = (x: number[]) => [Math.max(0, ...x), x.push(...x), String.fromCharCode(...x), [...x]];\n`,
    ["1:48 house/no-spread-of-lists", "1:62 house/no-spread-of-lists", "1:89 house/no-spread-of-lists"],
  ],
  ["a re-export from a later folder", "lib/nn/a.ts", `export { x } from "../optim/x.ts";\n`, [
    "1:1 house/import-order",
  ]],
  ["a star re-export from a later folder", "lib/nn/a.ts", `export * from "../optim/x.ts";\n`, [
    "1:1 house/import-order",
  ]],
  ["a dynamic import from a later folder", "lib/nn/a.ts", `const a = await import("../optim/x.ts");\n`, [
    "1:17 house/import-order",
  ]],
  ["an import inside a type", "lib/nn/a.ts", `export type A = import("../optim/x.ts").A;\n`, [
    "1:17 house/import-order",
  ]],
  ["idx-parser below lib/data", "lib/tensor/a.ts", `import { parse } from "idx-parser";\nparse();\n`, [
    "1:1 house/import-order",
  ]],
  [
    "the public door from inside",
    "lib/nn/a.ts",
    `import { e } from "../mod.ts";\nimport "backprop";\ne();\n`,
    [
      "1:1 house/import-order",
      "2:1 house/import-order",
    ],
  ],
  [
    "imports of tools, tests and notebooks",
    "lib/nn/a.ts",
    `import "../../../tools/course/run.ts";\nimport "../../tests/a.ts";\nimport "../../notebooks/a.ts";\n`,
    ["1:1 house/import-order", "2:1 house/import-order", "3:1 house/import-order"],
  ],
  ["a folder that is not in the order", "lib/misc/a.ts", `import "../kernels/k.ts";\n`, [
    "1:1 house/import-order",
  ]],
  ["idx-parser reaching out", "lib/data/idx_parser/a.ts", `import "../mnist.ts";\nimport "backprop";\n`, [
    "1:1 house/idx-parser-alone",
    "2:1 house/idx-parser-alone",
  ]],
  [
    "packages and addresses inside the code",
    "tests/a_test.ts",
    `import "npm:a@1";\nimport "jsr:@b/c";\nimport "https://d.e/f.ts";\nawait import("npm:g");\n`,
    [
      "1:1 house/no-inline-specifier",
      "2:1 house/no-inline-specifier",
      "3:1 house/no-inline-specifier",
      "4:7 house/no-inline-specifier",
    ],
  ],
  [
    "Plot and linkedom outside lib/charts",
    "lib/notebook/a.ts",
    `import * as Plot from "@observablehq/plot";\nimport { parseHTML } from "linkedom";\nPlot.plot(parseHTML);\n`,
    ["1:1 house/hidden-package", "2:1 house/hidden-package"],
  ],
  [
    "Deno, Node and other folders in what a cell means",
    "tools/kernel/cell/a.ts",
    `import "acorn";\nimport "./b.ts";\nimport "../c.ts";\nimport "node:fs";\nDeno.cwd();\n`,
    ["3:1 house/cell-alone", "4:1 house/cell-alone", "5:1 house/no-deno-in-cells"],
  ],
  ["Plot in a tool", "tools/a.ts", `import "@observablehq/plot";\n`, ["1:1 house/hidden-package"]],
  [
    "Deno, Node and browsers outside lib/host",
    "lib/charts/a.ts",
    `import "node:fs";\nDeno.cwd();\nglobalThis.Deno.cwd();\nconst { pid } = process;\ndocument.body;\n` +
    `const f = { [Symbol.for("Deno.customInspect")]: 1, url: import.meta.url };\nconst { d } = f.window;\n`,
    [
      "1:1 house/no-node-in-library",
      ...["2:1", "3:1", "4:7", "5:1", "6:25", "6:57"].map((at) => `${at} house/host-alone`),
    ],
  ],
  ["the notebook's kernel outside lib/notebook", "lib/charts/a.ts", `host.jupyter();\n`, [
    "1:1 house/jupyter-in-notebook-only",
  ]],
  [
    "Deno.jupyter in a tool",
    "tools/a.ts",
    `Deno.jupyter.display(1);\nDeno["jupyter"];\n(Deno as unknown as T).jupyter;\nconst { jupyter } = Deno;\n`,
    [1, 2, 3].map((line) => `${line}:1 house/jupyter-in-notebook-only`).concat(
      "4:7 house/jupyter-in-notebook-only",
    ),
  ],
  ["Math.random", "tools/a.ts", `const { random } = Math;\nMath.random();\nglobalThis.Math.random();\n`, [
    "1:7 house/no-math-random",
    "2:1 house/no-math-random",
    "3:1 house/no-math-random",
  ]],
  [
    "mathematics that differs between processors",
    "lib/nn/a.ts",
    `Math.exp(1);\nMath["tanh"](1);\nconst { log } = Math;\nlet a = b ** 2;\na **= 2;\nconst M = Math;\n`,
    ["1:1", "2:1", "3:7", "4:9", "5:1", "6:7"].map((at) => `${at} house/portable-math`),
  ],
  [
    "a function that is too long",
    "lib/nn/a.ts",
    `export function f(): void {\n${"  // a line\n".repeat(59)}}\n`,
    ["1:8 house/function-length"],
  ],
  [
    "a function that is too long for a part of a picture",
    "lib/charts/a.ts",
    `export function f(): void {\n${"  // a line\n".repeat(79)}}\n`,
    ["1:8 house/function-length"],
  ],
  ["a file that cannot be parsed", "lib/nn/a.ts", "const = 1;\n", ["1:7 syntax"]],
];

for (const [what, file, text, places] of broken) {
  Deno.test(`checkImports() reports ${what}, and nothing else`, async () => {
    assertEquals(await found({ ...clean, [file]: text }), places.map((place) => `${file}:${place}`));
  });
}

Deno.test("checkImports() accepts a function of exactly 60 lines, of pictures 80, and files of any length", async () => {
  const longest = (lines: number) => `export function f(): void {\n${"  // a line\n".repeat(lines - 2)}}\n`;
  assertEquals(await found({ "lib/nn/a.ts": longest(60) + "// a line\n".repeat(300) }), []);
  for (const floor of ["charts", "widgets"]) {
    assertEquals(await found({ [`lib/${floor}/a.ts`]: longest(80) }), []);
  }
  assertEquals(await found({ "lib/widgets/built/a.js": longest(200).replace(": void", "") }), []);
});

Deno.test("checkImports() is not misled by comments and texts", async () => {
  const text = `// import "../train/a.ts"; Math.exp(1)\nexport const a = 'import "../train/a.ts"';\n`;
  assertEquals(await found({ "lib/nn/a.ts": text }), []);
});

Deno.test("checkImports() says which folders, and what to do instead", async () => {
  await withProject({ "lib/tensor/a.ts": `import "../train/fit.ts";\n` }, async (root) => {
    const [{ message, hint }] = await checkImports(root);
    assertStringIncludes(message, "lib/tensor imports from lib/train");
    assertStringIncludes(message, "checks → kernels → autograd → tensor → slips");
    assert(hint);
  });
});
