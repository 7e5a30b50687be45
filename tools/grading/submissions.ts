// Where submissions lie: what is at its place, what nearly is, and what is none.
import { join } from "@std/path";
import { fingerprint } from "./fingerprint.ts";
import type { Assignment } from "./course.ts";
import type { Submission } from "./grade_one.ts";

/** What is in a folder of submissions. */
export interface Found {
  submissions: Submission[];
  /** Students who did not hand in an assignment that others did; the note names what might be meant to be it. */
  missing: { student: string; assignment: string; note: string }[];
  /** Things that are no submission, a sentence each. */
  strange: string[];
}

/**
 * Look for `<folder>/<student>/<assignment>/`. Links are not followed: what they lead to is somebody else's.
 *
 * A folder that is called nearly like the assignment, or a notebook that lies directly in the student's folder, is taken
 * if there is no other: the submission's notes say so.
 *
 * @param names Assignments to look for; all of the course unless given
 */
export async function findSubmissions(
  folder: string,
  course: Assignment[],
  names: string[] = [],
): Promise<Found> {
  const known = course.map(({ name }) => name);
  const wanted = new Set(names.length > 0 ? names : known);
  const found: Found = { submissions: [], missing: [], strange: [] };
  const students: Student[] = [];
  for (const { name: student, ...kind } of await entries(folder)) {
    if (student.startsWith(".")) continue;
    if (!kind.isDirectory) {
      found.strange.push(`${student} is ${kind.isSymlink ? "a link" : "a file"}, not a student's folder`);
      continue;
    }
    const place = join(folder, student);
    const inside = (await entries(place)).filter(({ name }) => !name.startsWith("."));
    const nested = await studentsIn(place, inside, known);
    if (nested.length > 0) {
      found.strange.push(
        `${student} holds folders of students (${nested.slice(0, 3).join(", ")}${
          nested.length > 3 ? " …" : ""
        }), not of assignments: grade the folder ${place}, or move what is in it one level up`,
      );
      continue;
    }
    const notes = new Map<string, string>(), unclear: string[] = [];
    for (const assignment of known) {
      const { submission, note } = choose(student, assignment, inside, folder);
      if (submission && wanted.has(assignment)) found.submissions.push(submission);
      if (note) notes.set(assignment, note);
    }
    for (const entry of inside) {
      const assignment = nearest(entry.name, known);
      if (assignment === undefined && (entry.isDirectory || isNotebook(entry))) unclear.push(entry.name);
      if (assignment && !wanted.has(assignment)) continue;
      const why = strangeness(student, entry, assignment, inside);
      if (why) found.strange.push(why);
    }
    students.push({ student, notes, unclear });
  }
  found.missing = missingOf(students, found.submissions, wanted);
  return found;
}

/** Somebody's folder, as far as it is no submission: notes by assignment, and what may be meant as one. */
interface Student {
  student: string;
  notes: Map<string, string>;
  unclear: string[];
}

/** Why something in a student's folder is not graded, if that needs a word. */
function strangeness(
  student: string,
  entry: Deno.DirEntry,
  assignment: string | undefined,
  inside: Deno.DirEntry[],
): string | undefined {
  const place = `${student}/${entry.name}`;
  if (assignment === undefined) return `${place} is no assignment of this course`;
  if (entry.isDirectory && entry.name === assignment) return undefined;
  if (inside.some(({ name, isDirectory }) => isDirectory && name === assignment)) {
    return `${place} was not looked at, as there is ${student}/${assignment}`;
  }
  if (entry.isDirectory || isNotebook(entry)) return undefined;
  return `${place} is ${entry.isSymlink ? "a link" : "a file"}, not a folder`;
}

/** Who did not hand in what others did. */
function missingOf(
  students: Student[],
  submissions: Found["submissions"],
  wanted: Set<string>,
): Found["missing"] {
  const missing: Found["missing"] = [];
  const handedIn = new Set([
    ...submissions.map(({ assignment }) => assignment),
    ...students.flatMap(({ notes }) => [...notes.keys()]).filter((name) => wanted.has(name)),
  ]);
  for (const { student, notes, unclear } of students) {
    for (const assignment of handedIn) {
      if (submissions.some((one) => one.student === student && one.assignment === assignment)) continue;
      const guess = unclear.length === 0
        ? ""
        : `if ${unclear.slice(0, 3).join(" or ")} is meant, move it to ${student}/${assignment}/`;
      missing.push({ student, assignment, note: notes.get(assignment) ?? guess });
    }
  }
  return missing;
}

/** What a student handed in as an assignment, or why that cannot be told. */
function choose(
  student: string,
  assignment: string,
  inside: Deno.DirEntry[],
  root: string,
): { submission?: Submission; note?: string } {
  const at = (folder: string, notes?: string[]) => ({ student, assignment, folder, ...(notes && { notes }) });
  const exact = inside.find(({ name }) => name === assignment);
  if (exact?.isDirectory) return { submission: at(join(root, student, assignment)) };
  const near = inside.filter((entry) =>
    nearest(entry.name, [assignment]) && (entry.isDirectory || isNotebook(entry))
  );
  if (near.length > 1) {
    const all = near.map(({ name }) => name).join(", ");
    return { note: `${all} could be it: move the right one to ${student}/${assignment}/` };
  }
  if (near.length === 0) return {};
  const [{ name, isDirectory }] = near;
  return isDirectory
    ? { submission: at(join(root, student, name), [`found in the folder ${name}`]) }
    : { submission: at(join(root, student), [`found as ${student}/${name}, without a folder of its own`]) };
}

/** The assignment that is meant: capitals, spaces and hyphens, and the ending of a notebook make no difference. */
function nearest(name: string, known: string[]): string | undefined {
  const plain = (text: string) => text.replace(/\.ipynb$/i, "").toLowerCase().replaceAll(/[\s_-]+/g, "_");
  return known.find((one) => one === name) ?? known.find((one) => plain(one) === plain(name));
}

function isNotebook({ name, isFile }: Deno.DirEntry): boolean {
  return isFile && name.endsWith(".ipynb");
}

/** The folders in a "student's" folder that hold assignments themselves: then it is a folder of students. */
async function studentsIn(folder: string, inside: Deno.DirEntry[], known: string[]): Promise<string[]> {
  if (inside.some(({ name }) => nearest(name, known))) return [];
  const found: string[] = [];
  for (const { name, isDirectory } of inside) {
    if (!isDirectory) continue;
    const deeper = await entries(join(folder, name)).catch(() => []);
    if (deeper.some((entry) => entry.isDirectory && nearest(entry.name, known))) found.push(name);
  }
  return found;
}

/** What decides whether a submission must be graded again. */
export async function keyOf({ folder, assignment }: Submission, courseKey: string): Promise<string> {
  return await fingerprint([folder], `${assignment} ${courseKey}`);
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  const all = await Array.fromAsync(Deno.readDir(folder));
  return all.sort((a, b) => a.name < b.name ? -1 : 1);
}
