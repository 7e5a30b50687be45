import { PythonMissingError, PythonTooOldError, SetupError, VenvMissingError } from "./errors.ts";
import { run } from "./process.ts";

/** A Python that set-up may use. */
export interface Python {
  /** The interpreter itself, not a link or shim on the PATH. */
  executable: string;
  /** Such as `3.11.7`. */
  version: string;
  /** Whether it can make a virtual environment with pip in it. */
  canMakeVenv: boolean;
}

/** Oldest Python that the pinned packages run on, and newest that they are tested with. */
const OLDEST = 10;
const NEWEST = 14;

const GET_PYTHON =
  `Set-up needs Python 3.${OLDEST} or newer, which runs Jupyter. On Debian or Ubuntu: sudo apt install python3 python3-venv. ` +
  `On macOS: brew install python. On Windows: winget install Python.Python.3.13. ` +
  "If it is installed in an unusual place, set the environment variable BACKPROP_PYTHON to its full path.";

/** Asks an interpreter who it is, in words that even Python 2 understands. */
const QUESTION = `
import json, sys
def have(name):
    try:
        __import__(name)
        return True
    except Exception:
        return False
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "canMakeVenv": have("venv") and have("ensurepip"),
}))
`;

/**
 * The Python that set-up will use: the one that `BACKPROP_PYTHON` names, else the first good one on the PATH.
 *
 * @param env The environment whose `PATH` and `BACKPROP_PYTHON` count
 * @param os The operating system; Windows has the launcher `py` too
 * @throws {PythonMissingError} If none is found
 * @throws {PythonTooOldError} If all that were found are too old
 * @throws {VenvMissingError} If none of the new ones can make a virtual environment
 */
export async function findPython(
  env: Record<string, string>,
  os: typeof Deno.build.os = Deno.build.os,
): Promise<Python> {
  const asked = env.BACKPROP_PYTHON;
  if (asked) return useNamed(asked, await ask([asked], env));
  const found: Python[] = [];
  for (const command of candidates(os)) {
    const python = await ask(command, env);
    if (python && isTested(python) && python.canMakeVenv) return python;
    if (python) found.push(python);
  }
  return choose(found);
}

/** Where to look, best first: the system's own Python, then each version by name. */
function candidates(os: typeof Deno.build.os): string[][] {
  const byVersion = Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => [`python3.${NEWEST - i}`]);
  const launcher = os === "windows" ? [["py", "-3"]] : [];
  return [...launcher, ["python3"], ["python"], ...byVersion];
}

/** What an interpreter says of itself; `undefined` if it does not run or answers something else. */
async function ask(command: string[], env: Record<string, string>): Promise<Python | undefined> {
  try {
    const { code, output } = await run(command[0], { args: [...command.slice(1), "-c", QUESTION], env });
    if (code !== 0) return undefined;
    const answer = JSON.parse(output.slice(output.indexOf("{")));
    return typeof answer.version === "string" ? answer : undefined;
  } catch {
    return undefined; // not there, not executable, or not a Python
  }
}

/** No tested Python can be used: take a newer one, or say what is wrong with those that were found. */
export function choose(found: Python[]): Python {
  if (found.length === 0) throw new PythonMissingError(`No Python was found. ${GET_PYTHON}`);
  const recent = found.filter((python) => minor(python) >= OLDEST);
  if (recent.length === 0) {
    const versions = [...new Set(found.map((python) => python.version))].join(", ");
    throw new PythonTooOldError(`Every Python found here is too old (${versions}). ${GET_PYTHON}`);
  }
  const usable = recent.find((python) => python.canMakeVenv);
  if (usable) return usable;
  throw venvMissing(recent[0]);
}

function useNamed(name: string, python: Python | undefined): Python {
  if (!python) {
    throw new SetupError(
      `BACKPROP_PYTHON is ${name}, and that does not run as a Python. Give the full path of an interpreter, ` +
        "or unset BACKPROP_PYTHON to let set-up look for one.",
    );
  }
  if (minor(python) < OLDEST) {
    throw new PythonTooOldError(
      `BACKPROP_PYTHON is ${name}, which is Python ${python.version}: too old. ${GET_PYTHON}`,
    );
  }
  if (!python.canMakeVenv) throw venvMissing(python);
  return python;
}

function venvMissing({ version, executable }: Python): VenvMissingError {
  const short = version.split(".").slice(0, 2).join(".");
  return new VenvMissingError(
    `Python ${version} (${executable}) cannot make a virtual environment: its modules venv and ensurepip are ` +
      `missing. On Debian or Ubuntu: sudo apt install python${short}-venv. ` +
      "Elsewhere, install Python anew, with pip: on macOS brew install python, on Windows winget install Python.Python.3.13.",
  );
}

/** 11 for 3.11.7; Python 2 and 1 count as older than anything, a Python 4 as newer. */
function minor(python: Python): number {
  const [major, minor] = python.version.split(".").map(Number);
  return (major - 3) * 1000 + minor;
}

function isTested(python: Python): boolean {
  return minor(python) >= OLDEST && minor(python) <= NEWEST;
}
