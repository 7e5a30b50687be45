// Loss and gradient of rows of logits; the loops are those of lib/kernels/cross_entropy.ts.

import { exp } from "../../exponentials";
import { log } from "../../logarithms";

/** Logits a chunk, in whole rows. */
const PIECE: i32 = 4096;

// Arguments: logits, wanted, losses (float64), slopes, rows, classes
export function crossEntropyChunk<T>(at: usize, chunk: i32): void {
  const classes = load<i32>(at, 20), height = max(1, PIECE / classes), first = chunk * height;
  const last = min(load<i32>(at, 16), first + height), width = <usize>classes * sizeof<T>();
  const offset = <usize>first * width;
  let z = <usize>load<i32>(at) + offset, t = <usize>load<i32>(at, 4) + offset, slope = <usize>load<i32>(at, 12) + offset;
  let loss = <usize>load<i32>(at, 8) + (<usize>first << 3);
  for (let row = first; row < last; row++, z += width, t += width, slope += width, loss += 8) {
    store<f64>(loss, rowLoss<T>(z, t, slope, width));
  }
}

function rowLoss<T>(z: usize, t: usize, slope: usize, width: usize): f64 {
  let largest = <T>-Infinity, sum = 0.0, share = 0.0, loss = 0.0;
  for (let i: usize = 0; i < width; i += sizeof<T>()) largest = max<T>(largest, load<T>(z + i));
  for (let i: usize = 0; i < width; i += sizeof<T>()) {
    const power = <T>exp(<f64>(load<T>(z + i) - largest));
    store<T>(slope + i, power);
    sum += <f64>power;
    share += <f64>load<T>(t + i);
  }
  const total = <T>sum, logTotal = <T>log(<f64>total);
  for (let i: usize = 0; i < width; i += sizeof<T>()) {
    const wanted = load<T>(t + i);
    if (wanted != 0) loss -= <f64>wanted * <f64>(load<T>(z + i) - largest - logTotal);
    store<T>(slope + i, load<T>(slope + i) / total * <T>share - wanted);
  }
  return loss;
}
