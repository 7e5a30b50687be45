import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { pack, unpack } from "../../lib/train/plain_values.ts";
import { Tensor } from "../../lib/tensor/tensor.ts";

fc.configureGlobal({ seed: 1998 });

/** Through text, as in a file. */
function through(value: unknown): unknown {
  const { json, bytes } = pack(value, "value");
  return unpack({ json: JSON.parse(JSON.stringify(json)), bytes });
}

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
  assertEquals(through([undefined, 1]), [undefined, 1]);
  assertEquals(through(undefined), undefined);
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

Deno.test("what is packed is a copy", () => {
  const numbers = Float64Array.of(1, 2);
  const list = [1];
  const packed = pack({ numbers, list }, "value");
  numbers[0] = 9;
  list[0] = 9;
  assertEquals(unpack(packed), { numbers: Float64Array.of(1, 2), list: [1] });
});

Deno.test("what is no plain value is refused, with the place where it is", () => {
  const refused = (value: unknown, message: string) =>
    assertThrows(() => pack(value, "part"), TypeError, message);
  refused({ a: [1, () => 2] }, "part.a[1] is a function");
  refused({ when: new Date(0) }, "part.when is a Date");
  refused({ map: new Map() }, "part.map is a Map");
  refused(10n, "part is a bigint");
  refused({ x: Symbol() }, "part.x is a symbol");
  refused({ x: { $: 1 } }, "part.x has a field named $");
});

Deno.test("what was never packed is refused", () => {
  const bytes = new Uint8Array(16);
  const refused = (json: unknown) => assertThrows(() => unpack({ json, bytes }), TypeError);
  refused({ $: "Date" });
  refused({ $: "constructor" });
  refused({ $: "Float64Array", at: 8, length: 2 });
  refused({ $: "Float64Array", at: -8, length: 1 });
  refused({ $: "Float64Array", at: 0.5, length: 1 });
  refused({ $: "Uint8Array", at: 0, length: -1 });
  refused({ $: "Uint8Array" });
});
