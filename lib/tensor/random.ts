/** Random numbers that are the same everywhere: NumPy's legacy generator. */

import { checkNames } from "../checks/options.ts";
import { checkNumber, kindOf } from "../checks/values.ts";
import { log } from "../kernels/elementary.ts";
import { checkShape, checkSize, type Shape, sizeOf } from "./shape.ts";
import { type DType, dtypeOf, emptyFloats } from "./dtype.ts";
import { Tensor } from "./tensor.ts";

const N = 624, M = 397;

/**
 * Where a generator stands: plain numbers, so that it survives `JSON.stringify`.
 *
 * The fields are those of NumPy's `RandomState.get_state()`.
 */
export interface RngState {
  /** The 624 words of the Mersenne Twister. */
  readonly words: readonly number[];
  /** How many of them are used up, 0…624. */
  readonly position: number;
  /** The second number of the last Gaussian pair, if it is still to be given out. */
  readonly spareGaussian: number | null;
}

/**
 * A seeded generator with the streams of NumPy's `np.random.RandomState(seed)`: the Mersenne Twister MT19937,
 * with Gaussian numbers by Marsaglia's polar method. Every random number of the course can be checked there, to the
 * last bit; one Gaussian number in a thousand or so differs in that bit, where NumPy's logarithm is that of the
 * platform and ours is the same everywhere.
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
  private readonly words = new Uint32Array(N);
  private position = N;
  private spareGaussian: number | undefined = undefined;

  /**
   * A generator at the start of the stream of a seed.
   *
   * @param seed An integer from 0 to 2³² − 1
   * @throws {RangeError} If it is not
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`Rng: the seed must be an integer from 0 to 4294967295, got ${seed}.`);
    }
    this.words[0] = seed;
    for (let i = 1; i < N; i++) {
      const last = this.words[i - 1] ^ (this.words[i - 1] >>> 30);
      this.words[i] = Math.imul(1812433253, last) + i;
    }
  }

  /**
   * A generator that goes on where another one stood.
   *
   * @param state What `rng.state` gave
   * @throws {TypeError} If it is not such a state
   */
  static fromState(state: RngState): Rng {
    const rng = new Rng(0);
    rng.state = state;
    return rng;
  }

  /**
   * Where the generator stands, to save it, or to put it back:
   *
   * ```ts
   * import { Rng } from "backprop";
   * import { assertEquals } from "@std/assert";
   * const rng = new Rng(42);
   * const before = rng.state; // a copy; fit for JSON
   * const x = rng.random();
   * rng.state = before;
   * assertEquals(rng.random(), x);
   * ```
   */
  get state(): RngState {
    return { words: [...this.words], position: this.position, spareGaussian: this.spareGaussian ?? null };
  }
  set state(state: RngState) {
    const { words, position, spareGaussian } = Object(state) as RngState;
    const fits = words?.length === N &&
      Array.from(words).every((w) => Number.isInteger(w) && w >= 0 && w <= 0xffffffff) &&
      Number.isInteger(position) && position >= 0 && position <= N &&
      (spareGaussian === null || Number.isFinite(spareGaussian));
    if (!fits) {
      throw new TypeError(
        "Rng: expected a state as rng.state gives it: 624 words of 32 bits, a position from 0 to 624, " +
          "and a number or null as spareGaussian.",
      );
    }
    this.words.set(words);
    this.position = position;
    this.spareGaussian = spareGaussian ?? undefined;
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
    checkNumber("uniform", "low", low);
    checkNumber("uniform", "high", high);
    return this.fill("uniform", shape, options, () => low + (high - low) * this.random());
  }

  /** A tensor of standard normal numbers; NumPy's `randn`. */
  randn(shape: Shape, options: { dtype?: DType } = {}): Tensor {
    return this.fill("randn", shape, options, () => this.gaussian());
  }

  /** `count` integers from `low` to `high − 1`, each equally likely; NumPy's `randint`. */
  integers(low: number, high: number, count: number): number[] {
    if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low || high - low > 2 ** 32) {
      throw new RangeError(
        `integers: expected integers low < high at most 2³² apart, got ${low} and ${high}.`,
      );
    }
    if (!Number.isInteger(count) || count < 0 || count > 0xffffffff) {
      throw new RangeError(
        `integers: expected how many to draw, a whole number from 0, as in integers(${low}, ${high}, 5); got ${
          typeof count === "number" ? count : kindOf(count)
        }. One alone is integers(${low}, ${high}, 1)[0].`,
      );
    }
    return Array.from({ length: count }, () => low + this.below(high - low));
  }

  /** The numbers 0…n−1 in random order. */
  permutation(n: number): Uint32Array {
    if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) {
      throw new RangeError(
        `permutation: expected an integer n ≥ 0, at most 2³² − 1, got ${
          typeof n === "number" ? n : kindOf(n)
        }.`,
      );
    }
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /**
   * `count` of the numbers 0…n−1, all different unless `replace`; NumPy's `choice(n, count, replace)`.
   *
   * @throws {RangeError} If n is not a positive integer, or more are asked for than there are
   */
  choice(n: number, count: number, options: { replace?: boolean } = {}): Uint32Array {
    checkNames("choice", ["replace"], options);
    const { replace = false } = options;
    const possible = Number.isInteger(n) && n > 0 && n <= 0xffffffff && Number.isInteger(count) &&
      count >= 0 &&
      count <= 0xffffffff;
    if (!possible || (!replace && count > n)) {
      throw new RangeError(
        `choice: cannot draw ${count} of ${n} numbers; expected integers n > 0 and 0 ≤ count` +
          (replace ? "." : " ≤ n, or { replace: true }."),
      );
    }
    return replace ? Uint32Array.from(this.integers(0, n, count)) : this.permutation(n).slice(0, count);
  }

  /** Puts a list into random order, in place (Fisher–Yates, from the end). */
  shuffle(list: { length: number; [index: number]: unknown }): void {
    if (typeof list?.length !== "number") {
      throw new TypeError(`shuffle: expected a list to put into random order, got ${kindOf(list)}.`);
    }
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
    let y = this.words[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** Makes the next 624 words. */
  private twist(): void {
    const s = this.words;
    for (let i = 0; i < N; i++) {
      const y = (s[i] & 0x80000000) | (s[(i + 1) % N] & 0x7fffffff);
      s[i] = s[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }

  /** A tensor of numbers drawn one after the other, row-major. */
  private fill(owner: string, shape: Shape, options: { dtype?: DType }, draw: () => number): Tensor {
    const dtype = dtypeOf(owner, options);
    checkShape(owner, shape);
    checkSize(owner, sizeOf(shape));
    const out = emptyFloats(dtype, sizeOf(shape));
    for (let i = 0; i < out.length; i++) out[i] = draw();
    return new Tensor(out, shape);
  }
}
