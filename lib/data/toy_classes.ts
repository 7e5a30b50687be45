/** Made-up data for classification: points in the plane that no straight line separates. */

import { checkNames } from "../checks/options.ts";
import { cos, sin } from "../kernels/elementary.ts";
import { tensor } from "../tensor/create.ts";
import { defaultDType, type DType, dtypeOf, emptyFloats, FLOAT64 } from "../tensor/dtype.ts";
import type { Rng } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Examples } from "./dataset.ts";
import { checkMake, generatorOf, type Random } from "./toy_checks.ts";

/** How points in the plane are made. */
export interface PointOptions extends Random {
  /** Standard deviation of the noise on both coordinates (default 0.1). */
  readonly noise?: number;
  /** Default as in `setDefaultDType`: `"float64"`. */
  readonly dtype?: DType;
}

const POINTS = ["noise", "seed", "rng", "dtype"];

/**
 * Exclusive or: class 1 where exactly one of two inputs is 1.
 *
 * Four points, and no line has both ones on one side: the smallest problem that needs a hidden layer.
 *
 * @returns `inputs` `[4, 2]` and `targets` `[4]`
 * @see Minsky, Papert (1969), "Perceptrons", §2.1
 * @example
 * ```ts
 * import { xor } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = xor();
 * assertEquals(inputs.toArray(), [[0, 0], [0, 1], [1, 0], [1, 1]]);
 * assertEquals([...targets], [0, 1, 1, 0]);
 * ```
 */
export function xor(options: { dtype?: DType } = {}): Examples<Uint8Array> {
  const dtype = dtypeOf("xor", options);
  return { inputs: tensor([[0, 0], [0, 1], [1, 0], [1, 1]], { dtype }), targets: Uint8Array.of(0, 1, 1, 0) };
}

/**
 * Two half circles that reach into each other.
 *
 * Class 0 is (cos θ, sin θ), class 1 is (1 − cos θ, ½ − sin θ), with θ evenly spaced from 0 to π in both, and noise
 * on both coordinates. The classes take turns in the rows: 0, 1, 0, 1 …
 *
 * @param options `count` N of points, of both classes together (default 200; an odd one gives class 0 one more), and
 * {@link PointOptions}
 * @returns `inputs` `[N, 2]` and `targets` `[N]`
 * @throws {RangeError} If count is no whole number from 4, or noise is negative
 * @example
 * ```ts
 * import { moons } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = moons({ count: 4, noise: 0 });
 * assertEquals([...targets], [0, 1, 0, 1]);
 * assertEquals([inputs.at(0, 0), inputs.at(0, 1)], [1, 0]); // where the first moon begins
 * assertEquals([inputs.at(1, 0), inputs.at(1, 1)], [0, 0.5]); // and the second
 * ```
 */
export function moons(options: PointOptions & { count?: number } = {}): Examples<Uint8Array> {
  checkNames("moons", ["count", ...POINTS], options);
  const { count = 200 } = options;
  checkMake("moons", "count", count, 4, options.noise ?? 0);
  const rng = generatorOf("moons", options);
  const targets = Uint8Array.from({ length: count }, (_, n) => n % 2);
  return scatter(targets, rng, options, (label, n) => {
    const inClass = label === 0 ? Math.ceil(count / 2) : Math.floor(count / 2);
    const angle = Math.PI * Math.floor(n / 2) / (inClass - 1);
    return label === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
  });
}

/**
 * Spiral arms that wind about the same middle, one a class.
 *
 * Arm c of C runs from near the middle to radius 1 while it turns: at the share t of its way (1/n, 2/n … 1) it is at
 * radius t and angle 2π·(turns·t + c/C), with noise on both coordinates. The classes take turns in the rows.
 *
 * @param options `classes` C from 1 to 256 (default 3), `perClass` n points in each (default 100), `turns` (default
 * 0.75) and {@link PointOptions}; the noise is 0.03 unless given
 * @returns `inputs` `[C·n, 2]` and `targets` `[C·n]`
 * @throws {RangeError} If classes or perClass is no whole number from 1, turns is not finite or noise is negative
 * @see Lang, Witbrock (1988), "Learning to tell two spirals apart"
 * @example
 * ```ts
 * import { spirals } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { inputs, targets } = spirals({ classes: 2, perClass: 50 });
 * assertEquals(inputs.shape, [100, 2]);
 * assertEquals([...targets.slice(0, 4)], [0, 1, 0, 1]);
 * ```
 */
export function spirals(
  options: PointOptions & { classes?: number; perClass?: number; turns?: number } = {},
): Examples<Uint8Array> {
  checkNames("spirals", ["classes", "perClass", "turns", ...POINTS], options);
  const { classes = 3, perClass = 100, turns = 0.75, noise = 0.03 } = options;
  checkMake("spirals", "perClass", perClass, 1, noise);
  const rng = generatorOf("spirals", options);
  if (!Number.isInteger(classes) || classes < 1 || classes > 256 || !Number.isFinite(turns)) {
    throw new RangeError(
      `spirals: expected classes to be a whole number from 1 to 256 and turns a finite number, got ${classes} and ${turns}.`,
    );
  }
  const targets = Uint8Array.from({ length: classes * perClass }, (_, n) => n % classes);
  return scatter(targets, rng, { ...options, noise }, (label, n) => {
    const t = (Math.floor(n / classes) + 1) / perClass;
    const angle = 2 * Math.PI * (turns * t + label / classes);
    return [t * cos(angle), t * sin(angle)];
  });
}

/** A point for each target, with noise: two numbers drawn a point, whether used or not. */
function scatter(
  targets: Uint8Array,
  rng: Rng,
  { noise = 0.1, dtype = defaultDType() }: PointOptions,
  place: (label: number, n: number) => readonly [number, number],
): Examples<Uint8Array> {
  const errors = rng.randn([targets.length, 2], FLOAT64).data;
  const out = emptyFloats(dtype, errors.length);
  targets.forEach((label, n) => {
    const [x, y] = place(label, n);
    out[2 * n] = x + noise * errors[2 * n];
    out[2 * n + 1] = y + noise * errors[2 * n + 1];
  });
  return { inputs: new Tensor(out, [targets.length, 2]), targets };
}
