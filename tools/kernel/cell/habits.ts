/** What people write who come from elsewhere, each with a sentence that says how it is written here. */

interface Habit {
  /** What a cell looks like that cannot be read; with `runs`, also one that fails for want of a name. */
  source?: RegExp;
  runs?: true;
  /** What the error says. */
  error?: RegExp;
  say(found: RegExpMatchArray): string;
}

const MAGICS: Record<string, string> = {
  time: "Time is measured by console.time() before and console.timeEnd() after.",
  timeit: "Time is measured by console.time() before and console.timeEnd() after.",
  matplotlib: "Charts appear below a cell by await show(chart).",
  pip: 'A package of npm is imported as import … from "npm:name"; nothing has to be installed.',
  conda: 'A package of npm is imported as import … from "npm:name"; nothing has to be installed.',
  cd: "Deno.chdir() changes the folder.",
  pwd: "Deno.cwd() is the folder.",
  ls: 'Deno.readDirSync(".") lists a folder.',
  env: "Deno.env.get() reads the environment.",
  who: "Tab lists the names that are known.",
  whos: "Tab lists the names that are known.",
  html: "Deno.jupyter.html`…` as the last line shows HTML.",
  bash: 'new Deno.Command("name", { args: […] }).outputSync() runs a program.',
  run: 'import "./file.ts" runs a file.',
  reset: "Restart the kernel to forget all names.",
  reload_ext: "A file that has changed is loaded anew when it is imported again.",
  autoreload: "A file that has changed is loaded anew when it is imported again.",
};

const HABITS: Habit[] = [
  {
    source: /^\s*%%?(\w*)/,
    say: ([whole, name]) =>
      `${whole.trim()} is a magic command of Python's kernel, and this one runs TypeScript. ${
        MAGICS[name] ?? ""
      }`.trim(),
  },
  {
    source: /^\s*!?\s*(?:pip|npm|conda|yarn|pnpm)3? (?:install|i|add) /m,
    say: () => `Nothing has to be installed here: a package of npm is imported as import … from "npm:name".`,
  },
  {
    source: /^\s*!\s*([\w./-]+)/,
    runs: true,
    say: ([, program]) =>
      `A line that begins with ! starts a program in Python's kernel. Here it is ` +
      `new Deno.Command(${JSON.stringify(program)}, { stdout: "inherit" }).outputSync().`,
  },
  {
    source: /^(?=[^?]*\?)\s*\??\??\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)\s*\??\??\s*$/u,
    say: ([, name]) =>
      `A question mark asks for help in Python's kernel. Here, put the cursor on ${name} and press Shift-Tab.`,
  },
  {
    source: /^[ \t]*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$)/m,
    say: () => `That is Python. Here a name is imported as import { name } from "backprop".`,
  },
  {
    source: /^[ \t]*(?:def|class|if|elif|else|for|while|try|except|with)\b[^{}\n;]*:\s*(?:#.*)?$/m,
    say: () => "That is Python. Here a block stands in braces: if (a > b) { … }, function f(x) { … }.",
  },
  { source: /^[ \t]*#(?!!)|\s#\s/m, say: () => "That is Python. Here a comment begins with //." },
  {
    source: /\blambda\b[^;\n]*:/,
    say: () => "That is Python. Here a small function is written (x) => x + 1.",
  },
  {
    error: /ReferenceError: print is not defined/,
    say: () => "print() is Python's; here it is console.log().",
  },
  { error: /ReferenceError: len is not defined/, say: () => "len(a) is Python's; here it is a.length." },
  {
    error: /ReferenceError: range is not defined/,
    say: () => "range() is Python's; here: for (let i = 0; i < n; i++).",
  },
  {
    error: /ReferenceError: (None|True|False) is not defined/,
    say: ([, name]) =>
      `${name} is Python's; here it is ${{ None: "null", True: "true", False: "false" }[name]}.`,
  },
  {
    error: /ReferenceError: require is not defined/,
    say: () => `require() is an older way of Node; here: import name from "npm:name".`,
  },
  {
    error: /ReferenceError: (?:module|exports) is not defined/,
    say: () => "Cells export nothing: a name that one cell declares is there for all later ones.",
  },
  {
    error: /ReferenceError: (?:document|window) is not defined/,
    say: () => "A cell runs beside the page, not in it: await show(…) puts something below the cell.",
  },
];

/**
 * A sentence for who writes as in another place, if it looks like that.
 *
 * @param found The text of the cell; and the error, if it ran
 * @example
 * ```ts
 * import { habitOf } from "./habits.ts";
 *
 * habitOf({ source: "console.log?" }); // … Here, put the cursor on console.log and press Shift-Tab.
 * ```
 */
export function habitOf({ source, error }: { source: string; error?: string }): string | undefined {
  for (const habit of HABITS) {
    const found = error === undefined ? habit.source?.exec(source) : habit.error?.exec(error) ??
      (habit.runs && /^ReferenceError/.test(error) ? habit.source?.exec(source) : null);
    if (found) return habit.say(found);
  }
  return undefined;
}
