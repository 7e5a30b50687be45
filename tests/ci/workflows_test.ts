import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { parse } from "yaml";
import { DENO_VERSION } from "../../tools/setup/deno_version.ts";
import { ROOT } from "../../tools/setup/paths.ts";
import { exists } from "../../tools/setup/stamp.ts";

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  steps: Step[];
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  if?: string;
  needs?: string[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { group: string };
  jobs: Record<string, Job>;
}

/**
 * The actions that are used, by the major version that runs on Node 24: runners have no Node 20 any more. All are
 * GitHub's own; whoever adds one of others names it by the full number of a commit.
 */
const ACTIONS: Record<string, string> = {
  "actions/checkout": "v6",
  "actions/setup-node": "v6",
  "actions/setup-python": "v6",
  "actions/cache": "v5",
  "actions/upload-artifact": "v7",
  "actions/upload-pages-artifact": "v5",
  "actions/deploy-pages": "v5",
};

const FOLDER = join(ROOT, ".github", "workflows");
const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort();
const texts = new Map(files.map((name) => [name, Deno.readTextFileSync(join(FOLDER, name))]));
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]));
const tasks = Object.keys(
  (parse(Deno.readTextFileSync(join(ROOT, "deno.json")).replace(/^\s*\/\/.*$/gm, "")) as { tasks: object })
    .tasks,
);

/** Every job of every workflow. */
const jobs = [...workflows].flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ file, where: `${file}, ${name}`, job }))
);
const steps = jobs.flatMap(({ file, where, job }) => job.steps.map((step) => ({ file, where, step })));
const commands = steps.filter(({ step }) => step.run).map((found) => ({ ...found, run: found.step.run! }));

/** What Deno has there must be the pinned one; only the weekly workflow tries the newest. */
function versionWanted(file: string): string {
  return file === "weekly.yml" ? "latest" : DENO_VERSION;
}

Deno.test("the workflows are these, and each has a timeout, one run at a time, and rights to read only", () => {
  assertEquals(files, ["ci.yml", "weekly.yml"]);
  for (const [file, { permissions, concurrency }] of workflows) {
    assertEquals(permissions, { contents: "read" }, file);
    assert(concurrency?.group, file);
  }
  for (const { where, job } of jobs) assert((job["timeout-minutes"] ?? Infinity) <= 60, where);
});

Deno.test("only the job that publishes may do more, and it comes after all others, on main", () => {
  const withRights = jobs.filter(({ job }) => job.permissions);
  assertEquals(withRights.map(({ where }) => where), ["ci.yml, publish"]);
  const [{ job }] = withRights;
  assertEquals(job.permissions, { pages: "write", "id-token": "write" });
  assertEquals(job.needs, Object.keys(workflows.get("ci.yml")!.jobs).filter((name) => name !== "publish"));
  assertEquals(job.if, "${{ github.event_name == 'push' && github.ref == 'refs/heads/main' }}");
});

Deno.test("every command that a workflow gives is a task that there is, with the pinned Deno", () => {
  let found = 0;
  for (const { file, where, run } of commands) {
    for (const [, version, rest] of run.matchAll(/\bdeno@(\S+) (.*)/g)) {
      assertEquals(version, versionWanted(file), where);
      const task = /^task (\S+)/.exec(rest)?.[1];
      if (task) assert(tasks.includes(task), `${where}: there is no task ${task}`);
      else assertEquals(rest, "--version", where);
      found++;
    }
  }
  assert(found >= 8);
});

Deno.test("every version of Deno that a workflow names is the pinned one", () => {
  for (const [file, text] of texts) {
    for (const [, version] of text.matchAll(/deno[@-](\d[\d.]*\d|latest)/g)) {
      assertEquals(version, versionWanted(file), file);
    }
  }
});

Deno.test("the weekly workflow tries the newest Deno, opens nothing, and hides no failure", () => {
  const { on, jobs } = workflows.get("weekly.yml")!;
  assertMatch((on.schedule as { cron: string }[])[0].cron, /^\d+ \d+ \* \* \d$/);
  assertEquals((jobs.newest as unknown as { env: unknown }).env, { BACKPROP_ANY_DENO: "1" });
  for (const [file, text] of texts) {
    assert(!/continue-on-error|\|\| true|create-pull-request|gh pr/.test(text), file);
  }
});

Deno.test("every path that a workflow names is in the repository, or made by a task", () => {
  const named = steps.flatMap(({ where, step }) => {
    const paths = [step.with?.path, step.with?.["cache-dependency-path"]].filter((value) =>
      value !== undefined
    );
    const inCommands = [...(step.run ?? "").matchAll(/--file (\S+)/g)].map(([, path]) => path);
    return [...paths.flatMap((value) => String(value).trim().split("\n")), ...inCommands].map((path) => ({
      where,
      path,
    }));
  });
  assert(named.length > 10);
  const made = /^build\/(site|check|checked_notebooks|logs|report\.json)$/;
  for (const { where, path } of named) {
    if (path.startsWith("~/") || made.test(path)) continue;
    assert(exists(join(ROOT, path)), `${where}: ${path}`);
  }
  for (const [file, text] of texts) {
    for (const [, path] of text.matchAll(/hashFiles\('([^']+)'\)/g)) {
      assert(exists(join(ROOT, path)), `${file}: ${path}`);
    }
  }
});

Deno.test("what a workflow keeps of the notebooks is where the tasks write it", async () => {
  const read = (path: string) => Deno.readTextFile(join(ROOT, path));
  const writers: Record<string, string> = {
    "build/check": "tools/course/review/page.ts",
    "build/checked_notebooks": "tools/course/check.ts",
    "build/site": "tools/course/run.ts",
    "build/report.json": "tools/course/run.ts",
  };
  const kept = workflows.get("ci.yml")!.jobs.notebooks.steps.filter(({ uses }) =>
    uses?.includes("upload-artifact@")
  )
    .flatMap((step) => String(step.with!.path).trim().split("\n"));
  assertEquals(kept.sort(), Object.keys(writers).sort());
  for (const [path, file] of Object.entries(writers)) {
    const [, name] = path.split("/");
    assertMatch(await read(file), new RegExp(`\\bbuild"?, "${name.replace(".", "\\.")}"`), path);
  }
});

Deno.test("every action is one of GitHub's own, in a version that runners can run", () => {
  for (const { where, step } of steps) {
    if (!step.uses) continue;
    const [name, version] = step.uses.split("@");
    assertEquals(version, ACTIONS[name], `${where}: ${step.uses}`);
  }
});

Deno.test("a checkout leaves no password behind, and no command takes text from an event", () => {
  for (const { where, step } of steps) {
    if (step.uses?.startsWith("actions/checkout@")) {
      assertEquals(step.with?.["persist-credentials"], false, where);
    }
  }
  // What stands in a title or a branch's name would become part of the command.
  for (const { where, run } of commands) assert(!run.includes("${{"), where);
});
