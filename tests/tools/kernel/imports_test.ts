import { assertEquals, assertStringIncludes } from "@std/assert";
import type { KernelClient } from "../../../tools/kernel/client.ts";
import { inKernel } from "./in_kernel.ts";
import { shown } from "./shown.ts";

/** A kernel in a folder of its own, with these files. */
async function inFolder(
  files: Record<string, string | Uint8Array>,
  body: (client: KernelClient, write: (name: string, text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "kernel_imports_" }));
  let age = 0;
  const write = async (name: string, content: string | Uint8Array) => {
    const path = `${folder}/${name}`;
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    // Two changes within one tick of the file system's clock are told apart by nobody.
    await Deno.utime(path, new Date(), new Date(Date.now() + 1000 * age++));
  };
  try {
    for (const [name, content] of Object.entries(files)) await write(name, content);
    await inKernel((client) => body(client, write), { cwd: folder });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const importTest = (
  name: string,
  files: Record<string, string | Uint8Array>,
  body: Parameters<typeof inFolder>[1],
) => Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, () => inFolder(files, body));

importTest("what an import says of its file holds: JSON, text and bytes are read, not run", {
  "data.json": `{ "a": 1 }`,
  "note.txt": `throw new Error("this is a text")`,
}, async (client) => {
  const run = async (cell: string) => shown(await client.execute(cell));
  assertEquals(await run('import data from "./data.json" with { type: "json" }; data'), "{ a: 1 }");
  assertEquals(
    await run('const again = await import("./data.json", { with: { type: "json" } }); again.default.a'),
    "1",
  );
  assertStringIncludes(
    await run('import text from "./note.txt" with { type: "text" }; text'),
    "this is a text",
  );
  assertEquals(await run('import bytes from "./note.txt" with { type: "bytes" }; bytes.length'), "33");
  assertStringIncludes(
    await run('import data2 from "./data.json"'),
    'import data from "./data.json" with { type: "json" }',
  );
});

importTest("a file that was edited is loaded anew when it is imported again, and so is what imports it", {
  "helper.ts":
    'import { other } from "./other.ts"; export const x = 1 + other; export const seen: number[] = [];',
  "other.ts": "export const other = 10;",
  "apart.ts": "export const list: number[] = [];",
}, async (client, write) => {
  const run = async (cell: string) => shown(await client.execute(cell));
  assertEquals(
    await run('import { x, seen } from "./helper.ts"; import { list } from "./apart.ts"; list.push(1); x'),
    "11",
  );
  await write(
    "helper.ts",
    'import { other } from "./other.ts"; export const x = 2 + other; export const y = 3;',
  );
  assertEquals(await run('import { x, y } from "./helper.ts"; [x, y]'), "[ 12, 3 ]");
  await write("other.ts", "export const other = 20;");
  assertEquals(await run('import { x } from "./helper.ts"; x'), "22");
  // What has not changed is the same module.
  assertEquals(await run('import { list as same } from "./apart.ts"; same === list'), "true");
  assertEquals(await run('(await import("./helper.ts")).x'), "22");
});

importTest("a file with a mistake says where, and loads when it is mended", {
  "broken.ts": "export const a = ;\n",
  "needs.ts": 'export { b } from "./later.ts";',
}, async (client, write) => {
  const run = async (cell: string) => shown(await client.execute(cell));
  const told = await run('import { a } from "./broken.ts"');
  assertStringIncludes(told, 'ImportError: "./broken.ts" cannot be imported: Expression expected');
  assertStringIncludes(told, "line 1, column 18 of ./broken.ts");
  await write("broken.ts", "export const a = 4;\n");
  assertEquals(await run('import { a } from "./broken.ts"; a'), "4");
  assertEquals(
    await run('import { b } from "./needs.ts"'),
    'ImportError: "./needs.ts" cannot be imported: it imports ./later.ts, and there is no such file.',
  );
  await write("later.ts", "export const b = 5;");
  assertEquals(await run('import { b } from "./needs.ts"; b'), "5");
});

importTest("what cannot be imported is told in a sentence, by the name that the cell has", {
  "helper.ts": "export const right = 1; export interface Shape { a: number }",
}, async (client) => {
  const run = async (cell: string) => shown(await client.execute(cell));
  assertEquals(
    await run('import { wrong } from "./helpers.ts"'),
    'ImportError: "./helpers.ts" cannot be imported: there is no such file. Did you mean "./helper.ts"?',
  );
  assertEquals(
    await run('import { rigth } from "./helper.ts"'),
    'MissingExportError: "./helper.ts" has no export named "rigth". Did you mean "right"?',
  );
  assertEquals(
    await run('import { confirm } from "backprop"'), // its name in older notebooks
    'MissingExportError: "backprop" has no export named "confirm". Did you mean "confirmDiagnosis"?',
  );
  assertEquals(
    await run('import none from "./helper.ts"'),
    'MissingExportError: "./helper.ts" has no default export.',
  );
  assertEquals(await run('import { Shape } from "./helper.ts"; const s: Shape = { a: 1 }; s.a'), "1");
  assertEquals(await run('import { Shape, right } from "./helper.ts"; right'), "1");
  assertEquals(
    await run('import numpy from "numpy"'),
    'ImportError: "numpy" cannot be imported: nothing of this name is known here. ' +
      'A package of npm is imported as "npm:numpy".',
  );
  for (const specifier of ["jsr:@nobody/nothing", "https://127.0.0.1:9/x.ts"]) {
    assertStringIncludes(
      await run(`import x from "${specifier}"`),
      `ImportError: "${specifier}" cannot be imported: `,
    );
  }
  assertStringIncludes(await run('await import("./gone.ts")'), 'ImportError: "./gone.ts" cannot be imported');
  assertEquals(await run('import { tensor } from "backprop"; tensor([1]).item()'), "1");
});
