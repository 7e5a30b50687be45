// Functions of two numbers, several entries at a time, on a matrix whose operands may be repeated along rows or columns.

/** Entries a chunk, in whole rows. */
const PIECE: i32 = 16384;

// The functions as in `FUNCTIONS` of ../binary.ts
const ADD: i32 = 0, SUBTRACT: i32 = 1, MULTIPLY: i32 = 2, DIVIDE: i32 = 3, MAXIMUM: i32 = 4, MINIMUM: i32 = 5;
const GREATER: i32 = 6, GREATER_EQUAL: i32 = 7, LESS: i32 = 8, LESS_EQUAL: i32 = 9, EQUAL: i32 = 10, NOT_EQUAL: i32 = 11, GATE: i32 = 12;

// @ts-ignore: decorator
@inline function whole(at: usize, i: i32): i32 {
  return load<i32>(at + (<usize>i << 2));
}

// Arguments: a, b, out, rows, columns, which function; for a and for b, how far apart rows begin, and columns (0 or 1)
export function binaryChunk<T>(at: usize, chunk: i32): void {
  switch (whole(at, 5)) {
    case ADD: return rows<T>(at, chunk, ADD);
    case SUBTRACT: return rows<T>(at, chunk, SUBTRACT);
    case MULTIPLY: return rows<T>(at, chunk, MULTIPLY);
    case DIVIDE: return rows<T>(at, chunk, DIVIDE);
    case MAXIMUM: return rows<T>(at, chunk, MAXIMUM);
    case MINIMUM: return rows<T>(at, chunk, MINIMUM);
    case GREATER: return rows<T>(at, chunk, GREATER);
    case GREATER_EQUAL: return rows<T>(at, chunk, GREATER_EQUAL);
    case LESS: return rows<T>(at, chunk, LESS);
    case LESS_EQUAL: return rows<T>(at, chunk, LESS_EQUAL);
    case EQUAL: return rows<T>(at, chunk, EQUAL);
    case NOT_EQUAL: return rows<T>(at, chunk, NOT_EQUAL);
    case GATE: return rows<T>(at, chunk, GATE);
  }
}

// @ts-ignore: decorator
@inline function rows<T>(at: usize, chunk: i32, f: i32): void {
  const size = sizeof<T>(), columns = whole(at, 4);
  const aRow = whole(at, 6), aStep = whole(at, 7), bRow = whole(at, 8), bStep = whole(at, 9);
  const height = max(1, PIECE / columns), first = chunk * height, last = min(whole(at, 3), first + height);
  for (let row = first; row < last; row++) {
    let a = <usize>whole(at, 0) + <usize>(row * aRow) * size, b = <usize>whole(at, 1) + <usize>(row * bRow) * size;
    let out = <usize>whole(at, 2) + <usize>(row * columns) * size;
    const end = out + <usize>columns * size, wide = out + (<usize>columns * size & ~15);
    const aWide: usize = aStep == 0 ? 0 : 16, bWide: usize = bStep == 0 ? 0 : 16;
    const a0 = v128.load_splat<T>(a), b0 = v128.load_splat<T>(b);
    for (; out < wide; out += 16, a += aWide, b += bWide) {
      const x = aStep == 0 ? a0 : v128.load(a), y = bStep == 0 ? b0 : v128.load(b);
      v128.store(out, apply<T>(x, y, f));
    }
    // What is left of the row goes through the same function, one number at a time, so as not to write on the next row.
    for (; out < end; out += size, a += <usize>aStep * size, b += <usize>bStep * size) {
      store<T>(out, v128.extract_lane<T>(apply<T>(v128.load_splat<T>(a), v128.load_splat<T>(b), f), 0));
    }
  }
}

// @ts-ignore: decorator
@inline function apply<T>(x: v128, y: v128, f: i32): v128 {
  const one = v128.splat<T>(<T>1);
  if (f == ADD) return v128.add<T>(x, y);
  if (f == SUBTRACT) return v128.sub<T>(x, y);
  if (f == MULTIPLY) return v128.mul<T>(x, y);
  if (f == DIVIDE) return v128.div<T>(x, y);
  if (f == MAXIMUM) return v128.max<T>(x, y);
  if (f == MINIMUM) return v128.min<T>(x, y);
  if (f == GREATER) return v128.and(v128.gt<T>(x, y), one);
  if (f == GREATER_EQUAL) return v128.and(v128.ge<T>(x, y), one);
  if (f == LESS) return v128.and(v128.lt<T>(x, y), one);
  if (f == LESS_EQUAL) return v128.and(v128.le<T>(x, y), one);
  if (f == EQUAL) return v128.and(v128.eq<T>(x, y), one);
  if (f == NOT_EQUAL) return v128.and(v128.ne<T>(x, y), one);
  return v128.and(v128.gt<T>(y, v128.splat<T>(<T>0)), x);
}
