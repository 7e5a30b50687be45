import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { hasSolutions, makeFresh, prepare } from "../../../tools/learner/folder.ts";
import { describe } from "../../../tools/learner/work.ts";

const NAME = "01_sums.ipynb";

/** A course with one notebook of one exercise, and an empty folder for a learner. */
async function withCourse(
  body: (place: {
    notebooks: string;
    work: string;
    publish(solution: string, ...more: string[]): Promise<void>;
    mine: { read(): Promise<string>; write(text: string): Promise<void>; names(): string[] };
  }) => Promise<void>,
) {
  const root = await Deno.makeTempDir();
  const notebooks = join(root, "notebooks"), work = join(root, "work");
  const publish = async (text: string, ...more: string[]) => {
    const cells = [text, ...more].map((source, i) => ({ cell_type: "code", id: `cell-${i}`, source }));
    await Deno.mkdir(notebooks, { recursive: true });
    await Deno.writeTextFile(join(notebooks, NAME), JSON.stringify({ cells }));
    await Deno.writeTextFile(join(notebooks, "guide.md"), "# Guide\n");
  };
  const path = join(work, NAME);
  const mine = {
    read: () => Deno.readTextFile(path),
    write: (text: string) => Deno.writeTextFile(path, text),
    names: () => [...Deno.readDirSync(work)].map(({ name }) => name).sort(),
  };
  try {
    await publish("// BEGIN SOLUTION\n1 + 1;\n// END SOLUTION");
    await body({ notebooks, work, publish, mine });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const edited = (text: string) => text.replace('throw new Error(\\"Not implemented\\");', "my attempt");

Deno.test("the first time, copies without solutions are made; the second time, nothing happens", () =>
  withCourse(async ({ notebooks, work, mine }) => {
    assertEquals(await prepare(notebooks, work), [{ name: NAME, what: "made" }]);
    assertStringIncludes(await mine.read(), "Not implemented");
    assertEquals(mine.names(), [".course", NAME, "guide.md"]);
    await mine.write(edited(await mine.read()));
    assertEquals(await prepare(notebooks, work), [{ name: NAME, what: "kept" }]);
    assertStringIncludes(await mine.read(), "my attempt");
    assertEquals(await hasSolutions(notebooks), true);
    assertEquals(await hasSolutions(work), false);
  }));

Deno.test("a newer course replaces what nobody touched, and is only announced where somebody did", () =>
  withCourse(async ({ notebooks, work, publish, mine }) => {
    await prepare(notebooks, work);
    await publish("// BEGIN SOLUTION\n2\n// END SOLUTION", "more");
    assertEquals(await prepare(notebooks, work), [{ name: NAME, what: "replaced" }]);
    assertStringIncludes(await mine.read(), "more");

    await mine.write(edited(await mine.read()));
    const before = await mine.read();
    await publish("// BEGIN SOLUTION\n2\n// END SOLUTION", "more", "and more");
    const outcomes = await prepare(notebooks, work);
    assertEquals(outcomes, [{ name: NAME, what: "newer" }]);
    assertStringIncludes(describe(outcomes), "deno task work --update");
    assertEquals(await mine.read(), before);

    const [merged] = await prepare(notebooks, work, { update: true });
    assert(merged.what === "merged");
    assertEquals(merged.changes, [{ id: "cell-2", what: "new" }]);
    const after = await mine.read();
    assertStringIncludes(after, "my attempt");
    assertStringIncludes(after, "and more");
    assertEquals(await Deno.readTextFile(join(work, merged.old)), before);
    assertEquals(await prepare(notebooks, work), [{ name: NAME, what: "kept" }]);
    assertStringIncludes(describe([merged]), "new: cell-2");
  }));

Deno.test("a fresh copy keeps the old one, as often as one likes", () =>
  withCourse(async ({ notebooks, work, mine }) => {
    await prepare(notebooks, work);
    await mine.write("first");
    assertEquals(await makeFresh(notebooks, work, NAME), "01_sums (before).ipynb");
    await mine.write("second");
    assertEquals(await makeFresh(notebooks, work, NAME), "01_sums (before 2).ipynb");
    assertStringIncludes(await mine.read(), "Not implemented");
    const old = (name: string) => Deno.readTextFile(join(work, name));
    assertEquals([await old("01_sums (before).ipynb"), await old("01_sums (before 2).ipynb")], [
      "first",
      "second",
    ]);
  }));

Deno.test("what cannot be read as a notebook stays as it is, with a sentence about it", () =>
  withCourse(async ({ notebooks, work, publish, mine }) => {
    const broken: Record<string, string> = {
      "<<<<<<< HEAD\n{}": "its line 1 is a mark of a merge",
      "": "it is empty",
      '{"cells": [': "it is not JSON",
      '{"cells": [{}]}': "it has no cells",
    };
    let version = 0;
    for (const [text, why] of Object.entries(broken)) {
      await publish(`// version ${++version}`);
      await makeFresh(notebooks, work, NAME);
      await mine.write(text);
      await publish(`// version ${++version}`);
      const outcomes = await prepare(notebooks, work, { update: true });
      assertStringIncludes(describe(outcomes), why);
      assertStringIncludes(describe(outcomes), "deno task work --fresh 01");
      assertEquals(await mine.read(), text);
    }
  }));

Deno.test("a notebook of that name that was there before is left alone, and the course's put beside it", () =>
  withCourse(async ({ notebooks, work, mine }) => {
    await Deno.mkdir(work);
    await mine.write('{"cells": []}');
    const [outcome] = await prepare(notebooks, work);
    assertEquals(outcome, { name: NAME, what: "unknown", beside: "01_sums (from the course).ipynb" });
    assertEquals(await mine.read(), '{"cells": []}');
    assertStringIncludes(
      await Deno.readTextFile(join(work, "01_sums (from the course).ipynb")),
      "Not implemented",
    );
  }));

Deno.test("a byte order mark is no work of the learner's", () =>
  withCourse(async ({ notebooks, work, publish, mine }) => {
    await prepare(notebooks, work);
    await mine.write("\uFEFF" + await mine.read());
    await publish("3");
    assertEquals((await prepare(notebooks, work))[0].what, "replaced");
  }));

Deno.test("a learner who changed the guide keeps it; otherwise the newer one comes", () =>
  withCourse(async ({ notebooks, work }) => {
    await prepare(notebooks, work);
    const guide = join(work, "guide.md");
    await Deno.writeTextFile(join(notebooks, "guide.md"), "# Better guide\n");
    await prepare(notebooks, work);
    assertEquals(await Deno.readTextFile(guide), "# Better guide\n");
    await Deno.writeTextFile(guide, "# Mine\n");
    await Deno.writeTextFile(join(notebooks, "guide.md"), "# Best guide\n");
    await prepare(notebooks, work);
    assertEquals(await Deno.readTextFile(guide), "# Mine\n");
  }));
