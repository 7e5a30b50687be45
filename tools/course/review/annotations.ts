// Lines that GitHub shows beside the file they are about, when a workflow prints them.
import { relative } from "@std/path";
import type { Problem } from "../../checks/problem.ts";
import { cellName } from "../../notebooks/cell_name.ts";
import { lineInFile } from "../../notebooks/file_lines.ts";
import type { NotebookError } from "../../notebooks/report.ts";
import { groupsOf, headingOf, sayChange } from "./groups.ts";
import type { Review } from "./review.ts";

/** What is to be said of a place in a file. */
export interface Annotation {
  /** From the root of the repository. */
  file: string;
  /** From 1. */
  line: number;
  title: string;
  message: string;
  /** How GitHub shows it; an error unless said. */
  level?: "error" | "notice";
}

/** Whether a workflow of GitHub runs this program. */
export const onGitHub = (): boolean => Deno.env.get("GITHUB_ACTIONS") === "true";

/**
 * An error as a line that GitHub understands.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * @example
 * ```ts
 * import { annotationLine } from "./annotations.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = annotationLine({ file: "notebooks/a.ipynb", line: 3, title: "Cell 1, x", message: "50%\nnew" });
 * assertEquals(line, "::error file=notebooks/a.ipynb,line=3,title=Cell 1%2C x::50%25%0Anew");
 * ```
 */
export function annotationLine({ file, line, title, message, level = "error" }: Annotation): string {
  const text = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::${level} file=${property(file)},line=${line},title=${property(title)}::${text}`;
}

/** GitHub shows so many of a step, and drops the others without a word. */
const MOST_SHOWN = 10;

/**
 * The lines to print: where there are more than GitHub shows, the last one shown says so.
 *
 * @param annotations What is to be said, the most important first
 */
export function annotationLines(annotations: Annotation[]): string[] {
  if (annotations.length <= MOST_SHOWN) return annotations.map(annotationLine);
  const left = annotations.length - (MOST_SHOWN - 1);
  const message =
    `${left} more are in the log below, and on the page build/check/index.html, which is kept with the run.`;
  const shown = annotations.slice(0, MOST_SHOWN - 1);
  const more = { ...annotations[MOST_SHOWN - 1], title: `and ${left} more`, message };
  return [...shown, more, ...annotations.slice(MOST_SHOWN - 1)].map(annotationLine);
}

function property(text: string): string {
  const codes: Record<string, string> = { "%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C" };
  return text.replace(/[%\r\n:,]/g, (character) => codes[character]);
}

/**
 * The errors of an executed notebook.
 *
 * @param root The project's folder
 * @param path The notebook
 */
export async function errorAnnotations(
  root: string,
  path: string,
  errors: NotebookError[],
): Promise<Annotation[]> {
  const text = await Deno.readTextFile(path);
  const file = relative(root, path);
  return errors.map(({ cell, cellId, line, message }) => ({
    file,
    line: cell < 0 ? 1 : lineInFile(text, cell, line),
    title: cell < 0 ? file : cellName(cell, cellId),
    message: (cell < 0 ? "" : `${cellName(cell, cellId)}${line ? `, line ${line}` : ""}: `) + message,
  }));
}

/** What a check found in files, among them notebooks. */
export async function problemAnnotations(root: string, problems: Problem[]): Promise<Annotation[]> {
  const texts = new Map<string, string>();
  const annotations: Annotation[] = [];
  for (const { file, at, rule, message, source, hint } of problems) {
    const [, cell, cellLine] = at.match(/^cell (\d+)(?: \(.*\))?(?:, line (\d+))?$/) ?? [];
    if (cell && !texts.has(file)) texts.set(file, await Deno.readTextFile(`${root}/${file}`));
    const line = cell
      ? lineInFile(texts.get(file)!, Number(cell) - 1, cellLine ? Number(cellLine) : undefined)
      : Number(at.match(/^\d+/)?.[0] ?? 1);
    const text = [at && cell ? `${at}: ${message}` : message, source, hint && `→ ${hint}`].filter(Boolean)
      .join("\n");
    annotations.push({ file, line, title: rule, message: text });
  }
  return annotations;
}

/** What failed or changed in notebooks, changes with one cause at the first of their places; numbers first. */
export async function reviewAnnotations(
  root: string,
  reviews: Review[],
  level: Annotation["level"] = "error",
): Promise<Annotation[]> {
  const said = reviews.map(({ path, report: { errors } }) => errorAnnotations(root, path, errors));
  const changed = groupsOf(reviews).map((group) => {
    const { name, cell, id, change } = group.changes[0];
    const others = group.changes.length > 1 ? `${headingOf(group)}. Here:\n` : "";
    const { path } = reviews.find(({ report }) => report.name === name)!;
    return errorAnnotations(root, path, [{ cell, cellId: id, message: others + sayChange(change) }]);
  });
  const all = [...said, ...changed];
  return (await Promise.all(all)).flat().map((annotation) => ({ ...annotation, level }));
}
