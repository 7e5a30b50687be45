/**
 * Checks that the house stands: that each folder of `lib/` imports only from the folders before it, and the other rules
 * of `tools/checks/house/`.
 *
 * `deno run -A tools/checks/check_imports.ts`
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { asProblem, lint } from "./lint.ts";
import { conclude, type Problem } from "./problem.ts";

/** The parts of the project whose TypeScript is checked; notebooks are by `tools/course/check_notebooks.ts`. */
const FOLDERS = ["lib", "tools", "tests"];

/**
 * Everything that breaks a rule of the house, in the order of files and lines.
 *
 * @param root The project's folder, absolute
 */
export async function checkImports(root: string): Promise<Problem[]> {
  const folders = FOLDERS.map((name) => join(root, name)).filter(isFolder);
  const findings = await lint(root, folders);
  findings.sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
  return findings.map((finding) => asProblem(root, finding));
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  conclude(
    await checkImports(fromFileUrl(new URL("../..", import.meta.url))),
    "Every file imports from below, and keeps the other rules of the house.",
  );
}
