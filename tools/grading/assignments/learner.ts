// The folder that a learner is handed: notebooks to fill in, and all that they need to run.
import { dirname, fromFileUrl, join, relative } from "@std/path";
import { deno } from "../../checks/deno.ts";

/** Tasks that make sense for a learner; what they import goes along. */
const TASKS = ["lab", "setup", "doctor", "points", "figure", "download", "mnist"];

/** Handed out as they are: folders and files, from the project's root. */
const WHOLE = [
  ".vscode",
  "data",
  "deno.lock",
  "lib",
  "LICENSE",
  "notebooks/guide.md",
  "notebooks/sherpa.md",
  "tools/notebooks/execute.py",
  "tools/setup/requirements.txt",
  "tools/shared/std",
];

/** What a learner reads first. */
const README = fromFileUrl(new URL("./learner_readme.md", import.meta.url));

/** What GitHub Classroom runs after each push; elsewhere it lies there and does nothing. */
const POINTS = fromFileUrl(new URL("../classroom/points.yml", import.meta.url));

/** Programs that are started by their path, so that no import leads to them. */
const STARTED = ["tools/kernel/main.ts", "tools/kernel/inside/mod.ts"];

/** As much of `deno.json` as we look at. */
interface Config {
  tasks: Record<string, { description: string; command: string }>;
}

/**
 * Put everything but the notebooks into a learner's folder.
 *
 * @param root The project
 * @param folder The learner's, absolute; it need not be there
 */
export async function copyForLearner(root: string, folder: string): Promise<void> {
  const config = learnerConfig(await Deno.readTextFile(join(root, "deno.json")));
  const tasks = Object.values(config.tasks).map(({ command }) => command.match(/tools\/\S+\.ts/)![0]);
  const programs = await modulesOf(root, [...tasks, ...STARTED]);
  for (const path of [...WHOLE, ...programs.filter((path) => path.startsWith("tools"))]) {
    await copy(join(root, path), join(folder, path));
  }
  await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config, null, 2) + "\n");
  await copy(README, join(folder, "README.md"));
  await copy(POINTS, join(folder, ".github", "workflows", "points.yml"));
}

/**
 * The project's configuration with no other tasks than a learner's.
 *
 * @param text Of `deno.json`, with remarks
 */
export function learnerConfig(text: string): Config {
  const config: Config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));
  return { ...config, tasks: Object.fromEntries(TASKS.map((task) => [task, config.tasks[task]])) };
}

/** The project's own modules that these import, they among them, from the root. */
async function modulesOf(root: string, entries: string[]): Promise<string[]> {
  const graphs = await Promise.all(entries.map((entry) => deno(["info", "--json", entry], { cwd: root })));
  const modules = graphs.flatMap(({ stdout }): { local?: string }[] => JSON.parse(stdout).modules);
  const own = modules.flatMap(({ local }) => local?.startsWith(root) ? [relative(root, local)] : []);
  return [...new Set(own)].sort();
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true });
  if (!(await Deno.stat(from)).isDirectory) return await Deno.copyFile(from, to);
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}
