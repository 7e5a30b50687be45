import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { executeNotebook } from "../../../tools/notebooks/execute.ts";
import { executeNotebooks } from "../../../tools/notebooks/execute_all.ts";
import type { NotebookEvent } from "../../../tools/notebooks/events.ts";
import { withStockKernel } from "../../../tools/setup/stock_kernel.ts";
import { ensureSetup, type Environment } from "../../../tools/setup/setup.ts";

// These start real kernels, a second each; nothing is downloaded if set-up was done before.

/** A text cell. */
interface Text {
  text: string;
}

/** Write notebooks of these cells, code unless said otherwise, and do something with their folder. */
async function withNotebooks(
  notebooks: Record<string, (string | Text)[]>,
  test: (environment: Environment, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, sources] of Object.entries(notebooks)) {
      const cells = sources.map((cell, i) => ({
        id: `cell-${i}`,
        metadata: {},
        ...(typeof cell === "string"
          ? { cell_type: "code", execution_count: null, outputs: [], source: cell }
          : { cell_type: "markdown", source: cell.text }),
      }));
      const kernelspec = { name: "deno", display_name: "Deno", language: "typescript" };
      const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
      await Deno.writeTextFile(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
    }
    await test(await ensureSetup(), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const isAlive = (pid: number) => {
  try {
    Deno.kill(pid, "SIGCONT"); // changes nothing in a process that runs
    return true;
  } catch {
    return false;
  }
};

Deno.test("a notebook's outputs are all in the executed file, and its results in the report", () =>
  withNotebooks({
    all_kinds: [
      "6 * 7",
      'console.log("to be read")',
      'import { results } from "backprop"; await results({ answer: 42 });',
      "Deno.cwd()",
    ],
  }, async (environment, folder) => {
    const output = join(folder, "out");
    const report = await executeNotebook(environment, join(folder, "all_kinds.ipynb"), { output });
    assertEquals(report.errors, []);
    assertEquals([report.cells, report.executed, report.results], [4, 4, { answer: 42 }]);
    const { cells } = JSON.parse(await Deno.readTextFile(join(output, "all_kinds.ipynb")));
    // deno-lint-ignore no-explicit-any
    const shown = cells.map((cell: any) => cell.outputs[0].text ?? cell.outputs[0].data["text/plain"]);
    assertEquals(shown.map(String).slice(0, 3), ["42", "to be read\n", "answer  42"]);
    assertStringIncludes(String(shown[3]), folder.split("/").at(-1)!); // the kernel works beside the notebook
    const before = await Deno.readTextFile(join(folder, "all_kinds.ipynb"));
    assert(!before.includes("to be read\\n"), "the notebook itself stays without outputs");
  }));

Deno.test("a failing cell stops its notebook, with the learner's line, and the next notebook is tried", () =>
  withNotebooks({
    "1_throws": ["1", "const a: number = 5;\n\n\n(a as any).b.c;", '"never reached"'],
    "2_syntax": ["const b = 2;\nlet x = (;"],
    "3_good": ["1 + 1"],
  }, async (environment, folder) => {
    const said: string[] = [];
    const output = join(folder, "out");
    const paths = ["1_throws", "2_syntax", "3_good"].map((name) => join(folder, `${name}.ipynb`));
    const reports = await executeNotebooks(environment, { paths, output, say: (text) => said.push(text) });
    assertEquals(reports.map(({ executed, cells }) => [executed, cells]), [[1, 3], [0, 1], [1, 1]]);
    const places = reports.flatMap(({ errors }) =>
      errors.map(({ cell, cellId, line }) => [cell, cellId, line])
    );
    assertEquals(places, [[1, "cell-1", 4], [0, "cell-0", 2]]);
    assertStringIncludes(said.join(""), "Cannot read properties of undefined");
    assertStringIncludes(said.join(""), "SyntaxError: Expression expected");
    const executed = await Deno.readTextFile(join(output, "2_syntax.ipynb"));
    assertStringIncludes(executed, "Expression expected"); // a reader of the page sees it too
  }));

Deno.test("an error of our own ends it: no notebook after it is begun", () =>
  withNotebooks({ a: ["throw 1"], b: ["throw 1"], c: ["throw 1"] }, async (environment, folder) => {
    const told: string[] = [];
    const say = (text: string) => {
      told.push(text);
      throw new Error("nobody listens");
    };
    const paths = ["a", "b", "c"].map((name) => join(folder, `${name}.ipynb`));
    const options = { paths, output: join(folder, "out"), jobs: 1, say };
    await assertRejects(() => executeNotebooks(environment, options), Error, "nobody listens");
    assertEquals(told.length, 1);
  }));

Deno.test("two notebooks run at the same time: each waits for what the other writes", () => {
  const meet = (own: string, other: string) => [
    `await Deno.writeTextFile("${own}", "");`,
    `const stat = () => Deno.stat("${other}").catch(() => undefined);\n` +
    "while (!await stat()) await new Promise((done) => setTimeout(done, 50));",
  ];
  return withNotebooks(
    { a: meet("a.txt", "b.txt"), b: meet("b.txt", "a.txt") },
    async (environment, folder) => {
      const reports = await executeNotebooks(environment, {
        paths: ["a", "b"].map((name) => join(folder, `${name}.ipynb`)),
        output: join(folder, "out"),
        cellTimeout: 30,
        jobs: 2,
      });
      assertEquals(reports.map(({ name, executed, errors }) => [name, executed, errors.length]), [
        ["a", 2, 0],
        ["b", 2, 0],
      ]);
    },
  );
});

Deno.test("a notebook whose text gives another number than its cell computed has failed, at that line", () =>
  withNotebooks({
    text: [
      { text: "Right: 0.25<!--=quarter-->\n\nWrong: 0.26<!--=quarter-->" },
      'import { results } from "backprop"; await results({ quarter: 0.25 });',
    ],
  }, async (environment, folder) => {
    const said: string[] = [];
    const [report] = await executeNotebooks(environment, {
      paths: [join(folder, "text.ipynb")],
      output: join(folder, "out"),
      say: (text) => said.push(text),
    });
    assertEquals(report.errors.map(({ cell, line }) => [cell, line]), [[0, 3]]);
    assertStringIncludes(said.join(""), "The text says 0.26 where quarter is 0.25");
  }));

Deno.test("a cell that never ends is stopped after its time, and its kernel is gone", () =>
  withNotebooks({ endless: ["while (true) {}"] }, async (environment, folder) => {
    const events: NotebookEvent[] = [];
    const report = await executeNotebook(environment, join(folder, "endless.ipynb"), {
      output: join(folder, "out"),
      cellTimeout: 1,
      onEvent: (event) => events.push(event),
    });
    assertStringIncludes(report.errors[0].message, "Timeout");
    const kernel = events.find((event) => event.event === "kernel")!;
    assertEquals(isAlive(kernel.pid), false);
  }));

Deno.test("stopping an execution leaves neither a kernel nor half a notebook", () =>
  withNotebooks(
    { long: ["await new Promise((done) => setTimeout(done, 60_000));"] },
    async (environment, folder) => {
      const controller = new AbortController();
      const output = join(folder, "out");
      let kernel = 0;
      const run = () =>
        executeNotebook(environment, join(folder, "long.ipynb"), {
          output,
          signal: controller.signal,
          onEvent: (event) => {
            if (event.event === "kernel") kernel = event.pid;
            if (event.event === "cellStart") controller.abort();
          },
        });
      await assertRejects(run, DOMException);
      assert(kernel > 0 && !isAlive(kernel));
      assertEquals([...Deno.readDirSync(output)], []);
    },
  ));

Deno.test("a file that is no notebook is an error that blames no cell", () =>
  withNotebooks({}, async (environment, folder) => {
    const path = join(folder, "broken.ipynb");
    await Deno.writeTextFile(path, '{"cells": [');
    const report = await executeNotebook(environment, path, { output: join(folder, "out") });
    assertEquals(report.errors.map(({ cell }) => cell), [-1]);
    assertStringIncludes(report.errors[0].message, "JSON");
  }));

Deno.test("on Deno's own kernel too, every output of cells run back to back is in the executed file", () => {
  const cells = Array.from({ length: 30 }, (_, i) => i % 2 === 0 ? `console.log("line ${i}")` : `${i} * 2`);
  return withNotebooks({ stock: cells }, async (environment, folder) => {
    const output = join(folder, "out");
    const stock = await withStockKernel(environment);
    const report = await executeNotebook(stock, join(folder, "stock.ipynb"), { output });
    assertEquals([report.errors, report.executed], [[], cells.length]);
    const notebook = JSON.parse(await Deno.readTextFile(join(output, "stock.ipynb")));
    // deno-lint-ignore no-explicit-any
    assertEquals(notebook.cells.filter((cell: any) => cell.outputs.length !== 1), []);
    assertEquals(notebook.metadata.language_info.name, "typescript");
    const spec = JSON.parse(
      await Deno.readTextFile(join(stock.env.JUPYTER_PATH, "kernels/deno/kernel.json")),
    );
    assertEquals(spec.argv[1], "jupyter");
  });
});
