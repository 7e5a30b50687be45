/**
 * Print what the course promises and which cell keeps each promise, and the ledger of claims: `deno task curriculum`.
 * Exits with 1 if a row is missing.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { conclude, type Problem } from "../checks/problem.ts";
import { curriculumProblems } from "./curriculum/check.ts";
import { findPlaces, type Places } from "./curriculum/places.ts";
import { claimTable, curriculumTable } from "./curriculum/table.ts";
import { listNotebooks } from "../notebooks/execute_all.ts";

/** Where everything is, in the notebooks of a project. */
export async function coursePlaces(root: string): Promise<Places> {
  return findPlaces(await listNotebooks(join(root, "notebooks")));
}

/** Everything that the notebooks of a project promise and do not deliver. */
export async function checkCurriculum(root: string): Promise<Problem[]> {
  return curriculumProblems(await coursePlaces(root));
}

const HELP =
  `Say which cell of the notebooks delivers what the course promises, and the verdict on each claim.

  deno task curriculum

  --help   Show this

It runs and writes nothing. Exits with 1 if a row or a claim has no cell.`;

if (import.meta.main) {
  readArguments({ task: "curriculum", help: HELP });
  const places = await coursePlaces(fromFileUrl(new URL("../..", import.meta.url)));
  console.log(`${curriculumTable(places)}\n\n${claimTable(places)}\n`);
  conclude(curriculumProblems(places), "Every row has its cells, and every claim its verdict.");
}
