import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { StepResult } from "../../../../tools/checks/testing/runner.ts";
import { allSteps } from "../../../../tools/checks/testing/steps.ts";
import { committed } from "../notebook.ts";
import { withProject } from "../project.ts";

const config = `{
  "imports": { "backprop": "./lib/mod.ts" },
  "fmt": { "lineWidth": 110, "exclude": ["**/*.ipynb", "build"] },
  "lint": { "exclude": ["build"] }
}
`;
const example = (claim: string) =>
  `/**
 * Two.
 *
 * @example
 * \`\`\`ts
 * import { two } from "backprop";
 *
 * if (${claim}) throw new Error("the example is wrong");
 * \`\`\`
 */
`;
const right: Record<string, string> = {
  "deno.json": config,
  "lib/mod.ts": `${example("two !== 2")}export const two: number = 2;\n`,
  "tools/course/run.ts": `import { two } from "backprop";\n\nconsole.log(two);\n`,
  "tests/two_test.ts":
    `import { two } from "backprop";\n\nDeno.test("two is two", () => {\n  if (two !== 2) throw new Error("it is not");\n});\n`,
  "notebooks/a.ipynb": committed('import { two } from "backprop";\ntwo;'),
};

/** Every step's result by its name; nothing is installed, and no kernel started. */
async function results(
  files: Record<string, string>,
  only = (_name: string) => true,
): Promise<Record<string, StepResult>> {
  const all: Record<string, StepResult> = {};
  await withProject(files, async (root) => {
    await Deno.mkdir(`${root}/build/logs`, { recursive: true });
    for (const step of allSteps({ root, coverage: true })) {
      if (!["setup", "image"].includes(step.name) && only(step.name)) {
        all[step.name] = await step.run(() => {});
      }
    }
  });
  return all;
}

Deno.test("allSteps() finds nothing in a project that is right, and reports its coverage", async () => {
  const { notebooks, ...all } = await results(right);
  for (const [name, { passed, failed, failures }] of Object.entries(all)) {
    assertEquals([name, passed, failed], [name, 1, 0], failures);
  }
  assertStringIncludes(all.unit.note ?? "", "100.0% of the lines of lib/");
  assertEquals(notebooks.failed, 1);
  assertStringIncludes(notebooks.failures ?? "", "set-up");
});

Deno.test("allSteps() finds what was planted for each step, in that step", async () => {
  const all = await results({
    ...right,
    "deno.json": config.replace(/^ {2}/gm, " "),
    "lib/mod.ts": `${example("two === 2")}export const two: number = 2;\n\nexport const three = 3;\n`,
    "lib/nn/a.ts": `import "../optim/b.ts";\n`,
    "lib/optim/b.ts": `const unused = 1;\n`,
    "tests/types_test.ts": `const text: string = 3;\n\nDeno.test("runs all the same", () => void text);\n`,
    "tests/bad_test.ts": `Deno.test("bad", () => {\n  throw new Error("boom");\n});\n`,
    "notebooks/b.ipynb": committed("const text: string = 3;\ntext;"),
  });
  const says: Record<string, RegExp> = {
    format: /deno\.json[\s\S]*→ deno fmt/,
    lint: /no-unused-vars[\s\S]*lib\/optim\/b\.ts/,
    types: /TS2322[\s\S]*tests\/types_test\.ts/,
    documented: /missing-jsdoc[\s\S]*lib\/mod\.ts:\d+/,
    imports: /lib\/nn\/a\.ts:1:1 [\s\S]*house\/import-order/,
    cells: /notebooks\/b\.ipynb, cell 1 \(cell-0\), line 1 [\s\S]*TS2322/,
    unit: /bad => [\s\S]*boom/,
    docs: /the example is wrong/,
  };
  for (const [name, pattern] of Object.entries(says)) {
    assertEquals([name, all[name].failed], [name, 1], all[name].log);
    assertMatch(all[name].failures ?? "", pattern);
    assert(all[name].log, name);
  }
  assertEquals(all.unit.passed, 2);
});

Deno.test("allSteps() counts it as a failure if the unit tests run less than 95% of lib/", async () => {
  const lines = Array.from({ length: 20 }, (_, i) => `  console.log(${i});\n`).join("");
  const { unit } = await results(
    { ...right, "lib/mod.ts": `export const two: number = 2;\n\nexport function never() {\n${lines}}\n` },
    (name) => name === "unit",
  );
  assertEquals([unit.passed, unit.failed], [1, 1]);
  assertMatch(
    unit.failures ?? "",
    /^Only \d+\.\d% of the lines of lib\/ run; 95% are expected\..*deno coverage build.coverage$/,
  );
});
