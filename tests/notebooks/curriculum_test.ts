import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { checkCurriculum } from "../../tools/course/curriculum.ts";

const root = fromFileUrl(new URL("../..", import.meta.url));

Deno.test("the notebooks deliver every row of the curriculum, and show every claim of the ledger", async () => {
  const problems = await checkCurriculum(root);
  assertEquals(problems.map(({ message }) => message), []);
});
