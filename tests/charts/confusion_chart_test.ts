import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { confusionChart } from "../../lib/charts/confusion_chart.ts";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { contrast, rgb } from "../../lib/charts/palette.ts";
import { all, assertReadable, marks, texts } from "./svg.ts";

const matrix = [[972, 1, 3], [0, 1128, 4], [6, 5, 1005]];

/** Fill and printed count of each cell, row by row. */
function cells(of: number[][]) {
  const root = assertReadable(confusionChart(of).toSVG());
  const fills = marks(root, "counts as colours").flatMap(all).map((element) => element.attributes.fill);
  const counts = marks(root, "counts").flatMap(all).filter((element) => element.name === "text");
  return counts.map((count, index) => ({
    count: count.text,
    ink: count.attributes.fill,
    fill: fills[index],
  }));
}

Deno.test("confusionChart() states accuracy and the most common mistake", () => {
  assertEquals(
    confusionChart(matrix).title,
    "99.4% of 3,124 right; most common mistake: 2 read as 0, 6 times",
  );
  assertEquals(
    confusionChart([[1, 1], [0, 8]]).title,
    "90% of 10 right; most common mistake: 0 read as 1, once",
  );
  assertEquals(
    confusionChart([[3, 2], [2, 3]]).title,
    "60% of 10 right; most common mistake: 0 read as 1, twice; one other as often",
  );
  assertEquals(confusionChart([[5, 0], [0, 5]]).title, "All 10 right");
});

Deno.test("confusionChart() does not claim 100% when there is a mistake", () => {
  assertStringIncludes(confusionChart([[9999, 1], [0, 9999]]).title, ">99.9% of 19,999 right");
});

Deno.test("confusionChart() prints every count, true classes as rows", () => {
  assertEquals(cells(matrix).map(({ count }) => count), [
    "972",
    "1",
    "3",
    "0",
    "1,128",
    "4",
    "6",
    "5",
    "1,005",
  ]);
  const said = texts(assertReadable(confusionChart(matrix).toSVG()));
  assert(said.includes("true digit") && said.includes("predicted digit"));
  assert(said.includes("99.6% right") && said.includes("98.9% right"));
});

Deno.test("confusionChart() shades right answers blue and mistakes orange, a larger share darker", () => {
  const fills = cells(matrix).map(({ fill }) => rgb(fill));
  const [blue, one, three, none] = fills;
  assert(blue[2] > blue[0], "diagonal is blue");
  assert(one[0] > one[2] && three[0] > three[2], "mistakes are orange");
  assertEquals(none, [255, 255, 255]);
  assert(three[2] < one[2], "3 mistakes are darker than 1");
  assert(255 - one[2] >= 30, "even one mistake in 976 can be seen");
});

Deno.test("confusionChart() prints counts with a contrast of at least 4.5 on every shade", () => {
  for (let share = 0; share <= 100; share += 4) {
    for (const { count, ink, fill } of cells([[share, 100 - share], [100 - share, share]])) {
      assert(contrast(ink, fill) >= 4.5, `${count}: ${ink} on ${fill}`);
    }
  }
});

Deno.test("confusionChart() takes names for classes and says them in words", () => {
  const chart = confusionChart([[3, 1], [0, 0]], { labels: ["cat", "dog"], classNoun: "animal" });
  assertEquals(
    chart.alternative,
    "Confusion matrix of 2 classes. 75% of 4 right; most common mistake: cat read as dog, once. " +
      "cat: 75% right, dog: no examples. Most common mistakes: cat read as dog (once).",
  );
  assert(texts(assertReadable(chart.toSVG())).includes("true animal"));
});

Deno.test("confusionChart() draws one class, and many", () => {
  assertReadable(confusionChart([[3]]).toSVG());
  const many = Array.from(
    { length: 26 },
    (_, i) => Array.from({ length: 26 }, (_, j) => i === j ? 1000 : (i * j) % 7),
  );
  assertEquals(cells(many).length, 26 * 26);
});

Deno.test("confusionChart() gives the same characters every time", () => {
  assertEquals(confusionChart(matrix).toSVG(), confusionChart(matrix).toSVG());
});

Deno.test("confusionChart() says what is wrong with a matrix", () => {
  const fails = (of: unknown, says: string, options = {}) =>
    assertThrows(() => confusionChart(of as number[][], options), ChartDataError, says);
  fails([], "got an empty matrix");
  fails([[1, 2]], "1 rows, but row 0 has 2 columns");
  fails([[1, 2], [3]], "row 1 has 1 columns");
  fails([[0.5, 0.5], [0, 1]], "entry [0, 0] is 0.5. Pass counts");
  fails([[1, -1], [0, 1]], "entry [0, 1] is -1");
  fails([[NaN]], "entry [0, 0] is NaN");
  fails([[0, 0], [0, 0]], "every count is 0");
  fails([[1, 0], [0, 1]], "needs 2 different labels, got 1", { labels: ["a"] });
  fails([[1, 0], [0, 1]], "needs 2 different labels", { labels: ["a", "a"] });
});
