import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { cut, runSteps, type Step, type StepResult } from "../../../../tools/checks/testing/runner.ts";
import { withProject } from "../project.ts";

const step = (name: string, result: Partial<StepResult> | (() => never)): Step => ({
  name,
  title: `the ${name}`,
  run: () =>
    typeof result === "function"
      ? Promise.resolve().then(result)
      : Promise.resolve({ passed: 0, failed: 0, ...result }),
});

/** Runs steps; gives the counts and every line that was printed. */
async function outputOf(steps: Step[], root: string, annotate = false) {
  const lines: string[] = [];
  const total = await runSteps(steps, {
    root,
    annotate,
    print: (text) => lines.push(...text.split("\n")),
    progress: { isTerminal: false, write: (text) => lines.push(...text.trimEnd().split("\n")) },
  });
  return { total, lines };
}

Deno.test("runSteps() runs every step, adds up, and ends with the counts on a line of their own", async () => {
  await withProject({}, async (root) => {
    const { total, lines } = await outputOf([
      step("format", { passed: 1 }),
      step("unit", { passed: 40, failed: 2, failures: "b => boom", log: "all of it" }),
      step("crash", () => {
        throw new TypeError("a bug in the step");
      }),
      step("docs", { passed: 7, note: "3 switched off" }),
    ], root);
    assertEquals(total, { passed: 48, failed: 3 });
    assertEquals(lines.at(-1), "48 passed, 3 failed");
    assertEquals(lines.at(-2), "Failed: the unit, the crash.");
    const text = lines.join("\n");
    assertMatch(text, /\[1\/4\] the format +1 passed in 0\.0 s/);
    assertMatch(
      text,
      /\[2\/4\] the unit +40 passed in 0\.0 s +2 FAILED\n\n {4}b => boom\n.*build\/logs\/unit\.log/,
    );
    assertMatch(text, /TypeError: a bug in the step/);
    assertMatch(text, /\[4\/4\] the docs .*3 switched off/);
    assertEquals(await Deno.readTextFile(join(root, "build", "logs", "unit.log")), "all of it\n");
  });
});

Deno.test("runSteps() prints lines for GitHub before the counts, where it is asked to", async () => {
  await withProject({}, async (root) => {
    const annotations = [{ file: "notebooks/a.ipynb", line: 3, title: "cell 1 (x)", message: "other text" }];
    const steps = [step("notebooks", { failed: 1, annotations })];
    const line = "::error file=notebooks/a.ipynb,line=3,title=cell 1 (x)::other text";
    assertEquals((await outputOf(steps, root, true)).lines.filter((text) => text.startsWith("::")), [line]);
    assertEquals((await outputOf(steps, root)).lines.filter((text) => text.startsWith("::")), []);
  });
});

Deno.test("runSteps() says nothing of failures when there is none", async () => {
  await withProject({}, async (root) => {
    const { lines } = await outputOf([step("format", { passed: 1 })], root);
    assertEquals(lines.slice(1), ["", "1 passed, 0 failed"]);
  });
});

Deno.test("runSteps() survives a memory of earlier times that was cut off", async () => {
  await withProject({ "build/test_times.json": '{"unit": {"pa' }, async (root) => {
    assertEquals((await outputOf([step("unit", { passed: 3 })], root)).total, { passed: 3, failed: 0 });
    const memory = JSON.parse(await Deno.readTextFile(join(root, "build", "test_times.json")));
    assertEquals(memory.unit.passed, 3);
  });
});

Deno.test("runSteps() cuts a long failure and names the log that has all of it", async () => {
  await withProject({}, async (root) => {
    const failures = Array.from({ length: 1000 }, (_, n) => `line ${n}`).join("\n");
    const { lines } = await outputOf([step("unit", { failed: 1, failures, log: failures })], root);
    assert(lines.length < 140, `${lines.length} lines`);
    assertStringIncludes(lines.join("\n"), "line 0\n");
    assertStringIncludes(lines.join("\n"), "line 999\n");
    assertStringIncludes(await Deno.readTextFile(join(root, "build", "logs", "unit.log")), "line 500\n");
  });
});

Deno.test("cut() keeps the first and the last lines and says how many are left out", () => {
  assertEquals(cut("1\n2\n3\n4\n5\n6\n7\n8\n", 4), "1\n2\n3\n… 4 more lines …\n8");
  assertEquals(cut("1\n2\n3\n4\n", 4), "1\n2\n3\n4");
  assertEquals(cut("x".repeat(600), 4), `${"x".repeat(500)} …`);
});
