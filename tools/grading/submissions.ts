import { join } from "@std/path";
import { fingerprint } from "./fingerprint.ts";
import type { Assignment } from "./course.ts";
import type { Submission } from "./grade_one.ts";

/** What is in a folder of submissions. */
export interface Found {
  submissions: Submission[];
  /** Students who did not hand in an assignment that others did. */
  missing: { student: string; assignment: string }[];
  /** Things that are no submission, a sentence each. */
  strange: string[];
}

/**
 * Look for `<folder>/<student>/<assignment>/`. Links are not followed: what they lead to is somebody else's.
 *
 * @param names Assignments to look for; all of the course unless given
 */
export async function findSubmissions(
  folder: string,
  course: Assignment[],
  names: string[] = [],
): Promise<Found> {
  const known = new Set(course.map(({ name }) => name));
  const wanted = new Set(names.length > 0 ? names : known);
  const found: Found = { submissions: [], missing: [], strange: [] };
  const students: string[] = [];
  for (const student of await entries(folder)) {
    if (student.name.startsWith(".")) continue;
    if (!student.isDirectory) {
      found.strange.push(
        `${student.name} is ${student.isSymlink ? "a link" : "a file"}, not a student's folder`,
      );
      continue;
    }
    students.push(student.name);
    for (const entry of await entries(join(folder, student.name))) {
      if (entry.name.startsWith(".")) continue;
      const place = `${student.name}/${entry.name}`;
      if (!known.has(entry.name)) found.strange.push(`${place} is no assignment of this course`);
      else if (!wanted.has(entry.name)) continue;
      else if (!entry.isDirectory) {
        found.strange.push(`${place} is ${entry.isSymlink ? "a link" : "a file"}, not a folder`);
      } else {
        found.submissions.push({
          student: student.name,
          assignment: entry.name,
          folder: join(folder, student.name, entry.name),
        });
      }
    }
  }
  const handedIn = new Set(found.submissions.map(({ assignment }) => assignment));
  for (const student of students) {
    for (const assignment of handedIn) {
      const has = found.submissions.some((one) => one.student === student && one.assignment === assignment);
      if (!has) found.missing.push({ student, assignment });
    }
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
