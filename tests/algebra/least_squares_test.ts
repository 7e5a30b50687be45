import { assertEquals, assertThrows } from "@std/assert";
import {
  assertClose,
  concatenate,
  exerciseLine,
  leastSquares,
  ones,
  Rng,
  ShapeError,
  tensor,
} from "backprop";

Deno.test("leastSquares() finds the numbers again with which b was made", () => {
  const rng = new Rng(1);
  for (const [N, K] of [[1, 1], [5, 5], [9, 2], [40, 11]]) {
    const A = rng.randn([N, K]), x = rng.randn([K]);
    assertClose(leastSquares(A, A.matmul(x)), x, 1e-9);
  }
});

Deno.test("leastSquares() leaves residuals that stand perpendicular on every column of A", () => {
  const rng = new Rng(2);
  const A = rng.randn([30, 4]), b = rng.randn([30]);
  const residual = A.matmul(leastSquares(A, b)).sub(b);
  assertClose(A.transpose().matmul(residual), [0, 0, 0, 0], 1e-9);
});

Deno.test("leastSquares() takes several columns at once, each solved as if it were alone", () => {
  const rng = new Rng(3);
  const A = rng.randn([6, 3]), B = rng.randn([6, 2]);
  const both = leastSquares(A, B);
  assertEquals(both.shape, [3, 2]);
  for (const m of [0, 1]) {
    const alone = leastSquares(A, B.slice([[], [m, m + 1]]).reshape([6]));
    assertClose(both.slice([[], [m, m + 1]]).reshape([3]), alone, 1e-12);
  }
});

Deno.test("leastSquares() agrees with what NumPy's lstsq finds for the line of the exercise", () => {
  // np.linalg.lstsq(np.c_[x, np.ones(100)], y) after np.random.seed(42): [1.98567428, 0.50074278]
  const { inputs, targets } = exerciseLine();
  const A = concatenate([inputs, ones([100, 1])], { axis: 1 });
  assertClose(leastSquares(A, targets.reshape([100])), [1.98567, 0.50074], 1e-5);
});

Deno.test("leastSquares() keeps its digits for powers of x up to the ninth", () => {
  const x = Array.from({ length: 30 }, (_, i) => i / 29);
  const A = tensor(x.map((x) => Array.from({ length: 10 }, (_, k) => x ** k)));
  const weights = tensor([3, -1, 4, -1, 5, -9, 2, -6, 5, -3]);
  assertClose(leastSquares(A, A.matmul(weights)), weights, 1e-6);
});

Deno.test("leastSquares() refuses columns that say the same, shapes that do not fit, and NaN", () => {
  const refuses = (
    A: number[][],
    b: number[],
    message: string,
    kind: typeof ShapeError | typeof RangeError,
  ) => assertThrows(() => leastSquares(tensor(A), tensor(b)), kind, message);
  refuses([[1, 2], [2, 4], [3, 6]], [1, 2, 3], "column 1 of A is a combination", RangeError);
  refuses([[0], [0]], [1, 2], "column 0 of A is a combination", RangeError);
  refuses([[1, 2]], [1], "got [1, 2] and [1]", ShapeError);
  refuses([[1], [2]], [1, 2, 3], "got [2, 1] and [3]", ShapeError);
  refuses([[1], [NaN]], [1, 2], "NaN or infinite", RangeError);
});
