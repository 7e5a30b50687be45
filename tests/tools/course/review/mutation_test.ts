import { assert, assertEquals } from "@std/assert";
import { barChart, functionChart, lossChart } from "../../../../lib/mod.ts";
import { compareNotebook } from "../../../../tools/course/review/compare.ts";
import { sourcesOf } from "../../../../tools/course/review/golden.ts";
import { normalSvg } from "../../../../tools/course/review/svg.ts";
import { notebook, picture } from "./shown_by.ts";

const rows = [1.5, 0.75, 0.5].map((trainLoss, epoch) => ({
  epoch,
  trainLoss,
  validationLoss: trainLoss + 0.25,
}));
const curves = [{ label: "x²", f: (x: number) => x * x }, { label: "x", f: (x: number) => x }];
const bars = [{ label: "cat", value: 3 }, { label: "dog", value: 5 }];
const charts = [
  lossChart(rows),
  barChart(bars, { yLabel: "images" }),
  functionChart(curves, { domain: [-2, 2], xLabel: "x", yLabel: "y" }),
].map((chart) => normalSvg(chart.toSVG()));

/** Ways to change a line of a picture; a line on which one has no effect stays as it is. */
const MUTATIONS: Record<string, (line: string) => string> = {
  "moved by a pixel": (line) =>
    line.replace(
      /^(<(?:circle|path|rect|line|text)\b.*? (?:d="M|cx="|x="|x1="|transform="translate\())(\d+)/,
      (_, before, n) => `${before}${Number(n) + 1}`,
    ),
  "another number": (line) =>
    line.replace(/^(<text\b[^>]*>[^<\d]*)(\d)/, (_, before, n) => `${before}${(Number(n) + 1) % 10}`),
  "another colour": (line) => line.replace(/^(<g\b.* stroke=")#[0-9A-F]{6}"/i, '$1#12FF34"'),
  "not drawn": (line) => line.replace(/^<(?:circle|path|rect|line)\b[^>]*\/>$/, ""),
};
/** So many places of each chart are tried. */
const MOST = 8;

for (const [what, mutate] of Object.entries(MUTATIONS)) {
  Deno.test(`wherever a mark of a chart is ${what}, the change is found`, () => {
    let tried = 0;
    for (const svg of charts) {
      const lines = svg.split("\n");
      const places = lines.flatMap((line, at) => mutate(line) !== line ? [at] : []);
      for (const at of places.filter((_, i) => i % Math.ceil(places.length / MOST) === 0)) {
        const changed = lines.map((line, i) => i === at ? mutate(line) : line).join("\n");
        const cells = notebook({ a: [picture(changed)] });
        const golden = { cells: sourcesOf(cells), texts: new Map(), files: new Map([["a.svg", svg]]) };
        assertEquals(compareNotebook(cells, golden).changed.length, 1, lines[at]);
        tried++;
      }
    }
    assert(tried >= charts.length, `${tried}`);
  });
}
