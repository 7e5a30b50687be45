import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encode } from "fast-png";
import { lossChart } from "../../../../lib/mod.ts";
import { compareNotebook } from "../../../../tools/course/review/compare.ts";
import { chartChanges } from "../../../../tools/course/review/chart_changes.ts";
import { sourcesOf } from "../../../../tools/course/review/golden.ts";
import { sayChange } from "../../../../tools/course/review/groups.ts";
import { shownBy } from "../../../../tools/course/review/shown.ts";
import { normalSvg } from "../../../../tools/course/review/svg.ts";
import { pngPixels } from "../../../../tools/course/review/pixels.ts";
import { chart, display, notebook, picture, stream, widget } from "./shown_by.ts";

type Cells = Record<string, unknown[] | string>;

/** Compare the outputs of cells with other outputs of theirs. */
function compare(before: Cells, after: Cells) {
  const known = shownBy(notebook(before));
  const texts = new Map(known.filter(({ text }) => text).map(({ id, text }) => [id, text]));
  const files = new Map(known.flatMap(({ files }) => [...files]));
  return compareNotebook(notebook(after), { cells: sourcesOf(notebook(before)), texts, files });
}

/** What is said of two charts: of their numbers and words, and of their looks. */
function factsOf(before: string, after: string) {
  const facts = chartChanges(normalSvg(before), normalSvg(after));
  const said = (looks: boolean) =>
    facts.filter(({ kind }) => (kind === "looks") === looks).map(({ says }) => says);
  return { data: said(false), looks: said(true) };
}

/** What is said of the only cell that changed. */
function said(before: unknown, after: unknown): string {
  const { changed } = compare({ a: [before], b: [stream("b\n")] }, { a: [after], b: [stream("b\n")] });
  assertEquals(changed.map(({ cell, id }) => [cell, id]), [[0, "a"]]);
  return changed[0].changes.map(sayChange).join("\n");
}

const values = [3, 1.5, 1, 0.5];

Deno.test("nothing has changed where all is the same", () => {
  const cells = { a: [stream("0.417\n"), picture(chart(values))], b: [widget({ x: [0.1, 0.2] })] };
  const { changed, same } = compare(cells, cells);
  assertEquals([changed, same.map(({ id }) => id)], [[], ["a", "b"]]);
});

Deno.test("a changed digit and a changed word are shown, with the line before and after", () => {
  assertStringIncludes(said(stream("loss\n0.417\n"), stream("loss\n0.418\n")), "- 0.417\n+ 0.418");
  assertStringIncludes(said(display("12 points."), display("13 points.")), "- 12 points.\n+ 13 points.");
});

Deno.test("an elapsed time may change", () => {
  const trained = (seconds: string) => ({ a: [stream(`✓ training: 5 steps in ${seconds} · loss 0.1\n`)] });
  assertEquals(compare(trained("1.0 s"), trained("1 min 02 s")).changed, []);
});

Deno.test("a point of a chart that moved is shown with its numbers on the axes", () => {
  const message = said(picture(chart(values)), picture(chart([3, 1.5, 1.25, 0.5])));
  assertStringIncludes(
    message,
    'line "loss", dot: 1 of 4 points moved, by at most 5 px: from (2, 1) to (2, 1.25)',
  );
  assertMatch(message, /\n[1-9]\d* of 40,000 pixels differ$/);
});

Deno.test("a chart with one point more says so", () => {
  const message = said(picture(chart(values)), picture(chart([...values, 0.25])));
  assertStringIncludes(message, 'line "loss", dot: 4 points before, 5 now');
});

Deno.test("a chart that only looks different says how", () => {
  const message = said(picture(chart(values)), picture(chart(values, { colour: "brown" })));
  assertStringIncludes(message, 'line "loss": stroke was "teal", is "brown"');
  assert(!message.includes("moved"), message);
});

Deno.test("in the library's own charts, marks have names, and points have the numbers of the axes", () => {
  const history = (last: number) =>
    [1.5, 0.75, last].map((trainLoss, epoch) => ({ epoch, trainLoss, validationLoss: trainLoss + 0.25 }));
  const svg = (last: number) => lossChart(history(last), { title: "Falling" }).toSVG();
  const { data } = factsOf(svg(0.5), svg(0.625));
  assert(
    data.some((fact) =>
      /^line "training curve".*: 1 of 3 points moved.*from \(2, 0\.5\) to \(2, 0\.62/.test(fact)
    ),
    data.join("\n"),
  );
  assertEquals(factsOf(svg(0.5), svg(0.5)), { data: [], looks: [] });
});

Deno.test("pictures within a chart are compared too, and counted", () => {
  const grid = (...pixels: string[]) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>Two</title>${
      pixels.map((data, i) =>
        `<image x="${10 * i}" width="9" height="9" href="data:image/png;base64,${data}"/>`
      )
        .join("")
    }</svg>`;
  assertEquals(factsOf(grid("AA", "AB"), grid("AA", "AC")).data, [
    "title and frame: 1 of 2 pictures with other pixels",
  ]);
});

Deno.test("the same data drawn on a longer axis is the same data: the labels changed, and the picture", () => {
  const { data, looks } = factsOf(chart(values), chart(values, { unit: 30 }));
  assertEquals(data, []);
  const marks = 'y-axis tick, y-axis tick label, line "loss", dot';
  assertEquals(looks, [`at the same numbers, elsewhere in the picture: ${marks}`]);
  const message = said(picture(chart(values)), picture(chart(values, { unit: 30 })));
  assertMatch(message, /pixels differ/);
});

Deno.test("a chart whose ids are counted anew, or whose points are a hundredth of a pixel off, has not changed", () => {
  const before = { a: [picture(chart(values))] };
  assertEquals(compare(before, { a: [picture(chart(values, { clip: "clip-77" }))] }).changed, []);
  assertEquals(compare(before, { a: [picture(chart(values.map((value) => value + 0.0005)))] }).changed, []);
});

Deno.test("a curve instead of a straight line has changed, though its numbers are the same", () => {
  const path = (letter: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><g aria-label="line" stroke="black" fill="none">` +
    `<path d="M0,0${letter}40,0,0,40,40,40"/></g></svg>`;
  assertMatch(
    said(picture(path("L")), picture(path("C"))),
    /line: drawn through other places\n\d+ of 1,600 pixels/,
  );
});

Deno.test("a picture that is not written as charts are is compared by its pixels", () => {
  const square = (colour: string) =>
    `<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='4' height='4' fill='${colour}'/></svg>`;
  assertStringIncludes(said(picture(square("red")), picture(square("blue"))), "16 of 100 pixels differ");
  assertEquals(compare({ a: [picture(square("red"))] }, { a: [picture(square("#f00"))] }).changed, []);
});

Deno.test("a picture that came or went is named", () => {
  assertStringIncludes(said(stream("a\n"), picture(chart(values), "a")), "A picture (a.svg) is new.");
  assertStringIncludes(said(picture(chart(values), "a"), stream("a\n")), "A picture (a.svg) is gone.");
});

Deno.test("a widget is compared by its data and by the picture that stands there without scripts", () => {
  const data = (rate: number) => ({ learningRate: rate, start: [-3, 1] });
  assertStringIncludes(said(widget(data(0.1)), widget(data(0.2))), "Its data (a.json) has changed");
  const message = said(widget(data(0.1), chart([1, 2])), widget(data(0.1), chart([1, 3])));
  assertStringIncludes(message, "from (1, 2) to (1, 3)");
});

Deno.test("a PNG is compared pixel by pixel, in any of the forms that the format has", () => {
  const grey = (last: number) => {
    const bytes = encode({
      width: 2,
      height: 2,
      data: new Uint8Array([0, 90, 180, last]),
      channels: 1,
      depth: 8,
    });
    return display("Four pixels", { "image/png": bytes.toBase64() });
  };
  assertStringIncludes(said(grey(255), grey(0)), "1 of 4 pixels differ");
  assertEquals(compare({ a: [grey(255)] }, { a: [grey(250)] }).changed, [], "a difference that nobody sees");
  const wide = encode({
    width: 1,
    height: 1,
    data: new Uint16Array([0xff00, 0x8000, 0]),
    channels: 3,
    depth: 16,
  });
  assertEquals([...pngPixels(wide).data], [255, 128, 0, 255]);
});

Deno.test("other HTML and Markdown are compared by their source", () => {
  const html = (cell: string) => display("Table", { "text/html": `<table><td>${cell}</td></table>` });
  assertStringIncludes(said(html("1"), html("2")), "- <td>1</td>\n+ <td>2</td>");
  const markdown = (text: string) => display("x", { "text/markdown": text });
  assertStringIncludes(said(markdown("$x$"), markdown("$y$")), "- $x$\n+ $y$");
});

Deno.test("cells that came, fell silent or are gone are each named", () => {
  const { changed } = compare(
    { silent: [stream("x\n")], gone: [stream("gone\n"), picture(chart(values))] },
    { silent: [], fresh: [stream("new\n")] },
  );
  assertEquals(changed.map(({ cell, id, changes }) => [cell, id, changes.length]), [
    [-1, "gone", 3],
    [0, "silent", 1],
    [1, "fresh", 2],
  ]);
  const [gone, silent, fresh] = changed.map(({ changes }) => changes.map(sayChange).join("\n"));
  assertStringIncludes(gone, "Its code is gone");
  assertStringIncludes(silent, "- x");
  assertStringIncludes(fresh, "+ new");
});

Deno.test("normalSvg() breaks no line inside a text, where it would be a space", () => {
  const svg = "<svg><g><text>a<tspan>b</tspan></text></g></svg>";
  assertEquals(normalSvg(svg), "<svg>\n<g>\n<text>a<tspan>b</tspan></text>\n</g>\n</svg>\n");
});
