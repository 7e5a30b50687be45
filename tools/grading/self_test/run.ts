// Grades the sample submissions and compares with what they must get.
import { join } from "@std/path";
import type { Environment } from "../../setup/ensure.ts";
import { prepareCourse } from "../course.ts";
import { feedbackPage } from "../feedback.ts";
import { gradeAll, type Outcome } from "../grade_all.ts";
import { LIMITS } from "../limits.ts";
import { type Row, rowOf } from "../rows.ts";
import { npmCache, type Sandbox } from "../sandbox.ts";
import { type Case, CASES, type Targets } from "./cases.ts";
import { SAMPLE, sampleNotebook } from "./sample.ts";

/** What came of a case. */
export interface Judged {
  case: Case;
  row: Row;
  outcome: Outcome;
  /** What is not as it must be, a sentence each. */
  wrong: string[];
}

/**
 * Write submissions into a folder, grade them, and judge.
 *
 * @param folder Empty; everything goes there
 */
export async function runCases(
  environment: Environment,
  sandbox: Sandbox,
  folder: string,
  { cases = CASES, jobs = 2 }: { cases?: Case[]; jobs?: number } = {},
): Promise<Judged[]> {
  const [notebooks, submissions, results, outside] = ["notebooks", "submissions", "results", "outside"].map((
    name,
  ) => join(folder, name));
  for (const path of [notebooks, submissions, results, outside]) await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(notebooks, `${SAMPLE}.ipynb`), JSON.stringify(sampleNotebook()));
  const course = await prepareCourse(environment, { folder: join(folder, "course"), notebooks });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let calls = 0;
  const listening = (async () => {
    for await (const connection of listener) (calls++, connection.close());
  })();
  try {
    const targets: Targets = {
      other: join(submissions, "solutions", SAMPLE),
      gradebook: join(course.folder, "gradebook.db"),
      source: join(course.folder, "source", SAMPLE, `${SAMPLE}.ipynb`),
      outside,
      port: (listener.addr as Deno.NetAddr).port,
    };
    const todo = [];
    for (const one of cases) {
      const place = join(submissions, one.name, SAMPLE);
      await Deno.mkdir(place, { recursive: true });
      await one.write(place, targets);
      todo.push({ student: one.name, assignment: SAMPLE, folder: place });
    }
    const npm = await npmCache(environment.deno, environment.env, environment.root);
    const limits = { ...LIMITS, cell: 8, total: 180, memory: 800, patience: 20 };
    const outcomes = await gradeAll({ environment, course, sandbox, npm, limits }, todo, {
      results,
      jobs,
      again: true,
    });
    const [assignment] = course.assignments;
    const judged: Judged[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const row = rowOf(outcome.student, assignment, outcome.graded);
      const page = await feedbackPage(outcome.student, assignment, outcome.graded);
      judged.push({ case: cases[index], row, outcome, wrong: judge(cases[index], row, outcome, page) });
    }
    if (calls > 0) judged[0].wrong.push(`${calls} calls came through to a port of this machine`);
    for await (const { name } of Deno.readDir(outside)) judged[0].wrong.push(`${name} was written outside`);
    return judged;
  } finally {
    listener.close();
    await listening.catch(() => {});
  }
}

function judge(
  { marks, note, never, refused = [] }: Case,
  row: Row,
  { graded }: Outcome,
  page: string,
): string[] {
  const wrong: string[] = [];
  const got = ["check-slope", "check-mean", "check-step"].map((id) => row.points[id]);
  if (got.join() !== (marks ?? [0, 0, 0]).join()) wrong.push(`marks ${got}, and not ${marks}`);
  if (marks === undefined && row.status !== "unreadable") wrong.push(`its status is ${row.status}`);
  if (note && !note.test(row.note)) wrong.push(`the note lacks ${note}`);
  if (!note && marks && row.status === "broken") wrong.push(row.note);
  const said = JSON.stringify(graded.cells.map(({ outputs }) => outputs)) + graded.notes.join();
  if (never && (never.test(said.replaceAll(/"(?:source|trace)":"[^"]*"/g, "")) && never.source === "GOT")) {
    wrong.push(`an attempt succeeded: ${said.match(/GOT [\w-]+/g)?.join(", ")}`);
  }
  const missed = refused.filter((name) => !said.includes(`refused ${name}:`));
  if (missed.length > 0) wrong.push(`not refused, or not tried: ${missed.join(", ")}`);
  if (never && never.source !== "GOT" && never.test(page)) wrong.push(`the page shows ${never}`);
  return wrong;
}

/** The table, as Markdown. */
export function tableOf(judged: Judged[]): string {
  const rows = judged.map(({ case: { name, says, marks }, row, outcome, wrong }) => {
    const got = marks === undefined ? row.status : Object.values(row.points).join(" + ");
    const cells = [
      name,
      says,
      got,
      `${row.total}`,
      row.note.replaceAll("|", "/").slice(0, 120),
      outcome.graded.seconds.toFixed(1),
      wrong.length > 0 ? `WRONG: ${wrong.join("; ")}` : "as it must be",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| submission | what it does | slope + mean + step | total | note | s | verdict |",
    "| --- | --- | --- | ---: | --- | ---: | --- |",
    ...rows,
  ].join("\n");
}
