// Is everything delivered that was promised?
import type { Problem } from "../../checks/problem.ts";
import { type Claim, CLAIMS } from "./claims.ts";
import { cellName } from "../../notebooks/cell_name.ts";
import type { Place, Places } from "./places.ts";
import { type Row, ROWS } from "./rows.ts";

/** The cells of a row, in all notebooks. */
export function placesOf({ number }: Row, places: Places): Place[] {
  return places.get(`row-${number}`) ?? [];
}

/** The cells that show a claim. */
export function placesOfClaim({ tag, cells }: Claim, places: Places): Place[] {
  return (places.get(tag) ?? []).filter(({ id }) => cells === undefined || cells.includes(id));
}

/** A sentence for each promise that no cell keeps, and for each tag that promises what is not on the list. */
export function curriculumProblems(places: Places): Problem[] {
  const missing = ROWS.flatMap((row) =>
    row.homes.filter((home) => !placesOf(row, places).some(({ notebook }) => notebook.startsWith(home)))
      .map((home): Problem => ({
        file: "notebooks",
        at: `notebook ${home}`,
        rule: "curriculum",
        message: `No cell delivers row ${row.number}: ${row.item}.`,
        hint: `Give the cell that does the tag row-${row.number}.`,
      }))
  );
  const unshown = CLAIMS.flatMap((entry) => {
    const shown = placesOfClaim(entry, places).map(({ id }) => id);
    const lost = entry.cells?.filter((cell) => !shown.includes(cell)) ?? [];
    if (shown.length > 0 && lost.length === 0) return [];
    const which = lost.length > 0 ? `the cell ${lost.join(", ")}` : "the cell that does";
    return [{
      file: "notebooks",
      at: "",
      rule: "claims",
      message: `No cell looks into the claim: ${entry.claim}`,
      hint: `Give ${which} the tag ${entry.tag}, or mend the claim in tools/course/curriculum/claims.ts.`,
    }];
  });
  const known = new Set([...ROWS.map(({ number }) => `row-${number}`), ...CLAIMS.map(({ tag }) => tag)]);
  const unknown = [...places].filter(([tag]) => !known.has(tag)).map(([tag, [place]]): Problem => ({
    file: `notebooks/${place.notebook}.ipynb`,
    at: cellName(place.cell - 1, place.id),
    rule: "curriculum",
    message: `The tag ${tag} is on no list.`,
    hint: "See tools/course/curriculum/rows.ts and claims.ts.",
  }));
  return [...missing, ...unshown, ...unknown];
}
