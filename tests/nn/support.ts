// Comparisons and gradient checks that the tests of lib/nn share.
import { assertEquals } from "@std/assert";
import { type Module, type NestedNumbers, numericalGradient, parameter, Rng, Tensor, tensor } from "backprop";

/** Reads a file of golden values. */
export async function golden<T>(name: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(new URL(`../golden/${name}`, import.meta.url)));
}

/** Fails unless shapes are equal and numbers are, up to `tolerance` absolutely below 1 and relatively above. */
export function assertNear(
  actual: Tensor | undefined,
  expected: Tensor | NestedNumbers,
  what: string,
  tolerance = 1e-10,
): void {
  const wanted = expected instanceof Tensor ? expected : tensor(expected);
  assertEquals(actual?.shape, wanted.shape, `shape of ${what}`);
  wanted.data.forEach((e, i) => {
    const got = actual?.data[i] ?? NaN;
    if (!(Math.abs(got - e) <= tolerance * Math.max(1, Math.abs(e)))) {
      throw new Error(`${what}: entry ${i} is ${got}, expected ${e}`);
    }
  });
}

/** r of L = Σ r⊙f(x): random, so that no error can hide in a sum that happens to be zero. */
export function weightsFor(output: Tensor): Tensor {
  return new Rng(7).randn(output.shape);
}

/** Compares the gradient that `backward()` gives for each input of f with finite differences, every entry. */
export function assertGradients(f: (...inputs: Tensor[]) => Tensor, inputs: Tensor[], what = "f"): void {
  const parameters = inputs.map((x) => parameter(x));
  const r = weightsFor(f(...parameters));
  f(...parameters).mul(r).sum().backward();
  parameters.forEach((p, i) => {
    const slow = numericalGradient(() => f(...parameters).mul(r).sum().item(), p);
    assertNear(p.grad, slow, `∂${what}/∂(input ${i})`, 1e-7);
  });
}

/**
 * Three ways to the gradients of L = Σ r⊙module(x) by the input and every parameter: layer by layer, by `backward()`, and
 * by finite differences.
 *
 * @param make Makes the same module each time, in the same state, with the same random numbers ahead of it
 */
export function assertThreeWays(make: () => Module, x: Tensor): void {
  const r = weightsFor(make().forward(x));

  const byHand = make();
  byHand.forward(x);
  const gradInput = byHand.backward(r);

  const recorded = make(), input = parameter(x);
  recorded.forward(input).mul(r).sum().backward();
  assertNear(gradInput, input.grad as Tensor, "∂L/∂x by hand and by backward()", 1e-12);

  const copy = parameter(x);
  const slowInput = numericalGradient(() => make().forward(copy).mul(r).sum().item(), copy);
  assertNear(gradInput, slowInput, "∂L/∂x by hand and by finite differences", 1e-7);

  const graphs = new Map(recorded.namedParameters());
  for (const [name, p] of byHand.namedParameters()) {
    assertNear(p.grad, graphs.get(name)?.grad as Tensor, `∂L/∂${name} by hand and by backward()`, 1e-12);
    const loss = (values: Tensor) => {
      const fresh = make();
      new Map(fresh.namedParameters()).get(name)?.data.set(values.data);
      return fresh.forward(x).mul(r).sum().item();
    };
    const moving = parameter(p);
    const slow = numericalGradient(() => loss(moving), moving);
    assertNear(p.grad, slow, `∂L/∂${name} by hand and by finite differences`, 1e-7);
  }
}

/** A generator that answers "keep" and "drop" from a list, for dropout layers. */
export class Scripted extends Rng {
  constructor(private readonly kept: number[]) {
    super(0);
  }
  override random(): number {
    const next = this.kept.shift();
    if (next === undefined) throw new Error("Scripted: the list is used up");
    return next ? 0.999999 : 0;
  }
}
