import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { finderChart, type LearningRateRow, type LearningRateSearch } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, marks, texts, ticks } from "./svg.ts";

/** Level, falling to 0.2 at 1, then up: one row a tenth of a decade, the batches a little off the mean. */
const rows: LearningRateRow[] = Array.from({ length: 66 }, (_, i) => {
  const power = -5 + i / 10;
  const smoothedLoss = power < -2 ? 1.6 : power <= 0 ? 1.6 - 0.7 * (power + 2) : 0.2 + 30 * power;
  return { learningRate: 10 ** power, loss: smoothedLoss * (i % 2 === 0 ? 1.05 : 0.95), smoothedLoss };
});
const search: LearningRateSearch = { rows, suggestion: 0.1, reason: "diverged" };

Deno.test("finderChart() states the suggestion and how the test ended", () => {
  const title = (more: Partial<LearningRateSearch>) => finderChart({ ...search, ...more }).title;
  assertEquals(title({}), "A learning rate to try: 0.1, a tenth of where the loss is lowest");
  assertEquals(title({ suggestion: undefined }), "No learning rate to suggest: the loss never fell by 5%");
  assertStringIncludes(finderChart(search).alternative, "At 31.6 the loss blew up, which ended the test.");
  assertStringIncludes(
    finderChart({ ...search, reason: "aborted" }).alternative,
    "The test was stopped at 31.6.",
  );
  assert(!finderChart({ ...search, reason: "finished" }).alternative.includes("ended"));
});

Deno.test("finderChart() marks the suggestion on a logarithmic axis, and rings the lowest place", () => {
  const root = assertReadable(finderChart(search).toSVG());
  const x = ticks(root, "x");
  const [rule] = marks(root, "reference line").flatMap((group) => [group, ...all(group)]).filter(({ name }) =>
    name === "line"
  );
  assertAlmostEquals(
    Number(rule.attributes.x1 ?? rule.attributes.transform?.match(/[\d.]+/)?.[0]),
    x.get("0.1")!,
    0.05,
  );
  const [ring] = marks(root, "marked points").flatMap(all);
  assertAlmostEquals(+ring.attributes.cx, x.get("1")!, 0.05);
  for (
    const text of [
      "suggestion: 0.1",
      "lowest",
      "each batch",
      "running mean",
      "↑ loss (nats)",
      "learning rate — log axis →",
    ]
  ) {
    assert(texts(root).includes(text), text);
  }
});

Deno.test("finderChart() cuts off the rise to infinity, so that the fall can be seen", () => {
  const root = assertReadable(finderChart(search).toSVG());
  const mean = marks(root, "curve running mean").flatMap(all).filter(({ name }) => name === "path").flatMap(
    corners,
  );
  const heights = mean.map(([, y]) => y);
  const y = ticks(root, "y");
  assert(Math.min(...heights) < y.get("1.5")!);
  assert(y.size >= 3 && !y.has("20"));
});

Deno.test("finderChart() tells the curve in words", () => {
  assertStringIncludes(
    finderChart(search, { unit: "bits" }).alternative,
    "Line chart of loss in bits against learning rate (log axis), 66 steps. A learning rate to try: 0.1, a tenth of where " +
      "the loss is lowest. Smoothed loss: 1.6 at 10⁻⁵, lowest 0.2 at 1, last 45.2 at 31.6.",
  );
});

Deno.test("finderChart() keeps labels apart and inside, also at the width of a telephone", () => {
  for (const some of [search, { ...search, suggestion: undefined }, { ...search, rows: rows.slice(0, 1) }]) {
    for (const width of [680, 600, 390]) {
      assertLabelsApart(assertReadable(finderChart(some).resized(width).toSVG()));
    }
  }
});

Deno.test("finderChart() gives the same characters every time", () => {
  assertEquals(finderChart(search).toSVG(), finderChart(search).toSVG());
});

Deno.test("finderChart() says what to do without rows", () => {
  for (const none of [{ ...search, rows: [] }, undefined, {}]) {
    assertThrows(
      () => finderChart(none as LearningRateSearch),
      ChartDataError,
      "Pass what `await findLearningRate(…)` returned",
    );
  }
});
