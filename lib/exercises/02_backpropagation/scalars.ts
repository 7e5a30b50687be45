/** The numbers of the learner's engine, as the checks of this notebook see them. */

/** A number that knows what it was computed from. */
export interface Scalar {
  readonly data: number;
  grad: number;
  readonly parents: readonly Scalar[];
  readonly pullback: (g: number) => readonly number[];
}

/** What the notebook has built so far. */
export interface Engine {
  readonly Scalar: new (
    data: number,
    parents?: readonly Scalar[],
    pullback?: (g: number) => readonly number[],
  ) => Scalar;
  readonly add: Operation;
  readonly mul: Operation;
}

/** An operation with two inputs. */
export type Operation = (a: Scalar, b: Scalar) => Scalar;

/** What reaches `at` if `g` arrives at `result`: the sum over every path between them. */
export function arriving(g: number, result: Scalar, at: Scalar): number {
  if (result === at) return g;
  const parts = result.pullback(g);
  return result.parents.reduce((sum, parent, i) => sum + arriving(parts[i], parent, at), 0);
}

/** The slope of f at x, by a nudge to both sides. */
export const nudge = (f: (x: number) => number, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
