import type { Attempts } from "../attempts.ts";

const stopping = (...changes: [string, string][]) => changes;

/** Answers to the exercises of 04, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-early-stopping": [
    {
      did: "a counter of its own",
      answer: `let lowest = Infinity, saved = run.save(), waited = 0;
for (let epoch = 1; epoch <= epochs && waited < patience; epoch++) {
  run.trainOneEpoch();
  const loss = run.validationLoss();
  waited++;
  if (loss < lowest) { lowest = loss; bestEpoch = epoch; saved = run.save(); waited = 0; }
}
run.restore(saved);`,
      passes: "all",
    },
    {
      did: "from 0",
      slip: "epochs are counted from 1",
      answer: stopping(["run.restore(saved);", "run.restore(saved);\nbestEpoch--;"]),
    },
    {
      did: "not put back",
      slip: "the best weights were not put back",
      answer: stopping(["run.restore(saved);", ""]),
    },
    {
      did: "put back only if it was stopped",
      slip: "put back only where patience ended it",
      answer: stopping([
        "epoch - bestEpoch >= patience) break;",
        "epoch - bestEpoch >= patience) { run.restore(saved); break; }",
      ], ["\n  run.restore(saved);\n", "\n"]),
    },
    {
      did: "put back only if it was not",
      slip: "not put back where patience ended it",
      answer: stopping([
        "epoch - bestEpoch >= patience) break;",
        "epoch - bestEpoch >= patience) return bestEpoch;",
      ]),
    },
    {
      did: "one late",
      slip: "one epoch late: stop at patience",
      answer: stopping([">= patience", "> patience"]),
    },
    {
      did: "one early",
      slip: "one epoch early: stop at patience",
      answer: stopping([">= patience", ">= patience - 1"]),
    },
    {
      did: "as good is better",
      slip: "as good is no new best",
      answer: stopping(["loss < lowest", "loss <= lowest"]),
    },
    {
      did: "never waits anew",
      slip: "each new best starts the wait anew",
      answer:
        "let lowest = Infinity, saved = run.save(), waited = 0;\nfor (let epoch = 1; epoch <= epochs; epoch++) {\nrun.trainOneEpoch();\nconst loss = run.validationLoss();\nif (loss < lowest) { lowest = loss; bestEpoch = epoch; saved = run.save(); }\nelse if (++waited >= patience) break;\n}\nrun.restore(saved);",
    },
    {
      did: "against the epoch before",
      slip: "against the lowest so far, not the last",
      answer:
        "let before = Infinity, saved = run.save(), waited = 0;\nfor (let epoch = 1; epoch <= epochs; epoch++) {\nrun.trainOneEpoch();\nconst loss = run.validationLoss();\nif (loss < before) { bestEpoch = epoch; saved = run.save(); waited = 0; }\nelse if (++waited >= patience) break;\nbefore = loss;\n}\nrun.restore(saved);",
    },
    {
      did: "at the first rise",
      slip: "stopped at the first rise",
      answer: stopping(["epoch - bestEpoch >= patience", "true"]),
    },
    { did: "no patience", answer: stopping([" else if (epoch - bestEpoch >= patience) break;", ""]) },
    { did: "one epoch too few", answer: stopping(["epoch <= epochs", "epoch < epochs"]) },
    {
      did: "saves every epoch",
      slip: "the best weights were not put back",
      answer: stopping(["run.trainOneEpoch();", "run.trainOneEpoch();\nsaved = run.save();"]),
    },
    {
      did: "returns the last epoch",
      answer: stopping(["bestEpoch = epoch;", "bestEpoch = epoch;"], ["return bestEpoch", "return epochs"]),
    },
    { did: "nothing", slip: "every entry is 0: was the result ever written, or is a factor 0?", answer: "" },
  ],
  "exercise-adamw": [
    {
      did: "in another order",
      answer: [
        "next = w.sub(memory.direction(w.mul(lambda).add(g)).mul(eta));",
        "next = w.sub(w.mul(eta * lambda)).sub(memory.direction(g).mul(eta));",
      ],
      passes: "all",
    },
    { did: "L2: none", slip: "there is no decay in it", answer: [["g.add(w.mul(lambda))", "g"]] },
    {
      did: "L2: twice",
      slip: "2λw is the derivative of λΣw²; here it is λw",
      answer: [["w.mul(lambda)", "w.mul(2 * lambda)"]],
    },
    {
      did: "L2: by ηλ",
      slip: "η comes later, with the direction; here it is λw",
      answer: [["w.mul(lambda)", "w.mul(eta * lambda)"]],
    },
    {
      did: "L2: AdamW",
      slip: "that is AdamW",
      answer: [[
        "const direction = memory.direction(g.add(w.mul(lambda)));\n  next = w.sub(direction.mul(eta));",
        "next = w.mul(1 - eta * lambda).sub(memory.direction(g).mul(eta));",
      ]],
    },
    { did: "L2: sign", answer: [["g.add(w.mul(lambda))", "g.sub(w.mul(lambda))"]] },
    { did: "L2: L1", answer: [["w.mul(lambda)", "w.sign().mul(lambda)"]] },
    { did: "L2: λ alone", answer: [["g.add(w.mul(lambda))", "g.add(lambda)"]] },
    { did: "L2: no η", answer: [["w.sub(direction.mul(eta));\n  // END", "w.sub(direction);\n  // END"]] },
    {
      did: "L2: an array",
      answer: [["next = w.sub(direction.mul(eta));", "next = w.sub(direction.mul(eta)).toArray() as never;"]],
      says: "Tensor",
    },
    { did: "AdamW: none", slip: "there is no decay in it", answer: [["w.mul(1 - eta * lambda)", "w"]] },
    {
      did: "AdamW: λw",
      slip: "that is the paper's form, λw; PyTorch and we decay by ηλw",
      answer: [["w.mul(1 - eta * lambda)", "w.mul(1 - lambda)"]],
    },
    {
      did: "AdamW: after the step",
      slip: "shrink the weights before the step, not after it",
      answer: [[
        "w.mul(1 - eta * lambda).sub(direction.mul(eta))",
        "w.sub(direction.mul(eta)).mul(1 - eta * lambda)",
      ]],
    },
    { did: "AdamW: grows", answer: [["1 - eta * lambda", "1 + eta * lambda"]] },
    {
      did: "AdamW: L2",
      slip: "that is L2 within Adam: the memory sees the decay",
      answer: [[
        "const direction = memory.direction(g);\n  next = w.mul(1 - eta * lambda)",
        "const direction = memory.direction(g.add(w.mul(lambda)));\n  next = w",
      ]],
    },
    { did: "AdamW: both", answer: [["memory.direction(g);", "memory.direction(g.add(w.mul(lambda)));"]] },
    { did: "AdamW: 2ηλ", answer: [["1 - eta * lambda", "1 - 2 * eta * lambda"]] },
    {
      did: "AdamW: only decay",
      answer: [[
        ".sub(direction.mul(eta));\n  // END SOLUTION\n  return next;\n};",
        ";\n  // END SOLUTION\n  return next;\n};",
      ]].slice(0, 0).concat([[
        "w.mul(1 - eta * lambda).sub(direction.mul(eta))",
        "w.mul(1 - eta * lambda)",
      ]]) as [string, string][],
    },
    { did: "nothing", answer: ["", ""] },
  ],
  "exercise-dropout": [
    {
      did: "where the number is p or more",
      answer: [
        "factors = rng.uniform(x.shape).less(p).neg().add(1).mul(1 / (1 - p));\ny = factors.mul(x);",
        "dX = factors.mul(dY);",
      ],
      passes: "all",
    },
    {
      did: "classic",
      slip: "the classic form: nothing makes up for what is dropped",
      answer: [["greaterEqual(p).div(1 - p)", "greaterEqual(p)"]],
    },
    {
      did: "divided by p",
      slip: "divide by the share that is kept, 1 − p",
      answer: [["div(1 - p)", "div(p)"]],
    },
    { did: "times 1 − p", slip: "divide by 1 − p, do not multiply", answer: [["div(1 - p)", "mul(1 - p)"]] },
    { did: "the others", slip: "these are the ones to drop", answer: [["greaterEqual(p)", "less(p)"]] },
    {
      did: "kept below 1 − p",
      slip: "as often, but other ones: kept is what is at least p",
      answer: [["greaterEqual(p)", "less(1 - p)"]],
    },
    { did: "randn", answer: [["rng.uniform(x.shape)", "rng.randn(x.shape)"]] },
    { did: "one for all", answer: [["rng.uniform(x.shape)", "rng.uniform([1])"]] },
    {
      did: "draws twice",
      slip: "drawn twice: one draw for y and factors",
      answer: [["y = x.mul(factors)", "y = x.mul(rng.uniform(x.shape).greaterEqual(p).div(1 - p))"]],
    },
    {
      did: "factors without the division",
      slip: "the division by 1 − p belongs into the factors, too",
      answer: [["greaterEqual(p).div(1 - p)", "greaterEqual(p)"], [
        "x.mul(factors)",
        "x.mul(factors).div(1 - p)",
      ]],
    },
    {
      did: "nothing dropped",
      answer: [["factors = rng.uniform(x.shape).greaterEqual(p).div(1 - p);", "factors = x.mul(0).add(1);"]],
    },
    { did: "own generator", answer: [["rng.uniform", "new Rng(0).uniform"]] },
    {
      did: "arrays",
      answer: [["y = x.mul(factors);", "y = x.mul(factors).toArray() as never;"]],
      says: "expected a Tensor",
    },
    {
      did: "back: all of it",
      slip: "what was dropped gets no gradient",
      answer: [["dX = dY.mul(factors)", "dX = dY"]],
    },
    {
      did: "back: divided",
      slip: "9 of 40 entries are infinite: look for a division by zero, log(0), or exp of a large number",
      answer: [["dX = dY.mul(factors)", "dX = dY.div(factors)"]],
    },
    {
      did: "back: only the mask",
      slip: "the division by 1 − p belongs into the factors, too",
      answer: [["dX = dY.mul(factors)", "dX = dY.mul(factors.greater(0))"]],
    },
    {
      did: "back: squared",
      slip: "every entry is 1.25 times the expected one: look for a constant factor",
      answer: [["dX = dY.mul(factors)", "dX = dY.mul(factors).mul(factors)"]],
    },
    { did: "back: the factors", answer: [["dX = dY.mul(factors)", "dX = factors"]] },
    { did: "nothing", answer: ["", ""] },
  ],
  "exercise-batchnorm": [
    {
      did: "a step of a tenth",
      answer: [[
        "this.runningMean.mul(0.9).add(mean.mul(0.1))",
        "this.runningMean.add(mean.sub(this.runningMean).mul(0.1))",
      ]],
      passes: "all",
    },
    { did: "always the averages", slip: "it still uses the running averages", answer: "" },
    {
      did: "one mean for all",
      slip: "one mean over all columns: each unit has its own",
      answer: [["x.mean({ axis: 0 })", "x.mean()"], ["square().mean({ axis: 0 })", "square().mean()"]],
    },
    { did: "over columns", answer: [["x.mean({ axis: 0 })", "x.mean({ axis: 1, keepDims: true })"]] },
    {
      did: "not divided",
      slip: "centred, but not divided by the deviation",
      answer: [["variance = x.sub(mean).square().mean({ axis: 0 });", "variance = mean.mul(0).add(1);"]],
    },
    {
      did: "N − 1 for both",
      slip: "normalize with 1/N; N − 1 is for the running average",
      answer: [["square().mean({ axis: 0 })", "square().sum({ axis: 0 }).div(N - 1)"], [
        "variance.mul(0.1 * N / (N - 1))",
        "variance.mul(0.1)",
      ]],
    },
    {
      did: "N for both",
      slip: "N/(N − 1) is missing: TensorFlow's form; this is PyTorch's",
      answer: [["variance.mul(0.1 * N / (N - 1))", "variance.mul(0.1)"]],
    },
    {
      did: "deviation for variance",
      answer: [["square().mean({ axis: 0 });", "square().mean({ axis: 0 }).sqrt();"]],
    },
    {
      did: "0.1 of the old",
      slip: "0.9 of the old and 0.1 of the new, not the other way",
      answer: [["runningMean.mul(0.9).add(mean.mul(0.1))", "runningMean.mul(0.1).add(mean.mul(0.9))"]],
    },
    {
      did: "replaced",
      slip: "that is the mean of the last batch alone",
      answer: [["this.runningMean.mul(0.9).add(mean.mul(0.1))", "mean"]],
    },
    { did: "mean of squares", answer: [["x.sub(mean).square()", "x.square()"]] },
    { did: "moves in use, too", answer: [["if (training) {", "{"]] },
    {
      did: "never moves",
      slip: "it has not moved",
      answer: [["this.runningMean = this.runningMean.mul(0.9).add(mean.mul(0.1));", ""]],
    },
    {
      did: "variance never moves",
      slip: "it has not moved",
      answer: [[
        "this.runningVariance = this.runningVariance.mul(0.9).add(\n        variance.mul(0.1 * N / (N - 1)),\n      );",
        "",
      ]],
    },
    {
      did: "the wrong way round",
      slip: "it still uses the running averages",
      answer: [["if (training)", "if (!training)"]],
    },
    { did: "fixed N", answer: [["0.1 * N / (N - 1)", "0.1 * 6 / 5"]] },
    {
      did: "normalizes by the averages",
      slip: "it still uses the running averages",
      answer: [["mean = x.mean({ axis: 0 });", "const mean = x.mean({ axis: 0 });"], [
        "variance = x.sub",
        "const variance = x.sub",
      ]],
    },
  ],
  "exercise-clipping": [
    {
      did: "as a quotient of the larger",
      answer:
        "const norm = Math.sqrt(gradients.reduce((s, g) => s + g.square().sum().item(), 0));\nclipped = gradients.map((g) => g.mul(limit).div(Math.max(norm, limit)));",
      passes: "all",
    },
    {
      did: "as PyTorch, with a little more",
      answer:
        "const norm = Math.sqrt(gradients.reduce((s, g) => s + g.square().sum().item(), 0));\nclipped = gradients.map((g) => g.mul(Math.min(1, limit / (norm + 1e-6))));",
      passes: "all",
    },
    {
      did: "each by itself",
      slip: "each by itself: that changes the direction",
      answer:
        "clipped = gradients.map((g) => g.mul(Math.min(1, limit / Math.sqrt(g.square().sum().item()))));",
    },
    {
      did: "each entry",
      slip: "each by itself: that changes the direction",
      answer: "clipped = gradients.map((g) => g.maximum(-limit).minimum(limit));",
    },
    {
      did: "sum of sizes",
      slip: "the root of the sum of squares, not the sum",
      answer:
        "const s = gradients.reduce((sum, g) => sum + g.square().sum().sqrt().item(), 0);\nclipped = gradients.map((g) => g.mul(Math.min(1, limit / s)));",
    },
    {
      did: "no root",
      slip: "divided by the square of the length",
      answer: [["Math.sqrt(squares)", "squares"]],
    },
    {
      did: "always",
      slip: "short ones must stay: the factor is at most 1",
      answer: [["Math.min(1, limit / Math.sqrt(squares))", "limit / Math.sqrt(squares)"]],
    },
    { did: "to 1", slip: "shortened to 1, not to the limit", answer: [["limit / Math", "1 / Math"]] },
    { did: "at least", slip: "nothing was shortened", answer: [["Math.min(1,", "Math.max(1,"]] },
    { did: "root of the mean", answer: [["Math.sqrt(squares)", "Math.sqrt(squares / 6)"]] },
    {
      did: "largest entry",
      answer:
        "const top = Math.max(...gradients.map((g) => g.abs().max().item()));\nclipped = gradients.map((g) => g.mul(Math.min(1, limit / top)));",
    },
    { did: "limit 5", answer: [["limit / Math", "5 / Math"]] },
    {
      did: "0/0",
      slip:
        "2 of 2 entries are NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: [[
        "Math.min(1, limit / Math.sqrt(squares))",
        "squares > limit ** 2 ? limit / Math.sqrt(squares) : Math.sqrt(squares) / Math.sqrt(squares)",
      ]],
    },
    { did: "arrays", answer: [["g.mul(factor)", "g.mul(factor).toArray() as never"]], says: "Tensor" },
    {
      did: "one long vector",
      answer: [[
        "gradients.map((g) => g.mul(factor))",
        "[tensor(gradients.flatMap((g) => [...g.mul(factor).data]))]",
      ]],
    },
    {
      did: "first only",
      answer: [["gradients.map((g) => g.mul(factor))", "gradients.map((g, i) => i ? g : g.mul(factor))"]],
    },
    { did: "nothing", slip: "nothing was shortened", answer: "" },
  ],
  "exercise-prescribe": [
    {
      did: "one setting more than needed",
      answer: [["{ bias: 0 }", "{ bias: 0, learningRate: 0.3 }"]],
      passes: "all",
    },
    {
      did: "health for everybody",
      answer: "if (1) return health;",
      says: "what was wrong",
    },
    { did: "a copy of health", answer: "if (1) return { ...health };", says: "what was wrong" },
    {
      did: "health without one setting",
      answer: "const { epochs, ...most } = health;\nif (1) return { ...most, epochs: 61 };",
      says: "what was wrong",
    },
    {
      did: "everything that any of them needs",
      answer: "if (1) return { last: () => [], count: 100, epochs: 60, bias: 0, learningRate: 0.3 };",
      says: "what was wrong",
    },
    { did: "nothing", answer: "" },
    { did: "a lower rate for all", answer: "if (1) return { learningRate: 0.1 };" },
    { did: "more data for all", answer: "if (1) return { count: 400 };" },
    {
      did: "A and C exchanged",
      answer: [["remedies.A = { last: () => [] };", "remedies.A = { bias: 0 };"], [
        "remedies.C = { bias: 0 };",
        "remedies.C = { last: () => [] };",
      ]],
    },
    { did: "D forgotten", answer: [["remedies.D = { learningRate: 0.3 };", ""]] },
    { did: "B's data only", answer: [["{ count: 100, epochs: 60 }", "{ count: 20 }"]] },
  ],
};
