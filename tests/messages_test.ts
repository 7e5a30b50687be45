import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  accuracyChart,
  barChart,
  batches,
  classChart,
  confirmDiagnosis,
  confusionChart,
  countMultiplyAdds,
  fit,
  friedman,
  fromArray,
  functionChart,
  gradCheck,
  histogramChart,
  jitterSeries,
  l2Penalty,
  landscapeChart,
  leakyRelu,
  leastSquares,
  Linear,
  lineChart,
  loadCheckpoint,
  mlp,
  moons,
  Network,
  noGrad,
  noisySine,
  numericalGradient,
  oneHot,
  ones,
  Rng,
  runChart,
  SGD,
  sharpness,
  Standardizer,
  surfaceChart,
  surfaceExplorer,
  symmetricEigenvalues,
  takeRows,
  Tensor,
  tensor,
  topologicalOrder,
  traceChart,
  traceFunction,
  xavierNormal,
  xor,
  zeros,
} from "backprop";

Deno.test("the variance of no rows is an empty tensor", () => {
  assertEquals(zeros([0, 2]).variance({ axis: 1 }).shape, [0]);
  assertEquals(zeros([0, 2]).variance({ axis: 1, keepDims: true }).shape, [0, 1]);
  assertEquals(zeros([0, 3, 2]).variance({ axis: [1, 2] }).toArray(), []);
  assertThrows(() => zeros([2, 0]).variance({ axis: 1 }), RangeError, "0 numbers and correction 1 leave -1");
  assertThrows(() => zeros([0, 1]).variance({ axis: 1 }), RangeError, "1 numbers and correction 1 leave 0");
});

Deno.test("fromArray() takes numbers only", () => {
  for (
    const [wrong, kind, at] of [["1", "a string", 0], [null, "null", 1], [undefined, "undefined", 1], [
      [1],
      "an array",
      1,
    ]]
  ) {
    const values = at === 0 ? [wrong, 2] : [1, wrong];
    assertThrows(() => fromArray(values as number[], [2]), TypeError, `got ${kind} at position ${at}`);
  }
  assertThrows(() => fromArray([1, , 2] as number[], [3]), TypeError, "got undefined at position 1");
  assertThrows(
    () => fromArray("12" as never, [2]),
    TypeError,
    "expected a list or a typed array of numbers, got a string",
  );
  assertEquals(fromArray(Uint8Array.of(1, 2), [2]).toArray(), [1, 2]);
});

Deno.test("integers() needs to know how many: one alone would look like all there is", () => {
  const rng = new Rng(1);
  assertEquals(rng.integers(0, 10, 0), []);
  for (const count of [undefined, -1, 1.5, NaN, "3", null]) {
    const error = assertThrows(() => rng.integers(0, 10, count as number), RangeError);
    assertStringIncludes(error.message, "as in integers(0, 10, 5)");
    assertStringIncludes(error.message, "integers(0, 10, 1)[0]");
  }
});

Deno.test("a tensor is made of floats, and of nothing that only looks like them", () => {
  for (const data of [[1, 2], Uint8Array.of(1, 2), null, undefined, "12"]) {
    assertThrows(
      () => new Tensor(data as never, [2]),
      TypeError,
      "expected a Float64Array or a Float32Array",
    );
  }
});

Deno.test("what is no generator is named as such wherever there should be one", () => {
  const uses: ((rng: Rng) => unknown)[] = [
    (rng) => batches(xor(), { batchSize: 2, rng }),
    (rng) => moons({ rng }),
    (rng) => noisySine({ rng }),
    (rng) => friedman({ rng }),
    (rng) => xavierNormal(1, 1, rng),
    (rng) => new Linear(1, 1, { rng }),
    (rng) => mlp([1, 1], { rng }),
    (rng) => jitterSeries(ones([1, 2]), { rng }),
  ];
  for (const use of uses) {
    for (const rng of [Math, 42, null, {}, "seed"]) {
      assertThrows(() => use(rng as unknown as Rng), TypeError, "expected");
    }
  }
});

/** Calls with something else than they should be given, as a cell, which runs unchecked, may; and what is said. */
// deno-lint-ignore no-explicit-any -- what the types refuse is the point
const WRONG: [name: string, call: (value: any) => unknown, says: string][] = [
  ["noGrad", (v) => noGrad(v), "to be a function"],
  ["countMultiplyAdds", (v) => countMultiplyAdds(v), "to be a function"],
  ["gradCheck", (v) => gradCheck(v, [ones([1])]), "to be a function"],
  ["numericalGradient", (v) => numericalGradient(v, ones([1])), "to be a function"],
  ["symmetricEigenvalues", (v) => symmetricEigenvalues(v), "to be a Tensor"],
  ["leastSquares", (v) => leastSquares(v, ones([2])), "to be a Tensor"],
  ["leakyRelu", (v) => leakyRelu(v), "to be a Tensor"],
  ["Standardizer.fit", (v) => Standardizer.fit(v), "to be a Tensor"],
  ["Network.forward", (v) => new Network([1, 1]).forward(v), "to be a Tensor"],
  ["l2Penalty", (v) => l2Penalty(v, 0.1), "expected"],
  ["takeRows", (v) => takeRows(xor(), v), "to be a list"],
  ["transpose", (v) => ones([2, 2]).transpose(v ?? {}), "to be a list"],
  ["broadcastTo", (v) => ones([2]).broadcastTo(v), "expected a shape"],
  ["indexSelect", (v) => ones([2]).indexSelect(v), "to be a list"],
  ["topologicalOrder", (v) => topologicalOrder(v), "expected a node of a graph"],
  ["traceFunction", (v) => traceFunction(v, { w: 1 }), "to be a function"],
  ["traceChart", (v) => traceChart(v), "expects what trace() or traceFunction() gave"],
  ["loadStateDict", (v) => new Linear(1, 1, { rng: new Rng(0) }).loadStateDict(v), "loadStateDict"],
  ["sharpness", (v) => sharpness(v, xor()), "expected a model"],
  ["classChart", (v) => classChart(xor(), { model: v ?? {} }), "expected a model"],
  [
    "lineChart, yRange",
    (v) => lineChart([{ x: 1, y: 1 }], { xLabel: "x", yLabel: "y", yRange: v ?? {} }),
    "yRange",
  ],
  ["functionChart, domain", (v) => functionChart([], { xLabel: "x", yLabel: "y", domain: v }), "domain"],
  [
    "landscapeChart, domain",
    (v) => landscapeChart((x) => x, { xLabel: "x", yLabel: "y", domain: v }),
    "domain",
  ],
  [
    "surfaceChart, x",
    (v) => surfaceChart((x) => x, { xLabel: "x", yLabel: "y", valueLabel: "v", x: v, y: [0, 1] }),
    "x to be",
  ],
  [
    "histogramChart, range",
    (v) => histogramChart([{ label: "", values: [1] }], { xLabel: "x", range: v ?? {} }),
    "range",
  ],
  ["confusionChart, labels", (v) => confusionChart([[1]], { labels: v ?? {} }), "labels"],
  [
    "accuracyChart, onset",
    (v) => accuracyChart([{ epoch: 0, trainAccuracy: 1 }], { onset: v ?? {} }),
    "onset",
  ],
  ["barChart", (v) => barChart([v]), "row 0"],
  ["runChart", (v) => runChart(v), "expects rows of steps"],
  ["surfaceExplorer, wRange", (v) => surfaceExplorer({ wRange: v ?? {} }), "wRange"],
];

for (const [name, call, says] of WRONG) {
  Deno.test(`${name} says what it expected when it is given something else`, () => {
    for (const value of [undefined, null, 3, NaN, "text", {}, Promise.resolve(1)]) {
      const error = assertThrows(() => call(value), Error);
      assert(
        !/Cannot read|is not a function|is not iterable|destructure|reading '/.test(error.message),
        error.message,
      );
      assertStringIncludes(error.message, says);
    }
  });
}

Deno.test("functions that give a promise say what they expected, too", async () => {
  const model = new Linear(2, 2, { rng: new Rng(0) }), optimizer = new SGD(model.parameters());
  const base = { optimizer, epochs: 1, batchSize: 2, quiet: true };
  const calls: [() => Promise<unknown>, string][] = [
    [() => fit(model, xor(), undefined as never), "expected an object of options, got undefined"],
    [() => fit(model, xor(), { ...base, validation: "20%" } as never), "fit: validation: expected a dataset"],
    [() => fit(model, xor(), { ...base, metrics: "accuracy" } as never), "metrics to be functions by name"],
    [() => confirmDiagnosis(undefined as never, () => undefined as never), "expected a finding"],
    [() => loadCheckpoint(3 as never, { model }), "expected the path of a file"],
    [() => loadCheckpoint("nowhere", [model] as never), "expected the parts by name"],
  ];
  for (const [call, says] of calls) await assertRejects(call, TypeError, says);
});

Deno.test("labels that are texts are told apart from labels that are out of range", () => {
  assertThrows(
    () => oneHot(["0", "1"] as never, 2),
    TypeError,
    "expected class indices, got string at position 0",
  );
  assertThrows(() => oneHot([0, 2], 2), RangeError, "label 2 at position 1 is outside 0…1");
  assertThrows(() => oneHot([0], 1e15), RangeError, "at most 2³² − 1 numbers");
  assertThrows(() => tensor([["1"]] as never), TypeError, "expected numbers, got a string");
});
