import { markDone } from "./progress.ts";

/** An exercise of the course, by the number of its notebook and what is done when its check passes. */
export interface Exercise {
  readonly notebook: string;
  readonly name: string;
}

const known: Exercise[] = [];

/** Every exercise whose check has been loaded, in the order of the course. */
export function exercises(): readonly Exercise[] {
  return known;
}

/**
 * The check of an exercise: `check` throws if the answer is wrong; if it does not, the learner's folder remembers that
 * the exercise is done.
 *
 * @param notebook Its number, such as `"02"`
 * @param name What is done when it passes
 */
export function exercise<Answer extends readonly unknown[]>(
  notebook: string,
  name: string,
  check: (...answer: Answer) => void | Promise<void>,
): (...answer: Answer) => Promise<void> {
  const self = { notebook, name };
  known.push(self);
  return (...answer) => {
    const checked = check(...answer); // most throw at once, even where `await` was forgotten
    return Promise.resolve(checked).then(() => markDone(self, known));
  };
}
