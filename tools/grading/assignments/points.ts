// Points are moved between the checks of a notebook; their sum stays.
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { gradedCells, TOTAL_POINTS } from "./marks.ts";

/** Points cannot be moved so. */
export class PointsError extends Error {
  override readonly name = "PointsError";
}

/**
 * Give checks these points; what is left of 100 goes to the others, in proportion to what they had, in whole points.
 *
 * @param wanted By the check's id
 * @throws {PointsError} If there is no such check, another one has no points yet, or too few are left
 *
 * @example
 * ```ts
 * import { movePoints } from "./points.ts";
 * import { gradedCells } from "./marks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const check = (id: string, points?: number) => ({
 *   cell_type: "code",
 *   id,
 *   source: "",
 *   metadata: { nbgrader: { grade: true, solution: false, locked: true, points } },
 * });
 * const moved = movePoints({ cells: [check("a", 60), check("b", 40), check("new")] }, { new: 10 });
 * assertEquals(gradedCells(moved).map(({ metadata }) => metadata?.nbgrader?.points), [54, 36, 10]);
 * ```
 */
export function movePoints(notebook: Notebook, wanted: Record<string, number>): Notebook {
  const checks = gradedCells(notebook).map(({ id, metadata }) => ({
    id: id ?? "",
    points: metadata?.nbgrader?.points,
  }));
  const known = checks.map(({ id }) => id);
  for (const [id, points] of Object.entries(wanted)) {
    if (!known.includes(id)) {
      throw new PointsError(`There is no check ${id}. There are: ${known.join(", ")}.`);
    }
    if (!(Number.isInteger(points) && points > 0)) {
      throw new PointsError(
        `A check is worth a whole number of points, 1 or more; ${id} was to get ${points}.`,
      );
    }
  }
  const others = checks.filter(({ id }) => !(id in wanted));
  const nameless = others.filter(({ points }) => !points).map(({ id }) => id);
  if (nameless.length > 0) {
    throw new PointsError(`Without points yet: ${nameless.join(", ")}. Give them, too: ${nameless[0]}=10`);
  }
  const left = TOTAL_POINTS - Object.values(wanted).reduce((sum, points) => sum + points, 0);
  if (others.length === 0 ? left !== 0 : left < others.length) {
    throw new PointsError(
      `All points are ${TOTAL_POINTS}; that leaves ${left} for ${others.length} other checks, and each needs 1.`,
    );
  }
  const shared = { ...wanted, ...share(others as { id: string; points: number }[], left) };
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => {
      const points = cell.metadata?.nbgrader?.grade && cell.id !== undefined ? shared[cell.id] : undefined;
      if (points === undefined) return cell;
      return { ...cell, metadata: { ...cell.metadata, nbgrader: { ...cell.metadata!.nbgrader!, points } } };
    }),
  };
}

/** Whole numbers that come to `left`, in proportion, each at least 1: the largest remainders are rounded up. */
function share(checks: { id: string; points: number }[], left: number): Record<string, number> {
  const total = checks.reduce((sum, { points }) => sum + points, 0);
  const exact = checks.map(({ id, points }) => ({ id, points: points * left / total }));
  const given = new Map(exact.map(({ id, points }) => [id, Math.max(1, Math.floor(points))]));
  const sum = () => [...given.values()].reduce((a, b) => a + b, 0);
  const byRest = exact.toSorted((a, b) => b.points % 1 - a.points % 1);
  for (let i = 0; sum() < left; i++) given.set(byRest[i].id, given.get(byRest[i].id)! + 1);
  while (sum() > left) {
    const [largest] = [...given].toSorted((a, b) => b[1] - a[1]);
    given.set(largest[0], largest[1] - 1);
  }
  return Object.fromEntries(given);
}
