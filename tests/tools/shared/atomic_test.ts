import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { writeAtomically } from "../../../tools/shared/atomic.ts";

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-atomic-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeAtomically() puts texts and bytes in place, over what was there, and leaves nothing beside", () =>
  withFolder(async (folder) => {
    const path = join(folder, "report.json");
    await writeAtomically(path, "old");
    await writeAtomically(path, new TextEncoder().encode("new"));
    assertEquals(await Deno.readTextFile(path), "new");
    assertEquals(await namesIn(folder), ["report.json"]);
  }));

Deno.test("writeAtomically() that fails leaves no part behind, and what was there as it was", () =>
  withFolder(async (folder) => {
    const taken = join(folder, "taken");
    await Deno.mkdir(join(taken, "by a folder"), { recursive: true }); // a file cannot take its name
    await assertRejects(() => writeAtomically(taken, "text"));
    assertEquals(await namesIn(folder), ["taken"]);
    assertEquals(await namesIn(taken), ["by a folder"]);
  }));
