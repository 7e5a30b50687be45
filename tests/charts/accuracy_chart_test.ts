import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { accuracyChart } from "../../lib/charts/accuracy_chart.ts";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { all, assertReadable, corners, marks, texts, ticks } from "./svg.ts";

const history = [
  { epoch: 0, trainAccuracy: 0.213, validationAccuracy: 0.22 },
  { epoch: 1, trainAccuracy: 0.9, validationAccuracy: 0.95 },
  { epoch: 2, trainAccuracy: 0.988, validationAccuracy: 0.94 },
];

Deno.test("accuracyChart() states the finding in percent", () => {
  const chart = accuracyChart(history);
  assertEquals(chart.title, "Training accuracy rises from 21.3% to 98.8% in 2 epochs");
  assertStringIncludes(
    chart.alternative,
    "Validation ends at 94%, 4.8 percentage points below training; its best was 95% at epoch 1.",
  );
});

Deno.test("accuracyChart() draws percent on an axis that ends at 100%", () => {
  const root = assertReadable(accuracyChart(history).toSVG());
  assert(texts(root).includes("↑ accuracy (%)"));
  const y = ticks(root, "y");
  assertEquals([...y.keys()], ["20", "40", "60", "80", "100"]);
  const [curve] = marks(root, "training curve").flatMap(all).filter((element) => element.name === "path");
  const expected = y.get("100")! + (y.get("80")! - y.get("100")!) / 2;
  assert(Math.abs(corners(curve)[1][1] - expected) < 0.02, "90% stands half-way between 80% and 100%");
});

Deno.test("accuracyChart() marks the highest validation accuracy, not the lowest", () => {
  const root = assertReadable(accuracyChart(history).toSVG());
  assert(texts(root).includes("best 95% at epoch 1"));
});

Deno.test("accuracyChart() shows the last percents on an axis of their own", () => {
  const root = assertReadable(
    accuracyChart([{ epoch: 1, trainAccuracy: 0.97 }, { epoch: 2, trainAccuracy: 0.99 }]).toSVG(),
  );
  assertEquals([...ticks(root, "y").keys()][0], "90");
});

Deno.test("accuracyChart() never rounds to a perfect score that was not reached", () => {
  assertEquals(
    accuracyChart([{ epoch: 1, trainAccuracy: 0.9999 }]).title,
    "Training accuracy is >99.9% at epoch 1",
  );
  assertEquals(accuracyChart([{ epoch: 1, trainAccuracy: 1 }]).title, "Training accuracy is 100% at epoch 1");
});

Deno.test("accuracyChart() refuses percent where shares are expected, and an empty history", () => {
  assertThrows(
    () => accuracyChart([{ epoch: 1, trainAccuracy: 97.8 }]),
    ChartDataError,
    "in percent, divide by 100",
  );
  assertThrows(
    () => accuracyChart([{ epoch: 1, trainAccuracy: -0.1 }]),
    ChartDataError,
    "shares 0…1, got -0.1",
  );
  assertThrows(() => accuracyChart([]), ChartDataError, "accuracyChart() has no rows");
});
