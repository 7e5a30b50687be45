// What an error means for the student who reads it.
import type { Output } from "./grade_one.ts";

/** Words for a check that did not pass. */
export interface Explanation {
  sentence: string;
  /** Lines of the message of a check: expected, got … */
  facts: [name: string, text: string][];
  /** The mistake that leaves such marks, if the check knows one. */
  slip?: string;
  hint?: string;
}

/** What an exercise throws in which nothing has been written. */
export const EMPTY = /Not implemented/;
/** What stands in the place of an answer that rebuild.py did not find, though it may be there. */
const NOT_FOUND = /This answer could not be found in the file/;

type Failure = Extract<Output, { error: string }>;

/**
 * Explain why a check failed.
 *
 * @param output What the check's cell ended with
 * @param before What the cell with the student's answer ended with, if it failed
 * @param isEarlierEmpty Whether the answer is written, and one of an earlier exercise that it calls is not
 */
export function explain(output: Output | undefined, before?: Output, isEarlierEmpty = false): Explanation {
  const error = failureOf(output), earlier = failureOf(before);
  if (!error) return { sentence: "The check did not pass.", facts: [], hint: "Ask your instructor." };
  const own = ofOne(error);
  // A check that fails for want of a name fails because of the cell that should have made it.
  if (earlier && error.error !== "CheckError") {
    const cause = ofOne(earlier);
    if (EMPTY.test(earlier.message) || NOT_FOUND.test(earlier.message)) return cause;
    return { ...cause, sentence: `Your cell did not work, so nothing could be checked. ${cause.sentence}` };
  }
  if (!isEarlierEmpty) return own;
  return {
    sentence: "Your answer needs an earlier exercise, and that one is still empty.",
    facts: [],
    hint: "Write that one first; it is below “Your code”, too.",
  };
}

function failureOf(output: Output | undefined): Failure | undefined {
  return output && "error" in output ? output : undefined;
}

/** What to say of each kind of error, and what to do, from the first line of its message. */
const SAID: Record<string, (first: string) => [sentence: string, hint: string]> = {
  CellTimeoutError: (first) => [
    `The cell did not come to an end: ${first}.`,
    "Look for a loop whose condition never becomes false, or an await of something that never comes.",
  ],
  Stopped: (first) => [
    `The cell was stopped, and left out: ${first.replace(/^stopped: /, "")}.`,
    "Look for a list that grows without end, a call of Deno.exit, or code that starts programs.",
  ],
  NotRun: () => [
    "This cell did not run to its end.",
    "An earlier cell took all of the time, or ended the kernel.",
  ],
  TamperError: (first) => [
    `The check needs something that is no longer what it was: ${first}.`,
    "Do not give your own names the names that the notebook uses, and leave its other cells as they are.",
  ],
  SyntaxError: (first) => [
    `The code cannot be read: ${first}`,
    "Look at the line that is named, and at the brackets before it.",
  ],
  ReferenceError: (first) => [
    first,
    "Is the name spelt right, and does the cell that makes it come before, and work?",
  ],
};

function ofOne({ error, message }: Failure): Explanation {
  const [first, ...rest] = message.split("\n");
  const plain = (sentence: string, hint: string): Explanation => ({ sentence, facts: [], hint });
  if (EMPTY.test(message)) {
    return plain(
      "This part is still empty.",
      "Write your answer in place of the line that throws “Not implemented”.",
    );
  }
  if (NOT_FOUND.test(message)) {
    return plain(
      "Your answer could not be found in the file that you handed in.",
      "The program that saved it dropped what tells cells apart. Save it with JupyterLab or VS Code, and hand it in again.",
    );
  }
  if (error === "CheckError" || first.startsWith("✗")) return ofCheck(first, rest);
  if (Object.hasOwn(SAID, error)) return plain(...SAID[error](first));
  return plain(
    `${error}: ${first}`,
    "Run the cell alone, with small numbers, and print what goes in and what comes out.",
  );
}

/** What a check of the library has said, line by line. */
function ofCheck(first: string, rest: string[]): Explanation {
  const facts = rest.flatMap((line): [string, string][] => {
    const parts = line.match(/^\s*(expected|got|where|likely slip|hint): ([\s\S]*)$/);
    return parts ? [[parts[1], parts[2]]] : [];
  });
  const known: Record<string, string | undefined> = Object.fromEntries(facts);
  const slip = known["likely slip"];
  const small = "Compute one small case by hand, and compare it with what your code gives, step by step.";
  return {
    sentence: `The check “${first.replace(/^(?:CheckError: )?✗\s*/, "").trim()}” did not pass.`,
    facts: facts.filter(([name]) => name !== "likely slip" && name !== "hint"),
    slip,
    hint: known["hint"] ?? (slip ? undefined : small),
  };
}
