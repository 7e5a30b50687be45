import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { parameter, Rng, type Tensor, Value } from "backprop";

/** Formulas that can be written with values and with tensors alike, and where their inputs come from. */
interface Arithmetic<T> {
  add(other: T | number): T;
  sub(other: T | number): T;
  mul(other: T | number): T;
  div(other: T | number): T;
  pow(exponent: number): T;
  neg(): T;
  exp(): T;
  log(): T;
  relu(): T;
  tanh(): T;
  sigmoid(): T;
}
type Formula = <T extends Arithmetic<T>>(a: T, b: T) => T;
const formulas: [string, Formula][] = [
  ["add", (a, b) => a.add(b).add(3)],
  ["sub", (a, b) => a.sub(b).sub(2)],
  ["mul", (a, b) => a.mul(b).mul(-0.7)],
  ["div", (a, b) => a.div(b).div(3)],
  ["pow", (a, b) => a.pow(3).mul(b.pow(-1.5))],
  ["pow 0", (a, b) => a.pow(0).add(b)],
  ["neg", (a, b) => a.neg().mul(b)],
  ["exp", (a, b) => a.exp().mul(b)],
  ["log", (a, b) => a.log().mul(b)],
  ["relu", (a, b) => a.relu().add(b.neg().relu())],
  ["tanh", (a, b) => a.tanh().mul(b)],
  ["sigmoid", (a, b) => a.sigmoid().mul(b)],
  [
    "an expression that uses its inputs more than once",
    (a, b) => a.mul(b).add(a).tanh().mul(a.add(b.mul(b))),
  ],
];
const rng = new Rng(4);
for (const [name, formula] of formulas) {
  Deno.test(`${name}: a Value agrees with a tensor of one entry and with finite differences`, () => {
    const [x, y] = [0.5 + rng.random(), 0.5 + rng.random()];
    const [a, b] = [new Value(x), new Value(y)];
    const out = formula(a, b);
    out.backward();
    const [s, t] = [parameter(x), parameter(y)];
    const tensorOut = formula<Tensor>(s, t);
    tensorOut.backward();
    assertAlmostEquals(out.data, tensorOut.item(), 1e-14);
    assertAlmostEquals(a.grad ?? 0, s.grad?.item() ?? 0, 1e-13);
    assertAlmostEquals(b.grad ?? 0, t.grad?.item() ?? 0, 1e-13);
    const at = (x: number, y: number) => formula(new Value(x), new Value(y)).data;
    const h = 1e-5;
    assertAlmostEquals(a.grad ?? 0, (at(x + h, y) - at(x - h, y)) / (2 * h), 1e-7);
    assertAlmostEquals(b.grad ?? 0, (at(x, y + h) - at(x, y - h)) / (2 * h), 1e-7);
  });
}

Deno.test("a trace by hand: σ, σ, binary cross-entropy with x = y = 1, w = ½, b = 0", () => {
  const w1 = new Value(0.5, "w₁"), w2 = new Value(0.5, "w₂"), x = 1;
  const a1 = w1.mul(x).sigmoid(), prediction = w2.mul(a1).sigmoid();
  const loss = prediction.log().neg(); // y = 1
  loss.backward();
  const numbers = [a1.data, prediction.data, loss.data, w2.grad, w1.grad];
  assertEquals(numbers.map((v) => v?.toFixed(6)), [
    "0.622459",
    "0.577185",
    "0.549592",
    "-0.263185",
    "-0.049682",
  ]);
});

Deno.test("relu'(0) is 0, and NaN stays NaN", () => {
  const zero = new Value(0);
  zero.relu().backward();
  assertEquals(zero.grad, 0);
  assertEquals(new Value(NaN).relu().data, NaN);
});

Deno.test("a value that is used twice receives both gradients, and leaves accumulate", () => {
  const a = new Value(3), twice = a.add(a), loss = twice.mul(twice);
  loss.backward();
  assertEquals([a.grad, twice.grad], [24, 12]);
  loss.backward();
  assertEquals([a.grad, twice.grad], [48, 12]);
});

Deno.test("constants receive no gradient", () => {
  const product = new Value(3).mul(5);
  product.backward();
  assertEquals([product.parents[1].data, product.parents[1].grad], [5, undefined]);
});

Deno.test("a chain of 10,000 values is differentiated without overflowing the stack", () => {
  const start = new Value(1);
  let last = start;
  for (let i = 0; i < 10_000; i++) last = last.add(1);
  last.backward();
  assertEquals([last.data, start.grad], [10_001, 1]);
});

Deno.test("a Value prints its name, number and gradient in six digits", () => {
  const w = new Value(1 / 3, "w");
  assertEquals([String(w), String(new Value(-0)), String(new Value(NaN))], [
    "Value w = 0.333333",
    "Value 0",
    "Value NaN",
  ]);
  w.mul(0.3).backward();
  assertEquals(Deno.inspect(w), "Value w = 0.333333, grad 0.3");
});

Deno.test("a Value holds a number and is raised to a number only", () => {
  // @ts-expect-error: what a cell, which is not type-checked, may pass
  assertThrows(() => new Value("3"), TypeError, "expected a number, got string");
  // @ts-expect-error: the exponent is a constant
  assertThrows(() => new Value(3).pow(new Value(2)), TypeError, "expected a number as exponent, got object");
});
