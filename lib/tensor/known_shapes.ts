/** Every shape once, in a frozen array. */

import { checkShape, type Shape, sizeOf } from "./shape.ts";

/** A shape, its size, and the shapes that begin like it, by their next length. */
class KnownShape {
  readonly size: number;
  readonly longer = new Map<number, KnownShape>();
  constructor(readonly shape: Shape) {
    this.size = sizeOf(shape);
  }
}

/** The most shapes that are kept, for programs whose tensors never have the same shape twice. */
const MOST = 10_000;
let scalar = new KnownShape(Object.freeze([])), count = 0;
/** The last one that was asked for, since operations follow one another on tensors of one shape. */
let last = scalar;

/**
 * The same lengths in a frozen array, so that a tensor keeps its shape whatever becomes of the array it was given; and
 * their product.
 *
 * All tensors of one shape share that array: to look it up takes less time than to check, copy and freeze one for each
 * of the dozens of tensors in a step of training.
 *
 * @param owner Named in the error
 * @throws {ShapeError} If it is no list of whole numbers from 0
 */
export function knownShape(owner: string, shape: Shape): KnownShape {
  if (shape === last.shape) return last;
  let known: KnownShape | undefined = Array.isArray(shape) ? scalar : undefined;
  for (let axis = 0; known !== undefined && axis < shape.length; axis++) {
    known = known.longer.get(shape[axis]);
  }
  return last = known ?? learn(owner, shape);
}

function learn(owner: string, shape: Shape): KnownShape {
  checkShape(owner, shape);
  if (count > MOST) [scalar, count] = [new KnownShape(scalar.shape), 0];
  let known = scalar;
  for (const length of shape) {
    let next = known.longer.get(length);
    if (next === undefined) {
      next = new KnownShape(Object.freeze([...known.shape, length + 0])); // + 0 makes 0 of −0
      known.longer.set(length, next);
      count++;
    }
    known = next;
  }
  return known;
}
