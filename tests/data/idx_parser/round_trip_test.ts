import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { elementTypes, isGzip, parseIdx, typeOf, writeIdx } from "idx-parser";
import { anyArray } from "./arrays.ts";

Deno.test("parse() gives back what write() was given, for every type and rank, gzipped or not", () => {
  fc.assert(fc.property(anyArray(), fc.boolean(), (array, gzip) => {
    const bytes = writeIdx(array, { gzip });
    assertEquals(isGzip(bytes), gzip);
    assertEquals(parseIdx(bytes), array);
  }));
});

Deno.test("write() gives back the bytes that parse() read", () => {
  fc.assert(fc.property(anyArray(), (array) => {
    const bytes = writeIdx(array);
    assertEquals(writeIdx(parseIdx(bytes)), bytes);
  }));
});

Deno.test("the bytes of every element type are those of the format", () => {
  const files: Record<string, number[]> = {
    uint8: [0, 0, 0x08, 1, 0, 0, 0, 2, 1, 254],
    int8: [0, 0, 0x09, 1, 0, 0, 0, 2, 1, 254],
    int16: [0, 0, 0x0b, 1, 0, 0, 0, 2, 0, 1, 255, 254],
    int32: [0, 0, 0x0c, 1, 0, 0, 0, 2, 0, 0, 0, 1, 255, 255, 255, 254],
    float32: [0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0],
    float64: [0, 0, 0x0e, 1, 0, 0, 0, 2, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0],
  };
  for (const { type, array } of elementTypes) {
    const data = new array(2);
    data.set(type === "uint8" ? [1, 254] : [1, -2]);
    assertEquals([...writeIdx({ shape: [2], data })], files[type], type);
    assertEquals(parseIdx(Uint8Array.from(files[type])), { type, shape: [2], data }, type);
  }
});

Deno.test("a file of rank 0 is one element, and rank 255 is as good as any", () => {
  const scalar = { type: "float64", shape: [], data: Float64Array.of(Math.PI) } as const;
  assertEquals(writeIdx(scalar).length, 4 + 8);
  assertEquals<unknown>(parseIdx(writeIdx(scalar)), scalar);

  const deep = { type: "int8", shape: new Array<number>(255).fill(1), data: Int8Array.of(-7) } as const;
  for (const gzip of [false, true]) assertEquals<unknown>(parseIdx(writeIdx(deep, { gzip })), deep);
});

Deno.test("a size of 0 means empty data, however large the other sizes are", () => {
  const shape = [2 ** 32 - 1, 2 ** 32 - 1, 0, 2 ** 32 - 1];
  const idx = parseIdx(writeIdx({ shape, data: new Int32Array(0) }));
  assertEquals(idx, { type: "int32", shape, data: new Int32Array(0) });
});

Deno.test("parse() reads a window on a larger buffer, and its data is a copy", () => {
  const file = writeIdx({ shape: [3], data: Uint8Array.of(1, 2, 3) });
  const larger = new Uint8Array(file.length + 20).fill(9);
  larger.set(file, 7);
  const { data } = parseIdx(larger.subarray(7, 7 + file.length));
  larger.fill(0);
  assertEquals([...data], [1, 2, 3]);
  assert(data.buffer !== larger.buffer);
});

Deno.test("write() gzips to the same bytes every time, with no time, name or system in the header", () => {
  const input = { shape: [100], data: new Uint8Array(100).fill(5) };
  const first = writeIdx(input, { gzip: true });
  assertEquals(writeIdx(input, { gzip: true }), first);
  assertEquals([...first.subarray(0, 10)], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
});

Deno.test("typeOf() names the six typed arrays and nothing else", () => {
  for (const { type, array } of elementTypes) assertEquals(typeOf(new array(1)), type);
  for (const other of [[1, 2], new Uint16Array(1), new Uint8ClampedArray(1), "uint8", null, undefined]) {
    assertEquals(typeOf(other), undefined);
  }
});
