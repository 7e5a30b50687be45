import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { run } from "../../../tools/setup/process.ts";
import { prepareCourse } from "../../../tools/grading/course.ts";
import { gradeAll } from "../../../tools/grading/grade_all.ts";
import { LIMITS } from "../../../tools/grading/limits.ts";
import { npmCache } from "../../../tools/grading/sandbox.ts";
import { QUICK_CASES } from "../../../tools/grading/self_test/cases.ts";
import { runCases } from "../../../tools/grading/self_test/run.ts";
import { answered, SAMPLE, sampleNotebook } from "../../../tools/grading/self_test/sample.ts";
import { ensureSetup } from "../../../tools/setup/setup.ts";
import { wallTest } from "./walls.ts";

wallTest(
  "each submission, honest or hostile, gets its own mark, and no other one's changes",
  async (sandbox) => {
    const environment = await ensureSetup({ task: "test" });
    const folder = await Deno.makeTempDir({ prefix: "grading-" });
    try {
      const judged = await runCases(environment, sandbox, folder, { cases: QUICK_CASES });
      const wrong = judged.filter((one) => one.wrong.length > 0).map((
        { case: { name }, wrong },
      ) => [name, ...wrong]);
      assertEquals(wrong, []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

wallTest(
  "what was graded and has not changed is kept; --again, or a change, grades anew",
  async (sandbox) => {
    const environment = await ensureSetup({ task: "test" });
    const folder = await Deno.makeTempDir({ prefix: "grading-" });
    try {
      const [notebooks, mine, results] = ["notebooks", "ana", "results"].map((name) => join(folder, name));
      for (const path of [notebooks, mine]) await Deno.mkdir(path);
      await Deno.writeTextFile(join(notebooks, `${SAMPLE}.ipynb`), JSON.stringify(sampleNotebook()));
      const file = join(mine, `${SAMPLE}.ipynb`);
      await Deno.writeTextFile(file, JSON.stringify(answered()));
      const course = await prepareCourse(environment, { folder: join(folder, "course"), notebooks });
      const npm = await npmCache(environment.deno, environment.env, environment.root);
      const grader = { environment, course, sandbox, npm, limits: LIMITS };
      const grade = async (again = false) => {
        const [one] = await gradeAll(grader, [{ student: "ana", assignment: SAMPLE, folder: mine }], {
          results,
          jobs: 1,
          again,
        });
        return [one.kept, Object.values(one.graded.marks).map(([points]) => points)];
      };
      assertEquals(await grade(), [false, [40, 30, 30]]);
      assertEquals(await grade(), [true, [40, 30, 30]]);
      assertEquals(await grade(true), [false, [40, 30, 30]]);
      await Deno.writeTextFile(file, JSON.stringify(answered({ step: "const step = () => 0;" })));
      assertEquals(await grade(), [false, [40, 30, 0]]);
      // And nbgrader itself finds the marks in one gradebook.
      const rows = ["ana", "ben"].map((student, i) => ({
        student,
        assignment: SAMPLE,
        status: "graded",
        points: { "check-slope": 40, "check-mean": i * 30, "check-step": 0 },
      }));
      const job = { course: course.folder, gradebook: join(folder, "all.db"), course_id: "backprop", rows };
      await Deno.writeTextFile(join(folder, "job.json"), JSON.stringify(job));
      const merge = new URL("../../../tools/grading/merge.py", import.meta.url).pathname;
      const { python } = environment;
      const merged = await run(python, { args: [merge, join(folder, "job.json")], env: course.env });
      assertEquals(merged.code, 0, merged.output);
      const ask = "import sys; from nbgrader.api import Gradebook\n" +
        "for s in Gradebook('sqlite:///' + sys.argv[1], 'backprop').assignment_submissions('sample'):\n" +
        "    print(s.student.id, s.score)";
      const { output } = await run(python, { args: ["-c", ask, join(folder, "all.db")], env: course.env });
      assertEquals(output.trim().split("\n").sort(), ["ana 40.0", "ben 70.0"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("without walls, grading refuses, and says what is missing and how to get it", async () => {
  const { code, output } = await run(Deno.execPath(), {
    args: ["run", "-A", new URL("../../../tools/grading/grade.ts", import.meta.url).pathname, "."],
    env: { ...Deno.env.toObject(), BACKPROP_BWRAP: "no-such-program" },
  });
  assertEquals(code, 1);
  assertMatch(output, /no-such-program is not there/);
  assert(output.includes("apt install bubblewrap") && output.includes("--unsafe"));
});
