import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { chooseSteps } from "../../../tools/checks/test.ts";

function names(args: string[]): string[] {
  const chosen = chooseSteps(args);
  assert("steps" in chosen);
  return chosen.steps.map(({ name }) => name);
}

Deno.test("deno task test runs every step, set-up first and the notebooks last", () => {
  const all = names([]);
  assertEquals(all, [
    "setup",
    "image",
    "format",
    "lint",
    "types",
    "documented",
    "imports",
    "cells",
    "unit",
    "docs",
    "notebooks",
  ]);
});

Deno.test("deno task test --only runs the steps that are named, and set-up", () => {
  assertEquals(names(["--only", "notebooks, unit"]), ["setup", "unit", "notebooks"]);
  assertEquals(names(["--", "--only=lint"]), ["setup", "lint"]);
});

Deno.test("deno task test --only names the steps there are when it does not know one", () => {
  const chosen = chooseSteps(["--only", "unit,typos"]);
  assert("text" in chosen);
  assertEquals(chosen.code, 2);
  assertStringIncludes(chosen.text, '"typos"');
  assertStringIncludes(chosen.text, "notebooks");
});

Deno.test("deno task test --help explains every option and step, and an unknown option points to it", () => {
  const help = chooseSteps(["--help"]);
  assert("text" in help);
  assertEquals(help.code, 0);
  for (const word of ["--only", "--no-coverage", "cells", "passed"]) assertStringIncludes(help.text, word);
  const unknown = chooseSteps(["--fast"]);
  assert("text" in unknown);
  assertEquals(unknown.code, 2);
  assertStringIncludes(unknown.text, "--help");
});
