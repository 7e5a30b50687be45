import { assert, assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import { gunzip, gzip, type IdxData, IdxError, type IdxErrorCode, parseIdx, writeIdx } from "idx-parser";

/** Asserts that `run` throws an IdxError of this code at this offset, which its message names, and returns it. */
function assertIdxError(run: () => unknown, code: IdxErrorCode, offset: number): IdxError {
  const error = assertThrows(run, IdxError);
  assertEquals({ code: error.code, offset: error.offset }, { code, offset }, error.message);
  assertStringIncludes(error.message, `(byte offset ${offset})`);
  return error;
}

/** The header of a file: two zeros, type, rank, sizes. */
function header(code: number, ...sizes: number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * sizes.length);
  bytes.set([0, 0, code, sizes.length]);
  sizes.forEach((size, axis) => new DataView(bytes.buffer).setUint32(4 + 4 * axis, size));
  return bytes;
}

const sample = writeIdx({ shape: [2, 5], data: Int16Array.from({ length: 10 }, (_, i) => 1000 * i) });

Deno.test("parse() rejects a file that ends at any byte before its last, naming the byte where it ends", () => {
  for (let length = 0; length < sample.length; length++) {
    assertIdxError(() => parseIdx(sample.subarray(0, length)), "truncated", length);
  }
});

Deno.test("parse() rejects a gzip stream that ends at any byte before its last, naming an inflated byte", () => {
  const packed = gzip(sample);
  let last = 0;
  for (let length = 2; length < packed.length; length++) {
    const error = assertThrows(() => parseIdx(packed.subarray(0, length)), IdxError);
    assertEquals(error.code, "truncated", `cut to ${length} of ${packed.length}: ${error.message}`);
    assert(error.offset >= last && error.offset <= sample.length, `offset ${error.offset} after ${last}`);
    last = error.offset;
  }
  assertEquals(last, sample.length); // all data came, only the stream's own checksum was missing
});

Deno.test("parse() rejects a gzipped file whose contents are too short, naming the byte where they end", () => {
  for (let length = 0; length < sample.length; length++) {
    assertIdxError(() => parseIdx(gzip(sample.subarray(0, length))), "truncated", length);
  }
});

Deno.test("parse() rejects bytes after the last element, naming the first of them", () => {
  const longer = new Uint8Array(sample.length + 1);
  longer.set(sample);
  assertIdxError(() => parseIdx(longer), "trailing-bytes", sample.length);
  assertIdxError(() => parseIdx(gzip(longer)), "trailing-bytes", sample.length);
});

Deno.test("parse() rejects a file that does not begin with two zero bytes, naming the one that is not", () => {
  assertIdxError(() => parseIdx(Uint8Array.of(1)), "bad-magic", 0);
  assertIdxError(() => parseIdx(Uint8Array.of(0, 2, 8, 1)), "bad-magic", 1);
  assertIdxError(() => parseIdx(new TextEncoder().encode("<html>Not found</html>")), "bad-magic", 0);
  assertIdxError(() => parseIdx(gzip(gzip(sample))), "bad-magic", 0);
});

Deno.test("parse() rejects every type byte but the six", () => {
  for (let code = 0; code < 256; code++) {
    if ([0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e].includes(code)) continue;
    assertIdxError(() => parseIdx(header(code, 0)), "unknown-type", 2);
  }
  assertStringIncludes(assertIdxError(() => parseIdx(header(0x0a, 0)), "unknown-type", 2).message, "0x0A");
});

Deno.test("parse() rejects sizes whose product cannot be counted, at the size where it overflows", () => {
  const most = 2 ** 32 - 1;
  assertIdxError(() => parseIdx(header(0x08, most, most)), "bad-dimensions", 8);
  assertIdxError(() => parseIdx(header(0x0e, 2, most, 2 ** 20, 3)), "bad-dimensions", 12);
  assertIdxError(() => parseIdx(gzip(header(0x08, ...new Array(255).fill(most)))), "bad-dimensions", 8);
});

Deno.test("parse() rejects a file larger than maxBytes before it looks for the data", () => {
  assertIdxError(() => parseIdx(header(0x08, 2 ** 31)), "too-large", 4);
  assertIdxError(() => parseIdx(header(0x0c, 3, 2 ** 20, 1000)), "too-large", 12);
  assertIdxError(() => parseIdx(gzip(header(0x08, 2 ** 31))), "too-large", 4);

  assertEquals(parseIdx(sample, { maxBytes: sample.length }).shape, [2, 5]);
  assertIdxError(() => parseIdx(sample, { maxBytes: sample.length - 1 }), "too-large", 8);
  assertIdxError(() => parseIdx(header(0x08, 0), { maxBytes: 7 }), "too-large", 4);
});

Deno.test("parse() allocates nothing for a header that promises a gigabyte and has no data", () => {
  const before = Deno.memoryUsage();
  for (let i = 0; i < 20; i++) assertIdxError(() => parseIdx(header(0x08, 2 ** 29)), "truncated", 8);
  const after = Deno.memoryUsage();
  assert(
    after.external + after.heapTotal - before.external - before.heapTotal < 2 ** 28,
    "half a gigabyte was allocated",
  );
});

Deno.test("parse() stops inflating a gzip bomb at the size its header promises", () => {
  const bomb = new Uint8Array(50_000_000);
  bomb.set(header(0x08, 100));
  const packed = gzip(bomb);
  assert(packed.length < 100_000);
  const before = Deno.memoryUsage().rss;
  for (let i = 0; i < 20; i++) assertIdxError(() => parseIdx(packed), "trailing-bytes", 108);
  assert(Deno.memoryUsage().rss - before < 500_000_000, "the bomb went off");
});

Deno.test("parse() rejects a damaged gzip stream, naming how much could be inflated", () => {
  const data = Uint8Array.from({ length: 30_000 }, (_, i) => (i * i * 31) >>> 3);
  const file = writeIdx({ shape: [data.length], data });
  const packed = gzip(file);

  const wrongSum = packed.slice();
  wrongSum[packed.length - 8] ^= 1; // the stream's own checksum of the inflated bytes
  assertIdxError(() => parseIdx(wrongSum), "bad-gzip", file.length);

  assertIdxError(() => parseIdx(packed.with(2, 99)), "bad-gzip", 0); // no such compression method
  assertIdxError(() => parseIdx(packed.with(10, 0xff)), "bad-gzip", 0); // no such kind of block

  const junk = new Uint8Array([...packed, 1, 2, 3]);
  assertIdxError(() => parseIdx(junk), "bad-gzip", file.length);
});

Deno.test("gunzip() keeps to maxBytes to the byte, and ignores zero padding", () => {
  const packed = gzip(sample);
  assertEquals(gunzip(packed, { maxBytes: sample.length }), sample);
  assertIdxError(() => gunzip(packed, { maxBytes: sample.length - 1 }), "too-large", sample.length - 1);
  assertIdxError(() => gunzip(packed, { maxBytes: 0 }), "too-large", 0);
  assertEquals(gunzip(gzip(new Uint8Array(0)), { maxBytes: 0 }).length, 0);
  assertEquals(gunzip(new Uint8Array([...packed, 0, 0, 0])), sample);
});

Deno.test("parse() rejects what is no Uint8Array and a maxBytes that is no size, saying so", () => {
  for (const wrong of ["text", null, undefined, [0, 0, 8, 0, 1], new ArrayBuffer(5), new Int8Array(5)]) {
    const error = assertThrows(() => parseIdx(wrong as unknown as Uint8Array), TypeError);
    assertStringIncludes(error.message, "reads a Uint8Array, got");
  }
  for (const maxBytes of [-1, 0.5, NaN, Infinity]) {
    assertThrows(() => parseIdx(sample, { maxBytes }), RangeError);
  }
});

Deno.test("write() rejects a shape that does not fit the format or the data, naming where it would have stood", () => {
  const data = new Uint8Array(6);
  assertIdxError(() => writeIdx({ shape: [7], data }), "bad-dimensions", 4);
  assertIdxError(() => writeIdx({ shape: [], data }), "bad-dimensions", 4);
  assertIdxError(() => writeIdx({ shape: [6, -1], data }), "bad-dimensions", 8);
  assertIdxError(() => writeIdx({ shape: [1.5, 4], data }), "bad-dimensions", 4);
  assertIdxError(() => writeIdx({ shape: [6, 1, NaN], data }), "bad-dimensions", 12);
  assertIdxError(() => writeIdx({ shape: [2 ** 32, 0], data: new Uint8Array(0) }), "bad-dimensions", 4);
  assertIdxError(
    () => writeIdx({ shape: new Array(256).fill(1), data: new Uint8Array(1) }),
    "bad-dimensions",
    3,
  );
});

Deno.test("write() rejects data that IDX cannot hold, and a type that the data is not", () => {
  for (const data of [[1, 2], new Uint16Array(2), new BigInt64Array(2), undefined]) {
    assertIdxError(() => writeIdx({ shape: [2], data: data as unknown as IdxData }), "unknown-type", 2);
  }
  assertIdxError(
    () => writeIdx({ type: "float32", shape: [2], data: new Float64Array(2) }),
    "unknown-type",
    2,
  );
});

Deno.test("an IdxError has a name, and is an Error", () => {
  const error = assertIdxError(() => parseIdx(gzip(sample).with(2, 99)), "bad-gzip", 0);
  assertInstanceOf(error, Error);
  assertEquals(error.name, "IdxError");
});
