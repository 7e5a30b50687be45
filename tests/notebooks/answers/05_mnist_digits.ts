import type { Attempts } from "../attempts.ts";

const relu = (body: string) => body;
const BACKWARD = `let dOutput = outputGradient(logits, labels);
for (let l = this.layers.length - 1; l >= 0; l--) {
  const { input, z } = this.notes[l];
  const { weights, activation } = this.layers[l];
  const dz = activations[activation].backward(z, dOutput);
  const { dW, db, dInput } = layerGradients(input, weights, dz);
  gradients.unshift({ dW, db });
  dOutput = dInput;
}`;
const change = (was: string, is: string) => BACKWARD.replace(was, () => is);

/** Answers to the exercises of 05, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-output-gradient": [
    {
      did: "1/N first",
      answer: [[
        "softmax(logits).sub(oneHot(labels, C, { dtype: logits.dtype })).div(N)",
        "softmax(logits).div(N).sub(oneHot(labels, C, { dtype: logits.dtype }).div(N))",
      ]],
      passes: "all",
    },
    {
      did: "an array",
      answer: [[".div(N);", ".div(N).toArray() as never;"]],
      says: "expected a Tensor, got an array",
    },
    {
      did: "no mean",
      slip:
        "every entry is 5 times the expected one, and 5 is the batch size: is the mean over the batch (1/N) missing?",
      answer: [[".div(N)", ""]],
    },
    {
      did: "divided by C",
      slip: "divided by the classes, not by the examples",
      answer: [[".div(N)", ".div(C)"]],
    },
    {
      did: "divided by 5",
      slip: "divided by 5; a batch may have another size",
      answer: [[".div(N)", ".div(5)"]],
    },
    {
      did: "wanted minus predicted",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: [[
        "return softmax(logits).sub(oneHot(labels, C, { dtype: logits.dtype }))",
        "return oneHot(labels, C, { dtype: logits.dtype }).sub(softmax(logits))",
      ]],
    },
    {
      did: "no one-hot",
      slip: "exactly one entry of each row is too large, always by 0.2: was the one-hot target subtracted?",
      answer: [[".sub(oneHot(labels, C, { dtype: logits.dtype }))", ""]],
    },
    { did: "logits for softmax", answer: [["softmax(logits)", "logits"]] },
    { did: "softmax over the batch", answer: [["softmax(logits)", "softmax(logits, { axis: 0 })"]] },
    { did: "softmax twice", answer: [["softmax(logits)", "softmax(softmax(logits) as never)"]] },
    {
      did: "summed",
      slip: "the shape is a single number, expected [5, 2]: were the entries summed that should stay apart?",
      answer: [[".div(N)", ".sum()"]],
    },
    {
      did: "mean over rows",
      slip: "the shape is [2], expected [5, 2]",
      answer: [[".div(N)", ".mean({ axis: 0 })"]],
    },
    { did: "no dtype", answer: [[", { dtype: logits.dtype }", ""]] },
    { did: "times σ′", answer: [[".div(N)", ".mul(softmax(logits)).div(N)"]] },
    { did: "nothing", slip: "it is undefined: is a return missing, an entry, or its name?", answer: "" },
  ],
  "exercise-layer-gradients": [
    {
      did: "db by ones",
      answer: [["dz.sum({ axis: 0 })", "dz.transpose().sum({ axis: 1 })"]],
      passes: "all",
    },
    {
      did: "arrays",
      answer: [[
        "return { dW, db, dInput }",
        "return { dW: dW.toArray(), db: db.toArray(), dInput: dInput.toArray() } as never",
      ]],
      says: "expected a Tensor, got an array",
    },
    {
      did: "db is an array",
      answer: [["return { dW, db, dInput }", "return { dW, db: db.toArray(), dInput } as never"]],
      says: "expected a Tensor, got an array",
    },
    {
      did: "dInput is an array",
      answer: [["return { dW, db, dInput }", "return { dW, db, dInput: dInput.toArray() } as never"]],
      says: "expected a Tensor, got an array",
    },
    {
      did: "dW transposed",
      slip: "the shape is [2, 3], expected [3, 2]: the right numbers, transposed",
      answer: [["input.transpose().matmul(dz)", "dz.transpose().matmul(input)"]],
    },
    { did: "input not transposed", answer: [["input.transpose()", "input"]] },
    { did: "W not transposed", answer: [["W.transpose()", "W"]] },
    {
      did: "db not summed",
      slip: "the shape is [5, 2], expected [2]: the sum over the first axis is missing",
      answer: [[".sum({ axis: 0 })", ""]],
    },
    {
      did: "db a mean",
      slip: "every entry is 1/5 of the expected one, and 5 is the batch size: divided by N once too often?",
      answer: [["sum({", "mean({"]],
    },
    { did: "db over classes", slip: "the shape is [5], expected [2]", answer: [["axis: 0", "axis: 1"]] },
    {
      did: "dW a mean",
      slip: "every entry is 1/5 of the expected one, and 5 is the batch size: divided by N once too often?",
      answer: [["matmul(dz);\n", "matmul(dz).div(input.shape[0]);\n"]],
    },
    {
      did: "all divided",
      slip: "every entry is 1/5 of the expected one, and 5 is the batch size: divided by N once too often?",
      answer: [["matmul(dz);\n", "matmul(dz).div(5);\n"], ["sum({ axis: 0 })", "sum({ axis: 0 }).div(5)"]],
    },
    {
      did: "dInput is dz",
      slip: "the shape is [5, 2], expected [5, 3]",
      answer: [["dz.matmul(W.transpose())", "dz"]],
    },
    {
      did: "a list",
      answer: [["return { dW, db, dInput }", "return [dW, db, dInput] as never"]],
      says: "return { dW, db, dInput }",
    },
    {
      did: "no dInput",
      answer: [["return { dW, db, dInput }", "return { dW, db } as never"]],
      says: "return { dW, db, dInput }",
    },
    {
      did: "signs",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: [["input.transpose().matmul(dz)", "input.transpose().matmul(dz).neg()"]],
    },
    {
      did: "entry by entry",
      slip: "the shape is [5, 3], expected [3, 2]",
      answer: [["input.transpose().matmul(dz)", "input.mul(dz.sum({ axis: 1 }).reshape([5, 1]))"]],
    },
  ],
  "exercise-relu": [
    { did: "where", answer: relu("return dOutput.mul(z.sign().relu());"), passes: "all" },
    {
      did: "≥",
      slip: "at 0 we take the slope 0: z > 0, not z ≥ 0",
      answer: relu("return dOutput.mul(z.greaterEqual(0));"),
    },
    {
      did: "an array",
      answer: relu("return dOutput.mul(z.greater(0)).toArray() as never;"),
      says: "expected a Tensor, got an array",
    },
    {
      did: "nothing held back",
      slip: "nothing is held back where z was negative",
      answer: relu("return dOutput;"),
    },
    {
      did: "by the gradient",
      slip: "the mask looks at the gradient, not at z",
      answer: relu("return dOutput.mul(dOutput.greater(0));"),
    },
    {
      did: "times z",
      slip: "times the ReLU, not its derivative (1 or 0)",
      answer: relu("return dOutput.mul(z.relu());"),
    },
    {
      did: "forwards",
      slip: "that is the ReLU forwards: where is what came back?",
      answer: relu("return z.relu();"),
    },
    {
      did: "ReLU of the gradient",
      slip: "the mask looks at the gradient, not at z",
      answer: relu("return dOutput.relu();"),
    },
    {
      did: "the mask",
      slip: "only the derivative: times what came back, dOutput",
      answer: relu("return z.greater(0);"),
    },
    { did: "the other mask", answer: relu("return dOutput.mul(z.less(0));") },
    {
      did: "z times mask",
      slip: "that is the ReLU forwards: where is what came back?",
      answer: relu("return z.mul(z.greater(0));"),
    },
    { did: "mask of both", answer: relu("return dOutput.relu().mul(z.greater(0));") },
    {
      did: "half at 0",
      slip: "at 0 we take the slope 0, not ½",
      answer: relu("return dOutput.mul(z.sign().add(1).div(2));"),
    },
    { did: "z > 1", answer: relu("return dOutput.mul(z.greater(0.01));") },
    { did: "leaky", answer: relu("return dOutput.mul(z.greater(0).add(0.01));") },
    {
      did: "nothing",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: relu(""),
    },
  ],
  "exercise-backward": [
    {
      did: "fills a list and turns it",
      answer: change("gradients.unshift", "gradients.push") + "\ngradients.reverse();",
      passes: "all",
    },
    { did: "last first", answer: change("gradients.unshift", "gradients.push") },
    { did: "no activation", answer: change("activations[activation].backward(z, dOutput)", "dOutput") },
    {
      did: "at the output",
      answer: change("backward(z, dOutput)", "backward(activations[activation].forward(z), dOutput)"),
    },
    {
      did: "always ReLU",
      answer: change(
        "activations[activation].backward(z, dOutput)",
        "l === this.layers.length - 1 ? dOutput : reluBackward(z, dOutput)",
      ),
    },
    { did: "dOutput stays", answer: change("dOutput = dInput;", "") },
    { did: "dz handed on", answer: change("dOutput = dInput;", "dOutput = dz;") },
    {
      did: "z for input",
      answer: change("layerGradients(input, weights, dz)", "layerGradients(z, weights, dz)"),
    },
    {
      did: "dOutput for dz",
      answer: change("layerGradients(input, weights, dz)", "layerGradients(input, weights, dOutput)"),
    },
    { did: "stops at 1", answer: change("l >= 0", "l > 0") },
    {
      did: "forwards",
      answer: change("let l = this.layers.length - 1; l >= 0; l--", "let l = 0; l < this.layers.length; l++"),
    },
    {
      did: "lists of two",
      answer: change("gradients.unshift({ dW, db })", "gradients.unshift([dW, db] as never)"),
      says: "{ dW, db }",
    },
    {
      did: "arrays",
      answer: change(
        "gradients.unshift({ dW, db })",
        "gradients.unshift({ dW: dW.toArray(), db: db.toArray() } as never)",
      ),
    },
    { did: "softmax only", answer: change("outputGradient(logits, labels)", "softmax(logits)") },
    {
      did: "no mean",
      slip:
        "every entry is 5 times the expected one, and 5 is the batch size: is the mean over the batch (1/N) missing?",
      answer: change("outputGradient(logits, labels)", "outputGradient(logits, labels).mul(logits.shape[0])"),
    },
    {
      did: "divided again",
      slip: "every entry is 1/5 of the expected one, and 5 is the batch size: divided by N once too often?",
      answer: change("outputGradient(logits, labels)", "outputGradient(logits, labels).div(logits.shape[0])"),
    },
    { did: "nothing", answer: "" },
  ],
  "exercise-step": [
    {
      did: "in place",
      answer:
        "this.layers.forEach((layer, l) => {\nlayer.weights.data.forEach((w, i) => layer.weights.data[i] = w - learningRate * gradients[l].dW.data[i]);\nlayer.biases.data.forEach((b, i) => layer.biases.data[i] = b - learningRate * gradients[l].db.data[i]);\n});",
      passes: "all",
    },
    {
      did: "not assigned",
      slip: "it has not moved: assign the result",
      answer: [["layer.weights = ", ""], ["layer.biases = ", ""]],
    },
    {
      did: "climbs",
      slip: "this climbs: the gradient points uphill",
      answer: [["weights.sub", "weights.add"], ["biases.sub", "biases.add"]],
    },
    {
      did: "no rate",
      slip: "the learning rate is missing",
      answer: [[".mul(learningRate)", ""], [".mul(learningRate)", ""]],
    },
    {
      did: "rate 0.07",
      answer: [[".mul(learningRate)", ".mul(0.07)"], [".mul(learningRate)", ".mul(0.07)"]],
    },
    {
      did: "no biases",
      slip: "it has not moved: assign the result",
      answer: [["layer.biases = layer.biases.sub(gradients[l].db.mul(learningRate));", ""]],
    },
    {
      did: "first layer only",
      slip: "it has not moved: assign the result",
      answer: [["this.layers.forEach", "this.layers.slice(0, 1).forEach"]],
    },
    {
      did: "gradients of another layer",
      answer: [["gradients[l].dW", "gradients[gradients.length - 1 - l].dW"]],
    },
    {
      did: "rate twice",
      answer: [[".mul(learningRate)", ".mul(learningRate).mul(learningRate)"], [
        ".db.mul(learningRate)",
        ".db.mul(learningRate).mul(learningRate)",
      ]],
    },
    {
      did: "only the step",
      answer: [["layer.weights.sub(gradients[l].dW.mul(learningRate))", "gradients[l].dW.mul(learningRate)"]],
    },
    { did: "divided by the rate", answer: [[".mul(learningRate)", ".div(learningRate)"]] },
    {
      did: "gradient minus weight",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: [[
        "layer.weights.sub(gradients[l].dW.mul(learningRate))",
        "gradients[l].dW.mul(learningRate).sub(layer.weights)",
      ]],
    },
    { did: "by the sign", answer: [["gradients[l].dW.mul", "gradients[l].dW.sign().mul"]] },
    { did: "nothing", slip: "it has not moved: assign the result", answer: "" },
  ],
  "exercise-train": [
    { did: "not shuffled", answer: [["{ batchSize, rng }", "{ batchSize }"]] },
    {
      did: "a new generator in every epoch",
      answer: [["{ batchSize, rng }", "{ batchSize, rng: new Rng(1) }"]],
    },
    { did: "no epochs", answer: [["epoch < epochs", "epoch < 1"]] },
    { did: "batch size 32", answer: [["{ batchSize, rng }", "{ batchSize: 32, rng }"]] },
    { did: "one epoch more", answer: [["epoch < epochs", "epoch <= epochs"]] },
    { did: "all at once", answer: [["batches(data, { batchSize, rng })", "[data]"]] },
    { did: "no await", answer: [["await watch", "watch"]] },
    { did: "watch gets a tensor", answer: [["loss.item()", "loss as never"]] },
    {
      did: "watches once an epoch",
      answer: [[
        "await watch(loss.item());\n      }",
        "if (images.shape[0] === 10) await watch(loss.item());\n      }",
      ]],
    },
    { did: "own rate", answer: [["this.step(gradients, learningRate)", "this.step(gradients, 0.1)"]] },
    {
      did: "no step",
      slip: "the shape is [0], expected [1]",
      answer: [["this.step(gradients, learningRate);", ""]],
    },
    { did: "forward twice", answer: [["this.backward(logits", "this.backward(this.forward(images)"]] },
    {
      did: "backward of the first images",
      answer: [["this.forward(images);", "this.forward(data.images.slice(0, images.shape[0]));"]],
    },
    {
      did: "labels of the first",
      answer: [[
        "this.backward(logits, labels)",
        "this.backward(logits, data.labels.slice(0, labels.length))",
      ]],
    },
    { did: "the global train", answer: [["batches(data", "batches(train"]] },
    {
      did: "climbs",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: [["this.step(gradients, learningRate)", "this.step(gradients, -learningRate)"]],
    },
    { did: "nothing", slip: "the shape is [0], expected [4]", answer: "" },
  ],
};
