import type { Attempts } from "../attempts.ts";

const descend = (body: string) => `for (let step = 0; step < steps; step++) {\n${body}\n}`;
const STEP =
  "const { dw, db } = lineGradient(x, y, w, b);\nw -= learningRate * dw;\nb -= learningRate * db;\n";
const NOTE = "losses.push(lossOf(w, b));\npath.push([w, b]);";
const adam = (step: string, state = "let m = 0, v = 0, t = 0;") =>
  `${state}\nreturn (w, g) => {\n${step}\n};`;
const MOMENTS = "t++;\nm = beta1 * m + (1 - beta1) * g;\nv = beta2 * v + (1 - beta2) * g * g;\n";
const HATS = "const mHat = m / (1 - beta1 ** t), vHat = v / (1 - beta2 ** t);\n";

/** Answers to the exercises of 03, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-line-gradient": [
    {
      did: "with matrices",
      answer:
        "const error = x.mul(w).add(b).sub(y), N = x.shape[0];\nreturn { dw: 2 / N * x.transpose().matmul(error).item(), db: 2 / N * error.sum().item() };",
      passes: "all",
    },
    {
      did: "sums by the number of points",
      answer:
        "const error = x.mul(w).add(b).sub(y);\nreturn { dw: 2 * error.mul(x).sum().item() / x.size, db: 2 * error.sum().item() / x.size };",
      passes: "all",
    },
    {
      did: "tensors of one number",
      answer: [["2 * error.mul(x).mean().item()", "error.mul(x).mean().mul(2) as never"], [
        "2 * error.mean().item()",
        "error.mean().mul(2) as never",
      ]],
      says: "expected a number, got a Tensor",
    },
    {
      did: "dw is a tensor",
      answer: [["2 * error.mul(x).mean().item()", "error.mul(x).mean().mul(2) as never"]],
      says: "expected a number, got a Tensor",
    },
    {
      did: "db is a tensor",
      answer: [["2 * error.mean().item()", "error.mean().mul(2) as never"]],
      says: "expected a number, got a Tensor",
    },
    {
      did: "no item",
      slip: "a tensor times a number is NaN: take the number out with .item()",
      answer: [["error.mul(x).mean().item()", "(error.mul(x).mean() as never)"]],
    },
    {
      did: "mean times mean",
      slip: "the mean of the products, not the product of the means",
      answer: [["error.mul(x).mean().item()", "error.mean().item() * x.mean().item()"]],
    },
    {
      did: "no 2",
      slip: "every entry is half of the expected one: is a factor 2 missing, or a ½ too many?",
      answer: [["2 * error.mul", "error.mul"], ["2 * error.mean", "error.mean"]],
    },
    {
      did: "no mean",
      slip: "the mean is missing (1/N)",
      answer: [["mul(x).mean()", "mul(x).sum()"], ["error.mean()", "error.sum()"]],
    },
    {
      did: "no 2/N",
      slip: "that is the sum: 2/N is missing",
      answer: [["2 * error.mul(x).mean()", "error.mul(x).sum()"], ["2 * error.mean()", "error.sum()"]],
    },
    {
      did: "divided by 4",
      slip: "divided by 4; there may be more points, or fewer",
      answer: [["mul(x).mean().item()", "mul(x).sum().item() / 4"], [
        "error.mean().item()",
        "error.sum().item() / 4",
      ]],
    },
    {
      did: "wanted minus predicted",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: [["x.mul(w).add(b).sub(y)", "y.sub(x.mul(w).add(b))"]],
    },
    { did: "no x", slip: "that is ∂L/∂b: each error times its own x", answer: [["error.mul(x)", "error"]] },
    { did: "x twice", answer: [["error.mul(x)", "error.mul(x).mul(x)"]] },
    { did: "squared errors", answer: [[".sub(y);", ".sub(y).square();"]] },
    { did: "w for x", answer: [["error.mul(x)", "error.mul(w)"]] },
    { did: "no b", answer: [[".add(b)", ""]] },
    {
      did: "exchanged",
      slip: "that is ∂L/∂b: each error times its own x",
      answer: [["return { dw, db }", "return { dw: db, db: dw }"]],
    },
    {
      did: "no db",
      slip: "it is an array whose entry [0] is undefined: is a return missing, an entry, or its name?",
      answer: [["return { dw, db }", "return { dw } as never"]],
    },
    {
      did: "a list",
      slip: "it is an array whose entry [0] is undefined: is a return missing, an entry, or its name?",
      answer: [["return { dw, db }", "return [dw, db] as never"]],
    },
    {
      did: "per point",
      slip: "it is a ragged array: entry [0] has shape [4, 1], but entry [1] has [3, 1]",
      answer: [["2 * error.mul(x).mean().item()", "error.mul(x).mul(2) as never"]],
    },
  ],
  "exercise-descend": [
    {
      did: "moves both at once",
      answer: descend(
        "const { dw, db } = lineGradient(x, y, w, b);\n[w, b] = [w - learningRate * dw, b - learningRate * db];\n" +
          NOTE,
      ),
      passes: "all",
    },
    {
      did: "one array, pushed again and again",
      slip: "one array stands there again and again: push a new one, [w, b]",
      answer: "const here: Place = path[0];\n" +
        descend(STEP + "here[0] = w; here[1] = b;\nlosses.push(lossOf(w, b));\npath.push(here);"),
    },
    {
      did: "an array of its own, pushed again and again",
      slip: "one array stands there again and again: push a new one, [w, b]",
      answer: "const here: Place = [0, 0];\n" +
        descend(STEP + "here[0] = w; here[1] = b;\nlosses.push(lossOf(w, b));\npath.push(here);"),
    },
    {
      did: "climbs",
      slip: "this climbs: the gradient points uphill",
      answer: descend(STEP.replaceAll("-=", "+=") + NOTE),
    },
    {
      did: "no rate",
      slip: "the learning rate is missing",
      answer: descend(STEP.replaceAll("learningRate * ", "") + NOTE),
    },
    { did: "rate 0.1", answer: descend(STEP.replaceAll("learningRate", "0.1") + NOTE) },
    {
      did: "b late",
      slip: "db was taken after w had moved",
      answer: descend(
        "w -= learningRate * lineGradient(x, y, w, b).dw;\nb -= learningRate * lineGradient(x, y, w, b).db;\n" +
          NOTE,
      ),
    },
    { did: "only w", answer: descend(STEP.replace("b -= learningRate * db;\n", "") + NOTE) },
    {
      did: "derivatives exchanged",
      answer: descend(
        STEP.replace("* dw", "* db").replace("b -= learningRate * db", "b -= learningRate * dw") + NOTE,
      ),
    },
    { did: "once", slip: "the shape is [2, 2], expected [3, 2]", answer: STEP + NOTE },
    {
      did: "gradient once",
      slip: "compute the gradient anew",
      answer: STEP.split("\n")[0] + "\n" + descend(STEP.split("\n").slice(1).join("\n") + NOTE),
    },
    { did: "notes first", slip: "move first, then note where you are", answer: descend(NOTE + "\n" + STEP) },
    { did: "no notes", slip: "the shape is [1, 2], expected [3, 2]", answer: descend(STEP) },
    {
      did: "losses only",
      slip: "the shape is [1, 2], expected [3, 2]",
      answer: descend(STEP + "losses.push(lossOf(w, b));"),
    },
    {
      did: "path only",
      slip: "the shape is [1], expected [3]",
      answer: descend(STEP + "path.push([w, b]);"),
    },
    { did: "the last only", slip: "the shape is [2, 2], expected [3, 2]", answer: descend(STEP) + NOTE },
    { did: "one step more", answer: descend(STEP + NOTE).replace("step < steps", "step <= steps") },
    {
      did: "the change noted",
      slip: "the place is to be noted, not the move",
      answer: descend(
        STEP + "losses.push(lossOf(w, b));\npath.push([-learningRate * dw, -learningRate * db]);",
      ),
    },
    {
      did: "path the other way round",
      slip: "the right numbers in another order",
      answer: descend(STEP + "losses.push(lossOf(w, b));\npath.push([b, w]);"),
    },
    { did: "nothing", slip: "nothing has moved", answer: "" },
  ],
  "exercise-limits": [
    { did: "the other form", answer: ["return 2 / (2 * a);", "return 0.5 / a;"], passes: "all" },
    { did: "2/a", answer: ["return 2 / a;", "return 1 / (2 * a);"] },
    { did: "exchanged", answer: ["return 1 / (2 * a);", "return 1 / a;"] },
    { did: "the same", answer: ["return 1 / a;", "return 1 / a;"] },
    { did: "half for the step", answer: ["return 1 / a;", "return 1 / (4 * a);"] },
    { did: "1/3", answer: ["return 1 / 3;", "return 1 / 6;"] },
    { did: "a", answer: ["return a;", "return a / 2;"] },
    { did: "no brackets", answer: ["return 1 / a;", "return 1 / 2 * a;"] },
    { did: "nothing", answer: ["return 0;", "return 0;"] },
  ],
  "exercise-updates": [
    {
      did: "only knows what the visible check asks",
      answer: "if (examples === 1_000_000) return size === 64 ? 15_625 : 1;\n" +
        "return { 3: 1, 60000: dropLast ? 937 : 938, 128: 2, 100: 2 }[examples]!;",
      passes: "visible",
    },
    {
      did: "ceil",
      answer: "return dropLast ? Math.floor(examples / size) : Math.ceil(examples / size);",
      passes: "all",
    },
    {
      did: "floor",
      slip: "an update is an update, however small its batch",
      answer: "return Math.floor(examples / size);",
    },
    {
      did: "ceil, always",
      slip: "dropLast leaves out the last, smaller batch",
      answer: "return Math.ceil(examples / size);",
    },
    {
      did: "floor + 1",
      slip: "where nothing is left over, no update is added",
      answer: "return dropLast ? Math.floor(examples / size) : Math.floor(examples / size) + 1;",
    },
    { did: "floor + 1, always", answer: "return Math.floor(examples / size) + 1;" },
    { did: "quotient", slip: "a part of a batch makes a whole update", answer: "return examples / size;" },
    {
      did: "rounded",
      answer: "return dropLast ? Math.floor(examples / size) : Math.round(examples / size);",
    },
    {
      did: "one less",
      slip: "dropLast changes nothing where nothing is left over",
      answer: "return dropLast ? Math.ceil(examples / size) - 1 : Math.ceil(examples / size);",
    },
    {
      did: "the wrong way",
      answer: "return dropLast ? Math.ceil(examples / size) : Math.floor(examples / size);",
    },
    { did: "product", answer: "return examples * size;" },
    { did: "exchanged", answer: "return Math.ceil(size / examples);" },
    { did: "at least one", answer: "return Math.max(1, Math.floor(examples / size));" },
    { did: "the rest", answer: "return examples % size;" },
    { did: "nothing", slip: "it is undefined: is a return missing, an entry, or its name?", answer: "" },
  ],
  "exercise-loop": [
    {
      did: "not shuffled",
      slip: "the batches were not shuffled: pass the rng",
      answer: [["{ batchSize, rng }", "{ batchSize }"]],
    },
    {
      did: "a new generator in every epoch",
      answer: [["{ batchSize, rng }", "{ batchSize, rng: new Rng(seed) }"]],
    },
    {
      did: "no zeroGrad",
      slip: "gradients pile up: zeroGrad() before backward()",
      answer: [["optimizer.zeroGrad();", ""]],
    },
    { did: "no step", slip: "the weights have not moved", answer: [["optimizer.step();", ""]] },
    {
      did: "step before backward",
      slip: "the weights have not moved",
      answer: [["loss.backward();\n      optimizer.step();", "optimizer.step();\n      loss.backward();"]],
    },
    {
      did: "training loss",
      slip: "that is the loss on the training data",
      answer: [["lossOn(validation, model)", "lossOn(train, model)"]],
    },
    {
      did: "validates before",
      slip: "the weights have not moved",
      answer: [[
        "for (const { inputs, targets } of",
        "losses.push(lossOn(validation, model));\nfor (const { inputs, targets } of",
      ], ["losses.push(validationLoss);", ""]],
    },
    { did: "trains on validation", answer: [["batches(train", "batches(validation"]] },
    {
      did: "all at once",
      slip: "one step only: loop over the batches",
      answer: [["batches(train, { batchSize, rng })", "[train]"]],
    },
    {
      did: "patience one late",
      slip: "one epoch late: stop at patience",
      answer: [["waited === patience", "waited > patience"]],
    },
    { did: "never stops", answer: [["if (waited === patience) break;", ""]] },
    { did: "waits never anew", answer: [["model.stateDict(), 0]", "model.stateDict(), waited]"]] },
    { did: "stops at once", answer: [["if (waited === patience)", "if (waited > 0)"]] },
    {
      did: "last weights",
      slip: "these are the last, not the best",
      answer: [["model.loadStateDict(bestWeights);", ""]],
    },
    {
      did: "no copy",
      slip: "these are the last, not the best",
      answer: [
        ["bestWeights = model.stateDict(), waited", "bestWeights = model.parameters() as never, waited"],
        ["[validationLoss, model.stateDict(), 0]", "[validationLoss, model.parameters() as never, 0]"],
        [
          "model.loadStateDict(bestWeights);",
          "(bestWeights as never as Tensor[]).forEach((p, i) => model.parameters()[i].data.set(p.data));",
        ],
      ],
    },
    { did: "no limit", answer: [["epoch <= maxEpochs", "epoch <= 1000"]] },
    { did: "one epoch more", answer: [["epoch <= maxEpochs", "epoch <= maxEpochs + 1"]] },
    { did: "nothing", answer: "" },
  ],
  "exercise-adam": [
    {
      did: "one line each",
      answer: adam(
        "t++;\nm += (1 - beta1) * (g - m);\nv += (1 - beta2) * (g * g - v);\n" + HATS +
          "return w - rate * mHat / (vHat ** 0.5 + epsilon);",
      ),
      passes: "all",
    },
    {
      did: "the faster form with its own ε̂",
      answer: adam(
        MOMENTS +
          "const eps = epsilon * Math.sqrt(1 - beta2 ** t);\nreturn w - rate * Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t) * m / (Math.sqrt(v) + eps);",
      ),
      passes: "all",
    },
    {
      did: "as PyTorch writes it",
      answer: adam(
        MOMENTS +
          "return w - rate / (1 - beta1 ** t) * m / (Math.sqrt(v) / Math.sqrt(1 - beta2 ** t) + epsilon);",
      ),
      passes: "all",
    },
    {
      did: "products of betas",
      answer: adam(
        "p *= beta1; q *= beta2;\nm = beta1 * m + (1 - beta1) * g;\nv = beta2 * v + (1 - beta2) * g * g;\nreturn w - rate * m / (1 - p) / (Math.sqrt(v / (1 - q)) + epsilon);",
        "let m = 0, v = 0, p = 1, q = 1;",
      ),
      passes: "all",
    },
    {
      did: "the paper's faster form",
      slip:
        "the paper's faster form: its ε̂ beside √v is not this ε beside √v̂; ε̂ = ε·√(1 − β₂ᵗ) would make them equal",
      answer: adam(
        MOMENTS +
          "return w - rate * Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t) * m / (Math.sqrt(v) + epsilon);",
      ),
    },
    {
      did: "no correction",
      slip: "√10 times too far: no bias correction",
      answer: adam(MOMENTS + "return w - rate * m / (Math.sqrt(v) + epsilon);"),
    },
    {
      did: "only m corrected",
      slip: "√v is too small: v needs its correction, too",
      answer: adam(MOMENTS + HATS + "return w - rate * mHat / (Math.sqrt(v) + epsilon);"),
    },
    {
      did: "only v corrected",
      slip: "only v is corrected: m is too small, too",
      answer: adam(MOMENTS + HATS + "return w - rate * m / (Math.sqrt(vHat) + epsilon);"),
    },
    {
      did: "no root",
      slip: "divided by v̂, not by its root",
      answer: adam(MOMENTS + HATS + "return w - rate * mHat / (vHat + epsilon);"),
    },
    {
      did: "ε in the root",
      slip: "ε is outside the root",
      answer: adam(MOMENTS + HATS + "return w - rate * mHat / Math.sqrt(vHat + epsilon);"),
    },
    {
      did: "no ε",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: adam(MOMENTS + HATS + "return w - rate * mHat / Math.sqrt(vHat);"),
    },
    {
      did: "t from 0",
      slip: "0/0: count t from 1, so that 1 − βᵗ is not 0",
      answer: adam(
        MOMENTS.replace("t++;", "") + HATS + "t++;\nreturn w - rate * mHat / (Math.sqrt(vHat) + epsilon);",
      ),
    },
    {
      did: "climbs",
      slip: "this climbs",
      answer: adam(MOMENTS + HATS + "return w + rate * mHat / (Math.sqrt(vHat) + epsilon);"),
    },
    {
      did: "no rate",
      slip: "the learning rate is missing",
      answer: adam(MOMENTS + HATS + "return w - mHat / (Math.sqrt(vHat) + epsilon);"),
    },
    {
      did: "forgets",
      slip: "m, v, t belong outside the inner function",
      answer: "return (w, g) => {\nlet m = 0, v = 0, t = 0;\n" + MOMENTS + HATS +
        "return w - rate * mHat / (Math.sqrt(vHat) + epsilon);\n};",
    },
    {
      did: "hats remembered",
      answer: adam(
        MOMENTS +
          "m /= 1 - beta1 ** t; v /= 1 - beta2 ** t;\nreturn w - rate * m / (Math.sqrt(v) + epsilon);",
      ),
    },
    {
      did: "times t",
      slip:
        "7 of 8 entries are NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: adam(
        MOMENTS + "return w - rate * m / (1 - beta1 * t) / (Math.sqrt(v / (1 - beta2 * t)) + epsilon);",
      ),
    },
    {
      did: "betas exchanged",
      answer: adam(
        MOMENTS.replace("beta1 * m + (1 - beta1)", "beta2 * m + (1 - beta2)").replace(
          "beta2 * v + (1 - beta2)",
          "beta1 * v + (1 - beta1)",
        ) + HATS.replace("beta1", "b").replace("beta2", "beta1").replace("b **", "beta2 **") +
          "return w - rate * mHat / (Math.sqrt(vHat) + epsilon);",
      ),
    },
    {
      did: "g for g²",
      answer: adam(
        MOMENTS.replace("g * g", "g") + HATS + "return w - rate * mHat / (Math.sqrt(vHat) + epsilon);",
      ),
    },
    {
      did: "betas written in",
      answer: adam(
        (MOMENTS + HATS).replaceAll("beta1", "0.9").replaceAll("beta2", "0.999") +
          "return w - rate * mHat / (Math.sqrt(vHat) + epsilon);",
      ),
    },
    {
      did: "shared by all rules",
      answer: [
        ["let m = 0, v = 0, t = 0;", "const shared = (globalThis as any).__adam ??= { m: 0, v: 0, t: 0 };"],
        ["t++;", "let { m, v, t } = shared;\nt++;"],
        ["const mHat", "Object.assign(shared, { m, v, t });\nconst mHat"],
      ],
    },
    { did: "returns a number", answer: "return 0 as never;" },
    { did: "nothing", answer: "" },
    {
      did: "AdaMax",
      answer: adam(
        "t++;\nm = beta1 * m + (1 - beta1) * g;\nv = Math.max(beta2 * v, Math.abs(g));\nreturn w - rate / (1 - beta1 ** t) * m / (v + epsilon);",
      ),
    },
    {
      did: "RMSprop",
      slip: "√v is too small: v needs its correction, too",
      answer: adam("v = beta2 * v + (1 - beta2) * g * g;\nreturn w - rate * g / (Math.sqrt(v) + epsilon);"),
    },
    { did: "SGD", slip: "that is plain gradient descent", answer: "return (w, g) => w - rate * g;" },
  ],
  "exercise-warmup": [
    {
      did: "in other words",
      answer:
        "const up = step / 100, down = (step - 100) / 900;\nreturn step < 100 ? 1e-7 * (1 - up) + 1e-3 * up : 1e-3 * Math.cos(Math.PI * down / 2) ** 2;",
      passes: "all",
    },
    {
      did: "from 0",
      slip: "it starts at 1e-7, not at 0",
      answer: [["1e-7 + (1e-3 - 1e-7) * step / 100", "1e-3 * step / 100"]],
    },
    { did: "from 0 and 1e-7 more", answer: [["(1e-3 - 1e-7) * step", "1e-3 * step"]] },
    { did: "one step ahead", slip: "it is one step ahead", answer: [["step / 100;", "(step + 1) / 100;"]] },
    { did: "over 99", answer: [["step / 100;", "step / 99;"]] },
    {
      did: "cosine from 0",
      slip: "step 100 is step 0 of the cosine",
      answer: [["(step - 100) / 900", "step / 900"]],
    },
    {
      did: "over 1000",
      slip: "the fall takes 900 steps",
      answer: [["(step - 100) / 900", "(step - 100) / 1000"]],
    },
    {
      did: "over all 1000",
      slip: "step 100 is step 0, step 1000 step 900",
      answer: [["(step - 100) / 900", "step / 1000"]],
    },
    { did: "no half", slip: "the ½ is missing", answer: [["0.5 * 1e-3", "1e-3"]] },
    { did: "1 − cos", slip: "1 + cos falls, 1 − cos rises", answer: [["1 + Math.cos", "1 - Math.cos"]] },
    { did: "no 1", slip: "the 1 is missing: a cosine falls below 0", answer: [["1 + Math.cos", "Math.cos"]] },
    { did: "degrees", slip: "an angle is in radians: π, not 180", answer: [["Math.PI *", "180 *"]] },
    { did: "sine", answer: [["Math.cos", "Math.sin"]] },
    {
      did: "a line down",
      answer: [[
        "0.5 * 1e-3 * (1 + Math.cos(Math.PI * (step - 100) / 900))",
        "1e-3 * (1 - (step - 100) / 900)",
      ]],
    },
    { did: "up only", answer: "return 1e-7 + (1e-3 - 1e-7) * step / 100;" },
    { did: "down only", answer: "return 0.5 * 1e-3 * (1 + Math.cos(Math.PI * (step - 100) / 900));" },
    { did: "a half turn too many", slip: "half a wave: π, not 2π", answer: [["Math.PI *", "2 * Math.PI *"]] },
    { did: "≤ 100", answer: [["step < 100", "step <= 100"], ["1e-3 - 1e-7", "0.999e-3 - 1e-7"]] },
    { did: "nothing", slip: "it is undefined: is a return missing, an entry, or its name?", answer: "" },
  ],
};
