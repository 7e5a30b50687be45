import { checkTrace, Rng, traceFunction, Value } from "backprop";
import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

/** Every operation of a Value, with numbers at which none of them is undefined. */
function everything({ a, b, c }: Record<string, Value>): Value {
  const s = a.mul(b).add(c.div(a)).sub(b.pow(3)).tanh();
  return s.exp().log().add(c.sigmoid()).mul(a.relu()).add(s.neg().mul(2)).add(b.pow(2)).sub(a.sub(b).div(3))
    .mul(-0.5);
}

Deno.test("traceFunction() agrees with backward() for every operation", () => {
  const rng = new Rng(1);
  for (let i = 0; i < 5; i++) {
    const at = { a: 0.5 + rng.random(), b: rng.random() - 0.5, c: 2 * rng.random() - 1 };
    const values = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, new Value(x)]));
    const result = everything(values);
    result.backward();
    const t = traceFunction(everything, at);
    assertAlmostEquals(t.value("L").item(), result.data, 1e-15);
    for (const name of ["a", "b", "c"]) {
      assertAlmostEquals(t.value(`d${name}`).item(), values[name].grad!, 1e-13);
    }
  }
});

Deno.test("traceFunction() adds up what goes into several places, and says so to who forgets", () => {
  const t = traceFunction(({ x }) => x.mul(x), { x: 3 });
  assertEquals(t.step("dx").formula, "∂L/∂L·x + ∂L/∂L·x");
  assertEquals(t.value("dx").item(), 6);
  const slip = checkTrace(t, { dx: 3.0 }).entries[0].slip;
  assertStringIncludes(slip!, "it goes into 2 places: the terms must be added up");
});

Deno.test("traceFunction() names what has no label, keeps labels, and writes every step with numbers", () => {
  const t = traceFunction(({ w, x }) => {
    const z = w.mul(x);
    z.label = "z";
    return z.sigmoid().sub(1).pow(2);
  }, { w: -0.5, x: 2 });
  assertEquals(t.names, ["z", "v1", "v2", "L", "dv2", "dv1", "dz", "dx", "dw"]);
  assertEquals(t.step("z").numbers, "(−0.5)·2");
  assertEquals(t.step("v2").formula, "v₁ − 1");
  assertEquals(t.step("dv2").formula, "∂L/∂L·2·v₂");
  assertEquals(t.step("dz").formula, "∂L/∂v₁·v₁·(1 − v₁)");
  assertEquals([t.step("dz").upstream, t.step("dz").local?.symbol], ["dv1", "v₁·(1 − v₁)"]);
});

Deno.test("traceFunction() writes LaTeX that can be typeset", async () => {
  const { default: katex } = await import("katex");
  for (const { formulaLatex } of traceFunction(everything, { a: 1, b: 2, c: 3 }).steps) {
    katex.renderToString(formulaLatex, { throwOnError: true });
  }
  const t = traceFunction(({ x }) => x.pow(2).tanh(), { x: 1 });
  assertEquals(t.step("dx").formulaLatex, "\\frac{\\partial L}{\\partial v_{1}}\\cdot 2\\,x");
  assertEquals(t.step("dv1").formulaLatex, "\\frac{\\partial L}{\\partial L}\\cdot (1-{L}^2)");
});

Deno.test("traceFunction() refuses equal labels and what is no value", () => {
  const twice = ({ x }: Record<string, Value>) => {
    const y = x.mul(2);
    y.label = "X";
    return y.add(1);
  };
  assertThrows(() => traceFunction(twice, { x: 1 }), RangeError, 'each once; got "X"');
  // deno-lint-ignore no-explicit-any -- what a cell may return
  assertThrows(() => traceFunction((() => 3) as any, { x: 1 }), TypeError, "return a Value");
});
