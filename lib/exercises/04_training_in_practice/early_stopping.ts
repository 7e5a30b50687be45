/** Exercise 1: early stopping. */

import { checkCases } from "../../notebook/check_cases.ts";
import { exercise } from "../exercise.ts";

interface Run {
  trainOneEpoch(): void;
  validationLoss(): number;
  save(): unknown;
  restore(saved: unknown): void;
}
type TrainWithPatience = (run: Run, epochs: number, patience: number) => number;

/** A run that trains nothing: its validation losses are written down, its weights are the number of an epoch. */
class Actor implements Run {
  epoch = 0;
  weightsOf = 0;
  constructor(readonly script: readonly number[]) {}
  trainOneEpoch = () => void (this.weightsOf = ++this.epoch);
  validationLoss = () => this.script[this.epoch - 1];
  save = () => this.weightsOf;
  restore = (saved: unknown) => void (this.weightsOf = saved as number);
}

/** Lets the learner's function train an actor: the best epoch, that of the weights in the end, the epochs trained. */
export function rehearse(train: TrainWithPatience, script: readonly number[], patience: number): number[] {
  const actor = new Actor(script);
  const found = train(actor, script.length, patience);
  return [found, actor.weightsOf, actor.epoch];
}

const SCRIPTS: [name: string, script: number[], patience: number][] = [
  ["the table above", [0.9, 0.5, 0.6, 0.4, 0.45, 0.5, 0.3], 2],
  ["better to the end", [0.9, 0.8, 0.7], 1],
  ["enough patience to find it", [0.5, 0.6, 0.7, 0.4], 5],
  ["as good is not better", [0.5, 0.6, 0.5, 0.5, 0.2], 3],
  ["the last epoch comes first", [0.9, 0.5, 0.6, 0.7, 0.8], 9],
  ["less bad is not better", [0.5, 0.7, 0.6, 0.65, 0.64], 2],
];

/** What comes of the six scripts: a digit for each. */
const gives = (best: string, weightsOf: string, trained: string): number[][] =>
  [...best].map((_, i) => [best, weightsOf, trained].map((row) => Number(row[i])));

/** Six scripts. */
export const checkEarlyStopping = exercise("04", "early stopping", (train: TrainWithPatience) => {
  const right = gives("434121", "434121", "634453");
  const cases = Object.fromEntries(SCRIPTS.map(([name, script, patience], i) => {
    const told = `${name} (${script.join(" ")}; patience ${patience})`;
    return [told, { of: [script, patience] as [number[], number], is: right[i] }];
  }));
  return checkCases(
    "early stopping",
    (script: number[], patience: number) => rehearse(train, script, patience),
    {
      cases,
      slips: {
        "epochs are counted from 1": gives("323010", "434121", "634453"),
        "the best weights were not put back": gives("434121", "634453", "634453"),
        "not put back where patience ended it": gives("434121", "634423", "634453"),
        "put back only where patience ended it": gives("434121", "434151", "634453"),
        "one epoch late: stop at patience": gives("734521", "734521", "734554"),
        "one epoch early: stop at patience": gives("234121", "234121", "334352"),
        "stopped at the first rise": gives("231121", "231121", "332232"),
        "each new best starts the wait anew": gives("434121", "434121", "534453"),
        "as good is no new best": gives("434521", "434521", "634553"),
        "against the lowest so far, not the last": gives("434525", "434525", "634555"),
      },
      hint: "[best epoch, epoch whose weights it has in the end, epochs trained]",
    },
  );
});
