import { canonical, notebookText } from "../../../tools/notebooks/canonical.ts";

/** Text of a notebook file of code cells, as it is committed; a cell given as an object is taken as it is. */
export function committed(...cells: (string | Record<string, unknown>)[]): string {
  const sources = cells.filter((cell) => typeof cell === "string");
  const { cells: clean, ...rest } = canonical({
    cells: sources.map((source, index) => ({ cell_type: "code", id: `cell-${index}`, source, metadata: {} })),
  });
  const all = cells.map((cell) =>
    typeof cell === "string" ? clean.shift()! : cell as unknown as typeof clean[number]
  );
  return notebookText({ ...rest, cells: all });
}

/** A code cell with everything that the format asks for, and what `changes` says. */
export function cellWith(changes: Record<string, unknown>): Record<string, unknown> {
  return {
    cell_type: "code",
    execution_count: null,
    id: "special",
    metadata: {},
    outputs: [],
    source: ["1;"],
    ...changes,
  };
}
