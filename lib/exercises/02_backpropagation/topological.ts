/** Exercise 2: the numbers behind a result, each once, parents first. */

import { check, checkThat } from "../../notebook/check.ts";
import { exercise } from "../exercise.ts";
import type { Engine, Scalar } from "./scalars.ts";

type Topological = (root: Scalar) => Scalar[];

/** The order of a graph in which two numbers are used twice. */
export const checkTopological = exercise(
  "02",
  "a topological order",
  async (topological: Topological, { Scalar, add, mul }: Engine) => {
    const a = new Scalar(2), c = mul(a, a), d = add(c, a), root = mul(c, d);
    const order = topological(root), different = new Set(order).size;
    const counts = `${order.length} entries, ${different} different; wanted are 4 and 4`;
    await checkThat("a, c, d and L, each once", order.length === 4 && different === 4, counts);
    const last = "a number comes after its parents, so the root comes last";
    await checkThat("L is last", order.at(-1) === root, last);
    await checkThat("c and a are before d", order[0] === a && order[1] === c, last);
  },
);

/** Whether a number that was seen is not visited again. */
export const checkEachOnce = exercise(
  "02",
  "each number visited once",
  async (topological: Topological, { Scalar, add }: Engine) => {
    const hint = "remember what was seen, and do not visit it again";
    let doubled = new Scalar(1);
    for (let i = 0; i < 20; i++) doubled = add(doubled, doubled);
    await check("twenty doublings are 21 numbers", topological(doubled).length, 21, { hint });

    let looks = 0, watched = new Scalar(1); // counts how often parents are asked for
    for (let i = 0; i < 10; i++) {
      const parents = [watched, watched];
      watched = Object.defineProperty(new Scalar(1), "parents", { get: () => (looks++, parents) });
    }
    topological(watched);
    await checkThat("ten doublings do not take hundreds of visits", looks < 100, hint);
  },
);
