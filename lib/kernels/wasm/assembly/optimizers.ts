// A step of an optimizer on a piece of one parameter; the formulas are those of optim/, in the same order.

/** Entries a chunk. */
const PIECE: i32 = 4096;

// Arrays are padded to whole vectors, so the last vector of a piece may run over its end.

// @ts-ignore: decorator
@inline function whole(at: usize, i: i32): i32 {
  return load<i32>(at + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline function everywhere<T>(floats: usize, i: i32): v128 {
  return v128.splat<T>(<T>load<f64>(floats + (<usize>i << 3)));
}

// @ts-ignore: decorator
@inline function rest<T>(floats: usize, i: i32): v128 {
  return v128.splat<T>(<T>(1 - load<f64>(floats + (<usize>i << 3))));
}

// Arrays: w, g, m, v, largest (0 if there is none); count. Numbers: β₁, β₂, step size, correction of √v, ε, penalty, keep
export function adamChunk<T>(at: usize, floats: usize, chunk: i32): void {
  const count = whole(at, 5), offset = <usize>(chunk * PIECE) * sizeof<T>();
  let w = <usize>whole(at, 0) + offset, g = <usize>whole(at, 1) + offset;
  let m = <usize>whole(at, 2) + offset, v = <usize>whole(at, 3) + offset;
  let largest = <usize>whole(at, 4);
  const amsgrad = largest != 0;
  largest += offset;
  const beta1 = everywhere<T>(floats, 0), rest1 = rest<T>(floats, 0);
  const beta2 = everywhere<T>(floats, 1), rest2 = rest<T>(floats, 1);
  const stepSize = everywhere<T>(floats, 2), correction = everywhere<T>(floats, 3);
  const epsilon = everywhere<T>(floats, 4), penalty = everywhere<T>(floats, 5), keep = everywhere<T>(floats, 6);
  const end = w + <usize>min(PIECE, count - chunk * PIECE) * sizeof<T>();
  for (; w < end; w += 16, g += 16, m += 16, v += 16) {
    const weight = v128.load(w);
    const gradient = v128.add<T>(v128.load(g), v128.mul<T>(penalty, weight));
    const first = v128.add<T>(v128.mul<T>(beta1, v128.load(m)), v128.mul<T>(rest1, gradient));
    const added = v128.mul<T>(v128.mul<T>(rest2, gradient), gradient);
    let second = v128.add<T>(v128.mul<T>(beta2, v128.load(v)), added);
    v128.store(m, first);
    v128.store(v, second);
    if (amsgrad) {
      second = v128.max<T>(v128.load(largest), second);
      v128.store(largest, second);
      largest += 16;
    }
    const root = v128.add<T>(v128.div<T>(v128.sqrt<T>(second), correction), epsilon);
    const step = v128.div<T>(v128.mul<T>(stepSize, first), root);
    v128.store(w, v128.sub<T>(v128.mul<T>(keep, weight), step));
  }
}

// Arrays: w, g, v (0 if there is no momentum); count. Numbers: rate, momentum, gain, penalty, 1 for Nesterov's
export function sgdChunk<T>(at: usize, floats: usize, chunk: i32): void {
  const count = whole(at, 3), nesterov = load<f64>(floats + 32) != 0, offset = <usize>(chunk * PIECE) * sizeof<T>();
  let w = <usize>whole(at, 0) + offset, g = <usize>whole(at, 1) + offset, v = <usize>whole(at, 2);
  const plain = v == 0;
  v += offset;
  const rate = everywhere<T>(floats, 0), momentum = everywhere<T>(floats, 1);
  const gain = everywhere<T>(floats, 2), penalty = everywhere<T>(floats, 3);
  const end = w + <usize>min(PIECE, count - chunk * PIECE) * sizeof<T>();
  for (; w < end; w += 16, g += 16, v += 16) {
    const weight = v128.load(w);
    let step = v128.add<T>(v128.load(g), v128.mul<T>(penalty, weight));
    if (!plain) {
      const push = v128.mul<T>(gain, step);
      const velocity = v128.add<T>(v128.mul<T>(momentum, v128.load(v)), push);
      v128.store(v, velocity);
      step = nesterov ? v128.add<T>(v128.mul<T>(momentum, velocity), push) : velocity;
    }
    v128.store(w, v128.sub<T>(weight, v128.mul<T>(rate, step)));
  }
}

// Arrays: w, g, s, mean (0 if not centred), v (0 if there is no momentum); count. Numbers: rate, α, ε, penalty, momentum
export function rmspropChunk<T>(at: usize, floats: usize, chunk: i32): void {
  const count = whole(at, 5), offset = <usize>(chunk * PIECE) * sizeof<T>();
  let w = <usize>whole(at, 0) + offset, g = <usize>whole(at, 1) + offset, s = <usize>whole(at, 2) + offset;
  let mean = <usize>whole(at, 3), v = <usize>whole(at, 4);
  const centered = mean != 0, heavy = v != 0;
  mean += offset;
  v += offset;
  const rate = everywhere<T>(floats, 0), alpha = everywhere<T>(floats, 1), rest1 = rest<T>(floats, 1);
  const epsilon = everywhere<T>(floats, 2), penalty = everywhere<T>(floats, 3), momentum = everywhere<T>(floats, 4);
  const zero = v128.splat<T>(<T>0);
  const end = w + <usize>min(PIECE, count - chunk * PIECE) * sizeof<T>();
  for (; w < end; w += 16, g += 16, s += 16, mean += 16, v += 16) {
    const weight = v128.load(w);
    const gradient = v128.add<T>(v128.load(g), v128.mul<T>(penalty, weight));
    const added = v128.mul<T>(v128.mul<T>(rest1, gradient), gradient);
    let square = v128.add<T>(v128.mul<T>(alpha, v128.load(s)), added);
    v128.store(s, square);
    if (centered) {
      const middle = v128.add<T>(v128.mul<T>(alpha, v128.load(mean)), v128.mul<T>(rest1, gradient));
      v128.store(mean, middle);
      square = v128.max<T>(zero, v128.sub<T>(square, v128.mul<T>(middle, middle)));
    }
    let direction = v128.div<T>(gradient, v128.add<T>(v128.sqrt<T>(square), epsilon));
    if (heavy) {
      direction = v128.add<T>(v128.mul<T>(momentum, v128.load(v)), direction);
      v128.store(v, direction);
    }
    v128.store(w, v128.sub<T>(weight, v128.mul<T>(rate, direction)));
  }
}
