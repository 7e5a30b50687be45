import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { barChart } from "../../lib/charts/bar_chart.ts";
import { lossChart, type LossRow } from "../../lib/charts/loss_chart.ts";
import { palette } from "../../lib/charts/palette.ts";
import { all, assertReadable, corners, marks, texts, ticks, translation } from "./svg.ts";

const history: LossRow[] = [
  { epoch: 0, trainLoss: 1.61, validationLoss: 1.6 },
  { epoch: 1, trainLoss: 0.5, validationLoss: 0.52 },
  { epoch: 2, trainLoss: 0.2, validationLoss: 0.24 },
  { epoch: 3, trainLoss: 0.12, validationLoss: 0.19 },
  { epoch: 4, trainLoss: 0.09, validationLoss: 0.21 },
];
const read = (rows: LossRow[], options = {}) => assertReadable(lossChart(rows, options).toSVG());

Deno.test("lossChart() states the finding: where training began and ended, the last gap, the best epoch", () => {
  const chart = lossChart(history);
  assertEquals(chart.title, "Training loss falls from 1.61 to 0.09 in 4 epochs");
  assertEquals(texts(assertReadable(chart.toSVG())).slice(0, 2), [
    "Training loss falls from 1.61 to 0.09 in 4 epochs",
    "Validation ends at 0.21, 0.12 above training; its best was 0.19 at epoch 3.",
  ]);
});

Deno.test("lossChart() has a text alternative made from the same rows", () => {
  assertEquals(
    lossChart(history).alternative,
    "Line chart of loss in nats against epoch. Training loss falls from 1.61 to 0.09 in 4 epochs. " +
      "Training: 5 points, from 1.61 at epoch 0 to 0.09 at epoch 4, lowest 0.09 at epoch 4. " +
      "Validation: 5 points, from 1.6 at epoch 0 to 0.21 at epoch 4, lowest 0.19 at epoch 3. " +
      "Validation ends at 0.21, 0.12 above training; its best was 0.19 at epoch 3.",
  );
});

Deno.test("lossChart() names its axes with units", () => {
  assert(texts(read(history)).includes("↑ loss (nats)"));
  assert(texts(read(history)).includes("epoch →"));
  assert(texts(read(history, { unit: "bits" })).includes("↑ loss (bits)"));
  assert(texts(read(history, { unit: "" })).includes("↑ loss"));
  assertStringIncludes(lossChart(history, { unit: "bits" }).alternative, "loss in bits");
});

for (const log of [false, true]) {
  Deno.test(`lossChart() puts each point where its axes say (${log ? "log" : "linear"} axis)`, () => {
    // Values that are ticks themselves.
    const rows = [{ epoch: 0, trainLoss: 2 }, { epoch: 1, trainLoss: 1 }, { epoch: 2, trainLoss: 0.5 }];
    const root = read(rows, { log });
    const [curve] = marks(root, "training curve").flatMap(all).filter((element) => element.name === "path");
    const [x, y] = [ticks(root, "x"), ticks(root, "y")];
    assertEquals(corners(curve), [[x.get("0"), y.get("2")], [x.get("1"), y.get("1")], [
      x.get("2"),
      y.get("0.5"),
    ]]);
  });
}

Deno.test("lossChart() starts a linear axis at zero, so that a small fall looks small", () => {
  assert(ticks(read([{ epoch: 0, trainLoss: 1.61 }, { epoch: 1, trainLoss: 1.6 }]), "y").has("0"));
});

Deno.test("lossChart() writes names and last values beside the ends of the curves, apart from each other", () => {
  const rows = [{ epoch: 0, trainLoss: 1, validationLoss: 1 }, {
    epoch: 1,
    trainLoss: 0.5,
    validationLoss: 0.5001,
  }];
  const labels = marks(read(rows), "value at the end").map((group) => {
    const [text] = all(group).filter((element) => element.name === "text");
    return { says: text.text, y: translation(group)[1] + translation(text)[1] };
  });
  assertEquals(labels.map(({ says }) => says), ["training 0.5", "validation 0.5 (best)"]);
  assert(Math.abs(labels[0].y - labels[1].y) >= 15, `${labels[0].y} and ${labels[1].y}`);
});

Deno.test("lossChart() keeps the label of a loss of zero off the epoch axis", () => {
  const root = read([{ epoch: 0, trainLoss: 1 }, { epoch: 1, trainLoss: 0 }]);
  const [group] = marks(root, "value at the end");
  const y = translation(group)[1] + translation(group.children[0])[1];
  const axis = ticks(root, "y").get("0")!;
  assert(y <= axis - 5 && y >= axis - 10, `${y} near ${axis}`);
});

Deno.test("lossChart() draws training and validation in colours that stay apart for the colour-blind", () => {
  const root = read(history);
  const colour = (name: string) =>
    marks(root, name).flatMap((g) => [g, ...all(g)]).map((g) => g.attributes.stroke);
  assert(colour("training curve").includes(palette.training));
  assert(colour("validation curve").includes(palette.validation));
});

Deno.test("lossChart() rings the best validation epoch and says which it is", () => {
  const root = read(history);
  const [ring] = marks(root, "best validation").flatMap(all).filter((element) => element.name === "circle");
  const points = marks(root, "validation points").flatMap(all).filter((element) => element.name === "path");
  assertEquals([+ring.attributes.cx, +ring.attributes.cy], translation(points[3]));
  assert(texts(root).includes("best 0.19 at epoch 3"));
});

Deno.test("lossChart() shades the gap between the curves only where both are known", () => {
  const area = (rows: LossRow[]) =>
    marks(read(rows), "gap between training and validation").flatMap(all).filter(({ name }) =>
      name === "path"
    );
  assertEquals(area(history).length, 1);
  assertEquals(area(history.map(({ epoch, trainLoss }) => ({ epoch, trainLoss }))).length, 0);
  const root = read([
    { epoch: 0, trainLoss: 4 },
    { epoch: 1, validationLoss: 3 },
    { epoch: 2, trainLoss: 2 },
    {
      epoch: 3,
      validationLoss: 2,
    },
  ]);
  const [gap] = marks(root, "gap between training and validation").flatMap(all);
  const x = ticks(root, "x");
  const xs = corners(gap).map(([at]) => at);
  assertEquals([Math.min(...xs), Math.max(...xs)], [x.get("1"), x.get("2")]);
});

Deno.test("lossChart() marks points while they are few, and draws a bare line when they are many", () => {
  const many = Array.from({ length: 200 }, (_, i) => ({ epoch: i / 40, trainLoss: 1 / (1 + i) }));
  assertEquals(marks(read(many.slice(0, 10)), "training points").flatMap(all).length, 10);
  assertEquals(marks(read(many), "training points").length, 0);
});

Deno.test("lossChart() leaves out NaN and infinite losses and says so", () => {
  const rows = [...history, { epoch: 5, trainLoss: NaN, validationLoss: Infinity }, {
    epoch: 6,
    trainLoss: NaN,
  }];
  const chart = lossChart(rows);
  assertEquals(chart.title, "Training loss falls from 1.61 to 0.09 in 4 epochs, then is NaN or infinite");
  assertStringIncludes(chart.alternative, "3 values left out: NaN or infinite.");
  assert(texts(assertReadable(chart.toSVG())).some((text) => text.includes("3 values left out")));
});

Deno.test("lossChart() leaves out values that have no place on a log axis and says so", () => {
  const chart = lossChart([...history, { epoch: 5, trainLoss: 0 }], { log: true });
  assertStringIncludes(chart.alternative, "1 value left out: not above 0, so without a place on a log axis.");
  assertReadable(chart.toSVG());
});

Deno.test("lossChart() takes rows in any order", () => {
  assertEquals(lossChart([...history].reverse()).toSVG(), lossChart(history).toSVG());
});

const epochs = (...losses: number[]) => losses.map((trainLoss, epoch) => ({ epoch, trainLoss }));
const unusual: Record<string, [rows: LossRow[], title: string]> = {
  "one row": [epochs(1.61), "Training loss is 1.61 at epoch 0"],
  "two rows": [epochs(1.61, 0.2), "Training loss falls from 1.61 to 0.2 in 1 epoch"],
  "a rising loss": [epochs(1, 5), "Training loss rises from 1 to 5 in 1 epoch"],
  "equal losses": [epochs(1.609, 1.609, 1.609), "Training loss ends where it began, at 1.61, in 2 epochs"],
  "only zeros": [epochs(0, 0), "Training loss ends where it began, at 0, in 1 epoch"],
  "a huge loss": [epochs(3e12, 1), "Training loss falls from 3×10¹² to 1 in 1 epoch"],
  "a tiny loss": [epochs(1e-7, 2e-8), "Training loss falls from 10⁻⁷ to 2×10⁻⁸ in 1 epoch"],
  "a negative loss": [epochs(1, -1), "Training loss falls from 1 to −1 in 1 epoch"],
  "rows that begin at epoch 1": [
    history.slice(1),
    "Training loss falls from 0.5 to 0.09 between epochs 1 and 4",
  ],
  "validation alone": [
    history.map(({ epoch, validationLoss }) => ({ epoch, validationLoss })),
    "Validation loss falls from 1.6 to 0.21 in 4 epochs",
  ],
  "parts of an epoch": [
    [{ epoch: 0, trainLoss: 2 }, { epoch: 0.5, trainLoss: 1 }],
    "Training loss falls from 2 to 1 in 0.5 epochs",
  ],
  "two rows of one epoch": [
    [{ epoch: 1, trainLoss: 2 }, { epoch: 1, trainLoss: 1 }],
    "Training loss falls from 2 to 1 between epochs 1 and 1",
  ],
};
for (const [name, [rows, title]] of Object.entries(unusual)) {
  Deno.test(`lossChart() draws ${name}`, () => {
    assertEquals(lossChart(rows).title, title);
    read(rows);
    if (rows.every((row) => (row.trainLoss ?? 1) > 0)) read(rows, { log: true });
  });
}

Deno.test("lossChart() gives the same characters every time, whatever was drawn before", () => {
  const first = lossChart(history).toSVG();
  barChart([{ label: "a", value: 1 }]);
  assertEquals(lossChart(history).toSVG(), first);
});

Deno.test("lossChart() takes a title and a subtitle instead of its own", () => {
  const root = read(history, { title: "Mine", subtitle: "" });
  assertEquals(texts(root)[0], "Mine");
  assert(!texts(root).some((text) => text.startsWith("Validation ends")));
});

Deno.test("lossChart() says what to do with rows it cannot draw", () => {
  const fails = (rows: unknown, says: string, options = {}) =>
    assertThrows(() => lossChart(rows as LossRow[], options), ChartDataError, says);
  fails([], "the history is empty. Record at least one epoch first");
  fails(undefined, "needs an array of rows, got undefined");
  fails(epochs(NaN, NaN), "all 2 values are NaN or infinite");
  fails(
    [{ epoch: 1, loss: 3 }],
    'unknown field "loss"; it knows epoch, trainLoss, validationLoss. Did you mean "trainLoss"?',
  );
  fails([{ epoch: 1 }], "found neither trainLoss nor validationLoss in 1 row");
  fails([{ trainLoss: 3 }], "row 0: its epoch should be a number, got undefined");
  fails([{ epoch: 0, trainLoss: "3" }], "row 0: its trainLoss should be a number, got 3");
  fails(epochs(0, -1), "no value is above 0. Leave out { log: true }", { log: true });
});

Deno.test("lossChart() writes the best epoch above the curves, or below them where it would hide them", () => {
  const side = (rows: LossRow[], options = {}) =>
    Math.sign(translation(marks(read(rows, options), "best validation label")[0])[1]);
  assertEquals(side(history), -1);
  // A long slow fall with the best epoch near its end: above the ring run the curves.
  const slow = [1.62, 0.11, 0.088, 0.075, 0.065, 0.06, 0.059, 0.057, 0.053, 0.046, 0.0455, 0.0395, 0.0429]
    .map((loss, epoch) => ({ epoch, trainLoss: loss, validationLoss: loss }));
  assertEquals(side(slow, { log: true }), 1);
});

Deno.test("lossChart() writes a small gap without powers of ten", () => {
  const end = { epoch: 1, trainLoss: 0.0427, validationLoss: 0.0429 };
  const chart = lossChart([{ epoch: 0, trainLoss: 1, validationLoss: 1 }, end]);
  assertStringIncludes(texts(assertReadable(chart.toSVG()))[1], "0.0002 above training");
});
