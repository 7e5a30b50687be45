/** Which exercises a learner has done: kept in the learner's own folder, and nowhere else. */

import { host } from "../host/mod.ts";
import { live, type LiveView } from "../notebook/show.ts";
import type { Exercise } from "./exercise.ts";

/** Names of the done exercises by the number of their notebook. */
type Done = Record<string, string[]>;

const FILE = ".course/progress.json", PAGE = "progress.md";

const views = new Map<string, LiveView>();

/** Remembers that an exercise is done, and shows it where {@link showProgress} was called. */
export async function markDone(exercise: Exercise, all: readonly Exercise[]): Promise<void> {
  const done = await read();
  if (done === undefined || done[exercise.notebook]?.includes(exercise.name)) return;
  done[exercise.notebook] = [...done[exercise.notebook] ?? [], exercise.name];
  await host.keep(FILE, JSON.stringify(done, null, 2) + "\n");
  await host.keep(PAGE, pageOf(all, done));
  const { notebook } = exercise;
  await views.get(notebook)?.update(asMarkdown(all.filter((one) => one.notebook === notebook), done));
}

/**
 * Shows which exercises of a notebook are done, and keeps it up to date while they pass.
 *
 * @param all Every exercise of the course
 */
export async function showProgressOf(notebook: string, all: readonly Exercise[]): Promise<void> {
  const done = await read() ?? {};
  views.set(notebook, await live(asMarkdown(all.filter((one) => one.notebook === notebook), done)));
  await host.keep(PAGE, pageOf(all, done));
}

/** `undefined` where there is no learner's folder. A file that somebody damaged begins anew. */
async function read(): Promise<Done | undefined> {
  const text = await host.kept(FILE);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text || "{}");
  } catch {
    return {};
  }
}

function asMarkdown(exercises: readonly Exercise[], done: Done): { "text/markdown": string } {
  const isDone = ({ notebook, name }: Exercise) => done[notebook]?.includes(name) === true;
  const count = exercises.filter(isDone).length;
  const list = exercises.map((one) => `${isDone(one) ? "✓" : "○"} ${one.name}`).join(" · ");
  return { "text/markdown": `**${count} of ${exercises.length} exercises done:** ${list}` };
}

/** All notebooks on one page. */
function pageOf(all: readonly Exercise[], done: Done): string {
  const notebooks = [...new Set(all.map(({ notebook }) => notebook))];
  const parts = notebooks.map((notebook) => {
    const own = all.filter((one) => one.notebook === notebook);
    return `## Notebook ${notebook}\n\n${asMarkdown(own, done)["text/markdown"]}\n`;
  });
  return `# What you have done\n\n${parts.join("\n")}`;
}
