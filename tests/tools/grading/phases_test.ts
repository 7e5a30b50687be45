import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { ensureNbgrader } from "../../../tools/grading/assignments/nbgrader.ts";
import { run } from "../../../tools/setup/process.ts";
import { ensureSetup } from "../../../tools/setup/setup.ts";

const environment = await ensureSetup({ task: "test" });
const { output } = await run(environment.python, {
  args: [fromFileUrl(new URL("./phases.py", import.meta.url))],
  env: await ensureNbgrader(environment),
});
const told = JSON.parse(output.split("\n").at(-1)!);

Deno.test("the first run has no hidden test; the second has what they need, and nothing that nobody needs", () => {
  const [runs, checks, open] = told.plain;
  assertEquals(open, ["open a", "open b", "open c"]);
  assertEquals(runs, ["help: help", "edited: const mine = 4;", "a: f()", "check-a: full a"]);
  assertEquals(checks, ["check-a"]);
});

Deno.test("a cell that an answer mentions runs again, and so do those that it needs", () => {
  assertEquals(told.mentions[0].map((one: string) => one.split(":")[0]), [
    ..."help demo other-demo edited a check-a".split(" "),
  ]);
});

Deno.test("where no check with hidden tests has passed, there is no second run", () => {
  assertEquals(told.none.slice(0, 2), [[], []]);
});

Deno.test("of a hidden test, nothing is said that was not known before the student's code ran", () => {
  assert(!JSON.stringify(told.said).includes("SEEN"));
  const [slip, unknown, , tampered, , ended] = told.said;
  assertEquals(slip[1].split("\n").slice(0, 2), ["✗ elsewhere", "  likely slip: the 2 is missing"]);
  assertEquals(unknown[1].split("\n")[0], "✗ other inputs than those that you see");
  assertEquals(tampered[2], "its hidden tests were tampered with");
  assertEquals(ended, ["Stopped", "the kernel ended in this cell", null]);
});
