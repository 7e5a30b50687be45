import {
  Adam,
  BatchNorm1d,
  type CauseName,
  confirmDiagnosis,
  crossEntropyLoss,
  doctor,
  Dropout,
  type Finding,
  fit,
  History,
  Linear,
  moons,
  mseLoss,
  noisySine,
  parameter,
  ReLU,
  Rng,
  type RunRecord,
  Sequential,
  SGD,
  Softmax,
  type Symptom,
  Tanh,
  Tensor,
  tensor,
  type TrainableModel,
} from "backprop";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

/** A model that is not looked at: what is said comes from the history. */
const anyModel: TrainableModel = { forward: (x) => x, parameters: () => [parameter([1])] };

/** A history of losses; the other columns where they are given. */
function losses(
  of: number,
  loss: (step: number) => number,
  more: (step: number) => object = () => ({}),
): RunRecord {
  const rows = Array.from(
    { length: of },
    (_, i) => ({ trainLoss: loss(i), step: i + 1, epoch: i + 1, ...more(i) }),
  );
  return { steps: rows };
}
const seen = (record: RunRecord, model = anyModel): [Symptom, CauseName][] =>
  doctor(record, model).findings.map(({ symptom, causes }) => [symptom, causes[0].cause]);

// ── From the history alone ──────────────────────────────────────────────────────────────────────────────────

Deno.test("doctor() finds nothing wrong with a loss that falls and levels out, smoothly or with noise", () => {
  const rng = new Rng(1);
  assertEquals(seen(losses(200, (i) => 0.05 + 1 / (1 + i))), []);
  assertEquals(seen(losses(200, (i) => (0.05 + 1 / (1 + i / 10)) * (0.7 + 0.6 * rng.random()))), []);
});

Deno.test("doctor() suspects a missing zeroGrad where gradients grow by half or more, and swing against the loss", () => {
  const swing = (i: number) => Math.sin(i / 6) ** 2; // 0 at first, 1 after nine steps, and back
  const pile = (growth: number, sign = -1) =>
    seen(
      losses(200, (i) => 1 + sign * 0.4 * swing(i), (i) => ({ gradientNorm: 1 + (growth - 1) * swing(i) })),
    )
      .filter(([symptom]) => symptom === "growing-gradients");
  const found: [Symptom, CauseName][] = [["growing-gradients", "missing-zero-grad"]];
  assertEquals([1.2, 1.45, 1.55, 2, 2.8, 10].map((growth) => pile(growth).length), [0, 0, 1, 1, 1, 1]);
  assertEquals(pile(2), found);
  assertEquals(pile(2, 1), []); // a gradient that goes with the loss is a healthy one
});

Deno.test("doctor() sees a loss that is no number, and how it came to that", () => {
  const record = losses(50, (i) => i < 40 ? 2 ** i : NaN, () => ({ updateRatio: 0.5 }));
  assertEquals(seen(record), [["not-finite", "learning-rate-too-high"]]);
  const evidence = doctor(record, anyModel).findings[0].evidence;
  assertEquals(evidence[0], "The loss of step 41 is not finite.");
  assertStringIncludes(evidence[1], "the loss went from 1 to 5.5×10¹¹");
});

Deno.test("doctor() tells a loss that climbs in small steps from one that is thrown up by large ones", () => {
  const uphill = losses(100, (i) => 0.7 + 0.01 * i, () => ({ updateRatio: 0.001 }));
  const thrown = losses(100, (i) => 0.7 * 1.2 ** i, () => ({ updateRatio: 0.4 }));
  assertEquals(seen(uphill), [["diverging", "wrong-sign"]]);
  assertEquals(seen(thrown), [["diverging", "learning-rate-too-high"]]);
  const rng = new Rng(1); // a little higher at the end, and as often down as up: no course to speak of
  assertEquals(
    seen(losses(200, (i) => 0.7 + 0.0005 * i + 0.1 * rng.random(), () => ({ updateRatio: 0.001 }))),
    [],
  );
});

Deno.test("doctor() sees a loss that swings and gets nowhere, and not one that swings ever less", () => {
  const swings = (size: (i: number) => number) => losses(100, (i) => 1 + size(i) * (i % 2 === 0 ? 1 : -1));
  assertEquals(seen(swings(() => 0.4)), [["oscillating", "learning-rate-too-high"]]);
  assertEquals(seen(losses(100, (i) => 0.1 + 0.9 ** i * (1 + 0.5 * (i % 2 ? 1 : -1)))), []);
});

Deno.test("doctor() sees weights that hardly move under a loss that does not fall", () => {
  const still = (updateRatio: number) => losses(100, () => 0.69, () => ({ updateRatio, learningRate: 1e-5 }));
  assertEquals(seen(still(1e-6)), [["stuck", "learning-rate-too-low"]]);
  assertStringIncludes(
    doctor(still(1e-6), anyModel).findings[0].causes[0].fix,
    "optimizer.learningRate = 0.0001",
  );
  assertEquals(seen(still(0.001)), []); // stuck, and nothing to go by: no guess
});

Deno.test("doctor() sees the validation loss turn, unless early stopping has put the best weights back", () => {
  const epochs = Array.from({ length: 20 }, (_, i) => ({
    trainLoss: 1 / (1 + i),
    validationLoss: i < 8 ? 1 - 0.08 * i : 0.4 + 0.05 * (i - 7),
  }));
  assertEquals(seen({ steps: [], epochs }), [["gap", "overfitting"]]);
  assertEquals(seen({ steps: [], epochs, best: { epoch: 8, value: 0.44 } }), []);
  const shallow = epochs.map((row, i) => ({ ...row, validationLoss: i < 8 ? 1 - 0.08 * i : 0.46 }));
  assertEquals(seen({ steps: [], epochs: shallow }), []);
});

Deno.test("doctor() puts the best founded finding first", () => {
  const epochs = Array.from({ length: 20 }, (_, i) => ({ trainLoss: 0.69, validationLoss: 1 + 0.05 * i }));
  const record = { ...losses(20, () => 0.69, () => ({ updateRatio: 1e-6 })), epochs };
  assertEquals(seen(record), [["gap", "overfitting"], ["stuck", "learning-rate-too-low"]]);
});

Deno.test("doctor() recognizes gradients that were not forgotten by how they swing against the loss", () => {
  const phase = (i: number) => i / 6;
  const rolling = losses(
    120,
    (i) => 0.5 + 0.3 * Math.cos(2 * phase(i)),
    (i) => ({ gradientNorm: 0.2 + Math.abs(Math.sin(phase(i))) }),
  );
  assertEquals(seen(rolling).map(([, cause]) => cause).includes("missing-zero-grad"), true);
  const honest = losses(
    120,
    (i) => 0.5 + 0.3 * Math.cos(2 * phase(i)),
    (i) => ({ gradientNorm: 0.2 + Math.abs(Math.cos(phase(i))) }),
  );
  assertEquals(seen(honest).map(([, cause]) => cause).includes("missing-zero-grad"), false);
});

// ── With model and data ─────────────────────────────────────────────────────────────────────────────────────

const data = moons({ count: 80 });
const network = (rng: Rng) =>
  new Sequential(new Linear(2, 12, { rng }), new Tanh(), new Linear(12, 2, { rng }));

async function run(learningRate: number, more: object = {}, model = network(new Rng(3))) {
  const optimizer = new Adam(model.parameters(), { learningRate });
  const options = { optimizer, epochs: 60, batchSize: 20, rng: new Rng(4), quiet: true, ...more };
  return { history: await fit(model, data, options), model, options: { data, ...options } };
}

Deno.test("doctor() leaves model, gradients, mode, optimizer and generators as they were", async () => {
  const rng = new Rng(1);
  const drop = new Rng(2);
  const model = new Sequential(
    new Linear(2, 8, { rng }),
    new BatchNorm1d(8),
    new ReLU(),
    new Dropout(0.3, { rng: drop }),
    new Linear(8, 2, { rng }),
  );
  const { history, options } = await run(1e-6, {}, model as Sequential); // sick, so that everything is measured
  model.train();
  model.parameters()[0].grad = tensor(Array(16).fill(7)).reshape([2, 8]);
  const look = () =>
    JSON.stringify([
      Object.entries(model.stateDict()).map(([name, { data }]) => [name, ...data]),
      model.parameters().map(({ grad }) => grad && [...grad.data]),
      model.training,
      options.optimizer.stateDict(),
      drop.state,
      options.rng.state,
      [...data.inputs.data],
      history.steps.length,
    ], (_, value) => ArrayBuffer.isView(value) ? [...value as Uint8Array] : value);
  const before = look();
  assert(!doctor(history, model, options).healthy);
  assertEquals(look(), before);
});

Deno.test("doctor() gives findings as data and as text, with numbers from the run", async () => {
  const { history, model, options } = await run(1e-6);
  const report = doctor(history, model, options);
  const [finding] = report.findings;
  assertEquals([finding.symptom, finding.causes[0].cause], ["underfitting", "learning-rate-too-low"]);
  assertEquals(JSON.parse(JSON.stringify(finding)), finding); // plain data
  assertEquals(finding.outcome.firstLoss, history.steps[0].trainLoss);
  for (const { confidence, says, fix, evidence } of finding.causes) {
    assert(confidence > 0 && confidence <= 1 && says.endsWith(".") && fix.length > 0 && evidence.length > 0);
  }
  const sorted = finding.causes.map(({ confidence }) => confidence);
  assertEquals(sorted, sorted.toSorted((a, b) => b - a));
  const text = String(report);
  assertStringIncludes(
    text,
    "1. The model fits its own training data clearly worse than the data allow. [underfitting]",
  );
  assertStringIncludes(text, "1. learning-rate-too-low (");
  assertStringIncludes(text, "> optimizer.learningRate = 0.00001;");
  assertEquals(Deno.inspect(report), text);
});

Deno.test("doctor() says so when nothing was found", async () => {
  const { history, model, options } = await run(0.03);
  const report = doctor(history, model, options);
  assertEquals([report.healthy, String(report)], [true, "Doctor: nothing found."]);
  assertEquals(report.outcome.accuracy, 1);
});

Deno.test("doctor() knows a softmax that is applied twice from one that is right", async () => {
  const rng = () => new Rng(5);
  const squashing = () => {
    const r = rng();
    return new Sequential(
      new Linear(2, 12, { rng: r }),
      new Tanh(),
      new Linear(12, 2, { rng: r }),
      new Softmax(),
    );
  };
  const causes = ({ findings }: { findings: readonly Finding[] }) =>
    findings.flatMap(({ causes }) => causes.map(({ cause }) => cause));
  const twice = await run(0.03, {}, squashing());
  assert(causes(doctor(twice.history, twice.model, twice.options)).includes("softmax-twice"));
  // The same model with a loss for probabilities is right.
  const loss = (p: Tensor, y: Uint8Array) => {
    const wanted = tensor(Array.from(y, (label) => label === 0 ? [1, 0] : [0, 1]));
    return p.log().mul(wanted).sum({ axis: 1 }).mean().neg();
  };
  const once = await run(0.03, { loss }, squashing());
  assertEquals(causes(doctor(once.history, once.model, once.options)), []);
  // Even if nobody says which loss it was: this one came below what softmax twice can reach.
  assertEquals(causes(doctor(once.history, once.model, { data })), []);
  // And if it is known, it is enough that this loss minds a constant added to its input.
  const short = await run(0.03, { loss, epochs: 3 }, squashing());
  assertEquals(causes(doctor(short.history, short.model, short.options)).includes("softmax-twice"), false);
});

Deno.test("doctor() does not mind sorted data that fit has shuffled", async () => {
  const rows = Array.from(data.targets.keys()).sort((a, b) => data.targets[a] - data.targets[b]);
  const inputs = tensor(rows.map((row) => [data.inputs.at(row, 0), data.inputs.at(row, 1)]));
  const sorted = { inputs, targets: Uint8Array.from(rows, (row) => data.targets[row]) };
  const first = async (rng: Rng | undefined) => {
    const model = network(new Rng(3));
    const optimizer = new SGD(model.parameters(), { learningRate: 0.3 });
    const options = { optimizer, epochs: 40, batchSize: 8, rng };
    const history = await fit(model, sorted, options);
    return doctor(history, model, { data: sorted, ...options }).findings[0]?.causes[0].cause;
  };
  assertEquals([await first(new Rng(1)), await first(undefined)], [undefined, "not-shuffled"]);
});

Deno.test("doctor() compares a regression with the neighbours by squared errors, whatever the loss", async () => {
  const sine = noisySine({ count: 60 });
  const line = new Sequential(new Linear(1, 1, { rng: new Rng(0) }));
  const optimizer = new SGD(line.parameters(), { learningRate: 0.3 });
  const options = { optimizer, loss: mseLoss, epochs: 100, batchSize: 60 };
  const history = await fit(line, sine, options);
  const [finding] = doctor(history, line, { data: sine, ...options }).findings;
  assertEquals([finding.symptom, finding.causes[0].cause], ["underfitting", "model-too-small"]);
  assertStringIncludes(finding.evidence[0], "five nearest neighbours");
});

Deno.test("doctor() says so when the loss does not fit the data", () => {
  const model = new Sequential(new Linear(2, 1, { rng: new Rng(1) })); // one number for two classes
  const error = assertThrows(() => doctor(losses(20, () => 1), model, { data: moons() }), TypeError);
  assertStringIncludes(error.message, "Pass the data and the loss that fit was given");
  assertStringIncludes(error.message, "label 1 at position 1 is outside 0…0");
});

Deno.test("doctor() refuses what is no run", () => {
  // deno-lint-ignore no-explicit-any -- what a cell may hand over
  const anything = {} as any;
  assertThrows(() => doctor(anything, anyModel), TypeError, "expected a History");
  assertThrows(() => doctor(new History(), anyModel), RangeError, "the history is empty");
  assertThrows(() => doctor(losses(3, () => 1), anything), TypeError, "expected the trained model");
});

// ── Confirming ──────────────────────────────────────────────────────────────────────────────────────────────

Deno.test("confirmDiagnosis() says that the cure worked, with numbers before and after", async () => {
  const sick = await run(1e-6);
  const [finding] = doctor(sick.history, sick.model, sick.options).findings;
  const confirmation = await confirmDiagnosis(finding, () => run(0.03));
  assertEquals([confirmation.verdict, confirmation.remaining], ["confirmed", []]);
  assertEquals(confirmation.before, finding.outcome);
  assert(confirmation.after.lastLoss < 0.1 * confirmation.before.lastLoss);
  assertStringIncludes(
    String(confirmation),
    'Confirmed: with the fix for learning-rate-too-low, "underfitting" is gone',
  );
  assertStringIncludes(String(confirmation), "accuracy");
});

Deno.test("confirmDiagnosis() says that a cure helped but left something, or was none", async () => {
  const sick = await run(1e-6);
  const [finding] = doctor(sick.history, sick.model, sick.options).findings;
  assertEquals((await confirmDiagnosis(finding, () => run(2e-6))).verdict, "refuted");
  const other = await confirmDiagnosis(finding, () => run(100)); // from one ditch into the other
  assertEquals(other.verdict === "confirmed", false);
  assert(other.remaining.length > 0);
  assertStringIncludes(String(other), "still:");
});

Deno.test("confirmDiagnosis() compares a run that ended in NaN", async () => {
  const explode = { ...finding("not-finite"), outcome: { firstLoss: 1, lastLoss: NaN } };
  const better = await confirmDiagnosis(
    explode,
    () => ({ history: losses(100, (i) => 1 / (1 + i)), model: anyModel }),
  );
  assertEquals(better.verdict, "confirmed");
  const same = await confirmDiagnosis(explode, () => ({ history: losses(100, () => NaN), model: anyModel }));
  assertEquals(same.verdict, "refuted");
});

Deno.test("confirmDiagnosis() looks at the validation loss, where both runs recorded one, before it says that a cure worked", async () => {
  const validated = (steps: (i: number) => number, validationLoss: number) => ({
    model: anyModel,
    history: {
      ...losses(100, steps),
      epochs: Array.from({ length: 4 }, () => ({ trainLoss: steps(99), validationLoss })),
    },
  });
  const falling = (i: number) => 1 / (1 + i);
  const gap = { ...finding("gap"), outcome: { firstLoss: 1, lastLoss: 0.01, validationLoss: 0.26 } };
  const worse = await confirmDiagnosis(gap, () => validated(falling, 0.31));
  assertEquals([worse.verdict, worse.remaining], ["refuted", []]);
  assertStringIncludes(String(worse), "The validation loss is higher than before");
  assertEquals((await confirmDiagnosis(gap, () => validated(falling, 0.27))).verdict, "confirmed"); // as high, but for luck
  const lower = await confirmDiagnosis(gap, () => validated(falling, 0.15));
  assertEquals(lower.verdict, "confirmed");
  assertEquals(String(lower).includes("higher than before"), false);

  const stuck = { ...finding("stuck"), outcome: { firstLoss: 1, lastLoss: 0.9, validationLoss: 0.9 } };
  assertEquals((await confirmDiagnosis(stuck, () => validated(falling, 1.2))).verdict, "helped"); // the training loss fell
  assertEquals((await confirmDiagnosis(stuck, () => validated(falling, 0.2))).verdict, "confirmed");
  const unknown = await confirmDiagnosis(stuck, () => ({ model: anyModel, history: losses(100, falling) }));
  assertEquals(unknown.verdict, "confirmed");
});

Deno.test("doctor() tells weights that decay pulled to zero from weights that were equal from the start", async () => {
  for (const weightDecay of [0.5, 1, 2, 1 / 0.3]) { // the last takes all of the weight off at every step
    const model = network(new Rng(3));
    const optimizer = new SGD(model.parameters(), { learningRate: 0.3, weightDecay });
    const { history, options } = await run(0, { optimizer }, model);
    const [{ symptom, causes: [{ cause }] }] = doctor(history, model, options).findings;
    assertEquals([symptom, cause], ["stuck", "too-much-regularization"], `weight decay ${weightDecay}`);
  }
  const model = network(new Rng(3));
  for (const { data } of model.parameters()) data.fill(1e-6); // as small as decayed ones, but equal
  const { history, options } = await run(0.3, {}, model);
  assertEquals(doctor(history, model, options).findings[0].causes[0].cause, "symmetric-weights");
});

function finding(symptom: Symptom): Finding {
  const cause = { cause: "learning-rate-too-high" as const, says: "", confidence: 1, evidence: [], fix: "" };
  return { symptom, says: "", evidence: [], causes: [cause], outcome: { firstLoss: 1, lastLoss: 1 } };
}

// ── Benchmarks ──────────────────────────────────────────────────────────────────────────────────────────────

import { constantLoss, neighbours } from "../../lib/train/doctor/benchmarks.ts";

Deno.test("the loss of a constant answer is the entropy of the labels, or the variance of the targets", () => {
  const targets = Uint8Array.of(0, 0, 0, 1);
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  const loss = crossEntropyLoss as Parameters<typeof constantLoss>[0];
  assertEquals(
    constantLoss(loss, tensor([[1, 2], [0, 0], [3, 1], [0, 1]]), targets)?.toFixed(12),
    entropy.toFixed(12),
  );
  const mse = mseLoss as Parameters<typeof constantLoss>[0];
  assertEquals(constantLoss(mse, tensor([[5], [5]]), tensor([[1], [3]])), 1);
});

Deno.test("nearest neighbours agree where a pattern is, and no more than strangers where there is none", () => {
  const pattern = neighbours(moons({ count: 100 }))!;
  assert(pattern.nearest < 0.05 && !pattern.unrelated && pattern.five < 0.05);
  assertEquals(pattern.chance, 0.5);
  const { inputs, targets } = moons({ count: 100 });
  const mixed = Uint8Array.from(new Rng(1).permutation(100), (row) => targets[row]);
  assert(neighbours({ inputs, targets: mixed })!.unrelated);
  const stretched = neighbours({ inputs: inputs.mul(tensor([[1, 1e6]])), targets })!;
  assertEquals(stretched.nearest, pattern.nearest); // units do not matter
  assertEquals(neighbours({ inputs: inputs.slice(0, 20), targets: targets.slice(0, 20) }), undefined); // too few
});
