// The curriculum and the claim ledger, for a terminal.
import { CLAIMS } from "./claims.ts";
import { placesOf, placesOfClaim } from "./check.ts";
import type { Place, Places } from "./places.ts";
import { ROWS } from "./rows.ts";

/** Most cells named in a line. */
const MOST = 3;

/** Row by row: what, and in which cells of which notebook. */
export function curriculumTable(places: Places): string {
  const lines = ROWS.map((row) =>
    `${String(row.number).padStart(3)}  ${shorten(row.item, 62).padEnd(62)}  ${cells(placesOf(row, places))}`
  );
  return ["row  what", ...lines].join("\n");
}

/** Claim by claim: the verdict, and where it is shown. */
export function claimTable(places: Places): string {
  const lines = CLAIMS.map((entry) =>
    `${entry.verdict.padEnd(10)} ${shorten(entry.claim, 66).padEnd(66)}  ${
      cells(placesOfClaim(entry, places))
    }`
  );
  return ["verdict    claim", ...lines].join("\n");
}

function cells(places: Place[]): string {
  if (places.length === 0) return "MISSING";
  const shown = places.slice(0, MOST).map(({ notebook, id }) => `${notebook.slice(0, 2)} ${id}`);
  return shown.join(", ") + (places.length > MOST ? ` and ${places.length - MOST} more` : "");
}

const shorten = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
