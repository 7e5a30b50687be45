// C[m, n] = A[m, k] · B[k, n], either of them stored the other way round.
//
// The innermost loop keeps one tile of C, 4 rows of two vectors, in registers, and walks along k: there it needs 4 entries
// of A that lie side by side, and two vectors of B. Where an operand does not lie like that, it is packed first, in such
// tiles. Every entry of C is one sum that runs over k from first to last, whoever computes it.

const ROWS = 4;
/** Bytes of a tile of C, and of one of its rows. */
const TILE_BYTES = 128, ROW_BYTES = 32;
/** So many of k at a time: a tile of B then stays in the fastest memory. */
const DEPTH = 256;
/** And so many tiles of A, which stay in the next fastest. */
const TILES = 64;

// @ts-ignore: decorator
@inline function columns<T>(): i32 {
  return ROW_BYTES / <i32>sizeof<T>();
}

// @ts-ignore: decorator
@inline function ceilDiv(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

// Arguments: a, b, packedA, packedB (0: it is read where it lies), c, m, k, n, transposeA, transposeB, chunks along rows,
// chunks along columns, whether to add to what C holds, room for a tile for each chunk
// @ts-ignore: decorator
@inline function argument(at: usize, i: i32): i32 {
  return load<i32>(at + (<usize>i << 2));
}

/** Pack a part of A and a part of B. Chunks: as many as there are rows × columns. */
export function packChunk<T>(at: usize, chunk: i32): void {
  const m = argument(at, 5), k = argument(at, 6), n = argument(at, 7);
  const chunks = argument(at, 10) * argument(at, 11);
  if (argument(at, 2) != 0) {
    const tiles = ceilDiv(m, ROWS), first = tiles * chunk / chunks, last = tiles * (chunk + 1) / chunks;
    packTiles<T>(argument(at, 0), argument(at, 2), m, k, ROWS, argument(at, 8) != 0, first, last);
  }
  if (argument(at, 3) != 0) {
    const tiles = ceilDiv(n, columns<T>()), first = tiles * chunk / chunks, last = tiles * (chunk + 1) / chunks;
    packTiles<T>(argument(at, 1), argument(at, 3), n, k, columns<T>(), argument(at, 9) == 0, first, last);
  }
}

/** `count` vectors of length k, in tiles of `width` vectors, padded with zeros. Interleaved: entry p of each vector. */
// @ts-ignore: decorator
@inline function packTiles<T>(from: usize, to: usize, count: i32, k: i32, width: i32, sideBySide: bool, first: i32, last: i32): void {
  const size = sizeof<T>();
  for (let tile = first; tile < last; tile++) {
    const start = tile * width, whole = start + width <= count;
    let out = to + <usize>(tile * k * width) * size;
    if (whole && sideBySide) { // stored as [k, count]
      let x = from + <usize>start * size;
      for (let p = 0; p < k; p++, x += <usize>count * size, out += <usize>width * size) {
        for (let byte: usize = 0; byte < <usize>width * size; byte += 16) v128.store(out + byte, v128.load(x + byte));
      }
      continue;
    }
    let p = 0;
    if (whole && sizeof<T>() == 4) { // 4 × 4 numbers at a time
      for (; p + 4 <= k; p += 4, out += <usize>width << 4) {
        for (let i = 0; i < width; i += 4) transpose4(from + <usize>((start + i) * k + p) * 4, <usize>k << 2, out + (<usize>i << 2), <usize>width << 2);
      }
    }
    const step = sideBySide ? <usize>count * size : size, stride = sideBySide ? size : <usize>k * size;
    for (; p < k; p++) {
      let x = from + <usize>start * stride + <usize>p * step;
      for (let i = 0; i < width; i++, x += stride, out += size) store<T>(out, start + i < count ? load<T>(x) : <T>0);
    }
  }
}

/** Rows of 4 × 4 float32 become columns. */
// @ts-ignore: decorator
@inline function transpose4(from: usize, stride: usize, to: usize, step: usize): void {
  const a = v128.load(from), b = v128.load(from + stride);
  const c = v128.load(from + 2 * stride), d = v128.load(from + 3 * stride);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7), cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}

/** Compute a rectangle of C. */
export function multiplyChunk<T>(at: usize, chunk: i32): void {
  const c: usize = argument(at, 4), m = argument(at, 5), k = argument(at, 6), n = argument(at, 7);
  const down = argument(at, 10), across = argument(at, 11);
  const tilesA = ceilDiv(m, ROWS), tilesB = ceilDiv(n, columns<T>());
  const row = chunk / across, column = chunk % across;
  const firstA = tilesA * row / down, lastA = tilesA * (row + 1) / down;
  const firstB = tilesB * column / across, lastB = tilesB * (column + 1) / across;
  const fresh = argument(at, 12) == 0;
  const beside = <usize>(argument(at, 13) + chunk * TILE_BYTES);
  const size = sizeof<T>();
  // How far apart tiles are, and within a tile the next of k.
  const packedA = argument(at, 2) != 0, packedB = argument(at, 3) != 0;
  const a: usize = packedA ? argument(at, 2) : argument(at, 0), b: usize = packedB ? argument(at, 3) : argument(at, 1);
  const tileA = (packedA ? <usize>k * ROWS : ROWS) * size, nextA = <usize>(packedA ? ROWS : m) * size;
  const tileB = <usize>(packedB ? k * ROW_BYTES : ROW_BYTES), nextB = packedB ? <usize>ROW_BYTES : <usize>n * size;
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    for (let block = firstA; block < lastA; block += TILES) {
      const end = min(block + TILES, lastA);
      for (let j = firstB; j < lastB; j++) {
        const ofB = b + <usize>j * tileB + <usize>p * nextB;
        const width = min(columns<T>(), n - j * columns<T>());
        for (let i = block; i < end; i++) {
          const ofA = a + <usize>i * tileA + <usize>p * nextA;
          const out = c + <usize>(i * ROWS * n + j * columns<T>()) * size;
          const height = min(ROWS, m - i * ROWS);
          if (height == ROWS && width == columns<T>()) tile<T>(ofA, nextA, ofB, nextB, out, depth, <usize>n * size, fresh && p == 0);
          else edgeTile<T>(ofA, nextA, ofB, nextB, out, depth, n, fresh && p == 0, height, width, beside);
        }
      }
    }
  }
}

/** A whole tile of C, in registers while the loop runs. */
function tile<T>(a: usize, nextA: usize, b: usize, nextB: usize, c: usize, depth: i32, stride: usize, first: bool): void {
  const c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
  let s00 = v128.splat<T>(<T>0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (!first) {
    s00 = v128.load(c), s01 = v128.load(c, 16), s10 = v128.load(c1), s11 = v128.load(c1, 16);
    s20 = v128.load(c2), s21 = v128.load(c2, 16), s30 = v128.load(c3), s31 = v128.load(c3, 16);
  }
  for (const end = b + <usize>depth * nextB; b < end; b += nextB, a += nextA) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const rows = v128.load(a);
    const a0 = lane0<T>(rows);
    s00 = v128.add<T>(s00, v128.mul<T>(a0, b0));
    s01 = v128.add<T>(s01, v128.mul<T>(a0, b1));
    const a1 = lane1<T>(rows);
    s10 = v128.add<T>(s10, v128.mul<T>(a1, b0));
    s11 = v128.add<T>(s11, v128.mul<T>(a1, b1));
    // Taking one out of a vector is quicker than loading it, whose address is checked; but not for all of them.
    const a2 = sizeof<T>() == 4 ? v128.shuffle<f32>(rows, rows, 2, 2, 2, 2) : v128.load_splat<T>(a, 2 * sizeof<T>());
    s20 = v128.add<T>(s20, v128.mul<T>(a2, b0));
    s21 = v128.add<T>(s21, v128.mul<T>(a2, b1));
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    s30 = v128.add<T>(s30, v128.mul<T>(a3, b0));
    s31 = v128.add<T>(s31, v128.mul<T>(a3, b1));
  }
  v128.store(c, s00), v128.store(c, s01, 16), v128.store(c1, s10), v128.store(c1, s11, 16);
  v128.store(c2, s20), v128.store(c2, s21, 16), v128.store(c3, s30), v128.store(c3, s31, 16);
}

// @ts-ignore: decorator
@inline function lane0<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(x, x, 0, 0, 0, 0) : v128.shuffle<f64>(x, x, 0, 0);
}

// @ts-ignore: decorator
@inline function lane1<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(x, x, 1, 1, 1, 1) : v128.shuffle<f64>(x, x, 1, 1);
}

/** A tile at the right or lower edge: a whole one, beside C, of which C gets its part. (Packed edges are zeros.) */
function edgeTile<T>(a: usize, nextA: usize, b: usize, nextB: usize, c: usize, depth: i32, n: i32, first: bool, height: i32, width: i32, beside: usize): void {
  if (!first) copyTile<T>(c, <usize>n * sizeof<T>(), beside, ROW_BYTES, height, width);
  tile<T>(a, nextA, b, nextB, beside, depth, ROW_BYTES, first);
  copyTile<T>(beside, ROW_BYTES, c, <usize>n * sizeof<T>(), height, width);
}

function copyTile<T>(from: usize, fromStride: usize, to: usize, toStride: usize, height: i32, width: i32): void {
  for (let i = 0; i < height; i++, from += fromStride, to += toStride) {
    for (let byte: usize = 0; byte < <usize>width * sizeof<T>(); byte += sizeof<T>()) {
      store<T>(to + byte, load<T>(from + byte));
    }
  }
}
