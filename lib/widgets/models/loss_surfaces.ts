/** Loss surfaces over two parameters, each with a difficulty of its own. */

import type { Tensor } from "../../tensor/tensor.ts";

/** A place (x, y). */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A surface, and what is known about it. */
export interface LossSurface {
  readonly name: SurfaceName;
  readonly title: string;
  /** As it is written on paper. */
  readonly formula: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly start: Place;
  /** The learning rate to begin with. */
  readonly learningRate: number;
  /** The lowest one first. */
  readonly minima: readonly Place[];
  /** What makes it easy or hard. */
  readonly lesson: string;
  /** L for tensors of any one shape. */
  loss(x: Tensor, y: Tensor): Tensor;
}

/** What can be chosen. */
export type SurfaceName = "bowl" | "ravine" | "saddle" | "plateau" | "two valleys";

/** Every surface, in the order in which they are offered. */
export const SURFACES: readonly LossSurface[] = [
  {
    name: "bowl",
    title: "Bowl",
    formula: "L = x² + y²",
    xRange: [-3, 3],
    yRange: [-3, 3],
    start: { x: -2.4, y: 1.8 },
    learningRate: 0.1,
    minima: [{ x: 0, y: 0 }],
    lesson: "The same curvature, 2, in every direction: steepest descent points straight at the minimum.",
    loss: (x, y) => x.square().add(y.square()),
  },
  {
    name: "ravine",
    title: "Ravine",
    formula: "L = ½x² + 10y²",
    xRange: [-4, 4],
    yRange: [-4, 4],
    start: { x: -3.4, y: 1.6 },
    learningRate: 0.09,
    minima: [{ x: 0, y: 0 }],
    lesson: "Twenty times as curved across as along: a rate that suits one direction is wrong for the other.",
    loss: (x, y) => x.square().mul(0.5).add(y.square().mul(10)),
  },
  {
    name: "saddle",
    title: "Saddle",
    formula: "L = x² − y² + ¼y⁴ + 1",
    xRange: [-3, 3],
    yRange: [-3, 3],
    start: { x: -2.2, y: 0 },
    learningRate: 0.1,
    minima: [{ x: 0, y: Math.SQRT2 }, { x: 0, y: -Math.SQRT2 }],
    lesson:
      "In the middle the slope is zero, but it is a minimum along x only. Along y it goes down both ways.",
    loss: (x, y) => {
      const y2 = y.square();
      return x.square().sub(y2).add(y2.square().mul(0.25)).add(1);
    },
  },
  {
    name: "plateau",
    title: "Plateau",
    formula: "L = 1 − exp(−½(x² + y²))",
    xRange: [-4, 4],
    yRange: [-4, 4],
    start: { x: -2.9, y: 2.2 },
    learningRate: 0.5,
    minima: [{ x: 0, y: 0 }],
    lesson: "Far out the ground is almost level: the gradient is tiny, and so are the steps.",
    loss: (x, y) => x.square().add(y.square()).mul(-0.5).exp().neg().add(1),
  },
  {
    name: "two valleys",
    title: "Two valleys",
    formula: "L = ½x⁴ + ⅙x³ − 1.625x² + ¾x + y² + 3",
    xRange: [-2.6, 2.6],
    yRange: [-2.6, 2.6],
    start: { x: 2, y: 1.6 },
    learningRate: 0.05,
    minima: [{ x: -1.5, y: 0 }, { x: 1, y: 0 }],
    lesson:
      "Two minima, one deeper. Where one ends depends on where one starts, and on how the steps are made.",
    loss: (x, y) => {
      const x2 = x.square();
      return x2.square().mul(0.5).add(x2.mul(x).div(6)).sub(x2.mul(1.625)).add(x.mul(0.75)).add(y.square())
        .add(3);
    },
  },
];

/** The surface of that name. */
export function surfaceOf(name: SurfaceName): LossSurface {
  return SURFACES.find((surface) => surface.name === name)!;
}
