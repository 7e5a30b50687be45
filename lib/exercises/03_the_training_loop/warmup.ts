/** Exercise 7: a warm-up, then half a cosine. */

import { check } from "../../notebook/check.ts";
import { checkCases } from "../../notebook/check_cases.ts";
import { cosineSchedule, linearWarmup } from "../../optim/schedules.ts";
import { exercise } from "../exercise.ts";

type Schedule = (step: number) => number;

const known = linearWarmup(cosineSchedule({ learningRate: 1e-3, steps: 900 }), { steps: 100, from: 1e-7 });
const wave = (u: number) => (1 + Math.cos(u)) * 5e-4;
const onTheWayUp = (up: Schedule): Schedule => (t) => t < 100 ? up(t) : known(t);
const onTheWayDown = (down: Schedule): Schedule => (t) => t < 100 ? known(t) : down(t);

/** Seven steps of a thousand, then all. */
export const checkWarmup = exercise("03", "a schedule", async (warmupCosine: Schedule) => {
  const steps = [0, 50, 99, 100, 325, 550, 1000];
  await checkCases("η", warmupCosine, {
    cases: Object.fromEntries(steps.map((t) => [`step ${t}`, { of: [t], is: known(t) }])),
    slips: {
      "it starts at 1e-7, not at 0": onTheWayUp((t) => t * 1e-5),
      "it is one step ahead": onTheWayUp((t) => known(t + 1)),
      "step 100 is step 0 of the cosine": onTheWayDown((t) => wave(Math.PI * t / 900)),
      "step 100 is step 0, step 1000 step 900": onTheWayDown((t) => wave(Math.PI * t / 1e3)),
      "the fall takes 900 steps": onTheWayDown((t) => known(100 + 0.9 * (t - 100))),
      "the ½ is missing": onTheWayDown((t) => 2 * known(t)),
      "the 1 is missing: a cosine falls below 0": onTheWayDown((t) => known(t) - 5e-4),
      "1 + cos falls, 1 − cos rises": onTheWayDown((t) => 1e-3 - known(t)),
      "half a wave: π, not 2π": onTheWayDown((t) => wave(2 * Math.PI * (t - 100) / 900)),
      "an angle is in radians: π, not 180": onTheWayDown((t) => wave((t - 100) / 5)),
    },
  });
  const thousand = Array.from({ length: 1001 }, (_, step) => step);
  await check("all of it", thousand.map(warmupCosine), thousand.map(known));
});
