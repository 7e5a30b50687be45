import { assertEquals } from "@std/assert";
import { type Attempt, slipIn, tryAttempts } from "./attempts.ts";
import { ATTEMPTS } from "./answers/all.ts";
import { readNotebooks } from "./course.ts";

const notebooks = await readNotebooks();

for (const [name, attempts] of Object.entries(ATTEMPTS)) {
  Deno.test(`${name}: checks refuse what is wrong, accept what is right, and name the slip that it was`, async () => {
    const outcomes = await tryAttempts(notebooks.get(name)!, attempts);
    const wrong = Object.entries(attempts).flatMap(([id, list]) =>
      list.flatMap((attempt) => faults(attempt, outcomes.get(attempt)).map((fault) => `${id}: ${fault}`))
    );
    assertEquals(wrong, []);
  });
}

/** Where the outcome of an attempt is not what it must be. */
function faults(
  attempt: Attempt,
  outcome: { visible?: { cell: string; message: string }; all?: unknown } | undefined,
) {
  const { did, slip, says = "", passes } = attempt;
  if (!outcome) return [`${did}: was not tried`];
  const message = outcome.visible?.message;
  if (passes === "all") {
    return outcome.all === undefined ? [] : [`${did}: is right and refused: ${JSON.stringify(outcome.all)}`];
  }
  if (passes === "visible") {
    return outcome.visible || !outcome.all
      ? [`${did}: only a hidden test should refuse it: ${message ?? "passed"}`]
      : [];
  }
  if (message === undefined) return [`${did}: passes`];
  const named = slipIn(message);
  return [
    ...(slip === undefined ? named !== undefined : !named?.includes(slip))
      ? [`${did}: names ${named}\n${message}`]
      : [],
    ...message.includes(says) ? [] : [`${did}: does not say ${says}\n${message}`],
  ];
}
