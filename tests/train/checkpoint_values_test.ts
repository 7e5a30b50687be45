import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../lib/train/checkpoint_values.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

fc.configureGlobal({ seed: 1998 });

/** Through text, as in a file. */
const through = (value: unknown) => decodeValue(encodeValue(value, "value"));

Deno.test("numbers come back to the bit, also those that JSON does not have", () => {
  for (const x of [NaN, Infinity, -Infinity, -0, 0, 0.1, 5e-324, Number.MAX_VALUE, -1 / 3]) {
    assert(Object.is(through(x), x), String(x));
  }
  fc.assert(fc.property(fc.double(), (x) => Object.is(through(x), x)));
});

Deno.test("lists, records, texts and nothing come back", () => {
  const value = {
    a: [1, "two", null, true, [], {}],
    "ключ": { deep: [[{ x: -0 }]] },
    "": false,
    constructor: 1,
  };
  assertEquals(through(value), value);
});

Deno.test("any plain value comes back", () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const free = (x: unknown): boolean =>
    typeof x !== "object" || x === null || (!("$" in x) && Object.values(x).every(free));
  fc.assert(fc.property(value.filter(free), (x) => assertEquals(through(x), x)));
});

Deno.test("a field that is undefined is left out, and __proto__ is a field like any other", () => {
  assertEquals(Object.keys(through({ a: undefined, b: 1 }) as object), ["b"]);
  const odd = through(JSON.parse('{"__proto__": {"x": 1}}')) as object;
  assertEquals(Object.keys(odd), ["__proto__"]);
  assertEquals(Object.getPrototypeOf(odd), Object.prototype);
});

Deno.test("typed arrays come back with their type, also empty ones and windows on a buffer", () => {
  const buffer = new Float64Array([1, 2, 3, NaN, -0]);
  const arrays = [
    Float32Array.of(0.1, NaN, -0),
    new Float64Array(0),
    buffer.subarray(1, 4),
    Uint8Array.of(1, 2, 3),
    Uint32Array.of(4294967295),
    Int32Array.of(-1, 5),
  ];
  assertEquals(through(arrays), arrays);
  const back = through(buffer) as Float64Array;
  assert(Object.is(back[4], -0));
});

Deno.test("tensors come back with shape and dtype", () => {
  const tensors = {
    a: new Tensor(Float32Array.of(1, 2, 3, 4), [2, 2]),
    b: new Tensor(Float64Array.of(7), []),
  };
  const { a, b } = through(tensors) as typeof tensors;
  assertEquals([a.shape, a.dtype, [...a.data]], [[2, 2], "float32", [1, 2, 3, 4]]);
  assertEquals([b.shape, b.dtype, b.item()], [[], "float64", 7]);
});

Deno.test("what is no plain value is refused, with the place where it is", () => {
  const refused = (value: unknown, message: string) =>
    assertThrows(() => encodeValue(value, "part"), TypeError, message);
  refused({ a: [1, () => 2] }, "part.a[1] is a function");
  refused({ when: new Date(0) }, "part.when is a Date");
  refused({ map: new Map() }, "part.map is a Map");
  refused(10n, "part is a bigint");
  refused({ x: Symbol() }, "part.x is a symbol");
  refused({ x: { $: 1 } }, "part.x has a field named $");
});

Deno.test("a list with a gap is refused: JSON would fill it with null", () => {
  assertThrows(() => encodeValue({ a: [1, undefined] }, "part"), TypeError, "part.a[1] is undefined");
});

Deno.test("what was never encoded is refused", () => {
  const refused = (json: string) => assertThrows(() => decodeValue(json));
  refused('{"$":"Date"}');
  refused('{"$":"constructor"}');
  refused('{"$":"Float64Array","base64":"AAAA"}'); // three bytes
  refused('{"$":"Float64Array","base64":"?"}');
  refused('{"$":"Uint8Array"}');
  refused('{"a":');
});
