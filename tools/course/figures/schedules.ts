import {
  cosineSchedule,
  linearWarmup,
  lineChart,
  oneCycleSchedule,
  type Schedule,
  stepSchedule,
} from "backprop";
import type { Figure } from "./figure.ts";

/** How the learning rate changes while training. */
export const schedules: Figure = {
  says: "Learning rate against step: steps down, cosine, warm-up and cosine, one cycle",
  options: {
    "learning-rate": { default: "0.001", says: "the highest" },
    steps: { default: "1000", says: "of the whole training, 10 to 1,000,000" },
    warmup: { default: "100", says: "steps of the warm-up, from 1e-7" },
  },
  draw(settings) {
    const learningRate = settings.number("learning-rate", { least: 1e-7 });
    const steps = settings.number("steps", { least: 10, most: 1e6, whole: true });
    const warmup = settings.number("warmup", { least: 1, most: steps - 1, whole: true });
    const kinds: Record<string, Schedule> = {
      "halved every quarter": stepSchedule({ learningRate, every: Math.ceil(steps / 4), factor: 0.5 }),
      "cosine": cosineSchedule({ learningRate, steps }),
      "warm-up, cosine": linearWarmup(cosineSchedule({ learningRate, steps: steps - warmup }), {
        steps: warmup,
        from: 1e-7,
      }),
      "one cycle": oneCycleSchedule({ maxLearningRate: learningRate, steps }),
    };
    const rows = Object.entries(kinds).flatMap(([series, schedule]) =>
      Array.from({ length: 201 }, (_, i) => Math.round(i * (steps - 1) / 200))
        .map((step) => ({ x: step, y: schedule(step), series }))
    );
    const title = `Four ways down from ${learningRate} in ${steps} steps`;
    return { chart: lineChart(rows, { xLabel: "step", yLabel: "learning rate", title, dots: false }) };
  },
};
