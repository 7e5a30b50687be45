import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { accuracyChart, lossChart } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, marks, texts, ticks } from "./svg.ts";

const losses = [1.6, 0.9, 0.5, 0.4, 0.45, 0.6, 0.8].map((validationLoss, epoch) => ({
  epoch,
  trainLoss: 1.6 * 0.5 ** epoch,
  validationLoss,
}));
const accuracies = [0.2, 0.6, 0.8, 0.75, 0.7].map((validationAccuracy, epoch) => ({
  epoch,
  trainAccuracy: 1 - 0.8 * 0.5 ** epoch,
  validationAccuracy,
}));
const at = (root: ReturnType<typeof assertReadable>) =>
  marks(root, "onset of overfitting").flatMap((group) => [group, ...all(group)]).filter(({ name }) =>
    name === "line"
  )
    .map(({ attributes }) => Number(attributes.x1 ?? attributes.transform?.match(/[\d.]+/)?.[0]));

Deno.test("lossChart({ onset: true }) marks the best validation epoch as the start of overfitting, and says so", () => {
  const chart = lossChart(losses, { onset: true }), root = assertReadable(chart.toSVG());
  assertEquals(chart.title, "Overfitting starts at epoch 3: validation loss then rises from 0.4 to 0.8");
  assertEquals(at(root), [ticks(root, "x").get("3")]);
  assert(texts(root).includes("overfitting starts at epoch 3"));
  assert(!texts(root).some((text) => text.startsWith("best")), "the line says it already");
});

Deno.test("accuracyChart({ onset: true }) marks the epoch of the highest validation accuracy", () => {
  const chart = accuracyChart(accuracies, { onset: true }), root = assertReadable(chart.toSVG());
  assertEquals(chart.title, "Overfitting starts at epoch 2: validation accuracy then falls from 80% to 70%");
  assertEquals(at(root), [ticks(root, "x").get("2")]);
});

Deno.test("lossChart({ onset: true }) marks nothing while validation gets no worse, or only by a hair", () => {
  const better = losses.slice(0, 4), hair = [...better, { epoch: 4, trainLoss: 0.1, validationLoss: 0.41 }];
  for (const rows of [better, hair, losses.map(({ epoch, trainLoss }) => ({ epoch, trainLoss }))]) {
    const chart = lossChart(rows, { onset: true });
    assertEquals(at(assertReadable(chart.toSVG())), []);
    assert(chart.title.startsWith("Training loss falls"));
  }
  assertEquals(lossChart(losses).toSVG(), lossChart(losses, { onset: false }).toSVG());
});

Deno.test("lossChart({ onset }) takes an epoch, e.g. that of early stopping", () => {
  const chart = lossChart(losses, { onset: 5, title: "Stopped" }), root = assertReadable(chart.toSVG());
  assertEquals(at(root), [ticks(root, "x").get("5")]);
  assertStringIncludes(chart.alternative, "Overfitting starts at epoch 5.");
  assert(texts(root).includes("best 0.4 at epoch 3"));
});

Deno.test("lossChart({ onset }) keeps labels apart and inside, wherever the onset is", () => {
  for (const onset of [true, 0, 1, 5, 6]) {
    for (const width of [680, 390]) {
      assertLabelsApart(assertReadable(lossChart(losses, { onset, width }).toSVG()));
    }
  }
  assertLabelsApart(assertReadable(accuracyChart(accuracies, { onset: true }).resized(390).toSVG()));
});

Deno.test("lossChart({ onset }) refuses an epoch outside the chart", () => {
  for (const onset of [-1, 7, NaN]) {
    assertThrows(
      () => lossChart(losses, { onset }),
      ChartDataError,
      `onset to be true or an epoch from 0 to 6, got ${onset}`,
    );
  }
});
