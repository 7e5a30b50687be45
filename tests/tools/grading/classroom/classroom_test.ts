import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { parse } from "yaml";
import { collect } from "../../../../tools/grading/classroom/collect.ts";
import { checksOf, pointsTable, totalOf } from "../../../../tools/grading/classroom/points.ts";
import { JOB, reportToClassroom } from "../../../../tools/grading/classroom/report.ts";
import { DENO_VERSION } from "../../../../tools/setup/deno_version.ts";

const workflow = (name: string) =>
  Deno.readTextFile(fromFileUrl(new URL(`../../../../tools/grading/classroom/${name}`, import.meta.url)));

Deno.test("the workflows run on a push and on demand, with no secret where a learner can read it", async () => {
  const [points, grade] = await Promise.all(["points.yml", "grade.yml"].map(workflow));
  const learners = parse(points), instructors = parse(grade);
  assert("push" in learners.on && "workflow_dispatch" in instructors.on);
  assertEquals(Object.keys(learners.jobs), [JOB]);
  assert(!points.includes("secrets."));
  // The token is there while repositories are collected, and not while student code runs.
  const steps = instructors.jobs.grade.steps as { run?: string; env?: Record<string, string> }[];
  const holders = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes("secrets."));
  assertEquals(holders.map(({ run }) => run?.includes("gh classroom clone")), [true]);
  for (const text of [points, grade]) {
    for (const [, version] of text.matchAll(/deno@([\d.]+\d)/g)) assertEquals(version, DENO_VERSION);
    for (const [, action] of text.matchAll(/uses: ([^@\s]+)@/g)) {
      assert(action.startsWith("actions/"), action);
    }
    // What a person types must not become part of a command.
    assert(!/run: .*\$\{\{/.test(text));
  }
});

Deno.test("notebooks of cloned repositories are sorted by student and assignment; links and Git's own files are not", async () => {
  const root = await Deno.makeTempDir();
  try {
    const put = async (path: string) => {
      await Deno.mkdir(join(root, "cloned", path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, "cloned", path), path);
    };
    await put("hw-one-ana/notebooks/01_loss.ipynb");
    await put("hw-one-ana/.git/secret.ipynb");
    await put("hw-one-ana/notebooks/.ipynb_checkpoints/01_loss.ipynb");
    await put("hw-one-anton/02_back.ipynb");
    await Deno.symlink("/etc/passwd", join(root, "cloned", "hw-one-anton", "03_link.ipynb"));
    assertEquals(await collect(join(root, "cloned"), join(root, "in")), 2);
    const found: string[] = [];
    for (const student of Deno.readDirSync(join(root, "in"))) {
      for (const { name } of Deno.readDirSync(join(root, "in", student.name))) {
        found.push(`${student.name}/${name}`);
      }
    }
    assertEquals(found.sort(), ["ana/01_loss", "anton/02_back"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("points are counted by check, and told to Classroom in the check run of the job", async () => {
  const cell = (id: string, points: number) => ({
    cell_type: "code",
    id,
    source: "",
    metadata: { nbgrader: { grade: true, solution: false, locked: true, points } },
  });
  const [first, second] = checksOf({ cells: [cell("a", 60), cell("b", 40)] });
  const notebooks = [{ name: "01", checks: [{ ...first, points: 60 }, { ...second, why: "a | b" }] }];
  assertEquals(totalOf(notebooks), { points: 60, of: 100 });
  assertStringIncludes(pointsTable(notebooks), "| 01 | b | 0 of 40 | a \\| b |");

  const asked: { method: string; path: string; body?: { output: { summary: string; text: string } } }[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push({
      method: request.method,
      path: pathname + search,
      ...(request.method === "PATCH" ? { body: await request.json() } : {}),
    });
    if (pathname.endsWith("/actions/runs/7")) return Response.json({ check_suite_id: 8 });
    return Response.json({ check_runs: [{ id: 9 }] });
  });
  const env = {
    GITHUB_TOKEN: "t",
    GITHUB_REPOSITORY: "class/ana",
    GITHUB_RUN_ID: "7",
    GITHUB_API_URL: `http://127.0.0.1:${server.addr.port}`,
  };
  assertEquals(await reportToClassroom(totalOf(notebooks), env), true);
  assertEquals(await reportToClassroom(totalOf(notebooks), {}), false);
  await server.shutdown();
  assertEquals(asked.map(({ method, path }) => `${method} ${path}`), [
    "GET /repos/class/ana/actions/runs/7",
    `GET /repos/class/ana/check-suites/8/check-runs?check_name=${JOB}`,
    "PATCH /repos/class/ana/check-runs/9",
  ]);
  const { output } = asked[2].body!;
  assertEquals([output.summary, JSON.parse(output.text)], ["Points 60/100", {
    totalPoints: 60,
    maxPoints: 100,
  }]);
});
