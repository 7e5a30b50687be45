import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  accuracyChart,
  barChart,
  type Chart,
  ChartDataError,
  digitGrid,
  finderChart,
  functionChart,
  histogramChart,
  landscapeChart,
  lineChart,
  lossChart,
  runChart,
  surfaceChart,
} from "backprop";

const axes = { xLabel: "x", yLabel: "y" };
const line = [{ label: "f", f: (x: number) => x }];

/** Each chart with a row (mark, walk, …) as it should be, the misspelt name, and what was meant. */
// deno-lint-ignore no-explicit-any -- fields that the types refuse are the point
const CHARTS: [name: string, draw: (row: any) => Chart, right: object, wrong: string, meant: string][] = [
  [
    "lossChart",
    (row) => lossChart([row]),
    { epoch: 0, trainLoss: 1, validationLoss: 2 },
    "validLoss",
    "validationLoss",
  ],
  ["lossChart", (row) => lossChart([row]), { epoch: 0, trainLoss: 1 }, "trianLoss", "trainLoss"],
  [
    "accuracyChart",
    (row) => accuracyChart([row]),
    { epoch: 0, trainAccuracy: 1 },
    "trainAcc",
    "trainAccuracy",
  ],
  [
    "runChart",
    (row) => runChart([row]),
    { step: 1, trainLoss: 1, gradientNorm: 2 },
    "gradNorm",
    "gradientNorm",
  ],
  ["lineChart", (row) => lineChart([row], axes), { x: 1, y: 1, series: "a" }, "serie", "series"],
  [
    "lineChart",
    (row) => lineChart([{ x: 1, y: 1 }], { ...axes, marks: [row] }),
    { x: 1, label: "m" },
    "lable",
    "label",
  ],
  [
    "lineChart",
    (row) => lineChart([{ x: 1, y: 1 }], { ...axes, reference: row }),
    { value: 1, label: "r" },
    "val",
    "value",
  ],
  ["barChart", (row) => barChart([row]), { label: "a", value: 1 }, "values", "value"],
  [
    "barChart",
    (row) => barChart([{ label: 1, value: 1 }], { reference: row }),
    { value: 1, label: "r" },
    "lbl",
    "label",
  ],
  [
    "digitGrid",
    (row) => digitGrid([row]),
    { pixels: new Uint8Array(784), caption: "0" },
    "captoin",
    "caption",
  ],
  [
    "finderChart",
    (row) => finderChart({ rows: [row], suggestion: 1, reason: "finished" }),
    { learningRate: 1, loss: 1, smoothedLoss: 1 },
    "smoothLoss",
    "smoothedLoss",
  ],
  ["functionChart", (row) => functionChart([row], { ...axes, domain: [0, 1] }), line[0], "labels", "label"],
  [
    "functionChart",
    (row) => functionChart(line, { ...axes, domain: [0, 1], points: [row] }),
    { x: 0, y: 0, label: "p" },
    "name_label",
    "label",
  ],
  [
    "histogramChart",
    (row) => histogramChart([row], { xLabel: "x" }),
    { label: "a", values: [1] },
    "vals",
    "values",
  ],
  [
    "landscapeChart",
    (row) => landscapeChart((x) => x, { ...axes, domain: [0, 1], walks: [row] }),
    { label: "w", points: [0] },
    "point",
    "points",
  ],
  [
    "landscapeChart",
    (row) => landscapeChart((x) => x, { ...axes, domain: [0, 1], marks: [row] }),
    { x: 0, label: "m" },
    "lable",
    "label",
  ],
  [
    "surfaceChart",
    (row) => surfaceChart((x) => x, { ...axes, valueLabel: "v", x: [0, 1], y: [0, 1], paths: [row] }),
    { label: "p", points: [[0, 0]] },
    "lable",
    "label",
  ],
  [
    "surfaceChart",
    (row) => surfaceChart((x) => x, { ...axes, valueLabel: "v", x: [0, 1], y: [0, 1], arrow: row }),
    { at: [0, 0] },
    "directions",
    "direction",
  ],
];

for (const [name, draw, right, wrong, meant] of CHARTS) {
  Deno.test(`${name}() refuses ${wrong} and names ${meant}`, () => {
    assert(draw(right).toSVG().length > 0);
    const { [meant]: value = 1, ...others } = right as Record<string, unknown>;
    const misspelt = { ...others, [wrong]: value }, beside = { ...right, [wrong]: value };
    for (const row of wrong === "trainAcc" ? [misspelt] : [misspelt, beside]) { // beside it, acc could be a metric
      const error = assertThrows(() => draw(row), ChartDataError);
      assert(error.message.startsWith(`${name}() cannot draw`), error.message);
      assert(error.message.includes(`unknown field "${wrong}"`), error.message);
      assert(error.message.endsWith(`Did you mean "${meant}"?`), error.message);
    }
  });
}

Deno.test("rows of a history are drawn whole: what fit writes, and metrics of one's own", () => {
  const epochs = [0, 1].map((epoch) => ({
    epoch,
    step: epoch,
    trainLoss: 1,
    validationLoss: 2,
    trainAccuracy: 0.5,
    validationAccuracy: 0.5,
    trainTop5: 0.9,
    validationTop5: 0.9,
    learningRate: 0.1,
    gradientNorm: 1,
    updateRatio: 0.001,
    activations: [],
    seconds: 1,
  }));
  for (const draw of [lossChart, accuracyChart, runChart]) assert(draw(epochs).toSVG().length > 0);
  // A metric whose name is near to that of a field is no slip, as long as the field is there.
  const accuracy2 = epochs.map((row) => ({ ...row, trainAccuracy2: 0.1 }));
  assert(accuracyChart(accuracy2).toSVG().length > 0);
});

Deno.test("a row that is none is refused, naming it", () => {
  for (const row of [null, 3, "row", [1, 2]]) {
    assertThrows(
      () => lineChart([row] as never, axes),
      ChartDataError,
      "row 0 to be an object with x, y, series",
    );
    assertThrows(() => barChart([row] as never), ChartDataError, "row 0");
  }
  assertThrows(
    () => lineChart([{ x: 1, y: 1 }], { ...axes, marks: {} as never }),
    ChartDataError,
    "marks to be a list",
  );
});

Deno.test("texts and sizes among options are what they should be", () => {
  const draw = (options: object) => () => lineChart([{ x: 1, y: 1 }], { ...axes, ...options });
  assertThrows(draw({ title: 5 }), ChartDataError, "title to be a text, got a number");
  assertThrows(draw({ xLabel: undefined }), ChartDataError, "xLabel to be a text, got undefined");
  for (const width of [0, -1, NaN, 1e9, "600", null]) {
    assertThrows(draw({ width }), ChartDataError, "width to be a number of pixels from 50 to 10000");
  }
});

Deno.test("a chart that is drawn again draws what it was given, whatever became of it", () => {
  const row = { x: 1, y: 1, series: "a" }, mark = { x: 1, label: "here" };
  const options = { ...axes, marks: [mark], title: "before" };
  const chart = lineChart([row, { x: 2, y: 2, series: "a" }], options);
  const before = chart.resized(400).toSVG();
  row.y = 7;
  mark.label = "there";
  options.title = "after";
  assertEquals(chart.resized(400).toSVG(), before);
  const history = [{ epoch: 0, trainLoss: 1 }, { epoch: 1, trainLoss: 0.5 }], loss = lossChart(history);
  const first = loss.resized(400).toSVG();
  history[1].trainLoss = 9;
  assertEquals(loss.resized(400).toSVG(), first);
});
