import { assertEquals, assertRejects } from "@std/assert";
import { guess } from "../../lib/notebook/guess.ts";
import { printed } from "./fake_kernel.ts";

const said = async (...args: Parameters<typeof guess>) => (await printed(() => guess(...args))).join("\n");

Deno.test("guess() asks as long as there is no guess, and tells nothing", async () => {
  assertEquals(
    await said("How many weights?", NaN, 101_632),
    "How many weights? Put your guess in the place of NaN, and run this cell again.",
  );
  assertEquals(
    await said("Which one?", "", "B"),
    'Which one? Put your guess in the place of "", and run this cell again.',
  );
});

Deno.test("guess() says how far off a number is", async () => {
  assertEquals(await said("How many?", 101_632, () => 101_632), "Yes: 101,632.");
  assertEquals(await said("How many?", 100_000, 101_632), "Close enough: it is 101,632.");
  assertEquals(await said("How many?", 1000, 101_632), "It is 101,632. You said 1,000: 102 times too small.");
  assertEquals(await said("How many?", 9, 3), "It is 3. You said 9: 3.0 times too large.");
  assertEquals(await said("The slope?", 5, 6), "It is 6. You said 5.");
  assertEquals(await said("The slope?", -6, 6), "It is 6. You said -6.");
  assertEquals(await said("The share?", 0.2, 0.2051, { tolerance: 0.001 }), "It is 0.2051. You said 0.2.");
});

Deno.test("guess() compares words without regard to case", async () => {
  assertEquals(await said("Which one?", " b", "B"), "Yes: B.");
  assertEquals(await said("Which one?", "A", "B"), "B. You said A. Which sentence of your reasoning was it?");
});

Deno.test("guess() refuses a word where a number is asked for", async () => {
  await assertRejects(
    () => guess("How many?", "six" as unknown as number, 6),
    TypeError,
    'guess("How many?") asks for a number, got "six".',
  );
});
