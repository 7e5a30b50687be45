import { fromFileUrl, join } from "@std/path";
import type { Environment } from "../../setup/ensure.ts";
import { ensureExtraPackages } from "../../setup/extra_packages.ts";
import { run, tail } from "../../setup/process.ts";

const HERE = fromFileUrl(new URL(".", import.meta.url));

/** The configuration of nbgrader, for its `--config`. */
export const NBGRADER_CONFIG = join(HERE, "nbgrader_config.py");

/**
 * Install nbgrader into `build/grading/packages`, once, beside the packages of `.venv` which it shares.
 *
 * @returns The environment in which `.venv`'s Python finds it: `python -m nbgrader …`
 * @throws {SetupError} If there is no network, no room, or no Python 3.11
 */
export function ensureNbgrader(environment: Environment): Promise<Record<string, string>> {
  return ensureExtraPackages(environment, {
    label: "nbgrader",
    requirements: join(HERE, "requirements.txt"),
    folder: join(environment.root, "build", "grading", "packages"),
    python: [3, 11],
  });
}

/** What `generate.py` tells, one JSON object a line. */
type Told = { event: "done"; assignment: string } | { event: "refused"; assignment: string; message: string };

/**
 * Have nbgrader make the release version of assignments, and the gradebook that knows them.
 *
 * @param env As {@link ensureNbgrader} gives it
 * @param course The course's folder, absolute, with `source/NAME/NAME.ipynb` in it
 * @param names Of the assignments
 * @param onDone Called after each of them
 * @returns What nbgrader refused, with its reason
 */
export async function generateAssignments(
  environment: Environment,
  env: Record<string, string>,
  course: string,
  names: string[],
  onDone: () => void,
): Promise<{ assignment: string; message: string }[]> {
  const refused: { assignment: string; message: string }[] = [];
  const job = { config: NBGRADER_CONFIG, root: course, assignments: names };
  let told = 0;
  const { output } = await run(environment.python, {
    args: [join(HERE, "generate.py"), JSON.stringify(job)],
    env,
    cwd: environment.root,
    onLine: (line) => {
      const said = parseTold(line);
      if (!said) return;
      told++;
      if (said.event === "refused") refused.push(said);
      onDone();
    },
  });
  if (told < names.length) throw new NbgraderError(`nbgrader ended early. It said:\n${tail(output)}`);
  return refused;
}

/** nbgrader broke off; the message quotes it. */
export class NbgraderError extends Error {
  override name = "NbgraderError";
}

function parseTold(line: string): Told | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value?.assignment === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
