/** Numbers about a step and a model that tell a healthy run from a sick one. */

import { kernels } from "../kernels/current.ts";
import type { Floats } from "../kernels/kernels.ts";
import { residentFloats } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { namesOf, predicting, type Predictor, type TrainableModel } from "./model.ts";

/** One parameter at one step. */
export interface LayerRow {
  /** Its name, such as `"0.weight"`. */
  readonly name: string;
  /** ‖∂L/∂w‖ before clipping. */
  readonly gradientNorm: number;
  /** ‖w‖ after the update. */
  readonly weightNorm: number;
  /** ‖Δw‖/‖w‖ of the update, ‖w‖ being that before it; `undefined` if that was 0. */
  readonly updateRatio: number | undefined;
}

/** What came out of one layer for some training examples, in prediction mode. */
export interface ActivationRow {
  /** Its place and description: `"2 ReLU()"`. */
  readonly layer: string;
  /** Mean of all numbers. */
  readonly mean: number;
  /** Their standard deviation. */
  readonly standardDeviation: number;
  /** Share of the numbers that are exactly 0. */
  readonly zeros: number;
  /** Share of the units that are 0 for every example: ReLUs that are dead. */
  readonly dead: number;
  /** Largest absolute value: near 1 throughout means that a tanh or sigmoid saturates. */
  readonly largest: number;
}

/**
 * Starts to measure an update; the function returned, called after it, tells how far it moved the parameters: as a whole,
 * unless they were all 0, and each with `layers`. One at a time for each model: the copies that it compares with are made in
 * the same place every time.
 */
export function watchUpdate(
  model: TrainableModel,
  wanted: { readonly layers: boolean },
): () => { updateRatio?: number; layers?: LayerRow[] } {
  const before = namesOf(model).map(([name, w]) => ({
    name,
    w,
    old: copyOf(w),
    // Now, since clipping will shorten it.
    gradientNorm: wanted.layers ? Math.sqrt(kernels.squaredDistance(w.grad?.data ?? NONE)) : 0,
  }));
  return () => {
    let moved = 0, size = 0;
    const layers: LayerRow[] = [];
    for (const { name, w, old, gradientNorm } of before) {
      const square = kernels.squaredDistance(old), change = kernels.squaredDistance(w.data, old);
      moved += change;
      size += square;
      if (!wanted.layers) continue;
      const updateRatio = square > 0 ? Math.sqrt(change) / Math.sqrt(square) : undefined;
      layers.push({
        name,
        gradientNorm,
        weightNorm: Math.sqrt(kernels.squaredDistance(w.data)),
        updateRatio,
      });
    }
    const updateRatio = size > 0 ? { updateRatio: Math.sqrt(moved) / Math.sqrt(size) } : {};
    return wanted.layers ? { ...updateRatio, layers } : updateRatio;
  };
}

const NONE = new Float64Array(0);
/** The copies of parameters, which are made in the same place at every step. */
const copies = new WeakMap<Tensor, Floats>();

function copyOf(w: Tensor): Floats {
  const copy = copies.get(w) ?? residentFloats(w.dtype, w.size);
  copies.set(w, copy);
  copy.set(w.data);
  return copy;
}

/** The number of examples that is enough to describe what comes out of a layer. */
const EXAMPLES = 256;

/** What comes out of each layer of a chain of layers for the first inputs; nothing, if the model is no chain. */
export function measureActivations(
  model: TrainableModel,
  inputs: Tensor,
): { activations?: ActivationRow[] } {
  const { layers } = model;
  if (layers === undefined) return {};
  const activations = predicting(model, () => {
    let x = inputs.slice(0, Math.min(EXAMPLES, inputs.shape[0]));
    return layers.map((layer, i) => {
      x = layer.forward(x);
      return { layer: describeLayer(layer, i), ...describe(x) };
    });
  });
  return { activations };
}

/** `"2 ReLU()"` for the second layer. */
export function describeLayer(layer: Predictor, index: number): string {
  const text = String(layer);
  return `${index + 1} ${text.startsWith("[object") ? "layer" : text}`;
}

function describe({ data, shape }: Tensor): Omit<ActivationRow, "layer"> {
  const units = data.length / shape[0];
  const alive = new Uint8Array(units);
  let sum = 0, zeros = 0, largest = 0;
  for (let i = 0; i < data.length; i++) {
    sum += data[i];
    if (data[i] === 0) zeros++;
    else alive[i % units] = 1;
    largest = Math.max(largest, Math.abs(data[i]));
  }
  const mean = sum / data.length;
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += (data[i] - mean) * (data[i] - mean);
  const dead = alive.reduce((count, isAlive) => count + 1 - isAlive, 0) / units;
  return {
    mean,
    standardDeviation: Math.sqrt(squares / data.length),
    zeros: zeros / data.length,
    dead,
    largest,
  };
}
