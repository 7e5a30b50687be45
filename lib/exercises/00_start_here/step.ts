/** Exercise 4: one step of gradient descent on (w − 3)². */

import { check } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";

type Step = (w: number, learningRate: number) => number;

/** Takes the learner's step from four places, and with another learning rate. */
export const checkStep = exercise("00", "a step downhill", async (stepDown: Step) => {
  const stepped = [0, 5, 3, -2.5].map((w) => stepDown(w, 0.1));
  await check("steps from 0, 5, 3 and −2.5", stepped, [0.6, 4.6, 3, -1.4], {
    slips: [
      { value: [-0.6, 5.4, 3, -3.6], says: "this climbs" },
      { value: [6, 1, 3, 8.5], says: "learningRate is missing" },
      { value: [0.3, 4.8, 3, -1.95], says: "the slope is 2(w − 3)" },
      { value: [0.3, 4.3, 2.7, -1.7], says: "2(w − 3) is not 2w − 3" },
      { value: [0.6, -0.4, 0, 1.1], says: "the step starts from w: w minus …" },
      { value: [-0.6, 0.4, 0, -1.1], says: "that is the step alone: w minus it is wanted" },
      { value: [-6, 4, 0, -11], says: "that is the slope, not the place after a step" },
      { value: [-0.9, 4.6, 3, -5.525], says: "the slope of L is wanted, not L" },
    ],
  });
  const longer = [0, 5].map((w) => stepDown(w, 0.5));
  await check("with another learning rate", longer, [3, 3], { hint: "use learningRate" });
});
