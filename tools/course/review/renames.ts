// Cells that have another id than they had: one that is gone and one that is new, and say the same.
import { diffArrays } from "diff";
import { cellOf, type Golden, type Source } from "./golden.ts";
import type { Shown } from "./shown.ts";

/** Two cells with less in common are two cells. */
const ALIKE = 0.6;
/** What the same output adds to the words in common. */
const SAME_OUTPUT = 0.4;

/**
 * Which cells were renamed: new id → old id. Of those that could be one another, the most alike are.
 *
 * @param known What the cells said and showed
 * @param sources What they say now, by their ids
 * @param shown What they show now
 */
export function renamedCells(
  known: Golden,
  sources: Map<string, Source>,
  shown: Shown[],
): Map<string, string> {
  const lost = [...known.cells.keys()].filter((id) => !sources.has(id));
  const fresh = [...sources.keys()].filter((id) => !known.cells.has(id));
  const now = {
    texts: new Map(shown.map(({ id, text }) => [id, text])),
    files: new Map(shown.flatMap(({ files }) => [...files])),
  };
  const pairs = fresh.flatMap((is) =>
    lost.map((was) => {
      const output = outputOf(known, was);
      const same = output !== "" && output === outputOf(now, is) ? SAME_OUTPUT : 0;
      return { is, was, alike: likeness(known.cells.get(was)!, sources.get(is)!) + same };
    })
  );
  const renamed = new Map<string, string>();
  for (const { is, was, alike } of pairs.sort((a, b) => b.alike - a.alike)) {
    if (alike < ALIKE || renamed.has(is) || [...renamed.values()].includes(was)) continue;
    renamed.set(is, was);
  }
  return renamed;
}

/** All that a cell shows, without its id. */
function outputOf({ texts, files }: Pick<Golden, "texts" | "files">, id: string): string {
  const own = [...files].filter(([file]) => cellOf(file) === id).map(([, content]) => content);
  return [texts.get(id) ?? "", ...own].join("");
}

/** The share of words that two cells have in common; those of different types have none. */
function likeness(a: Source, b: Source): number {
  if (a.type !== b.type) return -1;
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
