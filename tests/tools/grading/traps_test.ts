// Four ways in which nbgrader, with a TypeScript kernel, would give wrong marks; each with what is done about it.
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { ensureNbgrader } from "../../../tools/grading/assignments/nbgrader.ts";
import { CourseError, prepareCourse } from "../../../tools/grading/course.ts";
import { SAMPLE, sampleNotebook, sampleRelease } from "../../../tools/grading/self_test/sample.ts";
import { sourceOf } from "../../../tools/notebooks/notebook_file.ts";
import { run } from "../../../tools/setup/process.ts";
import { ensureSetup } from "../../../tools/setup/setup.ts";

async function withCourse(notebook: unknown, body: (folder: string, notebooks: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "traps-" });
  try {
    const notebooks = join(folder, "notebooks");
    await Deno.mkdir(notebooks);
    await Deno.writeTextFile(join(notebooks, `${SAMPLE}.ipynb`), JSON.stringify(notebook));
    await body(join(folder, "course"), notebooks);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("trap 1: nbgrader has no stub for TypeScript; ours throws, so an empty exercise passes no check", async () => {
  const environment = await ensureSetup({ task: "test" });
  await withCourse(sampleNotebook(), async (folder, notebooks) => {
    const { env } = await prepareCourse(environment, { folder, notebooks });
    const released = JSON.parse(await Deno.readTextFile(join(folder, "release", SAMPLE, `${SAMPLE}.ipynb`)));
    assertEquals(released.cells.map(sourceOf), sampleRelease().cells.map(sourceOf));
    // Without our configuration, nbgrader stops.
    const none = join(folder, "none.py");
    await Deno.writeTextFile(none, "c = get_config()\n");
    const generate = fromFileUrl(new URL("../../../tools/grading/assignments/generate.py", import.meta.url));
    const job = JSON.stringify({ config: none, root: folder, assignments: [SAMPLE] });
    await Deno.remove(join(folder, "release"), { recursive: true });
    const { output } = await run(environment.python, { args: [generate, job], env });
    assertStringIncludes(output, '"refused"');
  });
});

Deno.test("traps 2 to 4: warnings, silent checks and last values are not taken for points", async () => {
  const environment = await ensureSetup({ task: "test" });
  const env = await ensureNbgrader(environment);
  const { output } = await run(environment.python, {
    args: [fromFileUrl(new URL("./traps.py", import.meta.url))],
    env,
  });
  // Of 10 points: what nbgrader alone gives, and what the grader gives.
  assertEquals(JSON.parse(output.split("\n").at(-1)!), {
    stderr: [0, 10],
    silent: [10, 0],
    value: [2, 10],
    forged: [10, 0],
  });
});

Deno.test("trap 3: a check by Deno.test never runs, and is refused", async () => {
  const environment = await ensureSetup({ task: "test" });
  const notebook = sampleNotebook();
  const check = notebook.cells.find(({ id }) => id === "check-mean")!;
  check.source = 'Deno.test("mean", () => { throw new Error("never"); });';
  await withCourse(notebook, async (folder, notebooks) => {
    await assertRejects(
      () => prepareCourse(environment, { folder, notebooks }),
      CourseError,
      "cell check-mean",
    );
  });
});
