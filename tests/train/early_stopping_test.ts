import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { EarlyStopping, type EarlyStoppingOptions } from "backprop";

fc.configureGlobal({ seed: 1998 });

/** After which measurement it stops, from 1; 0 if never. */
function stopsAt(values: number[], options: EarlyStoppingOptions): number {
  const stopping = new EarlyStopping(options);
  return 1 + values.findIndex((value) => stopping.update(value));
}

Deno.test("EarlyStopping stops after `patience` measurements in a row without an improvement, not before", () => {
  assertEquals(stopsAt([3, 2, 2.5, 2.4, 2.3], { patience: 3 }), 5);
  assertEquals(stopsAt([3, 2, 2.5, 2.4, 1.9, 2, 2], { patience: 3 }), 0);
  assertEquals(stopsAt([1, 1], { patience: 1 }), 2); // the same is not better
  assertEquals(stopsAt([5, 4, 3, 2, 1], { patience: 1 }), 0);
  assertEquals(stopsAt(new Array(1000).fill(1), { patience: Infinity }), 0);
});

Deno.test("EarlyStopping stops at the first measurement that completes a run of failures, whatever the values", () => {
  const runs = fc.record({
    values: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }),
    patience: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(fc.property(runs, ({ values, patience }) => {
    const expected = values.findIndex((_, i) => {
      if (i < patience) return false;
      const before = Math.min(...values.slice(0, i - patience + 1));
      return values.slice(i - patience + 1, i + 1).every((value) => value >= before);
    });
    assertEquals(stopsAt(values, { patience }), expected + 1);
  }));
});

Deno.test("EarlyStopping with minDelta needs a larger step to go on, but still knows the best value", () => {
  const stopping = new EarlyStopping({ patience: 2, minDelta: 0.1 });
  assertEquals([1, 0.95, 0.91].map((value) => stopping.update(value)), [false, false, true]);
  assertEquals([stopping.best, stopping.bestAt, stopping.since], [0.91, 3, 2]);
  // Small steps add up until they are one improvement:
  assertEquals(stopsAt([1, 0.95, 0.89, 0.85, 0.78], { patience: 2, minDelta: 0.1 }), 0);
  // An improvement of exactly minDelta is none.
  assertEquals(stopsAt([1, 0.5], { patience: 1, minDelta: 0.5 }), 2);
});

Deno.test("EarlyStopping with mode max waits for larger values", () => {
  const stopping = new EarlyStopping({ patience: 2, mode: "max" });
  assertEquals([0.5, 0.9, 0.8, 0.9].map((value) => stopping.update(value)), [false, false, false, true]);
  assertEquals([stopping.best, stopping.bestAt], [0.9, 2]);
});

Deno.test("EarlyStopping never takes NaN for an improvement", () => {
  const stopping = new EarlyStopping({ patience: 2 });
  assertEquals([NaN, 5, NaN, NaN].map((value) => stopping.update(value)), [false, false, false, true]);
  assertEquals([stopping.best, stopping.bestAt], [5, 2]);
  const nothing = new EarlyStopping({ patience: 1 });
  assertEquals([nothing.update(NaN), nothing.best, nothing.bestAt], [true, undefined, 0]);
  assertEquals(stopsAt([Infinity, 3], { patience: 1 }), 0); // but infinity is a number that can be beaten
});

Deno.test("EarlyStopping rejects options that are none", () => {
  for (const patience of [0, -1, 1.5, NaN]) {
    assertThrows(() => new EarlyStopping({ patience }), RangeError, `whole number from 1, got ${patience}`);
  }
  for (const minDelta of [-0.1, NaN, Infinity]) {
    assertThrows(() => new EarlyStopping({ patience: 1, minDelta }), RangeError, `got ${minDelta}`);
  }
  assertThrows(() => new EarlyStopping({ patience: 1, mode: "low" as "min" }), RangeError, '"low"');
});
