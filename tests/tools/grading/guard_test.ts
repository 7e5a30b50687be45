import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { check } from "backprop";
import { Guard, TamperError } from "../../../tools/grading/inside/guard.ts";
import { sha256 } from "../../../tools/grading/inside/sha256.ts";

/** A guard, and the words that it expects. */
function guarded(): { guard: Guard; words: string[]; last: string } {
  const words = ["seed"];
  while (words.length < 6) words.unshift(sha256(words[0]));
  return { guard: new Guard(words[0]), words: words.slice(1), last: words[0] };
}

Deno.test("sha256() gives what the standard says, for every length around a block's", async () => {
  for (let length = 0; length < 200; length++) {
    const text = "abcdefghij".repeat(20).slice(0, length);
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    assertEquals(
      sha256(text),
      [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      `${length}`,
    );
  }
});

Deno.test("words that were never said may be left out", () => {
  const { guard, words } = guarded();
  for (const i of [0, 2, 4]) guard.register(words[i], {});
});

Deno.test("no word that was said helps to find the next; the first wrong one ends the grading", () => {
  const wrong = [
    (words: string[]) => words[0],
    (_: string[], last: string) => last,
    () => "",
    (words: string[]) => ({ toString: () => words[0] }) as unknown as string,
    (words: string[]) => sha256(words[0]),
    () => undefined as unknown as string,
  ];
  for (const say of wrong) {
    const { guard, words, last } = guarded();
    guard.register(words[0], { a: () => 1 });
    const told = assertThrows(() => guard.register(say(words, last), { a: () => 2 }), TamperError);
    assertMatch(told.message, /spoke to the guard as if it were the grader/);
    // The grader itself is not heard any more.
    assertThrows(() => guard.check(words[1], { a: () => 1 }), TamperError, "spoke to the guard");
  }
});

Deno.test("a check whose names were replaced, lost or never made is refused", () => {
  const cases: [() => unknown, string][] = [
    [() => 2, "a was replaced by another cell; this check needs the original"],
    [() => {
      throw new ReferenceError();
    }, "a is gone"],
  ];
  for (const [now, says] of cases) {
    const { guard, words } = guarded();
    guard.register(words[0], { a: () => 1 });
    assertThrows(() => guard.check(words[1], { a: now }), TamperError, says);
  }
  const { guard, words } = guarded();
  assertThrows(() => guard.check(words[0], { b: () => 1 }), TamperError, "b is missing");
});

Deno.test("a check takes its names from the guard, and those that earlier checks have made", async () => {
  const { guard, words } = guarded();
  guard.register(words[0], { check: () => check });
  guard.check(words[1], { check: () => check });
  const names = guard.names(words[2], []) as { check: typeof check };
  await names.check("one", 1, 1);
  guard.done(words[3], 1, { made: () => 5 });
  assertEquals(guard.names(words[4], ["made"]).made, 5);
});

Deno.test("the check of an exercise counts once it is content, and not before", async () => {
  const check = (answer: unknown) => answer === 1 ? Promise.resolve() : Promise.reject(new Error("wrong"));
  for (const [answer, counts] of [[1, true], [2, false]] as const) {
    const { guard, words } = guarded();
    guard.register(words[0], { checkOne: () => check });
    guard.check(words[1], { checkOne: () => check });
    const { checkOne } = guard.names(words[2], [], ["checkOne"]) as { checkOne: typeof check };
    await checkOne(answer).catch(() => {});
    if (counts) guard.done(words[3], 1, {});
    else assertThrows(() => guard.done(words[3], 1, {}), TamperError, "only 0 of 1 comparisons");
  }
});

Deno.test("should the library's check be exchanged all the same, its comparisons are missing", () => {
  const fake = () => {};
  const { guard, words } = guarded();
  guard.register(words[0], { check: () => fake });
  guard.check(words[1], { check: () => fake });
  (guard.names(words[2], []) as { check: (...args: unknown[]) => void }).check("one", 1, 2);
  assertThrows(() => guard.done(words[3], 1, {}), TamperError, "only 0 of 1 comparisons");
});
