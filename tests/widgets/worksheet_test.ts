import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Linear, Rng, Sequential, Tanh, Trace, trace, traceFunction, traceWorksheet } from "backprop";
import { readNumbers, Worksheet } from "../../lib/widgets/models/worksheet.ts";
import type { TraceWorksheetData } from "../../lib/widgets/trace_worksheet.ts";
import { exampleTrace } from "../../tools/build/widgets/gallery.ts";
import { dataOf } from "./pages.ts";

const example = exampleTrace();
const sheetWith = (typed: Record<string, string>, t = example) => {
  const sheet = new Worksheet(t, t.names, { typed: {}, shown: {} });
  for (const [name, text] of Object.entries(typed)) sheet.type(name, text);
  return sheet;
};
const said = (typed: Record<string, string>, name: string, t = example) =>
  sheetWith(typed, t).feedback()[name];

Deno.test("Worksheet accepts right numbers, rounded, with a comma, a minus sign or as a fraction", () => {
  const { feedback } = {
    feedback: sheetWith({ z1: "1/2", a1: "0,6225", dw2: "−0.263", dw1: "-.0497" }).feedback(),
  };
  assertEquals(Object.entries(feedback).filter(([, { state }]) => state === "right").map(([name]) => name), [
    "z1",
    "a1",
    "dw2",
    "dw1",
  ]);
  assertEquals(feedback.z2, { state: "empty", says: "" });
});

Deno.test("Worksheet explains the wrong sign, the forgotten slope, z for a and the wrong upstream", () => {
  const right = (name: string) => example.value(name).item();
  assertMatch(said({ dw2: String(-right("dw2")) }, "dw2").says, /sign/);
  assertMatch(said({ dz1: String(right("da1")) }, "dz1").says, /forgot σ′/);
  const z1 = right("z1");
  assertMatch(said({ dz1: String(right("da1") * z1 * (1 - z1)) }, "dz1").says, /used z for a/);
  assertMatch(said({ dw1: String(2 * right("dw1")) }, "dw1").says, /twice/);
  assertEquals(said({ dw1: String(2 * right("dw1")) }, "dw1").state, "wrong");
});

Deno.test("Worksheet explains a missing 1/n in a batch", () => {
  const layer = new Linear(1, 1, { rng: new Rng(0) });
  const batch = trace(new Sequential(layer), [[1], [2], [3], [5]], [[2], [3], [5], [4]]);
  const wrong = batch.value("dw").item() * 4;
  assertMatch(said({ dw: String(wrong) }, "dw", batch).says, /1\/n|mean|4/);
});

Deno.test("Worksheet tells an error that was carried on from the slip that began it", () => {
  const { dz2, dw2 } = sheetWith({ dz2: "0.5", dw2: String(0.5 * example.value("a1").item()) }).feedback();
  assertEquals([dz2.state, dw2.state], ["wrong", "carried"]);
  assertMatch(dw2.says, /look at ∂L\/∂z₂ first/);
});

Deno.test("Worksheet says what it expects where it cannot read", () => {
  assertEquals(said({ z1: "half" }, "z1"), {
    state: "unreadable",
    says: "expected a number, such as 0.25, −0.5 or 1/3",
  });
});

Deno.test("no sentence of the Worksheet tells the right number", () => {
  for (const step of example.steps) {
    const digits = Math.abs(step.value.item()).toPrecision(4).replace(/^0\./, ".").replace(/0+$/, "");
    for (const wrong of ["7", "-3.3", String(-step.value.item() * 2), String(step.value.item() + 0.1)]) {
      const { state, says } = said({ [step.name]: wrong }, step.name);
      assert(state === "wrong" && !says.includes(digits), `${step.name}: ${says}`);
    }
  }
});

Deno.test("Worksheet shows a number only when asked, and then does not count it as right", () => {
  const sheet = sheetWith({ z1: "0.5" });
  sheet.show("dw1");
  assertEquals(sheet.entries.typed.dw1, "−0.0496815");
  assertEquals(sheet.feedback().dw1.state, "shown");
  assertEquals(sheet.summary(), "1 of 17 right, 1 shown.");
  sheet.type("dw1", "-0.0497");
  assertEquals(sheet.feedback().dw1.state, "right");
});

Deno.test("every number that Worksheet shows is right when it is typed in", () => {
  const rng = new Rng(1);
  const wide = trace(
    new Sequential(new Linear(2, 3, { rng }), new Tanh(), new Linear(3, 1, { rng })),
    [[1, 2], [0.5, -1]],
    [[1], [0]],
    { learningRate: 0.1 },
  );
  for (const t of [example, wide, traceFunction(({ a, b }) => a.mul(b).exp(), { a: 1, b: -0.3 })]) {
    const shown = sheetWith({}, t);
    for (const name of t.names) shown.show(name);
    const typed = sheetWith(shown.entries.typed, t);
    assertEquals(typed.summary(), `All ${t.names.length} right. Well done.`);
  }
});

Deno.test("Worksheet.clear() empties everything", () => {
  const sheet = sheetWith({ z1: "0.5" });
  sheet.show("a1");
  sheet.clear();
  assertEquals(sheet.entries, { typed: {}, shown: {} });
});

Deno.test("readNumbers() reads numbers, lists and matrices as people type them", () => {
  assertEquals(readNumbers("2e-3", []), 0.002);
  assertEquals(readNumbers("[0.5]", [1, 1]), 0.5);
  assertEquals(readNumbers("1 −2, 3", [1, 3]), [1, -2, 3]);
  assertEquals(readNumbers("1 2; 3 4", [2, 2]), [[1, 2], [3, 4]]);
  assertEquals(readNumbers("[[1, 2], [3, 4]]", [2, 2]), [[1, 2], [3, 4]]);
  assertEquals(
    readNumbers("1 2 3; 4", [2, 2]),
    "expected 2 rows of 2 numbers: spaces between numbers, ; between rows",
  );
  assertEquals(readNumbers("1 2", [3]), "expected 3 numbers with spaces between them");
  for (const text of ["1/0", "1..2", "0x10", "Infinity", "1 2"]) {
    assertEquals(typeof readNumbers(text, []), "string", text);
  }
});

Deno.test("traceWorksheet() asks for what it is told to, in the order of the trace, and gives the rest", () => {
  const { ask, known } = dataOf<TraceWorksheetData>(traceWorksheet(example, { ask: ["dw1", "∂L/∂ŷ"] }));
  assertEquals(ask, ["dyHat", "dw1"]);
  assert(known.includes("a₁ = 0.622459") && !known.some((text) => text.startsWith("∂L/∂w₁")));
  assertEquals(dataOf<TraceWorksheetData>(traceWorksheet(example, { ask: "backward" })).ask.length, 8);
});

Deno.test("traceWorksheet() does not carry the answers", () => {
  const data = JSON.stringify(dataOf(traceWorksheet(example)));
  for (const { value } of example.steps) {
    if (String(value.item()).length > 6) assert(!data.includes(String(value.item()).slice(0, 6)));
  }
});

Deno.test("traceWorksheet() rejects unknown steps and traces without a recipe", () => {
  assertThrows(() => traceWorksheet(example, { ask: ["dw9"] }), RangeError, 'there is no "dw9"');
  assertThrows(() => traceWorksheet(example, { ask: [] }), RangeError, "at least one step");
  assertThrows(() => traceWorksheet(new Trace([], [])), TypeError, "from trace() or traceFunction()");
});
