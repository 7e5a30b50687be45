import { pass } from "./check.ts";
import { agrees, type CheckOptions, faultOf } from "./fault.ts";
import { readNumbers } from "./numbers.ts";
import { likelySlip } from "./slips.ts";

/** What {@link checkCases} tries a function on. */
export interface Cases<A extends readonly unknown[]>
  extends Pick<CheckOptions, "hint" | "tolerance" | "kind"> {
  /** The function's arguments and its right answer to them, under a name that a learner reads */
  cases: Readonly<Record<string, { of: A; is: unknown }>>;
  /** Wrong functions that this exercise invites, or what they give for each case, by what to say to who wrote one */
  slips?: Readonly<Record<string, ((...args: A) => unknown) | readonly unknown[]>>;
  /** Examples in the batch, if the arguments are one */
  batchSize?: (...args: A) => number;
}

/**
 * Tries a learner's function on several cases. One quiet line if all come out right; throws at the first that does not,
 * as {@link check} does.
 *
 * A likely slip is named only if it explains **every** case, those that came out right among them: a number by itself
 * may come from many mistakes.
 *
 * @param title What is checked, as the learner knows it
 * @param mine The learner's function
 * @throws {CheckError} If a case comes out wrong, with its name
 * @throws {TypeError} If there is no case
 *
 * @example
 * ```ts
 * import { type Cases, checkCases, CheckError } from "backprop";
 * import { assertThrows } from "@std/assert";
 *
 * const slope: Cases<[x: number]> = {
 *   cases: { "x = 3": { of: [3], is: 6 }, "x = −1": { of: [-1], is: -2 } },
 *   slips: { "that is x², not its slope": (x) => x * x },
 * };
 * await checkCases("slope of x²", (x) => x + x, slope);
 * assertThrows(() => checkCases("slope of x²", (x) => x ** 2, slope), CheckError, "that is x²");
 * ```
 */
export function checkCases<A extends readonly unknown[]>(
  title: string,
  mine: (...args: A) => unknown,
  { cases, slips = {}, batchSize, ...options }: Cases<A>,
): Promise<void> {
  const { tolerance = 1e-5 } = options;
  const tried = Object.entries(cases).map(([name, { of, is }]) => ({
    name,
    args: of,
    wanted: is,
    got: mine(...of),
  }));
  if (tried.length === 0) throw new TypeError(`checkCases("${title}") has no case to try.`);
  const wrong = tried.filter(({ got, wanted, name }) => faultOf(name, got, wanted, options, null));
  if (wrong.length === 0) return pass(title);

  const [known] =
    Object.entries(slips).find(([, slip]) =>
      tried.every(({ args, got }, i) =>
        agrees(got, typeof slip === "function" ? slip(...args) : slip[i], tolerance)
      )
    ) ?? [];
  const [{ name, got, wanted }] = wrong;
  const guesses = wrong.map(({ args, got, wanted }) =>
    likelySlip(got, wanted, { tolerance, batchSize: batchSize?.(...args) })
  );
  const guess = isNumbers(got) ? common(guesses, tried.length) : guesses[0];
  throw faultOf(`${title}: ${name}`, got, wanted, options, known ?? guess ?? null)!;
}

/** Whether it can be compared at all. What cannot, or is NaN, needs no second case to be told. */
function isNumbers(value: unknown): boolean {
  const read = readNumbers(value);
  return "data" in read && Array.from(read.data).every(Number.isFinite);
}

/** What is said of every case; of numbers in it, only the first case's. */
function common(guesses: readonly (string | undefined)[], cases: number): string | undefined {
  const [first] = guesses;
  const words = (text?: string) => text?.replace(/[-−]?[\d.,/½]+/g, "#");
  const same = guesses.length === cases && guesses.every((guess) => words(guess) === words(first));
  return same ? first : undefined;
}
