import { assert, assertEquals, assertMatch } from "@std/assert";
import { reportDoctor } from "../../../tools/setup/examine.ts";

Deno.test("the doctor names Deno, the virtual environment and both kernels", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const lines: string[] = [];
  const well = await reportDoctor((line) => lines.push(line));
  for (const what of ["Deno ", ".venv", "kernelspec", "kernel ", "Deno's own kernel"]) {
    assert(lines.some((line) => line.slice(5).startsWith(what)), what);
  }
  assertMatch(
    lines.find((line) => line.slice(5).startsWith("kernel "))!,
    /^ok .*first cell after \d+\.\d\d s$/,
  );
  assertEquals(well, !lines.some((line) => line.startsWith("BAD")));
  assertMatch(lines.at(-1)!, well ? /All is well/ : /Something is wrong/);
});
