// A small assignment for trying out the grader: three exercises, 100 points.
import type { Notebook, NotebookCell } from "../../notebooks/notebook_file.ts";

/** Its name. */
export const SAMPLE = "sample";

const locked = (grade_id: string, source: string, points?: number): NotebookCell => ({
  cell_type: "code",
  id: grade_id,
  source,
  outputs: [],
  ...{ execution_count: null },
  metadata: {
    nbgrader: {
      schema_version: 3,
      grade: points !== undefined,
      solution: false,
      locked: true,
      task: false,
      grade_id,
      ...(points === undefined ? {} : { points }),
    },
  },
});

const solution = (grade_id: string, source: string): NotebookCell => ({
  ...locked(grade_id, source),
  metadata: {
    nbgrader: { schema_version: 3, grade: false, solution: true, locked: false, task: false, grade_id },
  },
});

const text = (id: string, source: string): NotebookCell => ({
  cell_type: "markdown",
  id,
  source,
  metadata: {},
});

/** A name that stands in a hidden test only. */
export const SECRET = "hiddenSlope7391";

const CELLS = [
  locked("imports", `import { check, checkThat, tensor } from "backprop";`),
  locked(
    "nudge",
    "const nudge = (f: (x: number) => number, x: number) => (f(x + 1e-4) - f(x - 1e-4)) / 2e-4;",
  ),
  locked(
    "half",
    "function half(x: number): number {\n  return x / 2;\n}\n" +
      "class Start {\n  constructor(readonly x: number) {}\n}",
  ),
  text("slope-text", "## Exercise 1: the slope of x²"),
  solution(
    "slope",
    "function slope(x: number): number {\n  // BEGIN SOLUTION\n  return 2 * x;\n  // END SOLUTION\n}",
  ),
  locked(
    "check-slope",
    [
      'await check("slope of x²", slope(3), nudge((x) => x * x, 3), {',
      '  tolerance: 1e-4, slips: [{ value: 3, says: "the 2 is missing" }],',
      "});",
      "// BEGIN HIDDEN TESTS",
      `const ${SECRET} = slope(-4);`,
      `await check("elsewhere", ${SECRET}, -8);`,
      "// END HIDDEN TESTS",
    ].join("\n"),
    40,
  ),
  text("mean-text", "## Exercise 2: the mean"),
  solution(
    "mean",
    "function meanOf(values: number[]): number {\n  // BEGIN SOLUTION\n" +
      "  return values.reduce((a, b) => a + b, 0) / values.length;\n  // END SOLUTION\n}",
  ),
  // Its last line has a value: nbgrader would take it for the points.
  locked(
    "check-mean",
    'const wanted = 3;\nawait check("mean of 1, 2, 6", meanOf([1, 2, 6]), wanted);\nmeanOf([1, 3])',
    30,
  ),
  text("step-text", "## Exercise 3: one step down"),
  solution(
    "step",
    "function step(x: number, rate: number): number {\n  // BEGIN SOLUTION\n" +
      "  return x - rate * slope(x);\n  // END SOLUTION\n}",
  ),
  locked(
    "check-step",
    "const start = new Start(1), stepped = step(start.x, 0.25);\n" +
      'await check("from 1, rate ¼", tensor([stepped]), tensor([half(1)]));',
    30,
  ),
];

/** The instructor's version. */
export function sampleNotebook(): Notebook {
  const kernelspec = { display_name: "Deno", language: "typescript", name: "deno" };
  return {
    cells: structuredClone(CELLS),
    metadata: { kernelspec, language_info: { name: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** What a student was given; nbgrader makes the same. */
export function sampleRelease(): Notebook {
  const notebook = sampleNotebook();
  for (const cell of notebook.cells) {
    cell.source = (cell.source as string)
      .replace(/ *\/\/ BEGIN SOLUTION[\s\S]*END SOLUTION/, '  throw new Error("Not implemented");')
      .replace(/\n\/\/ BEGIN HIDDEN TESTS[\s\S]*END HIDDEN TESTS/, "");
  }
  return notebook;
}

/** A student's version: the release with answers. What is not given is answered rightly. */
export function answered(answers: Partial<Record<"slope" | "mean" | "step", string>> = {}): Notebook {
  const notebook = sampleRelease();
  const right = sampleNotebook();
  for (const [index, cell] of notebook.cells.entries()) {
    if (!cell.metadata?.nbgrader?.solution) continue;
    const answer = answers[cell.id as keyof typeof answers];
    cell.source = answer ??
      (right.cells[index].source as string).replaceAll(/ *\/\/ (BEGIN|END) SOLUTION\n/g, "");
  }
  return notebook;
}
