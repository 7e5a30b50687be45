// Every optimizer with every option against ten steps of PyTorch; made by tools/build/golden/pytorch_optim.py.
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { clipGradNorm, clipGradValue, type DType, type NestedNumbers, tensor } from "backprop";
import golden from "../golden/pytorch_optim.json" with { type: "json" };
import { make, type OptimizerName, type Options, weights } from "./helpers.ts";

interface Case {
  optimizer: OptimizerName;
  options: Options;
  groups?: Options[];
  learningRates?: number[];
  clip?: { norm?: number; value?: number };
  norms?: number[];
  parameters: NestedNumbers[][];
}

const cases = golden.cases as unknown as Case[];
const flat = (values: NestedNumbers) => [...tensor(values).data];

/** All numbers after every step, and the norms that clipping reported. */
function replay(
  { optimizer: name, options, groups, learningRates, clip }: Case,
  dtype: DType,
): { parameters: number[]; norms: number[] } {
  const parameters = golden.start.map((start) => weights(start, dtype));
  const trainable = groups?.map((group, i) => ({ ...group, parameters: [parameters[i]] })) ?? parameters;
  const optimizer = make(name, trainable, options);
  const norms: number[] = [];
  const seen = golden.gradients.flatMap((gradients, step) => {
    optimizer.zeroGrad();
    parameters.forEach((p, i) => {
      const gradient = gradients[i];
      if (gradient !== null) p.grad = tensor(gradient, { dtype });
    });
    if (clip?.norm) norms.push(clipGradNorm(parameters, clip.norm));
    if (clip?.value) clipGradValue(parameters, clip.value);
    if (learningRates) optimizer.learningRate = learningRates[step];
    optimizer.step();
    return parameters.flatMap((p) => [...p.data]);
  });
  return { parameters: seen, norms };
}

for (const c of cases) {
  const extras = [c.groups && "groups", c.learningRates && "a falling rate", c.clip && "clipping"];
  const what = [`${c.optimizer} with ${JSON.stringify(c.options)}`, ...extras.filter(Boolean)].join(", ");

  Deno.test(`${what} makes PyTorch's ten steps`, () => {
    const { parameters, norms } = replay(c, "float64");
    const expected = c.parameters.flatMap((step) => step.flatMap(flat));
    assertEquals(parameters.length, 10 * 7);
    parameters.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-12));
    assertEquals(norms.length, c.norms?.length ?? 0);
    norms.forEach((norm, i) => assertAlmostEquals(norm, c.norms?.[i] ?? NaN, 1e-12));
  });
}

Deno.test("every optimizer makes the same steps in float32, to seven digits", () => {
  for (const c of cases) {
    const { parameters } = replay(c, "float32");
    const expected = c.parameters.flatMap((step) => step.flatMap(flat));
    parameters.forEach((value, i) => {
      assertEquals(value, Math.fround(value));
      assertLess(Math.abs(value - expected[i]), 1e-5);
    });
  }
});

Deno.test("the golden cases cover every option of every optimizer", () => {
  for (const name of ["SGD", "RMSprop", "Adam", "AdamW"] as const) {
    const used = new Set(cases.filter((c) => c.optimizer === name).flatMap((c) => Object.keys(c.options)));
    const { parameters: _, ...known } = make(name, [weights([0])]).groups[0];
    // PyTorch has neither of these two.
    const missing = Object.keys(known).filter((option) =>
      !used.has(option) && option !== "momentumForm" && option !== "biasCorrection"
    );
    assertEquals(missing, []);
  }
});
