import { assert, assertEquals, assertThrows } from "@std/assert";
import { nearestName } from "../lib/checks/names.ts";
import * as backprop from "backprop";
import { warpImages } from "../lib/data/warp.ts";
import { likelySlip } from "../lib/notebook/slips.ts";
import { gunzip, gzip, parseIdx, writeIdx } from "idx-parser";

const {
  accuracyChart,
  Adam,
  AdamW,
  arange,
  augmentImages,
  barChart,
  BatchNorm1d,
  batches,
  binaryCrossEntropyLoss,
  binaryCrossEntropyWithLogitsLoss,
  check,
  checkTrace,
  classChart,
  clipGradNorm,
  concatenate,
  confusionChart,
  cosineSchedule,
  crossEntropyLoss,
  descentPlayground,
  digitGrid,
  DigitImages,
  doctor,
  Dropout,
  EarlyStopping,
  evaluate,
  exerciseLine,
  exponentialSchedule,
  eye,
  finderChart,
  findLearningRate,
  fit,
  friedman,
  fromArray,
  full,
  functionChart,
  gradCheck,
  graphChart,
  heNormal,
  heUniform,
  histogramChart,
  huberLoss,
  jitterSeries,
  landscape3d,
  landscapeChart,
  Linear,
  linearWarmup,
  lineChart,
  linspace,
  loadMnist,
  logSoftmax,
  LogSoftmax,
  lossChart,
  lossSurfaceLine,
  maeLoss,
  mlp,
  moons,
  mseLoss,
  Network,
  noisySine,
  oneCycleSchedule,
  oneHot,
  ones,
  parameter,
  progress,
  recordTraining,
  ReduceOnPlateau,
  RMSprop,
  Rng,
  runChart,
  SGD,
  sharpness,
  sideBySide,
  softmax,
  Softmax,
  spirals,
  split,
  stack,
  stepSchedule,
  surfaceChart,
  surfaceExplorer,
  tensor,
  trace,
  traceChart,
  traceFunction,
  traceWorksheet,
  useKernels,
  Value,
  xavierNormal,
  xavierUniform,
  xor,
  zeros,
} = backprop;

const rng = new Rng(1), x = ones([2, 2]), y = tensor([0, 1]);
const linear = new Linear(2, 2, { rng }), optimizer = new SGD(linear.parameters());
const drawn = traceFunction(({ w }) => w.pow(2), { w: 3 });
const axes = { xLabel: "x", yLabel: "y" };
const picture = { pixels: new Uint8Array(1), labels: new Uint8Array(1), height: 1, width: 1 };

/** Each public function with options: a name that it knows, and a call with others. */
// deno-lint-ignore no-explicit-any -- options that the types refuse are the point
const CALLS: [name: string, known: string, call: (options: any) => unknown][] = [
  ["tensor", "dtype", (o) => tensor(1, o)],
  ["parameter", "label", (o) => parameter(1, o)],
  ["fromArray", "dtype", (o) => fromArray([1], [1], o)],
  ["zeros", "dtype", (o) => zeros([1], o)],
  ["ones", "dtype", (o) => ones([1], o)],
  ["full", "dtype", (o) => full([1], 1, o)],
  ["oneHot", "dtype", (o) => oneHot([0], 2, o)],
  ["arange", "dtype", (o) => arange(0, 1, 1, o)],
  ["linspace", "dtype", (o) => linspace(0, 1, 2, o)],
  ["eye", "dtype", (o) => eye(2, o)],
  ["concatenate", "axis", (o) => concatenate([x], o)],
  ["stack", "axis", (o) => stack([x], o)],
  ["sum", "keepDims", (o) => x.sum(o)],
  ["mean", "keepDims", (o) => x.mean(o)],
  ["variance", "correction", (o) => x.variance(o)],
  ["logSumExp", "axis", (o) => x.logSumExp(o)],
  ["max", "axis", (o) => x.max(o)],
  ["min", "axis", (o) => x.min(o)],
  ["argmax", "keepDims", (o) => x.argmax(o)],
  ["allClose", "rtol", (o) => x.allClose(x, o)],
  ["gradCheck", "tolerance", (o) => gradCheck((x) => x.sum(), [x], o)],
  ["randn", "dtype", (o) => rng.randn([1], o)],
  ["uniform", "dtype", (o) => rng.uniform([1], 0, 1, o)],
  ["choice", "replace", (o) => rng.choice(2, 1, o)],
  ["softmax", "axis", (o) => softmax(x, o)],
  ["logSoftmax", "axis", (o) => logSoftmax(x, o)],
  ["Softmax", "axis", (o) => new Softmax(o)],
  ["LogSoftmax", "axis", (o) => new LogSoftmax(o)],
  ["xavierNormal", "gain", (o) => xavierNormal(1, 1, rng, o)],
  ["xavierUniform", "gain", (o) => xavierUniform(1, 1, rng, o)],
  ["heNormal", "gain", (o) => heNormal(1, 1, rng, o)],
  ["heUniform", "gain", (o) => heUniform(1, 1, rng, o)],
  ["Linear", "bias", (o) => new Linear(1, 1, { rng, ...o })],
  ["BatchNorm1d", "momentum", (o) => new BatchNorm1d(1, o)],
  ["Dropout", "form", (o) => new Dropout(0.5, { rng, ...o })],
  ["mlp", "between", (o) => mlp([1, 1], { rng, ...o })],
  ["Network", "hidden", (o) => new Network([1, 1], o)],
  ["mseLoss", "reduction", (o) => mseLoss(y, y, o)],
  ["maeLoss", "reduction", (o) => maeLoss(y, y, o)],
  ["huberLoss", "delta", (o) => huberLoss(y, y, o)],
  ["binaryCrossEntropyLoss", "reduction", (o) => binaryCrossEntropyLoss(y, y, o)],
  ["binaryCrossEntropyWithLogitsLoss", "posWeight", (o) => binaryCrossEntropyWithLogitsLoss(y, y, o)],
  ["crossEntropyLoss", "labelSmoothing", (o) => crossEntropyLoss(x, [0, 1], o)],
  ["SGD", "learningRate", (o) => new SGD([parameter(1)], o)],
  ["Adam", "learningRate", (o) => new Adam([parameter(1)], o)],
  ["AdamW", "weightDecay", (o) => new AdamW([parameter(1)], o)],
  ["RMSprop", "centered", (o) => new RMSprop([parameter(1)], o)],
  ["SGD", "momentum", (o) => new SGD([{ parameters: [parameter(1)], ...o }])],
  ["ReduceOnPlateau", "patience", (o) => new ReduceOnPlateau(optimizer, o)],
  ["stepSchedule", "factor", (o) => stepSchedule({ learningRate: 1, every: 1, ...o })],
  ["exponentialSchedule", "factor", (o) => exponentialSchedule({ learningRate: 1, factor: 1, ...o })],
  ["cosineSchedule", "steps", (o) => cosineSchedule({ learningRate: 1, steps: 1, ...o })],
  ["oneCycleSchedule", "divFactor", (o) => oneCycleSchedule({ maxLearningRate: 1, steps: 1, ...o })],
  ["linearWarmup", "steps", (o) => linearWarmup(() => 1, { steps: 1, ...o })],
  ["clipGradNorm", "errorIfNonfinite", (o) => clipGradNorm([], 1, o)],
  ["batches", "dropLast", (o) => batches(xor(), { batchSize: 1, ...o })],
  ["split", "stratify", (o) => split(xor(), { validation: 1, rng, ...o })],
  ["augmentImages", "rotate", (o) => augmentImages(ones([1, 1]), { height: 1, width: 1, rng, ...o })],
  ["jitterSeries", "noise", (o) => jitterSeries(ones([1, 1]), { rng, ...o })],
  ["warpImages", "shiftX", (o) => warpImages(ones([1, 1]), [o], { height: 1, width: 1 })],
  ["warpImages", "height", (o) => warpImages(ones([1, 1]), [{}], { height: 1, width: 1, ...o })],
  ["DigitImages", "dtype", (o) => new DigitImages({ ...picture, ...o })],
  ["xor", "dtype", (o) => xor(o)],
  ["moons", "count", (o) => moons(o)],
  ["spirals", "turns", (o) => spirals(o)],
  ["friedman", "noise", (o) => friedman(o)],
  ["noisySine", "count", (o) => noisySine(o)],
  ["exerciseLine", "seed", (o) => exerciseLine(o)],
  ["lossSurfaceLine", "dtype", (o) => lossSurfaceLine(o)],
  ["EarlyStopping", "minDelta", (o) => new EarlyStopping({ patience: 1, ...o })],
  ["evaluate", "metrics", (o) => evaluate(linear, xor(), o)],
  ["sharpness", "rounds", (o) => sharpness(linear, xor(), o)],
  ["doctor", "data", (o) => doctor({ steps: [{ trainLoss: 1 }] }, linear, o)],
  ["recordTraining", "iterations", (o) => {
    return recordTraining(linear, { inputs: x, targets: x }, {
      optimizer,
      loss: mseLoss,
      batchSize: 1,
      iterations: 1,
      ...o,
    });
  }],
  ["trace", "gradOutput", (o) => trace(new backprop.Sequential(linear), [1, 2], [1, 2], o)],
  ["checkTrace", "tolerance", (o) => checkTrace(drawn, {}, o)],
  ["check", "hint", (o) => check("one", 1, 1, o)],
  ["likelySlip", "batchSize", (o) => likelySlip(1, 2, o)],
  ["lossChart", "onset", (o) => lossChart([{ epoch: 0, trainLoss: 1 }], o)],
  ["accuracyChart", "subtitle", (o) => accuracyChart([{ epoch: 0, trainAccuracy: 1 }], o)],
  ["lineChart", "logX", (o) => lineChart([{ x: 1, y: 1 }], { ...axes, ...o })],
  ["runChart", "title", (o) => runChart([{ step: 1, trainLoss: 1 }], o)],
  ["barChart", "highlight", (o) => barChart([{ label: 1, value: 1 }], o)],
  ["classChart", "classNames", (o) => classChart(xor(), o)],
  ["confusionChart", "labels", (o) => confusionChart([[1]], o)],
  ["digitGrid", "columns", (o) => digitGrid([new Uint8Array(784)], o)],
  ["finderChart", "unit", (o) => {
    return finderChart({
      rows: [{ learningRate: 1, loss: 1, smoothedLoss: 1 }],
      suggestion: 1,
      reason: "finished",
    }, o);
  }],
  [
    "functionChart",
    "marks",
    (o) => functionChart([{ label: "f", f: (x) => x }], { ...axes, domain: [0, 1], ...o }),
  ],
  ["graphChart", "title", (o) => graphChart(new Value(1).add(1), o)],
  ["traceChart", "title", (o) => traceChart(drawn, o)],
  ["histogramChart", "bins", (o) => histogramChart([{ label: "a", values: [1] }], { xLabel: "x", ...o })],
  ["landscapeChart", "walks", (o) => landscapeChart((x) => x, { ...axes, domain: [0, 1], ...o })],
  ["sideBySide", "columns", (o) => sideBySide([lossChart([{ epoch: 0, trainLoss: 1 }])], o)],
  ["surfaceChart", "levels", (o) => {
    return surfaceChart((x, y) => x + y, { ...axes, x: [0, 1], y: [0, 1], valueLabel: "v", ...o });
  }],
  ["descentPlayground", "optimizer", (o) => descentPlayground(o)],
  ["landscape3d", "points", (o) => landscape3d(o)],
  ["surfaceExplorer", "start", (o) => surfaceExplorer(o)],
  ["traceWorksheet", "ask", (o) => traceWorksheet(drawn, o)],
  ["useKernels", "threads", (o) => useKernels("wasm", o)],
  ["parseIdx", "maxBytes", (o) => parseIdx(writeIdx({ shape: [1], data: new Uint8Array(1) }), o)],
  ["writeIdx", "gzip", (o) => writeIdx({ shape: [1], data: new Uint8Array(1) }, o)],
  ["gunzip", "maxBytes", (o) => gunzip(gzip(new Uint8Array(1)), o)],
];
const STANDS_ALONE = ["useKernels", "parseIdx", "writeIdx", "gunzip"];

for (const [name, known, call] of CALLS) {
  Deno.test(`${name}() refuses a misspelt ${known}, and says what it knows`, () => {
    call({});
    const misspelt = known.slice(0, -2) + known.at(-1) + known.at(-2); // the last two letters exchanged
    const error = assertThrows(() => call({ [misspelt]: 1 }), TypeError);
    assert(error.message.includes(name) && error.message.includes(misspelt), error.message);
    assert(error.message.includes(known), error.message);
    if (!STANDS_ALONE.includes(name)) {
      assert(error.message.includes(`Did you mean "${known}"?`), error.message);
    }
  });
}

Deno.test("functions that give a promise refuse a misspelt option, too", async () => {
  const base = { optimizer, batchSize: 1 };
  const calls: [string, () => Promise<unknown>][] = [
    ["epochs", () => fit(linear, xor(), { ...base, epoch: 1 } as never)],
    ["patience", () => {
      return fit(
        linear,
        xor(),
        { ...base, epochs: 1, validation: xor(), earlyStopping: { patiense: 1 } } as never,
      );
    }],
    ["activations", () => fit(linear, xor(), { ...base, epochs: 1, record: { activation: true } } as never)],
    ["dropLast", () => findLearningRate(linear, xor(), { ...base, drop_last: true } as never)],
    ["directory", () => loadMnist({ dir: "." } as never)],
    ["total", () => progress({ label: "a", totl: 3 } as never)],
  ];
  for (const [meant, call] of calls) {
    const error = await call().then(() => undefined, (error) => error);
    assert(error instanceof TypeError && error.message.includes(`Did you mean "${meant}"?`), String(error));
  }
});

Deno.test("the nearest name is found through capitals, underscores, slips and abbreviations", () => {
  const names = ["learningRate", "batchSize", "validationLoss", "trainLoss", "epsilon", "epochs"];
  const meant = Object.entries({
    learningrate: "learningRate",
    learning_rate: "learningRate",
    lr: "learningRate",
    batchsize: "batchSize",
    batch: "batchSize",
    validLoss: "validationLoss",
    val_loss: "validationLoss",
    trianLoss: "trainLoss",
    eps: "epsilon",
    epoch: "epochs",
  });
  for (const [name, expected] of meant) assertEquals(nearestName(name, names), expected, name);
  for (const name of ["shuffle", "x", "verbose"]) assertEquals(nearestName(name, names), undefined, name);
});
