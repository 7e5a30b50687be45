import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { annotationLines, reviewAnnotations } from "../../../../tools/course/review/annotations.ts";
import { describeGroups, groupsOf, headingOf } from "../../../../tools/course/review/groups.ts";
import { reviewPage } from "../../../../tools/course/review/page.ts";
import {
  acceptNotebooks,
  isAsKnown,
  type Review,
  reviewNotebooks,
} from "../../../../tools/course/review/review.ts";
import { chart, notebook, picture, stream, withExecuted } from "./shown_by.ts";

type Cells = Record<string, unknown[] | string>;

const KNOWN: Cells = {
  intro: "# Loss\n\nThe inner lengths agree: $2 \\cdot 3 = 6$.",
  train: [stream("loss 0.417\n"), picture(chart([3, 1, 2]))],
  again: [picture(chart([1, 2, 3]))],
  outro: "That is all.",
};

/** What is found if a notebook that was accepted becomes another one. */
async function found(
  planted: Cells,
  use: (reviews: Review[], root: string) => void | Promise<void>,
  code?: string,
) {
  await withExecuted({ "01_x": KNOWN }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x"]);
    const changed = notebook(planted);
    if (code) changed.cells.find(({ id }) => id === "again")!.source = code;
    for (const folder of [executed, join(root, "notebooks")]) {
      await Deno.writeTextFile(join(folder, "01_x.ipynb"), JSON.stringify(changed, null, 1));
    }
    await use(await reviewNotebooks(root, executed, paths, reports), root);
  });
}

const headings = (reviews: Review[]) =>
  groupsOf(reviews).map((group) => `${group.kind}: ${headingOf(group)}`);

Deno.test("a wrong digit in a formula is a change of numbers, with the digit marked, and fails", async () => {
  await found({ ...KNOWN, intro: String(KNOWN.intro).replace("= 6", "= 7") }, (reviews) => {
    assertEquals(headings(reviews), ["numbers: 1 text cell: 6 → 7"]);
    assertEquals(reviews.filter(isAsKnown), []);
    const html = reviewPage(reviews, [], "");
    assertStringIncludes(html, "$2 \\cdot 3 = <del>6</del>$.");
    assertStringIncludes(html, "$2 \\cdot 3 = <ins>7</ins>$.");
  });
});

Deno.test("a typo in a text cell is a change of text, is annotated at the cell, and fails", async () => {
  await found({ ...KNOWN, intro: String(KNOWN.intro).replace("inner", "iner") }, async (reviews, root) => {
    assertEquals(headings(reviews), ["texts: 1 text cell: inner → iner"]);
    const [line, ...others] = annotationLines(await reviewAnnotations(root, reviews));
    assertEquals(others, []);
    assertStringIncludes(line, "::error file=notebooks/01_x.ipynb,line=3,title=cell 1 (intro)::");
    assertStringIncludes(line, "Its text has changed:%0A- The inner lengths");
  });
});

Deno.test("changed code is shown though the cell shows what it showed", async () => {
  await found(KNOWN, (reviews) => {
    assertEquals(headings(reviews), ["texts: 1 code cell: again → other"]);
    assertEquals(reviews[0].comparison?.changed.map(({ id }) => id), ["again"]);
  }, 'f("other");');
});

Deno.test("one colour that changed everywhere is one thing to look at", async () => {
  const brown: Cells = {
    ...KNOWN,
    train: [stream("loss 0.417\n"), picture(chart([3, 1, 2], { colour: "brown" }))],
    again: [picture(chart([1, 2, 3], { colour: "brown" }))],
  };
  await found(brown, (reviews) => {
    assertEquals(headings(reviews), ["looks: 2 pictures: only colour teal → brown"]);
    const said = describeGroups(groupsOf(reviews));
    assertStringIncludes(said, "also in:\n    01_x, cell 3 (again)");
    assertEquals(said.match(/A picture \(/g)?.length, 1);
    assertStringIncludes(reviewPage(reviews, [], ""), "<summary>1 change more with the same cause</summary>");
  });
});

Deno.test("a renamed cell is a renamed cell, not one gone and one new", async () => {
  const { train, ...others } = KNOWN;
  await found({ intro: KNOWN.intro, training: train, ...others }, (reviews) => {
    assertEquals(headings(reviews)[0], "texts: 1 cell with another id");
    const changed = reviews[0].comparison!.changed;
    assertEquals(changed.map(({ id, changes }) => [id, changes.map(({ what }) => what)]), [
      ["training", ["id", "code"]], // The helper's code has the id in it.
    ]);
    assertStringIncludes(describeGroups(groupsOf(reviews)), 'It was called "train", and is the same cell.');
  });
});

Deno.test("several changes at once are all found, numbers first, then texts, then looks", async () => {
  const planted: Cells = {
    intro: String(KNOWN.intro).replace("inner", "iner"),
    train: [stream("loss 0.418\n"), picture(chart([3, 1, 2], { colour: "brown" }))],
    again: [picture(chart([1, 2.5, 3]))],
    ending: KNOWN.outro,
  };
  await found(planted, (reviews) => {
    const kinds = headings(reviews);
    assertEquals(kinds.map((heading) => heading.split(":")[0]), [
      "numbers",
      "numbers",
      "texts",
      "texts",
      "looks",
    ]);
    assertStringIncludes(kinds[0], "0.417 → 0.418");
    assertStringIncludes(kinds[1], "from (1, 2) to (1, 2.5)");
    assert(!kinds.some((heading) => / (?:new|gone)$/.test(heading)), kinds.join("\n"));
  });
});

Deno.test("a wrong number in the text does not hide what else has changed", async () => {
  await withExecuted({ "01_x": KNOWN }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x"]);
    const planted = { ...KNOWN, outro: "That is al." };
    await Deno.writeTextFile(join(executed, "01_x.ipynb"), JSON.stringify(notebook(planted)));
    const wrong = { cell: 0, cellId: "intro", line: 3, message: "The formula says …", inText: true };
    const reviews = await reviewNotebooks(root, executed, paths, [{ ...reports[0], errors: [wrong] }]);
    const html = reviewPage(reviews, [], "");
    assertStringIncludes(html, "<h1>1 of 1 notebook changed, 1 wrong number in the text</h1>");
    assertStringIncludes(html, "<h2>01_x: 1 wrong number in the text</h2>");
    assertStringIncludes(html, "<ins>al</ins>");
    const annotations = await reviewAnnotations(root, reviews);
    assertEquals(annotations.map(({ message }) => message.split(":")[0]), [
      "cell 1 (intro), line 3",
      "cell 4 (outro)",
    ]);
  });
});

Deno.test("what was accepted is the text that is compared with from then on", async () => {
  await withExecuted({ "01_x": KNOWN }, async ({ root, executed, paths, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x"]);
    await Deno.writeTextFile(
      join(executed, "01_x.ipynb"),
      JSON.stringify(notebook({ ...KNOWN, outro: "Really all." })),
    );
    assertEquals(await acceptNotebooks(root, executed, reports, ["01_x"]), ["01_x.cells.txt"]);
    const [review] = await reviewNotebooks(root, executed, paths, reports);
    assert(isAsKnown(review));
  });
});
