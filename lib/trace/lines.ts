/** The lines of a trace between the input and the loss, and all the way back. */

import { FLOAT64 } from "../tensor/dtype.ts";
import { tensor } from "../tensor/create.ts";
import { gradientOf, indexed, type Quantity } from "./notation.ts";
import type { ActivationStage, LinearStage, Stage } from "./network_stages.ts";
import type { Recorder, StepSlip } from "./steps.ts";

/** What came in, what came out, and by what. */
type Line =
  | { stage: LinearStage; input: Quantity; output: Quantity; weight: Quantity; bias: Quantity | undefined }
  | { stage: ActivationStage; input: Quantity; output: Quantity };

/** The network, line by line. */
export interface Lines {
  readonly lines: readonly Line[];
  readonly output: Quantity;
}

/** yHat, what the network says. */
const OUTPUT: Quantity = { name: "yHat", symbol: "ŷ", latex: "\\hat{y}" };

/** Writes the way forward. A last output that is a logit keeps its name z. */
export function traceForward(recorder: Recorder, stages: readonly Stage[], isLogit: boolean): Lines {
  const dense = stages.filter(({ kind }) => kind === "linear").length;
  const lines: Line[] = [];
  let input = recorder.quantity("x") as Quantity;
  let layer = 0;
  stages.forEach((stage, i) => {
    const isLast = i === stages.length - 1;
    if (stage.kind === "linear") layer++;
    const index = dense === 1 ? undefined : layer;
    const line = stage.kind === "linear"
      ? linear(recorder, stage, input, index, isLast && !isLogit)
      : activation(recorder, stage, input, index, isLast && !isLogit);
    lines.push(line);
    input = line.output;
  });
  return { lines, output: input };
}

function linear(
  recorder: Recorder,
  stage: LinearStage,
  input: Quantity,
  index: number | undefined,
  isOutput: boolean,
): Line {
  const weight = recorder.give(indexed("w", index, stage.weight.size === 1 ? "w" : "W"), stage.weight);
  const bias = stage.bias && recorder.give(indexed("b", index), stage.bias);
  const output = isOutput ? OUTPUT : indexed("z", index);
  const [x, w, b] = [input.name, weight.name, bias?.name];
  recorder.add({
    phase: "forward",
    quantity: output,
    formula: `@{${x}}·@{${w}}` + (b ? ` + @{${b}}` : ""),
    latex: `@{${x}}\\,@{${w}}` + (b ? `+@{${b}}` : ""),
    compute: (get) => b ? get(x).matmul(get(w)).add(get(b)) : get(x).matmul(get(w)),
    slips: b
      ? [{ says: `the bias ${bias!.symbol} is missing`, compute: (get) => get(x).matmul(get(w)) }]
      : [],
  });
  return { stage, input, output, weight, bias };
}

function activation(
  recorder: Recorder,
  stage: ActivationStage,
  input: Quantity,
  index: number | undefined,
  isOutput: boolean,
): Line {
  const output = isOutput ? OUTPUT : indexed("a", index);
  const z = input.name;
  recorder.add({
    phase: "forward",
    quantity: output,
    formula: `${stage.symbol}(@{${z}})`,
    latex: `${stage.latex}(@{${z}})`,
    compute: (get) => stage.f(get(z)),
    slips: [{ says: `it is ${input.symbol}: ${stage.symbol} was not applied`, compute: (get) => get(z) }],
  });
  return { stage, input, output };
}

/** Writes the way back, from ∂L/∂output on. */
export function traceBackward(recorder: Recorder, { lines }: Lines): void {
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i];
    if (line.stage.kind === "activation") backThroughActivation(recorder, line as ActivationLine);
    else backThroughLinear(recorder, line as LinearLine, i > 0 ? lines[i - 1] : undefined);
  }
}
type LinearLine = Extract<Line, { stage: LinearStage }>;
type ActivationLine = Extract<Line, { stage: ActivationStage }>;

/** ∂L/∂z = ∂L/∂a ⊙ f′(z). */
function backThroughActivation(recorder: Recorder, { stage, input, output }: ActivationLine): void {
  const { symbol, slope } = stage;
  const [z, a, upstream] = [input.name, output.name, gradientOf(output).name];
  const single = recorder.single(z);
  const write = (template: string) => template.replaceAll("@{z}", `@{${z}}`).replaceAll("@{a}", `@{${a}}`);
  const [formula, latex] = [write(stage.slopeFormula), write(stage.slopeLatex)];
  const usesOutput = stage.slopeFormula.includes("@{a}");
  const slips: StepSlip[] = [
    { says: `the slope ${symbol}′ is missing (forgot ${symbol}′)`, compute: (get) => get(upstream) },
    {
      says: `the gradient from behind, ${gradientOf(output).symbol}, is missing`,
      compute: (get) => slope(get(z), get(a)),
    },
    ...(usesOutput
      ? [{
        says: `used z for a in ${symbol}′: the slope is made from ${output.symbol}, not from ${input.symbol}`,
        compute: ((get) => get(upstream).mul(slope(get(z), get(z)))) as StepSlip["compute"],
      }, {
        says: `${symbol} was applied once too often: the slope is made from ${output.symbol} as it is`,
        compute: ((get) => get(upstream).mul(slope(get(a), stage.f(get(a))))) as StepSlip["compute"],
      }]
      : []),
  ];
  recorder.add({
    phase: "backward",
    quantity: gradientOf(input),
    formula: `@{${upstream}}${single ? "·" : " ⊙ "}${formula}`,
    latex: `@{${upstream}}${single ? "\\cdot " : "\\odot "}${latex}`,
    compute: (get) => get(upstream).mul(slope(get(z), get(a))),
    upstream,
    local: { formula, latex, compute: (get) => slope(get(z), get(a)) },
    slips,
  });
}

/** ∂L/∂W = aᵀ·∂L/∂z, ∂L/∂b = Σₙ ∂L/∂z, and ∂L/∂a = ∂L/∂z·Wᵀ for the layer before. */
function backThroughLinear(recorder: Recorder, line: LinearLine, before: Line | undefined): void {
  toWeight(recorder, line, before);
  if (line.bias) toBias(recorder, line, line.bias);
  if (before) toInput(recorder, line); // nobody trains the inputs
}

function toWeight(recorder: Recorder, { input, output, weight }: LinearLine, before: Line | undefined): void {
  const [x, upstream] = [input.name, gradientOf(output).name];
  const single = recorder.single(x);
  const beforeActivation = before?.stage.kind === "activation" ? before.input : undefined;
  const behind = recorder.steps.find(({ name }) => name === upstream)?.upstream;
  const behindIsLike = behind !== undefined && recorder.get(behind).size === recorder.get(upstream).size;
  recorder.add({
    phase: "backward",
    quantity: gradientOf(weight),
    formula: single ? `@{${upstream}}·@{${x}}` : `@{${x}}ᵀ·@{${upstream}}`,
    latex: single ? `@{${upstream}}\\cdot @{${x}}` : `{@{${x}}}^\\top @{${upstream}}`,
    compute: (get) => get(x).transpose().matmul(get(upstream)),
    upstream,
    local: { formula: `@{${x}}`, latex: `@{${x}}`, compute: (get) => get(x) },
    slips: [
      ...(beforeActivation
        ? [{
          says: `used z for a: ${input.symbol} goes in, not ${beforeActivation.symbol}`,
          compute: ((get) =>
            get(beforeActivation.name).transpose().matmul(get(upstream))) as StepSlip["compute"],
        }]
        : []),
      ...(behindIsLike
        ? [{
          says: `made from ${recorder.quantity(behind).symbol} where ${gradientOf(output).symbol} ` +
            `belongs: a slope is missing`,
          compute: ((get) => get(x).transpose().matmul(get(behind))) as StepSlip["compute"],
        }]
        : []),
      { says: `the input ${input.symbol} is missing`, compute: (get) => get(upstream) },
    ],
  });
}

function toBias(recorder: Recorder, { input, output }: LinearLine, bias: Quantity): void {
  const upstream = gradientOf(output).name;
  const rows = recorder.get(input.name).shape[0];
  recorder.add({
    phase: "backward",
    quantity: gradientOf(bias),
    formula: rows > 1 ? `Σₙ @{${upstream}}` : `@{${upstream}}`,
    latex: rows > 1 ? `\\sum_n @{${upstream}}` : `@{${upstream}}`,
    compute: (get) => get(upstream).sum({ axis: 0 }),
    upstream,
    local: { formula: "1", latex: "1", compute: () => tensor(1, FLOAT64) },
    slips: [
      {
        says: "it is the mean over the rows; the sum is wanted",
        compute: (get) => get(upstream).mean({ axis: 0 }),
      },
      { says: "the sum over the rows is missing", compute: (get) => get(upstream) },
    ],
  });
}

function toInput(recorder: Recorder, { input, output, weight }: LinearLine): void {
  const [w, upstream] = [weight.name, gradientOf(output).name];
  const singleWeight = recorder.single(w);
  recorder.add({
    phase: "backward",
    quantity: gradientOf(input),
    formula: singleWeight ? `@{${upstream}}·@{${w}}` : `@{${upstream}}·@{${w}}ᵀ`,
    latex: singleWeight ? `@{${upstream}}\\cdot @{${w}}` : `@{${upstream}}\\,{@{${w}}}^\\top`,
    compute: (get) => get(upstream).matmul(get(w).transpose()),
    upstream,
    local: { formula: `@{${w}}`, latex: `@{${w}}`, compute: (get) => get(w) },
    slips: [
      { says: `the weight ${weight.symbol} is missing`, compute: (get) => get(upstream) },
      {
        says: `${weight.symbol} was not transposed`,
        compute: (get) => get(w).shape[0] === get(w).shape[1] ? get(upstream).matmul(get(w)) : get(upstream),
      },
    ],
  });
}

/** One step of gradient descent: w ← w − η·∂L/∂w. */
export function traceUpdates(recorder: Recorder, { lines }: Lines, learningRate: number): void {
  const { dtype } = recorder.get("x");
  recorder.give({ name: "eta", symbol: "η", latex: "\\eta" }, tensor(learningRate, { dtype }));
  for (const line of lines) {
    if (!("weight" in line)) continue;
    for (const old of line.bias ? [line.weight, line.bias] : [line.weight]) {
      const [w, dw] = [old.name, gradientOf(old).name];
      recorder.add({
        phase: "update",
        quantity: { name: `${w}New`, symbol: `${old.symbol} new`, latex: `${old.latex}^{\\text{new}}` },
        formula: `@{${w}} − @{eta}·@{${dw}}`,
        latex: `@{${w}}-@{eta}\\,@{${dw}}`,
        compute: (get) => get(w).sub(get("eta").mul(get(dw))),
        slips: [
          {
            says: "the step goes uphill: minus η times the gradient",
            compute: (get) => get(w).add(get("eta").mul(get(dw))),
          },
          { says: "the learning rate η is missing", compute: (get) => get(w).sub(get(dw)) },
        ],
      });
    }
  }
}
