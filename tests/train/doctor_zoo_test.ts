/**
 * The doctor before runs that were broken on purpose, and before healthy ones.
 *
 * Four zoos. The rules were made with the first. The second and the third were each written when the rules seemed
 * finished, and each showed faults that were then mended: at first sight 78 of 84 causes in the second were named first
 * and 18 of 21 healthy runs left in peace; in the third, 48 of 57 and 15 of 15. The fourth was written after that, and
 * is the one that counts: 42 of 48, and 15 of 15. Two things were changed since, for other reasons and without effect on
 * the score: the trend of a loss that swings is measured by means, not by medians; and weights count as equal by
 * comparison with the largest of their layer, since decay makes them tiny but not equal.
 */
import { doctor } from "backprop";
import { assert, assertEquals } from "@std/assert";
import * as heldOut from "./doctor/held_out_zoo.ts";
import type { Animal } from "./doctor/keeping.ts";
import * as second from "./doctor/second_zoo.ts";
import * as third from "./doctor/third_zoo.ts";
import * as first from "./doctor/zoo.ts";

/** What the issue asks for: 13 of 15. */
const WANTED = 13 / 15;

interface Score {
  named: number;
  of: number;
}

/** Shows every run to the doctor; prints what was planted and what was named, and counts. */
async function visit(title: string, animals: readonly Animal[], seeds: readonly number[]): Promise<Score> {
  const score: Score = { named: 0, of: 0 };
  const lines = [];
  for (const { name, planted, run } of animals) {
    const answers = [];
    for (const seed of seeds) {
      const { history, model, options } = await run(seed);
      const { findings } = doctor(history, model, options);
      answers.push(findings[0]?.causes[0].cause ?? "healthy");
    }
    const named = answers.filter((answer) => answer === planted).length;
    const others = answers.filter((answer) => answer !== planted);
    score.named += named;
    score.of += answers.length;
    const misses = others.length > 0 ? ` (else: ${others.join(", ")})` : "";
    lines.push(`  ${planted.padEnd(24)} ${named}/${answers.length}  ${name}${misses}`);
  }
  console.log([`${title}: ${score.named} of ${score.of}`, ...lines].join("\n"));
  return score;
}

Deno.test("doctor() names the planted cause first in the runs that its rules were made with", async () => {
  const scores = [
    await visit("Made with, broken", first.broken, [1, 2, 3]),
    await visit("Second zoo, broken", second.broken, [2]),
    await visit("Third zoo, broken", third.broken, [3]),
  ];
  const named = scores.reduce((sum, score) => sum + score.named, 0);
  const of = scores.reduce((sum, score) => sum + score.of, 0);
  console.log(`Seen before, broken: ${named} of ${of} named first.`);
  assert(named / of >= WANTED, `named ${named} of ${of}`);
});

Deno.test("doctor() names the planted cause first in at least 13 of 15 runs that no rule was made with", async () => {
  assert(new Set(heldOut.broken.map(({ planted }) => planted)).size >= 15);
  const { named, of } = await visit("Held out, broken", heldOut.broken, [1, 2, 3]);
  assert(named / of >= WANTED, `named ${named} of ${of}`);
});

Deno.test("doctor() raises nothing on healthy runs", async () => {
  const scores = [
    await visit("Made with, healthy", first.healthy, [1, 2, 3]),
    await visit("Second zoo, healthy", second.healthy, [2]),
    await visit("Third zoo, healthy", third.healthy, [3]),
    await visit("Held out, healthy", heldOut.healthy, [1, 2, 3]),
  ];
  for (const { named, of } of scores) assertEquals(named, of);
});
