import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { lineChart, type LineChartOptions, type LineRow } from "backprop";
import { ChartDataError } from "../../lib/charts/errors.ts";
import { assertLabelsApart } from "./boxes.ts";
import { all, assertReadable, corners, marks, texts, ticks } from "./svg.ts";

const axes: LineChartOptions = { xLabel: "learning rate", yLabel: "loss (nats)" };
const rows = (ys: number[], series?: string): LineRow[] => ys.map((y, x) => ({ x: x + 1, y, series }));
const read = (some: LineRow[], options = axes) => assertReadable(lineChart(some, options).toSVG());
const norms = ["sigmoid", "tanh", "ReLU"].flatMap((series, k) =>
  Array.from({ length: 10 }, (_, i) => ({ series, x: i + 1, y: [0.2, 0.6, 0.97][k] ** (9 - i) }))
);

for (const [logX, logY] of [[false, false], [true, false], [false, true], [true, true]]) {
  Deno.test(`lineChart() puts rows where its axes say (${logX ? "log" : "linear"} x, ${logY ? "log" : "linear"} y)`, () => {
    const root = read([{ x: 1, y: 1 }, { x: 10, y: 100 }, { x: 2, y: 10 }], { ...axes, logX, logY });
    const path = marks(root, "curve").flatMap(all).find(({ name }) => name === "path")!;
    const drawn = corners(path), [x, y] = [ticks(root, "x"), ticks(root, "y")];
    assertEquals(drawn.map(([at]) => at).toSorted((a, b) => a - b), drawn.map(([at]) => at));
    assertEquals(drawn[2], [x.get("10"), y.get("100")]);
    if (logX) assertEquals(drawn[0][0], x.get("1"));
    if (logY) assertEquals(drawn[1][1], y.get("10"));
  });
}

Deno.test("lineChart() says which axis is logarithmic, and names axes with units", () => {
  const said = texts(read(rows([1, 2]), { ...axes, logX: true, logY: true }));
  assert(said.includes("learning rate — log axis →") && said.includes("↑ loss (nats) — log axis"));
  assert(texts(read(rows([1, 2]))).includes("↑ loss (nats)"));
});

Deno.test("lineChart() names each line at its end, and differs them by colour, dashes and dots", () => {
  const root = read(norms, { xLabel: "layer", yLabel: "gradient norm", logY: true });
  const names = marks(root, "curve name").flatMap(({ children }) => children).map(({ text }) => text);
  assertEquals(names.sort(), ["ReLU", "sigmoid", "tanh"]);
  const looks = ["sigmoid", "tanh", "ReLU"].map((name) => {
    const [line] = marks(root, `curve ${name}`), [dots] = marks(root, `points ${name}`);
    return [
      line.attributes.stroke,
      line.attributes["stroke-dasharray"],
      all(dots)[0].attributes.d ?? "circle",
    ];
  });
  for (const which of [0, 1, 2]) assertEquals(new Set(looks.map((look) => look[which])).size, 3);
});

Deno.test("lineChart() states how a line goes, or where it is best", () => {
  const title = (some: LineRow[], options = {}) => lineChart(some, { ...axes, ...options }).title;
  assertEquals(title(rows([3, 2, 1])), "Loss falls from 3 to 1");
  assertEquals(title(rows([1, 2, 3])), "Loss rises from 1 to 3");
  assertEquals(title(rows([2, 2])), "Loss stays at 2");
  assertEquals(title(rows([3, 1, 2])), "Loss is lowest, 1, at learning rate 2");
  assertEquals(title(rows([3, 5, 2]), { better: "higher" }), "Loss is highest, 5, at learning rate 2");
  assertEquals(title(rows([3])), "Loss is 3 at learning rate 1");
  assertEquals(title(rows([3, 2]), { yLabel: "multiply-adds" }), "Multiply-adds fall from 3 to 2");
  assertEquals(title(rows([1, 2]), { yLabel: "η" }), "η rises from 1 to 2");
  assertEquals(
    title([...rows([3, 1, 2], "SGD"), ...rows([3, 0.5, 4], "Adam")]),
    "Lowest loss: 0.5, with Adam at learning rate 2",
  );
  assertEquals(
    title([...rows([3, 1], "SGD"), ...rows([3, 2], "Adam")]),
    "Loss at learning rate 2: 1 (SGD) to 2 (Adam)",
  );
});

Deno.test("lineChart() tells every line in words", () => {
  assertEquals(
    lineChart([...rows([3, 1, 2], "SGD"), ...rows([4], "Adam")], {
      ...axes,
      logX: true,
      reference: { value: 1.609, label: "guessing: ln 5 = 1.609" },
      marks: [{ x: 2, label: "used" }],
    }).alternative,
    "Line chart of loss (nats) against learning rate (log axis). Lowest loss: 1, with SGD at learning rate 2. SGD: 3 " +
      "points, from 3 at 1 to 2 at 3, lowest 1 at 2. Adam: 1 point, 4 at 1. Dashed line: guessing: ln 5 = 1.609. " +
      "Marked: used.",
  );
});

Deno.test("lineChart() leaves out rows without a place, and says how many and of which line", () => {
  const chart = lineChart([...rows([1, NaN, Infinity], "SGD"), ...rows([2, 0], "Adam")], {
    ...axes,
    logY: true,
  });
  const says =
    "2 rows left out (SGD): NaN or infinite. 1 row left out (Adam): not above 0, so without a place on a log axis.";
  assertStringIncludes(chart.alternative, says);
  assertStringIncludes(texts(assertReadable(chart.toSVG())).slice(0, 4).join(" "), "2 rows left out");
});

Deno.test("lineChart() draws the reference where its value is, and makes room for it", () => {
  const root = read(rows([1, 2]), { ...axes, reference: { value: 5, label: "limit" } });
  const [rule] = marks(root, "reference line").flatMap((group) => [group, ...all(group)]).filter(({ name }) =>
    name === "line"
  );
  assert(texts(root).includes("limit"));
  const y = ticks(root, "y").get("5")!;
  assert(
    Math.abs(+rule.attributes.y1 - y) < 0.01 || rule.attributes.transform?.includes(String(y)),
    JSON.stringify(rule),
  );
});

Deno.test("lineChart() starts a linear axis at zero unless told otherwise", () => {
  assert(ticks(read(rows([95, 99])), "y").has("0"));
  const close = ticks(read(rows([95, 99]), { ...axes, yRange: [94, 100] }), "y");
  assert(close.has("94") && close.has("100") && !close.has("0"));
});

Deno.test("lineChart() writes small ticks of one axis in one way", () => {
  const small = [...ticks(read(rows([0.0002, 0.001])), "y").keys()];
  assertEquals(small, ["0", "0.0002", "0.0004", "0.0006", "0.0008", "0.001"]);
  const powers = [...ticks(read(norms, { ...axes, logY: true }), "y").keys()];
  assert(powers.includes("10⁻³") && powers.includes("10⁻⁵") && powers.includes("1"), powers.join());
});

Deno.test("lineChart() draws dots while rows are few", () => {
  const many = Array.from({ length: 60 }, (_, x) => ({ x, y: x * x }));
  assertEquals(marks(read(many), "points").length, 0);
  assertEquals(marks(read(many, { ...axes, dots: true }), "points").flatMap(all).length, 60);
  assertEquals(marks(read(many.slice(0, 5)), "points").flatMap(all).length, 5);
});

Deno.test("lineChart() keeps labels apart and inside, also at the width of a telephone", () => {
  const charts = [
    lineChart(norms, { xLabel: "layer", yLabel: "gradient norm", logY: true }),
    lineChart(rows([2, 0.5, 0.1, 0.4]), {
      ...axes,
      reference: { value: Math.log(5), label: "guessing: ln 5 = 1.609" },
    }),
    lineChart(
      ["step: half every 250 steps", "cosine", "warm-up, then cosine"].flatMap((series, k) =>
        rows([1e-3, 7e-4, 5e-4, 1e-9 * k], series)
      ),
      { xLabel: "step", yLabel: "learning rate" },
    ),
    lineChart([{ x: 1e-6, y: 1 }, { x: 10, y: 1e9 }], {
      ...axes,
      logX: true,
      logY: true,
      marks: [{ x: 1, label: "here" }],
    }),
  ];
  for (const chart of charts) {
    for (const width of [680, 600, 390]) assertLabelsApart(assertReadable(chart.resized(width).toSVG()));
  }
});

Deno.test("lineChart() takes rows in any order, gives the same characters every time, and changes no rows", () => {
  const some = norms.toReversed().toSorted((a, b) => a.series < b.series ? -1 : a.series > b.series ? 1 : 0);
  const given = structuredClone(some);
  assertEquals(lineChart(some, axes).toSVG(), lineChart(some, axes).toSVG());
  assertEquals(some, given);
});

Deno.test("lineChart() says what to do with rows it cannot draw", () => {
  const fails = (some: unknown, says: string, options = axes) =>
    assertThrows(() => lineChart(some as LineRow[], options), ChartDataError, says);
  fails([], "no rows to draw. Call lineChart([{ x, y, series }, …]");
  fails(undefined, "no rows to draw");
  fails([{ x: 1 }], "row 0: its y should be a number, got undefined");
  fails([{ x: "1", y: 1 }], "row 0: its x should be a number, got 1");
  fails(rows([NaN]), "all 1 row are NaN or infinite");
  fails(rows([-1, 0]), "nothing to draw on a log axis", { ...axes, logY: true });
});
