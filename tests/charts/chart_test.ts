import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Chart } from "../../lib/charts/chart.ts";
import { all, assertReadable, texts } from "./svg.ts";

const parts = {
  title: "Loss falls",
  alternative: "A line that falls.",
  width: 640,
  height: 100,
  body: "<g/>",
};

Deno.test("a Chart is one SVG file with its own background, colours and text alternative", () => {
  const root = assertReadable(new Chart(parts).toSVG());
  assertEquals(root.attributes.xmlns, "http://www.w3.org/2000/svg");
  assertEquals(root.attributes.role, "img");
  assertEquals(root.attributes["aria-label"], "A line that falls.");
  assertEquals(root.children.slice(0, 2).map(({ name, text }) => [name, text]), [
    ["title", "Loss falls"],
    ["desc", "A line that falls."],
  ]);
  const background = root.children[2];
  assertEquals([background.name, background.attributes.fill], ["rect", "#FFFFFF"]);
  assertEquals(background.attributes.width, root.attributes.width);
  assertEquals(background.attributes.height, root.attributes.height);
  assertEquals(root.attributes.fill, "#000000");
  assert(root.attributes["font-family"].includes("sans-serif"));
});

Deno.test("a Chart gives Jupyter its picture and its text alternative", () => {
  const chart = new Chart(parts);
  assertEquals(chart[Symbol.for("Jupyter.display") as keyof Chart] instanceof Function, true);
  const bundle = (chart as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]();
  assertEquals(bundle, { "image/svg+xml": chart.toSVG(), "text/plain": "A line that falls." });
});

Deno.test("a Chart shows title and subtitle above the picture, and is as much taller", () => {
  const bare = assertReadable(new Chart({ ...parts, title: "" }).toSVG());
  const titled = assertReadable(new Chart({ ...parts, subtitle: "by half" }).toSVG());
  assertEquals(texts(titled), ["Loss falls", "by half"]);
  assertEquals(bare.attributes.height, "100");
  assert(Number(titled.attributes.height) >= 100 + 16 + 13);
});

Deno.test("a Chart breaks a long title into lines, losing no word", () => {
  const title = "The validation loss begins to rise while the training loss still falls, ".repeat(3).trim();
  const root = assertReadable(new Chart({ ...parts, title }).toSVG());
  const lines = texts(root);
  assert(lines.length >= 3, `${lines.length} lines`);
  assertEquals(lines.join(" "), title);
  assert(lines.every((line) => line.length < 75));
  const heights = all(root).filter((element) => element.name === "text").map((text) =>
    Number(text.attributes.y)
  );
  assert(heights.every((y, index) => index === 0 || y - heights[index - 1] >= 18));
});

Deno.test("a Chart keeps any characters in title and text alternative well-formed", () => {
  const nasty = `a < b & "c" > 'd' ]]> &amp; <script>alert(1)</script> 数字 🙂`;
  const root = assertReadable(
    new Chart({ ...parts, title: nasty, alternative: nasty, subtitle: nasty }).toSVG(),
  );
  assertEquals(root.attributes["aria-label"], nasty);
  assertEquals(texts(root), [nasty, nasty]);
});

Deno.test("a Chart drops characters that no XML file may hold", () => {
  const root = assertReadable(new Chart({ ...parts, title: "a\u0000b\u001Bc\uFFFEd\uD800e" }).toSVG());
  assertEquals(texts(root), ["abcd\uFFFDe"]);
});

Deno.test("two Charts on one page share no id, and the same content has the same ids in every run", () => {
  const clipped = (counter: number, radius: number) =>
    new Chart({
      ...parts,
      body: `<clipPath id="plot-clip-${counter}"><circle r="${radius}"/></clipPath>` +
        `<g clip-path="url(#plot-clip-${counter})"/>`,
    }).toSVG();
  const idOf = (svg: string) => svg.match(/ id="([^"]+)"/)![1];
  const [first, other, again] = [clipped(1, 5), clipped(1, 6), clipped(2, 5)];
  assertNotEquals(idOf(first), idOf(other));
  assertEquals(first, again);
  assert(first.includes(`url(#${idOf(first)})`));
  assert(!first.includes("plot-clip"));
});
