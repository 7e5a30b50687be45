import { assertEquals, assertStringIncludes } from "@std/assert";
import { exitCodeOf } from "../../../tools/notebooks/exit_code.ts";
import { UsageError } from "../../../tools/shared/arguments.ts";
import { SetupError } from "../../../tools/setup/setup.ts";

function said(error: unknown): { code: number; text: string } {
  const lines: string[] = [];
  const code = exitCodeOf(error, (line) => lines.push(line));
  return { code, text: lines.join("\n") };
}

Deno.test("exitCodeOf() tells a person's Stop, a wrong command line, set-up and a bug apart", () => {
  const stopped = said(new DOMException("stopped", "AbortError"));
  assertEquals(stopped.code, 130);
  assertStringIncludes(stopped.text, "No kernel is left running");
  assertEquals(said(new UsageError("There is no option --x.")), { code: 2, text: "There is no option --x." });
  const setup = said(Object.assign(Object.create(SetupError.prototype), { message: "No Python." }));
  assertEquals(setup, { code: 1, text: "\nSet-up cannot go on. No Python." });
  const bug = said(new Error("boom"));
  assertEquals(bug.code, 1);
  assertStringIncludes(bug.text, "The notebooks could not be run:\nError: boom");
});
