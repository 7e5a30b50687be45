// Σ (x − y)² of pieces, in float64; the order of summation is that of lib/kernels/squared_distance.ts.

const PIECE: i32 = 4096;

// Arguments: x, y (0: nothing is subtracted), where the sums of the pieces go, count
export function squaredDistanceChunk<T>(at: usize, chunk: i32): void {
  const first = <usize>(chunk * PIECE) * sizeof<T>(), count = min(PIECE, load<i32>(at, 12) - chunk * PIECE);
  let x = <usize>load<i32>(at) + first, y = <usize>load<i32>(at, 4) + first;
  const alone = load<i32>(at, 4) == 0, end = x + <usize>count * sizeof<T>(), wide = x + <usize>(count & ~3) * sizeof<T>();
  let low = v128.splat<f64>(0), high = low; // of entries 0 and 1 of every four, and of 2 and 3
  for (; x < wide; x += 4 * sizeof<T>(), y += 4 * sizeof<T>()) {
    let a = pair<T>(x, 0), b = pair<T>(x, 2);
    if (!alone) {
      a = v128.sub<f64>(a, pair<T>(y, 0));
      b = v128.sub<f64>(b, pair<T>(y, 2));
    }
    low = v128.add<f64>(low, v128.mul<f64>(a, a));
    high = v128.add<f64>(high, v128.mul<f64>(b, b));
  }
  let s0 = v128.extract_lane<f64>(low, 0), s1 = v128.extract_lane<f64>(low, 1);
  let s2 = v128.extract_lane<f64>(high, 0);
  const s3 = v128.extract_lane<f64>(high, 1);
  for (let i = 0; x < end; i++, x += sizeof<T>(), y += sizeof<T>()) {
    const difference = alone ? <f64>load<T>(x) : <f64>load<T>(x) - <f64>load<T>(y), square = difference * difference;
    if (i == 0) s0 += square;
    else if (i == 1) s1 += square;
    else s2 += square;
  }
  store<f64>(<usize>load<i32>(at, 8) + (<usize>chunk << 3), (s0 + s1) + (s2 + s3));
}

/** Two neighbours, as float64. */
// @ts-ignore: decorator
@inline function pair<T>(x: usize, i: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(x + i * 8);
  return f64x2.promote_low_f32x4(v128.load64_zero(x + i * 4));
}
