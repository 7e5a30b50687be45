// `deno lint` with the rules of the house, as data.
import { fromFileUrl, join, relative } from "@std/path";
import { deno } from "./deno.ts";
import type { Problem } from "./problem.ts";

/** A finding of `deno lint`; lines and columns count from 1. */
export interface Finding {
  /** The file, absolute. */
  file: string;
  line: number;
  column: number;
  rule: string;
  message: string;
  hint?: string;
}

/** Which rules to apply beside those of the house. */
export interface LintOptions {
  /** Rule sets of Deno, such as `"recommended"`. */
  tags?: string[];
  /** Rules to leave out of them. */
  exclude?: string[];
}

/** Deno's linter could not run, so nothing can be said about the files. */
export class LintError extends Error {
  override name = "LintError";
}

/**
 * Lints files with the rules of the house and, on demand, sets of Deno's own.
 *
 * A file that cannot be parsed is a finding too, with the rule `syntax`.
 *
 * @param root The project's folder, absolute; the rules of the house judge by where a file stands in it
 * @param paths Files and folders, absolute
 * @throws {LintError} If the linter itself fails
 */
export async function lint(root: string, paths: string[], options: LintOptions = {}): Promise<Finding[]> {
  const folder = await Deno.makeTempDir({ prefix: "lint-" });
  try {
    const rules = new URL("./house/mod.ts", import.meta.url).href;
    const plugin = `import { house } from ${JSON.stringify(rules)};\nexport default house(${
      JSON.stringify(root)
    });\n`;
    await Deno.writeTextFile(join(folder, "plugin.ts"), plugin);
    const { tags = [], exclude = [] } = options;
    const config = { lint: { plugins: ["./plugin.ts"], rules: { tags, exclude } } };
    await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(config));
    const { stdout, stderr } = await deno(
      ["lint", "--config", join(folder, "deno.json"), "--json", ...paths],
      { cwd: root },
    );
    return findings(stdout, stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface LintJson {
  diagnostics: {
    filename: string;
    range: { start: { line: number; col: number } };
    message: string;
    code: string;
    hint: string | null;
  }[];
  errors: { file_path: string; message: string }[];
}

function findings(stdout: string, stderr: string): Finding[] {
  let report: LintJson;
  try {
    report = JSON.parse(stdout);
  } catch {
    if (/No target files found/.test(stderr)) return [];
    throw new LintError(`deno lint failed and gave no report; it said: ${stderr.trim() || stdout.trim()}`);
  }
  const broken = report.errors.map(({ file_path, message }): Finding => {
    const [what] = message.split("\n");
    const [, line = "1", column = "1"] = /:(\d+):(\d+)\s*$/.exec(message) ?? [];
    return { file: file_path, line: +line, column: +column, rule: "syntax", message: what };
  });
  const found = report.diagnostics.map((d): Finding => ({
    file: fromFileUrl(d.filename),
    line: d.range.start.line,
    column: d.range.start.col + 1,
    rule: d.code,
    message: d.message,
    hint: d.hint ?? undefined,
  }));
  return [...broken, ...found];
}

/** A finding as a problem of a file of the project. */
export function asProblem(root: string, { file, line, column, rule, message, hint }: Finding): Problem {
  return { file: relative(root, file), at: `${line}:${column}`, rule, message, hint };
}
