import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import { lineInFile } from "../../../../tools/notebooks/file_lines.ts";
import {
  annotationLine,
  annotationLines,
  errorAnnotations,
  problemAnnotations,
  reviewAnnotations,
} from "../../../../tools/course/review/annotations.ts";
import { UsageError } from "../../../../tools/shared/arguments.ts";
import { readGolden } from "../../../../tools/course/review/golden.ts";
import { goldensAt } from "../../../../tools/course/review/since.ts";
import { parseCheckOptions } from "../../../../tools/course/review/options.ts";
import { reviewPage, writeReview } from "../../../../tools/course/review/page.ts";
import { acceptNotebooks, reviewNotebooks } from "../../../../tools/course/review/review.ts";
import { diffLines } from "../../../../tools/course/review/text_diff.ts";
import { committed } from "../../checks/notebook.ts";
import { withProject } from "../../checks/project.ts";
import { chart, notebook, picture, stream, withExecuted } from "./shown_by.ts";

Deno.test("the page shows what changed side by side, says what did not, and asks nothing of the network", async () => {
  const before = { a: [stream("loss 0.417\n")], b: [picture(chart([3, 1, 2]))], c: [stream("c < d\n")] };
  const after = { ...before, a: [stream("loss 0.418\n")], b: [picture(chart([3, 1, 1]))] };
  await withExecuted({ "01_x": before, "02_y": before }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x", "02_y"]);
    await Deno.writeTextFile(join(executed, "01_x.ipynb"), JSON.stringify(notebook(after)));
    const html = await Deno.readTextFile(
      await writeReview(root, await reviewNotebooks(root, executed, paths, reports)),
    );
    assertStringIncludes(html, "<h1>1 of 2 notebooks changed</h1>");
    assertMatch(html, /01_x<\/a> <span>2 cells changed/);
    assertMatch(html, /02_y<\/a> <span>same/);
    assertStringIncludes(html, "loss <del>0.417</del>");
    assertStringIncludes(html, "loss <ins>0.418</ins>");
    assertStringIncludes(html, "from (2, 2) to (2, 1)");
    assertEquals(html.match(/<figcaption>(Before|After|Difference)/g)?.length, 3);
    assertEquals(html.match(/<img [^>]*src="data:image\/(?:svg\+xml|png);base64,/g)?.length, 3);
    assertMatch(html, /1 cell with 0 pictures as before[^]*Cell 3 <code>c<\/code>: 1 line/);
    assert(
      !/(?:src|href)="(?!data:|#)|url\((?!#)|@import/.test(html.replace(/base64,[^"]*/g, "")),
      "it needs a file",
    );
  });
});

Deno.test("of many facts about a picture the page shows some, folds the others, and leaves out none", async () => {
  // Nine lines, and each moves.
  const line = (i: number, y: number) =>
    `<g aria-label="line" aria-description="line ${i}" stroke="teal"><path d="M20,${y}L80,${y + 10}"/></g>`;
  const lines = (down: number) => Array.from({ length: 9 }, (_, i) => line(i, 40 + 10 * i + down)).join("");
  const drawn = (down: number) => picture(chart([1, 2]).replace("</svg>", `${lines(down)}</svg>`));
  await withExecuted({ "01_x": { a: [drawn(0)] } }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x"]);
    await Deno.writeTextFile(join(executed, "01_x.ipynb"), JSON.stringify(notebook({ a: [drawn(7)] })));
    const html = await Deno.readTextFile(
      await writeReview(root, await reviewNotebooks(root, executed, paths, reports)),
    );
    const shown = html.match(/<ul class="facts">[^]*?<\/ul>/g)!.join("");
    for (let i = 0; i < 9; i++) assertStringIncludes(shown, `line ${i}`);
    assertStringIncludes(html, `<summary>${shown.match(/<li>/g)!.length - 6} more changes</summary>`);
  });
});

Deno.test("the page of a run without changes says so, and one of a failed notebook says why", async () => {
  await withExecuted({ "01_x": { a: [stream("a\n")] } }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x"]);
    const page = async (reports: Parameters<typeof reviewNotebooks>[3]) =>
      await Deno.readTextFile(await writeReview(root, await reviewNotebooks(root, executed, paths, reports)));
    assertStringIncludes(await page(reports), "<h1>Nothing has changed</h1>");
    const error = { cell: 0, cellId: "a", message: "TypeError: a < b" };
    const failed = await page([{ ...reports[0], errors: [error] }]);
    assertStringIncludes(failed, "Cell 1 <code>a</code> failed");
    assertStringIncludes(failed, "TypeError: a &lt; b");
  });
});

Deno.test("the page has what is wrong with files and cells too", () => {
  const problem = {
    file: "notebooks/01_x.ipynb",
    at: "cell 2",
    rule: "no-outputs",
    message: "a < b",
    hint: "deno task clean",
  };
  const html = reviewPage([], [problem], "");
  assertStringIncludes(html, "<h1>Nothing has changed, 1 problem in files</h1>");
  assertStringIncludes(html, "notebooks/01_x.ipynb, cell 2  a &lt; b [no-outputs]\n    → deno task clean");
});

Deno.test("the page calls nothing the same that has a problem, and tells failed from changed and from not reached", async () => {
  const known = {
    "01_x": { a: [stream("1\n")] },
    "02_y": { a: [stream("1\n")] },
    "03_z": { a: [stream("1\n")] },
  };
  await withExecuted(known, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, Object.keys(known));
    await Deno.writeTextFile(join(executed, "01_x.ipynb"), JSON.stringify(notebook({ a: [stream("2\n")] })));
    // Of 9 cells, 3 came to their end and the next one failed.
    const failed = {
      ...reports[1],
      cells: 9,
      executed: 3,
      errors: [{ cell: 5, cellId: "e", message: "no" }],
    };
    const reviews = await reviewNotebooks(root, executed, paths, [reports[0], failed, reports[2]]);
    const problem = { file: "notebooks/03_z.ipynb", at: "", rule: "r", message: "m" };
    const html = reviewPage(reviews, [problem, { ...problem, file: "tests/golden/notebooks/gone" }], "");
    assertStringIncludes(html, "<h1>1 of 3 notebooks changed, 1 failed, 2 problems in files</h1>");
    assertStringIncludes(html, "5 cells were not reached");
    assertMatch(html, /class="changed"><a href="#02_y">02_y<\/a> <span>failed, 5 cells not reached</);
    assertMatch(html, /class="changed"><a href="#03_z">03_z<\/a> <span>same, 1 problem</);
    const dead = { ...failed, errors: [{ cell: -1, cellId: "", message: "The kernel ended" }] };
    const [review] = await reviewNotebooks(root, executed, [paths[1]], [dead]);
    const page = reviewPage([review], [], "");
    assertStringIncludes(page, "<h1>1 of 1 notebook failed</h1>");
    assertStringIncludes(page, "6 cells were not reached");
    assert(!page.includes("--update"), "a failure is not accepted");
  });
});

Deno.test("diffLines() puts lines beside each other, and marks the words that changed", () => {
  const rows = diffLines("a\nb 0.5, x\nc", "a\nnew\nb 0.6, x\nc");
  const side = (part?: { line: number; pieces: { text: string; marked: boolean }[] }) =>
    part && `${part.line} ${part.pieces.map(({ text, marked }) => marked ? `[${text}]` : text).join("")}`;
  assertEquals(rows.map(({ before, after }) => [side(before), side(after)]), [
    ["1 a", "1 a"],
    ["2 [b 0.5, x]", "2 [new]"],
    [undefined, "3 [b 0.6, x]"],
    ["3 c", "4 c"],
  ]);
  assertEquals(diffLines("", "a").map(({ before, after }) => [side(before), side(after)]), [[
    undefined,
    "1 [a]",
  ]]);
});

Deno.test("a change is a line that GitHub shows where the cell begins in the file", async () => {
  const text = committed("1;", "2;\n3;");
  await withProject({ "notebooks/a.ipynb": text }, async (root) => {
    const errors = [
      { cell: 1, cellId: "cell-1", message: "It shows other text:\n- 50%\n+ 60%" },
      { cell: 1, cellId: "cell-1", line: 2, message: "x" },
      { cell: -1, cellId: "", message: "gone" },
    ];
    const annotations = await errorAnnotations(root, join(root, "notebooks", "a.ipynb"), errors);
    const begin = text.split("\n").findIndex((line) => line.includes('"cell-1"')) - 2;
    assertEquals(annotations.map(annotationLine), [
      `::error file=notebooks/a.ipynb,line=${begin},title=cell 2 (cell-1)::` +
      "cell 2 (cell-1): It shows other text:%0A- 50%25%0A+ 60%25",
      `::error file=notebooks/a.ipynb,line=${begin + 8},title=cell 2 (cell-1)::cell 2 (cell-1), line 2: x`,
      "::error file=notebooks/a.ipynb,line=1,title=notebooks/a.ipynb::gone",
    ]);
    assertEquals(text.split("\n")[begin - 1], "  {");
    assertEquals(text.split("\n")[begin + 7].trim(), '"3;"');
  });
});

Deno.test("what a check finds in a cell or in a file is such a line too", async () => {
  const text = committed("1;", "2;\n3;");
  await withProject({ "notebooks/a.ipynb": text }, async (root) => {
    const rule = "TS2322";
    const annotations = await problemAnnotations(root, [
      { file: "notebooks/a.ipynb", at: "cell 2 (cell-1), line 2", rule, message: "wrong", hint: "Mend it." },
      { file: "lib/a.ts", at: "12:5", rule, message: "wrong" },
      { file: "lib/a.ts", at: "", rule, message: "wrong" },
    ]);
    assertEquals(annotations.map(({ line }) => line), [lineInFile(text, 1, 2), 12, 1]);
    assertEquals(annotations[0].message, "cell 2 (cell-1), line 2: wrong\n→ Mend it.");
  });
});

Deno.test("goldensAt() gives what was known at a commit, and says so where there is none", async () => {
  const files = { "tests/golden/notebooks/01_x.cells.txt": "%% a markdown\nold\n", "other.txt": "" };
  await withProject(files, async (root) => {
    const git = async (...args: string[]) => {
      const own = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"];
      assert(
        (await new Deno.Command("git", { args: [...own, ...args], cwd: root }).output()).success,
        args.join(" "),
      );
    };
    await git("init", "-q");
    await git("add", "tests", "other.txt");
    await git("commit", "-q", "-m", "old");
    await Deno.writeTextFile(join(root, "tests/golden/notebooks/01_x.cells.txt"), "%% a markdown\nnew\n");
    await goldensAt(root, "HEAD", join(root, "build"));
    const texts = await Promise.all(
      [root, join(root, "build")].map(async (folder) =>
        (await readGolden(folder, "01_x")).cells.get("a")?.text
      ),
    );
    assertEquals(texts, ["new", "old"]);
    assertEquals([...Deno.readDirSync(join(root, "build"))].map(({ name }) => name), ["tests"]);
    await assertRejects(() => goldensAt(root, "HEAD^1", join(root, "build")), UsageError, "no commit HEAD^1");
  });
});

Deno.test("of more changes than GitHub shows, the last one shown says how many there are", () => {
  const all = Array.from({ length: 12 }, (_, i) => ({ file: "a", line: i + 1, title: "t", message: "m" }));
  assertEquals(annotationLines(all.slice(0, 10)).length, 10);
  const lines = annotationLines(all);
  assertEquals(lines.length, 13);
  assertStringIncludes(lines[9], "::error file=a,line=10,title=and 3 more::3 more are in the log");
  assertStringIncludes(lines[12], "line=12,");
});

Deno.test("lineInFile() says line 1 of a file that is laid out otherwise", () => {
  assertEquals(lineInFile('{"cells": [{}]}', 0, 3), 1);
});

Deno.test("the page says with which commit it compares, and annotations of accepted changes are notices", async () => {
  await withExecuted({ "01_x": { a: [stream("1\n")] } }, async ({ root, executed, paths, reports }) => {
    const reviews = await reviewNotebooks(root, executed, paths, reports);
    const html = reviewPage(reviews, [], "", "HEAD^1");
    assertStringIncludes(html, "Compared with the commit <code>HEAD^1</code>");
    assert(!html.includes("--update"), "it is accepted already");
    const lines = annotationLines(await reviewAnnotations(root, reviews, "notice"));
    assertEquals(lines.map((line) => line.split(" ")[0]), ["::notice", "::notice"]);
  });
});

Deno.test("parseCheckOptions() reads names and options, and annotates by itself on GitHub only", () => {
  const { names, update, annotations, jobs } = parseCheckOptions([
    "--",
    "02",
    "05",
    "--jobs=1",
    "--annotations",
  ]);
  assertEquals(parseCheckOptions(["--since", "main"]).since, "main");
  assertThrows(() => parseCheckOptions(["--since"]), UsageError, "--since");
  assertEquals([names, update, annotations, jobs], [["02", "05"], false, true, 1]);
  const before = Deno.env.get("GITHUB_ACTIONS");
  try {
    Deno.env.set("GITHUB_ACTIONS", "true");
    assertEquals(parseCheckOptions([]).annotations, true);
    Deno.env.delete("GITHUB_ACTIONS");
    assertEquals(parseCheckOptions([]).annotations, false);
  } finally {
    if (before !== undefined) Deno.env.set("GITHUB_ACTIONS", before);
  }
});
