import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { exercise, exercises } from "../../lib/exercises/exercise.ts";
import { showProgressOf } from "../../lib/exercises/progress.ts";
import { withKernel } from "../../lib/notebook/jupyter.ts";
import { fakeKernel } from "../notebook/fake_kernel.ts";

/** In a folder as `deno task work` makes it, or in another. */
async function inFolder(isLearners: boolean, body: (folder: string) => Promise<void>): Promise<void> {
  const before = Deno.cwd(), folder = await Deno.makeTempDir();
  if (isLearners) await Deno.mkdir(join(folder, ".course"));
  Deno.chdir(folder);
  try {
    await body(folder);
  } finally {
    Deno.chdir(before);
    await Deno.remove(folder, { recursive: true });
  }
}

const passes = exercise("97", "to pass", () => {});
const fails = exercise("97", "to fail", () => {
  throw new Error("wrong");
});
const own = () => exercises().filter(({ notebook }) => notebook === "97");
const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("what passed is shown at the top at once, kept in the learner's folder, and listed on a page", () =>
  inFolder(true, async (folder) => {
    const kernel = fakeKernel();
    await withKernel(kernel, async () => {
      await showProgressOf("97", own());
      await passes();
      await passes();
      try {
        await fails();
      } catch {
        // as it must
      }
    });
    const shown = kernel.sent.map(({ data }) => data["text/markdown"]);
    assertEquals(shown, [
      "**0 of 2 exercises done:** ○ to pass · ○ to fail",
      "**1 of 2 exercises done:** ✓ to pass · ○ to fail",
    ]);
    assertEquals(JSON.parse(await Deno.readTextFile(join(folder, ".course", "progress.json"))), {
      "97": ["to pass"],
    });
    assertStringIncludes(await Deno.readTextFile(join(folder, "progress.md")), "✓ to pass · ○ to fail");
  }));

Deno.test("a damaged file of progress begins anew; in another folder than a learner's, nothing is written", async () => {
  await inFolder(true, async (folder) => {
    await Deno.writeTextFile(join(folder, ".course", "progress.json"), "{");
    await passes();
    assertEquals(JSON.parse(await Deno.readTextFile(join(folder, ".course", "progress.json"))), {
      "97": ["to pass"],
    });
  });
  await inFolder(false, async (folder) => {
    await passes();
    assertEquals(names(folder), []);
  });
});

Deno.test("a wrong answer throws at once, where the check does not have to wait", () => {
  let thrown: unknown;
  try {
    void fails();
  } catch (error) {
    thrown = error;
  }
  assertEquals((thrown as Error).message, "wrong");
});
