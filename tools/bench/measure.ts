// Measuring: everyone does the same in turns, so that what else the machine does meets them all; then the median.
import type { Participant } from "./participant.ts";
import type { BenchRequest } from "./request.ts";

/** Milliseconds of rest before each turn: the threads of the one before wait for more work in busy loops for a while. */
const PAUSE = 300;

/** Measured numbers of each participant, by name. */
export type Measured = Record<string, number>;

/**
 * The median of interleaved runs.
 *
 * @param rounds How often each is asked; once more before, which does not count
 */
export async function interleaved(
  participants: readonly Participant[],
  request: BenchRequest,
  rounds: number,
): Promise<Measured> {
  const all: Record<string, number[]> = {};
  for (let round = -1; round < rounds; round++) {
    for (const participant of participants) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const measured = await participant.ask(request);
      if (round >= 0) (all[participant.name] ??= []).push(measured);
    }
  }
  return Object.fromEntries(Object.entries(all).map(([name, numbers]) => [name, median(numbers)]));
}

/** The middle one; of an even number, halfway between the two in the middle. */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError("median: there are no numbers.");
  const sorted = numbers.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
