/** The mean squared error of a line, as a height over the plane of its two parameters. */

import { mseLoss } from "../../nn/regression_losses.ts";
import { SGD } from "../../optim/sgd.ts";
import { FLOAT64 } from "../../tensor/dtype.ts";
import { parameter, tensor } from "../../tensor/create.ts";
import { symmetricEigenvalues } from "../../algebra/eigenvalues.ts";
import { leastSquares } from "../../algebra/least_squares.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type HeightGrid, heightGrid } from "./height_grid.ts";

/** Points (x, y), as plain numbers. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A line ŷ = w·x + b. */
export interface Line {
  readonly w: number;
  readonly b: number;
}

/** What there is to know about one place of the surface. */
export interface Slope {
  readonly loss: number;
  readonly dw: number;
  readonly db: number;
  /** ‖∇L‖ */
  readonly length: number;
}

/** L(w, b) = (1/n) Σ (w·xᵢ + b − yᵢ)², by the library's own loss, autograd and optimizer. */
export class LineSurface {
  readonly #x: Tensor;
  readonly #y: Tensor;
  #shape: { minimum: Line; curvatures: [number, number] } | undefined;

  constructor(readonly points: Points) {
    this.#x = tensor(points.x, FLOAT64);
    this.#y = tensor(points.y, FLOAT64);
  }

  /** Loss and gradient at a line. */
  at({ w, b }: Line): Slope {
    const [wp, bp] = [parameter(w, FLOAT64), parameter(b, FLOAT64)];
    const loss = this.#loss(wp, bp);
    loss.backward();
    const [dw, db] = [wp.grad!.item(), bp.grad!.item()];
    return { loss: loss.item(), dw, db, length: Math.sqrt(dw * dw + db * db) };
  }

  /** The line after one step of gradient descent. */
  step({ w, b }: Line, learningRate: number): Line {
    const [wp, bp] = [parameter(w, FLOAT64), parameter(b, FLOAT64)];
    this.#loss(wp, bp).backward();
    new SGD([wp, bp], { learningRate }).step();
    return { w: wp.item(), b: bp.item() };
  }

  /** The lines after 0, 1, … `count` steps. */
  descend(start: Line, learningRate: number, count: number): Line[] {
    const path = [start];
    for (let i = 0; i < count; i++) path.push(this.step(path[i], learningRate));
    return path;
  }

  /** The loss on a grid over two ranges. */
  grid(wRange: readonly [number, number], bRange: readonly [number, number], size: number): HeightGrid {
    const n = this.points.x.length;
    return heightGrid(wRange, bRange, size, (w, b) => {
      const [column, row] = [[size * size, 1], [size * size, n]];
      const prediction = w.reshape(column).mul(this.#x.reshape([1, n])).add(b.reshape(column));
      const target = this.#y.reshape([1, n]).broadcastTo(row);
      return mseLoss(prediction, target, { reduction: "none" }).mean({ axis: 1 });
    });
  }

  /**
   * The best line, and the two curvatures of the surface: the eigenvalues of its matrix of second derivatives, the
   * larger one first. The surface is a paraboloid, so the matrix is the same everywhere.
   */
  get shape(): { minimum: Line; curvatures: [number, number] } {
    return this.#shape ??= this.#measure();
  }

  /** Gradient descent converges below this learning rate, 2/λmax, and diverges above. */
  get limit(): number {
    return 2 / this.shape.curvatures[0];
  }

  #measure(): { minimum: Line; curvatures: [number, number] } {
    const n = this.points.x.length;
    const A = tensor(this.points.x.map((x) => [x, 1]), FLOAT64); // [n, 2]
    const [w, b] = leastSquares(A, this.#y).data;
    const second = A.transpose().matmul(A).mul(2 / n);
    const [small, large] = symmetricEigenvalues(second).data;
    return { minimum: { w, b }, curvatures: [large, small] };
  }

  #loss(w: Tensor, b: Tensor): Tensor {
    return mseLoss(this.#x.mul(w).add(b), this.#y);
  }
}
