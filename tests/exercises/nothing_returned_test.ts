import { assert, assertEquals } from "@std/assert";
import { checkPoint, checkPointGradient } from "../../lib/exercises/01_loss_functions/mod.ts";
import { checkDepth, checkPaths } from "../../lib/exercises/02_backpropagation/mod.ts";
import { CheckError } from "../../lib/notebook/check.ts";

Deno.test("where a function without a return was to give an object, the check says what to return", async () => {
  for (const check of [checkPoint, checkPointGradient, checkDepth, checkPaths]) {
    let thrown: unknown;
    try {
      await (check as (results: undefined) => Promise<void>)(undefined);
    } catch (error) {
      thrown = error;
    }
    assert(thrown instanceof CheckError, String(thrown));
    assertEquals(/return/.test(thrown.message), true, thrown.message);
  }
});
