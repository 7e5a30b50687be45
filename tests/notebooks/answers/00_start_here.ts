import type { Attempts } from "../attempts.ts";

const mean = (body: string) => `let total = 0;\n${body}\nreturn total / values.length;`;
const chain = (formula: string) => `const u = 1 - x * x;\nreturn ${formula};`;

/** Answers to the exercises of 00, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-mean": [
    {
      did: "only knows what the visible check asks",
      answer: "return values.length === 3 ? 6 : values.length === 1 ? 7 : -1.5;",
      passes: "visible",
    },
    { did: "reduce", answer: "return values.reduce((a, b) => a + b, 0) / values.length;", passes: "all" },
    {
      did: "for … in, as text",
      slip: "for … in runs over positions (as texts), for … of over values",
      answer: mean("for (const i in values) total += i as never;"),
    },
    {
      did: "for … in, as numbers",
      slip: "for … in runs over positions, for … of over values",
      answer: mean("for (const i in values) total += Number(i);"),
    },
    {
      did: "the sum",
      slip: "that is the sum: divide it by how many there are",
      answer: "return values.reduce((a, b) => a + b, 0);",
    },
    { did: "divided by one less", answer: "return values.reduce((a, b) => a + b, 0) / (values.length - 1);" },
    {
      did: "divided by 3",
      slip: "divided by 3; a list may have another length",
      answer: "return values.reduce((a, b) => a + b, 0) / 3;",
    },
    {
      did: "divided twice",
      slip: "divided twice",
      answer: "return values.reduce((a, b) => a + b / values.length, 0) / values.length;",
    },
    { did: "the one in the middle", answer: "return [...values].sort((a, b) => a - b)[values.length >> 1];" },
    { did: "the largest", answer: "return Math.max(...values);" },
    {
      did: "begins at 1",
      slip: "the total starts at 1; it should start at 0",
      answer: "let total = 1;\nfor (const value of values) total += value;\nreturn total / values.length;",
    },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: "let total = 0;\nfor (const value of values) total += value;\ntotal /= values.length;",
    },
    {
      did: "returns in the loop",
      answer: "for (const value of values) return value / values.length;\nreturn 0;",
    },
    { did: "= for +=", answer: mean("for (const value of values) total = value;") },
    { did: "one too few", answer: mean("for (let i = 1; i < values.length; i++) total += values[i];") },
    {
      did: "one too many",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: mean("for (let i = 0; i <= values.length; i++) total += values[i];"),
    },
    { did: "rounded", answer: "return Math.round(values.reduce((a, b) => a + b, 0) / values.length);" },
    { did: "without signs", answer: mean("for (const value of values) total += Math.abs(value);") },
    {
      did: "halved at each",
      answer: "let m = values[0];\nfor (const value of values) m = (m + value) / 2;\nreturn m;",
    },
  ],
  "exercise-forward": [
    {
      did: "as nested arrays",
      answer: [[".add(last.biases)", ".add(last.biases).toArray() as never"]],
      passes: "all",
    },
    { did: "max with 0 in place of relu", answer: [[".relu()", ".maximum(0)"]], passes: "all" },
    { did: "no ReLU", slip: "the ReLU between the layers is missing", answer: [[".relu()", ""]] },
    {
      did: "a ReLU at the end",
      slip: "one ReLU too many, at the end",
      answer: [[".add(last.biases)", ".add(last.biases).relu()"]],
    },
    {
      did: "ReLU at the end only",
      slip: "the ReLU belongs between the layers, not at the end",
      answer: [[".relu()", ""], [".add(last.biases)", ".add(last.biases).relu()"]],
    },
    {
      did: "no second biases",
      slip: "the second layer's biases are missing",
      answer: [[".add(last.biases)", ""]],
    },
    {
      did: "no first biases",
      slip: "the first layer's biases are missing",
      answer: [[".add(first.biases)", ""]],
    },
    {
      did: "ReLU before the biases",
      slip: "biases first, then ReLU",
      answer: [[".add(first.biases).relu()", ".relu().add(first.biases)"]],
    },
    { did: "sigmoid", answer: [[".relu()", ".sigmoid()"]] },
    {
      did: "the hidden numbers",
      slip: "the shape is [4, 3], expected [4, 1]",
      answer: [[".matmul(last.weights).add(last.biases)", ""]],
    },
    { did: "layers exchanged", answer: [["first.weights", "last.weights"]] },
    { did: "nothing", slip: "it is undefined: is a return missing, an entry, or its name?", answer: "" },
  ],
  "exercise-chain": [
    { did: "expanded", answer: "return -6 * x + 12 * x ** 3 - 6 * x ** 5;", passes: "all" },
    { did: "no inner rate", slip: "the inner rate, du/dx, is missing", answer: chain("3 * u * u") },
    {
      did: "inner sign",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: chain("3 * u * u * 2 * x"),
    },
    {
      did: "inner rate halved",
      slip: "every entry is half of the expected one: is a factor 2 missing, or a ½ too many?",
      answer: chain("3 * u * u * -x"),
    },
    { did: "y", slip: "that is y, not its slope", answer: chain("u ** 3") },
    {
      did: "at the slope",
      slip: "3u² is to be taken at u, not at du/dx",
      answer: chain("3 * (-2 * x) ** 2 * (-2 * x)"),
    },
    { did: "no 3", slip: "the 3 of 3u² is missing", answer: chain("u * u * (-2 * x)") },
    { did: "power stays", answer: chain("3 * u ** 3 * (-2 * x)") },
    { did: "power 1", answer: chain("3 * u * (-2 * x)") },
    { did: "^", answer: "return 3 * ((1 - x * x) ^ 2) * (-2 * x);" },
    { did: "added", slip: "rates multiply, not add", answer: chain("3 * u * u + (-2 * x)") },
    { did: "u is 1 − 2x", answer: "const u = 1 - 2 * x;\nreturn 3 * u * u * (-2);" },
    { did: "constant kept", answer: chain("3 * u * u * (1 - 2 * x)") },
  ],
  "exercise-step": [
    { did: "the other way round", answer: "return w + learningRate * 2 * (3 - w);", passes: "all" },
    { did: "climbs", slip: "this climbs", answer: [["w - learningRate", "w + learningRate"]] },
    { did: "no rate", slip: "learningRate is missing", answer: [["learningRate * slope", "slope"]] },
    { did: "no 2", slip: "the slope is 2(w − 3)", answer: [["2 * (w", "(w"]] },
    {
      did: "starts at 0",
      slip: "the step starts from w: w minus …",
      answer: [["w - learningRate", "-learningRate"]],
    },
    {
      did: "the step",
      slip: "that is the step alone: w minus it is wanted",
      answer: [["w - learningRate", "learningRate"]],
    },
    {
      did: "the slope",
      slip: "that is the slope, not the place after a step",
      answer: [["w - learningRate * slope", "slope"]],
    },
    {
      did: "the loss for the slope",
      slip: "the slope of L is wanted, not L",
      answer: [["2 * (w - 3)", "(w - 3) ** 2"]],
    },
    { did: "0.1", answer: [["learningRate * slope", "0.1 * slope"]] },
    { did: "no brackets", slip: "2(w − 3) is not 2w − 3", answer: [["2 * (w - 3)", "2 * w - 3"]] },
    {
      did: "the loss after",
      answer: "const next = w - learningRate * 2 * (w - 3);\nreturn (next - 3) ** 2;",
    },
    {
      did: "nothing returned",
      slip: "it is an array whose entry [0] is undefined: is a return missing, an entry, or its name?",
      answer: "w -= learningRate * 2 * (w - 3);",
    },
    { did: "divided by the rate", answer: [["learningRate * slope", "slope / learningRate"]] },
    { did: "the minimum", answer: "return 3;" },
  ],
};
