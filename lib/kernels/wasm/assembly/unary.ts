// The elementary functions on every entry: those of lib/kernels/ themselves, compiled by another compiler.

import { exp, logistic, tanh } from "../../exponentials";
import { log, log1p, softplus } from "../../logarithms";

/** Entries a chunk. */
const PIECE: i32 = 4096;

// Arguments: x, out, count, which function
export function unaryChunk<T>(at: usize, chunk: i32): void {
  const offset = <usize>(chunk * PIECE) * sizeof<T>();
  const x = <usize>load<i32>(at) + offset, out = <usize>load<i32>(at, 4) + offset;
  const end = x + <usize>min(PIECE, load<i32>(at, 8) - chunk * PIECE) * sizeof<T>();
  // The functions as in `FUNCTIONS` of ../unary.ts
  switch (load<i32>(at, 12)) {
    case 0: return each<T>(x, end, out, (x) => exp(x));
    case 1: return each<T>(x, end, out, (x) => log(x));
    case 2: return each<T>(x, end, out, (x) => log1p(x));
    case 3: return each<T>(x, end, out, (x) => tanh(x));
    case 4: return each<T>(x, end, out, (x) => logistic(x));
    case 5: return each<T>(x, end, out, (x) => softplus(x));
  }
}

function each<T>(x: usize, end: usize, out: usize, f: (x: f64) => f64): void {
  for (; x < end; x += sizeof<T>(), out += sizeof<T>()) store<T>(out, <T>f(<f64>load<T>(x)));
}
