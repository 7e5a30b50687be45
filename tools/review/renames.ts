// Cells that have another id than they had: one that is gone and one that is new, and say the same.
import { diffArrays } from "diff";
import type { Golden, Source } from "./golden.ts";
import { cellOf } from "./golden.ts";

/** Two cells with less in common are two cells. */
const ALIKE = 0.6;

/**
 * Which cells were renamed: new id → old id. Of those that could be one another, the most alike are.
 *
 * @param before What the cells said, by their ids
 * @param after What they say
 */
export function renamedCells(before: Map<string, Source>, after: Map<string, Source>): Map<string, string> {
  const [lost, fresh] = [
    [...before.keys()].filter((id) => !after.has(id)),
    [...after.keys()].filter((id) => !before.has(id)),
  ];
  const pairs = fresh.flatMap((is) =>
    lost.map((was) => ({ is, was, alike: likeness(before.get(was)!, after.get(is)!) }))
  );
  const renamed = new Map<string, string>();
  for (const { is, was, alike } of pairs.sort((a, b) => b.alike - a.alike)) {
    if (alike < ALIKE || renamed.has(is) || [...renamed.values()].includes(was)) continue;
    renamed.set(is, was);
  }
  return renamed;
}

/** The share of words that two cells have in common; those of different types have none. */
function likeness(a: Source, b: Source): number {
  if (a.type !== b.type) return 0;
  if (a.text === b.text) return 1;
  const [old, fresh] = [a, b].map(({ text }) => text.match(/[\p{L}\p{N}_]+/gu) ?? []);
  const common = diffArrays(old, fresh).reduce(
    (sum, { added, removed, count }) => sum + (added || removed ? 0 : count),
    0,
  );
  return 2 * common / (old.length + fresh.length);
}

/** What was kept, under the ids that the cells have now. */
export function withNewIds({ cells, texts, files }: Golden, renamed: Map<string, string>): Golden {
  const ids = new Map([...renamed].map(([is, was]) => [was, is]));
  const id = (old: string) => ids.get(old) ?? old;
  const rename = <T>(map: Map<string, T>) => new Map([...map].map(([old, value]) => [id(old), value]));
  const kept = [...files].map(([file, content]) =>
    [id(cellOf(file)) + file.slice(cellOf(file).length), content] as const
  );
  return { cells: rename(cells), texts: rename(texts), files: new Map(kept) };
}
