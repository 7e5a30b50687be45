/** Random numbers that are the same everywhere: NumPy's legacy generator. */

import { log } from "../kernels/elementary.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { type DType, emptyFloats } from "./dtype.ts";
import { Tensor } from "./tensor.ts";

const N = 624, M = 397;

/**
 * A seeded generator with the streams of NumPy's `np.random.RandomState(seed)`: the Mersenne Twister MT19937,
 * with Gaussian numbers by Marsaglia's polar method. Every random number of the course can be checked there.
 *
 * The state is part of the object: two generators with one seed give the same numbers, in the same order.
 *
 * @see Matsumoto, Nishimura (1998), "Mersenne Twister", ACM TOMACS 8(1)
 * @see Marsaglia, Bray (1964), "A convenient method for generating normal variables", SIAM Review 6(3)
 * @example
 * ```ts
 * import { Rng } from "backprop";
 * import { assertEquals } from "@std/assert";
 * const rng = new Rng(42);
 * assertEquals(rng.random().toFixed(8), "0.37454012"); // np.random.RandomState(42).random_sample()
 * assertEquals([...new Rng(42).permutation(5)], [1, 4, 2, 0, 3]);
 * ```
 */
export class Rng {
  private readonly state = new Uint32Array(N);
  private position = N;
  private spareGaussian: number | undefined = undefined;

  /**
   * @param seed An integer from 0 to 2³² − 1
   * @throws {RangeError} If it is not
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`Rng: the seed must be an integer from 0 to 4294967295, got ${seed}.`);
    }
    this.state[0] = seed;
    for (let i = 1; i < N; i++) {
      const last = this.state[i - 1] ^ (this.state[i - 1] >>> 30);
      this.state[i] = Math.imul(1812433253, last) + i;
    }
  }

  /** The next number, uniform on [0, 1), with 53 random bits. */
  random(): number {
    const high = this.next() >>> 5, low = this.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** The next number from the standard normal distribution (mean 0, standard deviation 1). */
  gaussian(): number {
    if (this.spareGaussian !== undefined) {
      const spare = this.spareGaussian;
      this.spareGaussian = undefined;
      return spare;
    }
    let x, y, r2;
    do {
      x = 2 * this.random() - 1;
      y = 2 * this.random() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const factor = Math.sqrt(-2 * log(r2) / r2);
    this.spareGaussian = factor * x;
    return factor * y;
  }

  /** A tensor of uniform numbers on [low, high). */
  uniform(shape: Shape, low = 0, high = 1, options: { dtype?: DType } = {}): Tensor {
    return this.fill(shape, options, () => low + (high - low) * this.random());
  }

  /** A tensor of standard normal numbers; NumPy's `randn`. */
  randn(shape: Shape, options: { dtype?: DType } = {}): Tensor {
    return this.fill(shape, options, () => this.gaussian());
  }

  /** `count` integers from `low` to `high − 1`, each equally likely; NumPy's `randint`. */
  integers(low: number, high: number, count: number): number[] {
    if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low || high - low > 2 ** 32) {
      throw new RangeError(
        `integers: expected integers low < high at most 2³² apart, got ${low} and ${high}.`,
      );
    }
    return Array.from({ length: count }, () => low + this.below(high - low));
  }

  /** The numbers 0…n−1 in random order. */
  permutation(n: number): Uint32Array {
    if (!Number.isInteger(n) || n < 0) {
      throw new RangeError(`permutation: expected an integer n ≥ 0, got ${n}.`);
    }
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** Puts a list into random order, in place (Fisher–Yates, from the end). */
  shuffle(list: { length: number; [index: number]: unknown }): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
  }

  /** A uniform integer below `bound`: draw as many bits as `bound − 1` has, and again while it is too large. */
  private below(bound: number): number {
    const largest = bound - 1;
    if (largest === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(largest);
    let value;
    do value = (this.next() & mask) >>> 0; while (value > largest);
    return value;
  }

  /** The next 32 random bits. */
  private next(): number {
    if (this.position === N) this.twist();
    let y = this.state[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** Makes the next 624 words. */
  private twist(): void {
    const s = this.state;
    for (let i = 0; i < N; i++) {
      const y = (s[i] & 0x80000000) | (s[(i + 1) % N] & 0x7fffffff);
      s[i] = s[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }

  private fill(shape: Shape, { dtype = "float64" }: { dtype?: DType }, draw: () => number): Tensor {
    const out = emptyFloats(dtype, sizeOf(shape));
    for (let i = 0; i < out.length; i++) out[i] = draw();
    return new Tensor(out, shape);
  }
}
