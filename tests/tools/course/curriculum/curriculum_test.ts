import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { curriculumProblems } from "../../../../tools/course/curriculum/check.ts";
import { CLAIMS } from "../../../../tools/course/curriculum/claims.ts";
import { findPlaces, type Place, type Places } from "../../../../tools/course/curriculum/places.ts";
import { ROWS } from "../../../../tools/course/curriculum/rows.ts";
import { claimTable, curriculumTable } from "../../../../tools/course/curriculum/table.ts";
import { renderCurriculum } from "../../../../tools/course/site/curriculum_page.ts";

const place = (home: string): Place => ({ notebook: `${home}_name`, cell: 3, id: "a-cell", kind: "code" });

/** A course that keeps every promise. */
function complete(): Places {
  const places: Places = new Map(ROWS.map(({ number, homes }) => [`row-${number}`, homes.map(place)]));
  for (const { tag, cells = ["a-cell"] } of CLAIMS) {
    const shown = cells.map((id) => ({ ...place("01"), id }));
    if (!places.has(tag) || cells[0] !== "a-cell") places.set(tag, [...places.get(tag) ?? [], ...shown]);
  }
  return places;
}

Deno.test("the curriculum has the rows 1 to 74, each with a home, and claims on all seventeen mistakes", () => {
  assertEquals(ROWS.map(({ number }) => number), Array.from({ length: 74 }, (_, i) => i + 1));
  assert(ROWS.every(({ homes }) => homes.length > 0 && homes.every((home) => /^0[0-5]$/.test(home))));
  const mistakes = new Set(CLAIMS.map(({ tag }) => tag).filter((tag) => tag.startsWith("mistake-")));
  assertEquals(mistakes.size, 17);
});

Deno.test("curriculumProblems() finds nothing in a course that keeps every promise", () => {
  assertEquals(curriculumProblems(complete()), []);
});

Deno.test("curriculumProblems() names a row that is missing in one of its homes, and a claim that is not shown", () => {
  const places = complete();
  places.set("row-7", [place("02")]);
  places.delete("mistake-12");
  const [missing, unshown] = curriculumProblems(places);
  assertStringIncludes(missing.message, "row 7");
  assertEquals(missing.at, "notebook 04");
  assertStringIncludes(unshown.hint ?? "", "mistake-12");
});

Deno.test("curriculumProblems() names a cell that a claim counts on and that is gone", () => {
  const places = complete();
  places.set("mistake-5", places.get("mistake-5")!.filter(({ id }) => id !== "billion"));
  const [problem] = curriculumProblems(places);
  assertStringIncludes(problem.hint ?? "", "Give the cell billion the tag mistake-5");
});

Deno.test("curriculumProblems() names a tag that is on no list", () => {
  const [problem] = curriculumProblems(complete().set("row-75", [place("03")]));
  assertEquals([problem.file, problem.at], ["notebooks/03_name.ipynb", "cell 3 (a-cell)"]);
});

Deno.test("findPlaces() reads the tags of cells that hold something", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const cell = (source: string, tags: string[]) => ({
      cell_type: "code",
      source,
      id: "x",
      metadata: { tags },
    });
    const cells = [cell("1", ["row-2", "exercise"]), cell(" ", ["row-3"]), cell("2", ["row-2", "mistake-4"])];
    const path = join(folder, "01_a.ipynb");
    await Deno.writeTextFile(path, JSON.stringify({ cells }));
    const places = await findPlaces([path]);
    assertEquals([...places.keys()], ["row-2", "mistake-4"]);
    assertEquals(places.get("row-2")!.map(({ notebook, cell }) => [notebook, cell]), [["01_a", 1], [
      "01_a",
      3,
    ]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the tables and the page say where each row and claim is shown, and what is missing", () => {
  const places = complete();
  places.delete("row-20");
  assertEquals(curriculumTable(places).split("\n").filter((line) => line.includes("MISSING")).length, 1);
  assertStringIncludes(claimTable(places), "MISSING");
  const page = renderCurriculum(places, new Set(["01_name"]));
  assertStringIncludes(page, '<a href="01_name.html#cell-3">01 a-cell</a>');
  assert(!page.includes('href="02_name'), "no link to a page that there is not");
  assertEquals(page.split("<tr>").length - 1, 2 + ROWS.length + CLAIMS.length);
});
