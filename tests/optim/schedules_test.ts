// Curves against PyTorch's; made by tools/build/golden/pytorch_schedules.py.
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  linearWarmup,
  oneCycleSchedule,
  type Schedule,
  stepSchedule,
} from "backprop";
import golden from "../golden/pytorch_schedules.json" with { type: "json" };

// deno-lint-ignore no-explicit-any
const factories: Record<string, (options: any) => Schedule> = {
  stepSchedule,
  exponentialSchedule,
  cosineSchedule,
  oneCycleSchedule,
};

function assertCurve(schedule: Schedule, rates: readonly number[]): void {
  rates.forEach((rate, step) =>
    assertAlmostEquals(schedule(step), rate, 1e-12 * Math.max(...rates), `at step ${step}`)
  );
}

for (const { schedule, options, rates } of golden.curves) {
  Deno.test(`${schedule}(${JSON.stringify(options)}) is PyTorch's curve`, () => {
    assertCurve(factories[schedule](options), rates);
  });
}

for (const { options, then, rates } of golden.warmups) {
  Deno.test(`linearWarmup(${then.schedule}, ${JSON.stringify(options)}) is PyTorch's curve`, () => {
    assertCurve(linearWarmup(factories[then.schedule](then.options), options), rates);
  });
}

Deno.test("halving every N steps is exact in binary", () => {
  const schedule = stepSchedule({ learningRate: 0.1, every: 5, factor: 0.5 });
  assertEquals([0, 4, 5, 9, 10, 50].map(schedule), [0.1, 0.1, 0.05, 0.05, 0.025, 0.1 / 1024]);
});

Deno.test("a cosine and a one-cycle schedule stay at their end", () => {
  const cosine = cosineSchedule({ learningRate: 1, steps: 10, minLearningRate: 0.125 });
  assertEquals([10, 11, 15, 20, 1000].map(cosine), [0.125, 0.125, 0.125, 0.125, 0.125]);
  const cycle = oneCycleSchedule({ maxLearningRate: 1, steps: 10, divFactor: 4, finalDivFactor: 2 });
  assertEquals([9, 10, 19, 1000].map(cycle), [0.125, 0.125, 0.125, 0.125]);
});

Deno.test("a one-cycle schedule of a single step is at its end, and one that only rises stays at the top", () => {
  assertEquals(oneCycleSchedule({ maxLearningRate: 1, steps: 1, divFactor: 4, finalDivFactor: 2 })(0), 0.125);
  const rising = oneCycleSchedule({ maxLearningRate: 1, steps: 10, warmupFraction: 1 });
  assertEquals([rising(9), rising(0) < 0.05], [1, true]);
});

Deno.test("a one-cycle schedule whose rise ends at step 0 starts at the top", () => {
  assertEquals(oneCycleSchedule({ maxLearningRate: 1, steps: 10, warmupFraction: 0.1 })(0), 1);
});

Deno.test("warm-up goes from 1e-7 to 1e-3 in a straight line and then decays", () => {
  const schedule = linearWarmup(cosineSchedule({ learningRate: 1e-3, steps: 100 }), {
    steps: 10,
    from: 1e-7,
  });
  assertAlmostEquals(schedule(0), 1e-7, 1e-20);
  assertAlmostEquals(schedule(5), (1e-7 + 1e-3) / 2, 1e-18);
  assertEquals(schedule(10), 1e-3);
  assertAlmostEquals(schedule(60), 5e-4, 1e-18);
});

Deno.test("warm-up can precede any schedule, even another warm-up, and may take no steps", () => {
  const own: Schedule = (step) => 8 / (1 + step);
  assertEquals([0, 1, 2, 3].map(linearWarmup(own, { steps: 2 })), [0, 4, 8, 4]);
  assertEquals([0, 1].map(linearWarmup(own, { steps: 0 })), [8, 4]);
  const twice = linearWarmup(linearWarmup(constantSchedule(8), { steps: 2, from: 4 }), { steps: 2 });
  assertEquals([0, 1, 2, 3, 4, 5].map(twice), [0, 2, 4, 6, 8, 8]);
});

Deno.test("a schedule may be asked for any step in any order", () => {
  const schedule = oneCycleSchedule({ maxLearningRate: 0.1, steps: 100 });
  const forwards = Array.from({ length: 100 }, (_, t) => schedule(t));
  const backwards = Array.from({ length: 100 }, (_, t) => schedule(99 - t)).reverse();
  assertEquals(backwards, forwards);
});

Deno.test("schedules refuse options out of their range and steps that are none", () => {
  const bad: [() => unknown, string][] = [
    [() => constantSchedule(-1), "constantSchedule: learningRate must be a finite number ≥ 0, got -1"],
    [() => stepSchedule({ learningRate: -1, every: 1 }), "stepSchedule: learningRate must be"],
    [() => stepSchedule({ learningRate: 1, every: 0 }), "every must be an integer ≥ 1, got 0"],
    [() => stepSchedule({ learningRate: 1, every: 1.5 }), "every must be an integer ≥ 1, got 1.5"],
    [
      () => stepSchedule({ learningRate: 1, every: 2, factor: 2 }),
      "factor must be a number from 0 to 1, got 2",
    ],
    [
      () => exponentialSchedule({ learningRate: 1, factor: -1 }),
      "factor must be a number from 0 to 1, got -1",
    ],
    [
      () => exponentialSchedule({ learningRate: NaN, factor: 1 }),
      "exponentialSchedule: learningRate must be",
    ],
    [() => cosineSchedule({ learningRate: -1, steps: 1 }), "cosineSchedule: learningRate must be"],
    [() => cosineSchedule({ learningRate: 1, steps: 0 }), "steps must be an integer ≥ 1, got 0"],
    [() => cosineSchedule({ learningRate: 1, steps: 9, minLearningRate: -1 }), "minLearningRate must be"],
    [() => linearWarmup(constantSchedule(1), { steps: -1 }), "steps must be an integer ≥ 0, got -1"],
    [() => linearWarmup(constantSchedule(1), { steps: 1, from: -1 }), "from must be a finite number ≥ 0"],
    [
      () => oneCycleSchedule({ maxLearningRate: -1, steps: 9 }),
      "maxLearningRate must be a finite number ≥ 0",
    ],
    [() => oneCycleSchedule({ maxLearningRate: 1, steps: 0 }), "steps must be an integer ≥ 1, got 0"],
    [() => oneCycleSchedule({ maxLearningRate: 1, steps: 9, warmupFraction: 2 }), "warmupFraction must be"],
    [
      () => oneCycleSchedule({ maxLearningRate: 1, steps: 9, divFactor: 0 }),
      "divFactor must be a finite number > 0",
    ],
    [() => oneCycleSchedule({ maxLearningRate: 1, steps: 9, finalDivFactor: 0 }), "finalDivFactor must be"],
    [() => constantSchedule(1)(-1), "constantSchedule: the step must be a finite number ≥ 0, got -1"],
    [
      () => cosineSchedule({ learningRate: 1, steps: 9 })(NaN),
      "the step must be a finite number ≥ 0, got NaN",
    ],
  ];
  for (const [f, message] of bad) assertThrows(f, RangeError, message);
  const wrong: [() => unknown, string][] = [
    [
      () => cosineSchedule({ learningRate: 1 } as never),
      "cosineSchedule: steps is missing; it has no default",
    ],
    [() => stepSchedule({ every: 1 } as never), "stepSchedule: learningRate is missing"],
    [() => cosineSchedule(0.1 as never), "cosineSchedule: expected an object of options, got 0.1"],
    [() => cosineSchedule({ learningRate: 1, T_max: 3 } as never), 'unknown option "T_max"'],
    [() => linearWarmup(0.1 as never, { steps: 1 }), "linearWarmup: expected the schedule that follows"],
  ];
  for (const [f, message] of wrong) assertThrows(f, TypeError, message);
});
