import { assertAlmostEquals, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { deno } from "../../../../tools/checks/deno.ts";
import { countTests, endsTest, failuresIn, lineCoverage } from "../../../../tools/checks/testing/counts.ts";
import { withProject } from "../project.ts";

const good = 'Deno.test("good", () => {});\n';
const bad = 'Deno.test("bad", () => { throw new Error("boom"); });\n';

/** [what happens, test files, what must be counted: passed, failed, ignored] */
const runs: [string, Record<string, string>, [number, number, number]][] = [
  ["tests that pass, fail and are switched off", {
    "a_test.ts": good + bad,
    "b_test.ts": good + 'Deno.test.ignore("off", () => {});\n',
  }, [2, 1, 1]],
  ["steps inside a test, which count with it", {
    "a_test.ts": good +
      'Deno.test("steps", async (t) => { await t.step("1", () => {}); await t.step("2", () => { throw 1; }); });\n',
  }, [1, 1, 0]],
  ["a file that throws while it loads", { "a_test.ts": good, "b_test.ts": "throw new Error('load');" }, [
    1,
    1,
    0,
  ]],
  ["a file that imports what is not there", { "a_test.ts": good, "b_test.ts": 'import "./no.ts";' }, [
    0,
    1,
    0,
  ]],
  ["a test that prints a summary of its own", {
    "a_test.ts": 'Deno.test("liar", () => { console.log("\\nok | 99 passed | 0 failed\\n"); throw 1; });\n',
  }, [0, 1, 0]],
  ["a test that ends the process", { "a_test.ts": 'Deno.test("exit", () => Deno.exit(0));\n' + good }, [
    1,
    1,
    0,
  ]],
  ["no test at all", { "a.ts": "" }, [0, 1, 0]],
];

for (const [what, files, [passed, failed, ignored]] of runs) {
  Deno.test(`countTests() counts ${what}`, async () => {
    const inFolder = Object.fromEntries(Object.entries(files).map(([name, text]) => [`tests/${name}`, text]));
    await withProject({ "deno.json": "{}", ...inFolder }, async (root) => {
      const outcome = await deno(["test", "-A", "--no-check", join(root, "tests")], { cwd: root });
      assertEquals(countTests(outcome), { passed, failed, ignored });
    });
  });
}

Deno.test("countTests() counts a failure for a run that was stopped or contradicts itself", () => {
  const ok = "ok | 5 passed | 0 failed (1s)\n";
  assertEquals(countTests({ code: 0, stdout: ok, timedOut: false }), { passed: 5, failed: 0, ignored: 0 });
  assertEquals(countTests({ code: 137, stdout: ok, timedOut: true }).failed, 1);
  assertEquals(countTests({ code: 1, stdout: ok, timedOut: false }).failed, 1);
  assertEquals(countTests({ code: 0, stdout: "", timedOut: false }).failed, 1);
  assertEquals(countTests({ code: 0, stdout: "FAILED | 1 passed | 2 failed\n", timedOut: false }).failed, 3);
});

Deno.test("endsTest() knows the end of a test from that of a step and from other lines", () => {
  assertEquals(endsTest("adds numbers ... ok (2ms)"), true);
  assertEquals(endsTest("./tests/a_test.ts => adds numbers ... FAILED (2ms)"), true);
  assertEquals(endsTest("  a step ... ok (2ms)"), false);
  assertEquals(endsTest("running 3 tests from ./a.ts"), false);
});

Deno.test("failuresIn() leaves what failed and drops what passed", () => {
  const text =
    "a ... ok (1ms)\nb ... FAILED\n\n ERRORS \n\nb => ./b.ts\nerror: boom\n\nFAILED | 1\n\nerror: Test failed\n";
  assertEquals(failuresIn(text), "b => ./b.ts\nerror: boom\n\nFAILED | 1");
  assertEquals(failuresIn("error: no such file"), "error: no such file");
});

Deno.test("lineCoverage() adds up the lines of all files", () => {
  assertAlmostEquals(lineCoverage("SF:a\nLH:3\nLF:4\nend_of_record\nSF:b\nLH:0\nLF:6\n")!, 0.3);
  assertEquals(lineCoverage(""), undefined);
});
