// The test of one notebook's checks: each notebook has a file of its own, so that they can run at the same time.
import { assertEquals } from "@std/assert";
import { ATTEMPTS } from "./answers/all.ts";
import { type Attempt, type Outcome, slipIn, tryAttempts } from "./attempts.ts";
import { readNotebooks } from "./course.ts";

/** Tries all attempts at the exercises of a notebook. */
export function testAttempts(name: string): void {
  Deno.test(`${name}: checks refuse what is wrong, accept what is right, and name the slip that it was`, async () => {
    const attempts = ATTEMPTS[name];
    const outcomes = await tryAttempts((await readNotebooks()).get(name)!, attempts);
    const wrong = Object.entries(attempts).flatMap(([id, list]) =>
      list.flatMap((attempt) => faults(attempt, outcomes.get(attempt)!).map((fault) => `${id}: ${fault}`))
    );
    assertEquals(wrong, []);
  });
}

/** Where the outcome of an attempt is not what it must be. */
function faults({ did, slip, says = "", passes }: Attempt, { visible, all }: Outcome): string[] {
  const message = visible?.message ?? "passed";
  if (passes === "all") return all ? [`${did}: is right and refused: ${all.message}`] : [];
  if (passes === "visible") {
    return visible || !all ? [`${did}: only a hidden test should refuse it: ${message}`] : [];
  }
  if (!visible) return [`${did}: passes`];
  const named = slipIn(message);
  const otherSlip = slip === undefined ? named !== undefined : !named?.includes(slip);
  return [
    ...otherSlip ? [`${did}: names ${named}\n${message}`] : [],
    ...message.includes(says) ? [] : [`${did}: does not say ${says}\n${message}`],
  ];
}
