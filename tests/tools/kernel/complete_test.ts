import { assertEquals } from "@std/assert";
import { complete } from "../../../tools/kernel/complete.ts";
import type { Runner } from "../../../tools/kernel/runner.ts";

/** Knows these names, and asks for nothing to be run. */
const knows = (declared: string[], members: Record<string, string[]>) =>
  ({ declared, names: (path: string) => Promise.resolve(members[path] ?? []) }) as unknown as Runner;
const runner = knows(["model", "models", "mean"], { "": ["Math", "console"], model: ["layers", "load"] });
const matches = async (code: string, cursor = [...code].length) =>
  (await complete(code, cursor, runner)).matches;

Deno.test("a completion adds something: what is written out already is none", async () => {
  assertEquals(await matches("mod"), ["model", "models"]);
  assertEquals(await matches("model"), ["models"]);
  assertEquals(await matches("models"), []);
  assertEquals(await matches("model.layers"), []);
  assertEquals(await matches("x = model.l"), ["layers", "load"]);
});

Deno.test("a completion replaces what is written of the name, counted in characters", async () => {
  const { cursor_start, cursor_end } = await complete('"😀"; mod + 1', 8, runner);
  assertEquals([cursor_start, cursor_end], [5, 8]);
  assertEquals(await matches('"😀"; mod + 1', 8), ["model", "models"]);
});
