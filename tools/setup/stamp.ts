import { hasKernelspec } from "./kernelspec.ts";
import type { Places } from "./paths.ts";

/** What set-up made, written when all of it is there. */
export interface Stamp {
  /** The virtual environment's own path: one that was moved is made anew. */
  venv: string;
  /** SHA-256 of the requirements file. */
  requirements: string;
  /** Version of the Python in it. */
  python: string;
  /** How many packages pip put there. */
  packages: number;
  /** The Deno that the kernelspec starts. */
  deno: { path: string; version: string };
}

/** What there is to do, from nothing to all. */
export type Work = "nothing" | "kernelspec" | "everything";

/** What is found on the disk now; `undefined` or 0 for what is not there. */
export interface Found {
  stamp: Stamp | undefined;
  /** The version in `pyvenv.cfg`, if the interpreter is there too. */
  python: string | undefined;
  packages: number;
  hasKernelspec: boolean;
}

/** What is wanted. */
export type Wanted = Pick<Stamp, "venv" | "requirements" | "deno">;

/**
 * How much of set-up must be done.
 *
 * @example
 * ```ts
 * import { workToDo } from "./stamp.ts";
 *
 * const wanted = { venv: "/w/.venv", requirements: "abc", deno: { path: "/bin/deno", version: "2.9.6" } };
 * const nothingThere = { stamp: undefined, python: undefined, packages: 0, hasKernelspec: false };
 * console.log(workToDo(nothingThere, wanted)); // everything
 * ```
 */
export function workToDo(found: Found, wanted: Wanted): Work {
  const { stamp } = found;
  const venvIsGood = stamp !== undefined && stamp.venv === wanted.venv &&
    stamp.requirements === wanted.requirements && stamp.python === found.python &&
    found.packages >= stamp.packages;
  if (!venvIsGood) return "everything";
  const sameDeno = stamp.deno.path === wanted.deno.path && stamp.deno.version === wanted.deno.version;
  return sameDeno && found.hasKernelspec ? "nothing" : "kernelspec";
}

/** Look at what is there. */
export function look(at: Places, deno: string = Deno.execPath()): Found {
  return {
    stamp: readStamp(at.stamp),
    python: exists(at.python) ? venvPython(at.venv) : undefined,
    packages: installedPackages(at.venv).length,
    hasKernelspec: hasKernelspec(at, deno),
  };
}

/** The stamp, or `undefined` if there is none or it cannot be read. */
export function readStamp(path: string): Stamp | undefined {
  try {
    const stamp = JSON.parse(Deno.readTextFileSync(path));
    return typeof stamp.deno?.path === "string" ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/** The version that `pyvenv.cfg` names, such as `3.11.7`. */
export function venvPython(venv: string): string | undefined {
  try {
    return Deno.readTextFileSync(`${venv}/pyvenv.cfg`).match(/^version\s*=\s*(\d+\.\d+\.\d+)/m)?.[1];
  } catch {
    return undefined;
  }
}

/** The `*.dist-info` folders of a virtual environment: pip writes one for each package that it installs. */
export function installedPackages(venv: string): string[] {
  for (const lib of [`${venv}/Lib`, ...pythonFolders(`${venv}/lib`)]) {
    const packages = names(`${lib}/site-packages`).filter((name) => name.endsWith(".dist-info"));
    if (packages.length > 0) return packages;
  }
  return [];
}

function pythonFolders(lib: string): string[] {
  return names(lib).filter((name) => name.startsWith("python")).map((name) => `${lib}/${name}`);
}

function names(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** Whether there is something at a path; a link that leads nowhere is nothing. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** SHA-256 as hexadecimal digits; line ends do not count, as git may change them. */
export async function textHash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text.replaceAll("\r\n", "\n"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
