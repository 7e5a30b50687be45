import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import {
  faultOfSolution,
  onlyNeeded,
  tryNotebooks,
  untilLastGraded,
} from "../../../../tools/grading/assignments/trial.ts";
import type { Notebook } from "../../../../tools/notebooks/notebook_file.ts";
import { ensureSetup } from "../../../../tools/setup/setup.ts";
import { code, DOUBLE, good, graded, notebookOf } from "./notebooks.ts";

/** As in the release version. */
const STUBBED = 'function double(x: number): number {\n  throw new Error("Not implemented");\n}';

Deno.test("a stub that passes and a solution that fails are found, by running both in the real kernel", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const put = async (name: string, notebook: Notebook) => {
      await Deno.writeTextFile(join(folder, name), JSON.stringify(notebook));
      return join(folder, name);
    };
    const unsolved = notebookOf(
      code("data", "const base = 3;"),
      code("exercise-double", STUBBED),
      graded("check-double", "if (double(base) !== 6) throw new Error();", 50),
      graded("check-lax", "let note = 1;\ntry { note = double(base); } catch { note = 6; }", 25),
      graded("check-late", "if (double(1) !== 2) throw new Error();", 25),
    );
    const solved = notebookOf(
      code("data", "const base = 3;"),
      code("exercise-double", DOUBLE),
      graded("check-double", "if (double(base) !== 6) throw new Error();", 20),
      graded("check-wrong", "if (double(base) !== 7) throw new TypeError('not seven');", 20),
      graded("check-loud", 'if (double(base) !== 6) throw new Error();\nconsole["warn"]("close");', 20),
      graded("check-value", "double(base) / 6", 40),
    );
    let cells = 0;
    const problems = await tryNotebooks(
      await ensureSetup(),
      [{ path: await put("a.ipynb", unsolved), expects: "fail" }, {
        path: await put("b.ipynb", solved),
        expects: "pass",
      }],
      join(folder, "tried"),
      () => cells++,
    );
    assertEquals(problems.map(({ file, at, rule }) => [file, at, rule]), [
      ["notebooks/a.ipynb", "cell check-lax", "stub-passes"],
      ["notebooks/b.ipynb", "cell check-wrong", "solution-fails"],
      ["notebooks/b.ipynb", "cell check-loud", "standard-error"],
      ["notebooks/b.ipynb", "cell check-value", "partial-credit"],
    ]);
    assertStringIncludes(problems[1].message, "not seven");
    assertEquals(cells, 11);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what is tried is cut to what counts", () => {
  const ids = ({ cells }: Notebook) => cells.map(({ id }) => id);
  const notebook = notebookOf(code("aside", "1;"), ...good().cells);
  assertEquals(ids(onlyNeeded(notebook)), ["data", "exercise-double", "check-double"]);
  assertEquals(ids(untilLastGraded(notebook)), ["aside", "data", "exercise-double", "check-double"]);
});

Deno.test("a check that printed and nothing else has no fault", () => {
  const outputs = [{ output_type: "stream", name: "stdout", text: "✓ fine" }];
  assertEquals(faultOfSolution({ ...good().cells[2], outputs }), undefined);
});
