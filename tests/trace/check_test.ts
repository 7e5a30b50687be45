import { checkTrace, Linear, ReLU, Rng, Sequential, Sigmoid, Tanh, tensor, trace } from "backprop";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

/** σ–σ–BCE with x = y = 1, w = ½, b = 0. */
function scalarTrace() {
  const half = () => {
    const layer = new Linear(1, 1, { rng: new Rng(0) });
    layer.weight.data[0] = 0.5;
    return layer;
  };
  return trace(new Sequential(half(), new Sigmoid(), half(), new Sigmoid()), 1, 1, { learningRate: 0.1 });
}
const t = scalarTrace();
const number = (name: string) => t.value(name).item();
const slipOf = (name: string, typed: number) => checkTrace(t, { [name]: typed }).entries[0].slip;

Deno.test("checkTrace() takes right numbers, exact or rounded, under any of their names", () => {
  const check = checkTrace(t, {
    a1: 0.62,
    "ŷ": 0.577185,
    L: number("L"),
    dW2: -0.2632,
    "∂L/∂w₁": -0.049682,
    dz2: tensor([[-0.42]]),
    w1New: 0.505,
  });
  assertEquals(check.entries.map(({ verdict }) => verdict), Array(7).fill("right"));
  assert(check.passed);
  assertStringIncludes(check.toString(), "7 of 7 right");
});

Deno.test("checkTrace() does not take a number for right that is rounded wrongly or to a single digit", () => {
  const check = checkTrace(t, { a1: 0.63, yHat: 0.6, L: 0.54, dw2: -0.264 });
  assertEquals(check.entries.map(({ verdict }) => verdict), Array(4).fill("wrong"));
  assert(!check.passed);
});

const slips: [string, string, number, string][] = [
  ["a sign", "db1", -number("db1"), "the sign is flipped"],
  ["a sign in a rounded number", "db1", 0.0497, "the sign is flipped"],
  ["a factor 2", "dw2", 2 * number("dw2"), "it is twice what is expected"],
  ["a factor ½", "dw2", number("dw2") / 2, "it is half of what is expected"],
  ["z for a, forward", "a1", 0.5, "it is z₁: σ was not applied"],
  ["a forgotten σ′", "dz2", number("dyHat"), "the slope σ′ is missing (forgot σ′)"],
  ["a forgotten upstream", "dz1", number("a1") * (1 - number("a1")), "from behind, ∂L/∂a₁, is missing"],
  ["z for a in σ′", "dz1", number("da1") * 0.5 * 0.5, "used z for a in σ′"],
  ["z for a in a weight's gradient", "dw2", number("dz2") * 0.5, "used z for a: a₁ goes in, not z₁"],
  [
    "a slope forgotten further up",
    "dw2",
    number("dyHat") * number("a1"),
    "made from ∂L/∂ŷ where ∂L/∂z₂ belongs",
  ],
  ["a forgotten input", "dw2", number("dz2"), "the input a₁ is missing"],
  ["a forgotten weight", "da1", number("dz2"), "the weight w₂ is missing"],
  ["target minus output", "dyHat", -number("dyHat"), "the order is turned round"],
  ["a step uphill", "w2New", 0.5 + 0.1 * number("dw2"), "the step goes uphill"],
  ["a forgotten learning rate", "w2New", 0.5 - number("dw2"), "the learning rate η is missing"],
  ["the number of another step", "dw1", number("dw2"), "it is ∂L/∂w₂, not ∂L/∂w₁"],
  ["the loss of the other target", "L", -Math.log(1 - number("yHat")), "the loss of the other target, 1 − y"],
  ["rounding on the way", "dyHat", -1 / 0.577, "nearly right: keep more digits"],
  ["NaN", "L", NaN, "it is NaN"],
];
for (const [what, name, typed, says] of slips) {
  Deno.test(`checkTrace() recognizes ${what}`, () => {
    assertStringIncludes(slipOf(name, typed) ?? "nothing", says);
  });
}

Deno.test("checkTrace() counts one slip once: what follows rightly from it is told apart", () => {
  const a1 = 0.7; // wrong
  const z2 = 0.5 * a1;
  const yHat = 1 / (1 + Math.exp(-z2));
  const check = checkTrace(t, { a1, z2, yHat, dw2: (yHat - 1) * a1, w1New: 0.505 });
  assertEquals(check.entries.map(({ verdict }) => verdict), [
    "wrong",
    "carried",
    "carried",
    "wrong",
    "right",
  ]);
  assertEquals(check.entries[1].slip, "look at a₁ first");
  // dw2 is made from dz2, which was not typed: nobody can know what it was computed from.
  const more = checkTrace(t, { a1, dz2: -0.422815, dw2: -0.422815 * a1 });
  assertEquals(more.entries.map(({ verdict }) => verdict), ["wrong", "right", "carried"]);
});

Deno.test("checkTrace() does not blame an entry for the rounding of an earlier one", () => {
  const rounded = 0.31; // of 0.31123, fine
  const yHat = 1 / (1 + Math.exp(-rounded)); // 0.576885 instead of 0.577185
  assertEquals(checkTrace(t, { yHat }).entries[0].verdict, "wrong");
  assertEquals(checkTrace(t, { z2: rounded, yHat }).entries.map(({ verdict }) => verdict), [
    "right",
    "right",
  ]);
});

Deno.test("checkTrace() sees a slip made after an earlier slip", () => {
  const a1 = 0.7; // wrong; and then z for a in σ′ is wrong again, from the learner's own numbers
  const check = checkTrace(t, { a1, da1: -0.2, dz1: -0.2 * 0.5 * 0.5 });
  assertStringIncludes(check.entries[2].slip!, "used z for a in σ′");
});

Deno.test("checkTrace() says what is given, what is unknown, and does not tell right numbers", () => {
  const check = checkTrace(t, { w1: 0.4, x: 1, foo: 3, a1: 0.9 });
  assertEquals(check.entries.map(({ verdict }) => verdict), ["wrong", "right", "unknown", "wrong"]);
  assertEquals(check.entries[0].slip, "it is given as 0.5");
  const text = check.toString();
  assertStringIncludes(text, "? foo  is no step of this trace; steps are z1, a1");
  assert(!text.includes("0.622"), "the answer is not told");
  assertStringIncludes(text, "1 of 4 right");
});

const rng = new Rng(5);
const batch = trace(
  new Sequential(new Linear(3, 3, { rng }), new Tanh(), new Linear(3, 2, { rng })),
  rng.randn([4, 3]),
  Uint8Array.of(0, 1, 1, 0),
);
const slipIn = (name: string, typed: Parameters<typeof checkTrace>[1][string]) =>
  checkTrace(batch, { [name]: typed }).entries[0].slip ?? "nothing";

Deno.test("checkTrace() recognizes slips in matrices: 1/n, transposed, not summed, another order", () => {
  const dW2 = batch.value("dW2");
  assertEquals(checkTrace(batch, { dW2 }).passed, true);
  assertEquals(checkTrace(batch, { db2: batch.value("db2").toArray() }).passed, true);
  assertStringIncludes(slipIn("dz2", batch.value("dz2").mul(4)), "the mean over 4 (1/n) is missing");
  assertStringIncludes(slipIn("dW2", dW2.mul(4)), "is the mean over the batch (1/N) missing");
  assertStringIncludes(slipIn("dW2", dW2.transpose()), "transposed");
  assertStringIncludes(slipIn("dW1", batch.value("dW1").transpose()), "transposed");
  assertStringIncludes(slipIn("db2", batch.value("dz2")), "the sum over the rows is missing");
  assertStringIncludes(slipIn("db2", batch.value("dz2").mean({ axis: 0 })), "it is the mean over the rows");
  assertStringIncludes(slipIn("dz1", batch.value("da1")), "forgot tanh′");
  const z1 = batch.value("z1");
  assertStringIncludes(
    slipIn("dz1", batch.value("da1").mul(z1.mul(z1).neg().add(1))),
    "used z for a in tanh′",
  );
  assertStringIncludes(
    slipIn("dW2", batch.value("z1").transpose().matmul(batch.value("dz2"))),
    "used z for a",
  );
  assertStringIncludes(slipIn("p", batch.value("z2")), "softmax or σ is missing");
});

Deno.test("checkTrace() sees a forgotten bias, and says nothing rather than guess where it is 0", () => {
  const layer = new Linear(1, 1, { rng: new Rng(0) });
  layer.weight.data[0] = 2;
  layer.bias!.data[0] = 0.75;
  const biased = trace(new Sequential(layer), 3, 1);
  assertEquals(checkTrace(biased, { yHat: 6 }).entries[0].slip, "the bias b is missing");
  assertEquals(checkTrace(t, { z1: 0.7 }).entries[0], { name: "z1", verdict: "wrong", slip: undefined });
});

Deno.test("checkTrace() does not call a ReLU forgotten where it changed nothing", () => {
  const layer = new Linear(1, 1, { rng: new Rng(0) });
  layer.weight.data[0] = 2;
  const positive = trace(new Sequential(layer, new ReLU()), 3, 1); // z = 6 = ŷ
  assertEquals(checkTrace(positive, { z: 6, yHat: 6 }).passed, true);
  assertEquals(checkTrace(positive, { yHat: 7 }).entries[0].slip, undefined);
});

Deno.test("checkTrace() refuses what is no number", () => {
  // deno-lint-ignore no-explicit-any -- what a cell may hand over
  assertThrows(() => checkTrace(t, { a1: "0.6" as any }), TypeError, "expected a1 to be a number");
});

Deno.test("checkTrace() sees what was carried on, whether the reader went on with rounded numbers or with all digits", () => {
  const [rounded, exact] = [0.62, number("a1")].map((a1) => Number((0.7 * a1).toFixed(4)));
  for (const dw2 of [rounded, exact]) {
    const check = checkTrace(t, { a1: 0.62, dz2: 0.7, dw2 });
    assertEquals(check.entries.map(({ verdict }) => verdict), ["right", "wrong", "carried"]);
  }
});
