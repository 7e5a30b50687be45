import * as std from "@std/assert";
import { AssertionError } from "@std/assert";

/** A class whose data is seen through a getter only, as a careful library would write it. */
class Hidden {
  #n: number;
  constructor(n: number) {
    this.#n = n;
  }
  get n() {
    return this.#n;
  }
}

const cyclic = (n: number) => {
  const a: { n: number; self?: unknown } = { n };
  a.self = a;
  return a;
};

const equalPairs: [string, unknown, unknown][] = [
  ["NaN and NaN", NaN, NaN],
  ["0 and -0", 0, -0],
  ["-0 deep inside", { a: [new Float64Array([-0])] }, { a: [new Float64Array([0])] }],
  ["NaN in a typed array", new Float32Array([NaN]), new Float32Array([NaN])],
  ["array buffers", new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
  ["sets in another order", new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])],
  ["maps in another order", new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]])],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ["a null prototype and a plain object", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ["the same moment", new Date(5), new Date(5)],
  ["cycles", cyclic(1), cyclic(1)],
  ["getters", new Hidden(1), new Hidden(1)],
];
const unequalPairs: [string, unknown, unknown][] = [
  ["a number and its text", 1, "1"],
  ["null and undefined", null, undefined],
  ["a missing key and undefined", {}, { a: undefined }],
  ["two keys that are each missing on one side", { a: undefined }, { b: undefined }],
  ["a hole and undefined", new Array(1), [undefined]],
  ["lengths", [1, 2], [1, 2, 3]],
  ["typed arrays of two types", new Float32Array([1]), new Float64Array([1])],
  ["typed arrays of two lengths", new Float32Array(1), new Float32Array(2)],
  ["an array and a typed array", [1], new Float32Array([1])],
  ["a class instance and a plain object", new Hidden(1), { n: 1 }],
  ["getters", new Hidden(1), new Hidden(2)],
  ["moments", new Date(5), new Date(6)],
  ["patterns", /a/, /a/g],
  ["sets", new Set([1, 2]), new Set([1, 3])],
  ["sets with a repeated match", new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 1 }, { a: 3 }])],
  ["maps", new Map([["a", 1]]), new Map([["a", 2]])],
  ["cycles", cyclic(1), cyclic(2)],
  ["different functions", () => 1, () => 1],
];

for (const [what, a, b] of equalPairs) {
  Deno.test(`assertEquals() accepts ${what}, assertNotEquals() does not`, () => {
    std.assertEquals(a, b);
    std.assertEquals(b, a);
    std.assertThrows(() => std.assertNotEquals(a, b), AssertionError, "not to be");
  });
}
for (const [what, a, b] of unequalPairs) {
  Deno.test(`assertEquals() tells apart ${what}, assertNotEquals() accepts them`, () => {
    std.assertThrows(() => std.assertEquals(a, b), AssertionError, "not equal.");
    std.assertThrows(() => std.assertEquals(b, a, "why"), AssertionError, "not equal: why");
    std.assertNotEquals(a, b);
  });
}

Deno.test("assertEquals() shows the lines that differ and the caller's message", () => {
  const error = std.assertThrows(() => std.assertEquals([1, 2], [1, 3], "weights"), AssertionError);
  std.assertStringIncludes(error.message, "Values are not equal: weights");
  std.assertMatch(error.message, /\+ +2\n- +3/);
});

Deno.test("assertEquals() says where two arrays of a million numbers differ", () => {
  const a = new Float32Array(1_000_000);
  const error = std.assertThrows(() => std.assertEquals({ a }, { a: a.with(777_777, 2) }), AssertionError);
  std.assertStringIncludes(error.message, ".a[777777]");
});

Deno.test("assertStrictEquals() wants the same object, and tells 0 from -0", () => {
  const a = { n: 1 };
  std.assertStrictEquals(a, a);
  std.assertStrictEquals(NaN, NaN);
  std.assertThrows(() => std.assertStrictEquals(a, { n: 1 }), AssertionError, "same structure");
  std.assertThrows(() => std.assertStrictEquals(0, -0), AssertionError, "not strictly equal");
});

Deno.test("assertAlmostEquals() allows 1e-7 of the expected value, or the tolerance given", () => {
  std.assertAlmostEquals(1000 + 0.9e-4, 1000);
  std.assertAlmostEquals(NaN, NaN);
  std.assertAlmostEquals(Infinity, Infinity);
  std.assertAlmostEquals(1.4, 1, 0.5);
  std.assertThrows(() => std.assertAlmostEquals(1000 + 1.1e-4, 1000), AssertionError, "off by");
  std.assertThrows(() => std.assertAlmostEquals(1e-9, 0), AssertionError, "off by");
  std.assertThrows(() => std.assertAlmostEquals(NaN, 1), AssertionError);
  std.assertThrows(() => std.assertAlmostEquals(Infinity, -Infinity), AssertionError);
  std.assertThrows(() => std.assertAlmostEquals(1.6, 1, 0.5, "loss"), AssertionError, "loss");
});

Deno.test("assertThrows() returns the error and checks its class and message", () => {
  const boom = () => {
    throw new RangeError("axis 3 is out of range");
  };
  std.assertEquals(std.assertThrows(boom, RangeError, "axis 3").message, "axis 3 is out of range");
  std.assertInstanceOf(std.assertThrows(boom), RangeError);
  std.assertInstanceOf(std.assertThrows(boom, "must throw"), RangeError);
  std.assertThrows(boom, Error);
  std.assertThrows(() => std.assertThrows(boom, TypeError), AssertionError, "but was RangeError");
  std.assertThrows(() => std.assertThrows(boom, RangeError, "axis 4"), AssertionError, "axis 4");
  std.assertThrows(() => std.assertThrows(() => 1, RangeError, "", "why"), AssertionError, "to throw: why");
});

Deno.test("assertRejects() returns the error and refuses a function that throws at once", async () => {
  const boom = () => Promise.reject(new RangeError("late"));
  std.assertEquals((await std.assertRejects(boom, RangeError, "late")).message, "late");
  std.assertInstanceOf(await std.assertRejects(boom), RangeError);
  await std.assertRejects(() => std.assertRejects(boom, TypeError), AssertionError, "but was RangeError");
  await std.assertRejects(() => std.assertRejects(() => Promise.resolve(1)), AssertionError, "to reject");
  const early = () => {
    throw new RangeError("early");
  };
  await std.assertRejects(() => std.assertRejects(early), AssertionError, "throws");
  await std.assertRejects(() => std.assertRejects(() => 1 as never), AssertionError, "no promise");
});

const failing: [string, () => void][] = [
  ["assert", () => std.assert(0)],
  ["assertFalse", () => std.assertFalse(1)],
  ["assertExists", () => std.assertExists(null)],
  ["assertExists of undefined", () => std.assertExists(undefined)],
  ["assertInstanceOf", () => std.assertInstanceOf([], Map)],
  ["assertStringIncludes", () => std.assertStringIncludes("loss", "gain")],
  ["assertMatch", () => std.assertMatch("loss", /^o/)],
  ["assertArrayIncludes", () => std.assertArrayIncludes([{ a: 1 }, 2], [{ a: 2 }])],
  ["assertGreater", () => std.assertGreater(1, 1)],
  ["assertGreaterOrEqual", () => std.assertGreaterOrEqual(1, NaN)],
  ["assertLess", () => std.assertLess(1, 1)],
  ["assertLessOrEqual", () => std.assertLessOrEqual(2, 1)],
  ["fail", () => std.fail("no")],
];
for (const [name, run] of failing) {
  Deno.test(`${name}() throws an AssertionError when its claim is false`, () => {
    std.assertThrows(run, AssertionError);
  });
}

Deno.test("the remaining assertions accept what is true", () => {
  std.assert("x");
  std.assertFalse("");
  std.assertExists(0);
  std.assertInstanceOf(new Map(), Map);
  std.assertStringIncludes("loss", "os");
  std.assertMatch("loss", /^l/);
  std.assertArrayIncludes([{ a: 1 }, NaN], [NaN, { a: 1 }]);
  std.assertGreater(2, 1);
  std.assertGreaterOrEqual(1, 1);
  std.assertLess("a", "b");
  std.assertLessOrEqual(1, 1);
});
