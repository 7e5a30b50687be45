import { type Examples, parameter, Rng, type Stepper, Tensor, tensor } from "backprop";

/** y = w·x with one weight, which only an optimizer changes. */
export class OneWeight {
  readonly w = parameter([[0]]);
  training = true;
  forward(x: Tensor): Tensor {
    return x.matmul(this.w);
  }
  parameters(): Tensor[] {
    return [this.w];
  }
  train() {
    this.training = true;
  }
  eval() {
    this.training = false;
  }
}

/** An optimizer that ignores gradients and sets the weight to one number after the other. */
export class Script implements Stepper {
  learningRate = 1;
  #next = 0;
  constructor(private readonly w: Tensor, private readonly values: readonly number[]) {}
  zeroGrad() {
    this.w.grad = undefined;
  }
  step() {
    this.w.data[0] = this.values[this.#next++];
  }
}

/** One example, x = 1 and y = 0: the loss of a {@link OneWeight} is w². */
export const target: Examples<Tensor> = { inputs: tensor([[1]]), targets: tensor([[0]]) };

/** Two classes that a line separates, N points. */
export function blobs(count: number, seed = 1): Examples<Uint8Array> {
  const rng = new Rng(seed);
  const targets = Uint8Array.from({ length: count }, (_, n) => n % 2);
  const noise = rng.randn([count, 2]);
  const centres = new Tensor(Float64Array.from(noise.data, (_, i) => targets[i >> 1] === 0 ? -1 : 1), [
    count,
    2,
  ]);
  return { inputs: noise.add(centres), targets };
}

/** Rows without what depends on the clock. */
export function untimed<Row extends { readonly seconds: number }>(
  rows: readonly Row[],
): Omit<Row, "seconds">[] {
  return rows.map(({ seconds: _, ...row }) => row);
}
