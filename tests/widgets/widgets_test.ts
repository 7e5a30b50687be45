import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { Widget } from "backprop";
import { bundleWidgets } from "../../tools/build/widgets/bundle.ts";
import { allWidgets } from "../../tools/build/widgets/gallery.ts";

const root = fromFileUrl(new URL("../..", import.meta.url));
const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

for (const [kind, widget] of Object.entries(allWidgets())) {
  const html = widget.toHTML();

  Deno.test(`${kind} has at most 200 kB, picture included`, () => {
    const bytes = new TextEncoder().encode(html).length;
    assert(bytes <= 200_000, `${bytes} bytes`);
  });

  Deno.test(`${kind} shows a complete picture and the same in words before any script runs`, () => {
    const { picture, alternative } = widget;
    assert(picture.startsWith("<svg") && picture.endsWith("</svg>"));
    assert([...picture.matchAll(/<text/g)].length > 8, "axes and title are written");
    assert(alternative.length > 100, alternative);
    const [, source] = html.match(/<img alt="[^"]+" src="data:image\/svg\+xml;base64,([^"]+)"/)!;
    assertEquals(new TextDecoder().decode(Uint8Array.from(atob(source), (c) => c.charCodeAt(0))), picture);
    assert(html.indexOf("<img") < html.indexOf("<script"));
  });

  Deno.test(`${kind} gives notebooks HTML and, where that is not shown, text`, () => {
    const bundle = (widget as unknown as { [DISPLAY](): Record<string, string> })[DISPLAY]();
    assertEquals(bundle, { "text/html": html, "text/plain": widget.alternative });
  });

  Deno.test(`${kind} names no address outside itself`, () => {
    assertEquals(html.match(/https?:|\/\/[a-z]+\.[a-z]|import\(|fetch\(|XMLHttpRequest|WebSocket/g), null);
    assertEquals(
      [...widget.picture.matchAll(/https?:[^"]+/g)].map(([url]) => url),
      ["http://www.w3.org/2000/svg"], // the name of the format, which nobody opens
    );
  });

  Deno.test(`${kind} has one script, which nothing inside it ends early`, () => {
    assertEquals(html.split("</script").length, 2);
    assertMatch(html, /<\/script>$/);
  });
}

Deno.test("widgets are the same characters when they are made again", () => {
  const [once, again] = [allWidgets(), allWidgets()].map((all) => Object.values(all).map((w) => w.toHTML()));
  assertEquals(once, again);
});

Deno.test("Widget refuses to become larger than a notebook can carry", () => {
  const parts = { kind: "surface_explorer", picture: "<svg></svg>", alternative: "nothing" };
  const error = assertThrows(() => new Widget({ ...parts, data: "x".repeat(200_000) }), RangeError);
  assertMatch(error.message, /200 kB is the most/);
});

Deno.test("the bundled scripts are what their sources give: if not, run `deno task widgets`", async () => {
  const bundles = await bundleWidgets(root);
  assertEquals(bundles.map(({ file }) => file.match(/(\w+)\.js$/)![1]), Object.keys(allWidgets()).toSorted());
  const stale = bundles.filter(({ file, code }) => Deno.readTextFileSync(join(root, file)) !== code);
  assertEquals(stale.map(({ file }) => file), []);
});

Deno.test("the bundled scripts contain the library's arithmetic, of packages only d3's contour lines, and are small", async () => {
  for (const { inputs, file, code } of await bundleWidgets(root)) {
    const others = inputs.filter((input) => !input.startsWith("lib/"));
    assertEquals(others.filter((input) => !/\/d3-(contour|array)\//.test(input)), [], file);
    assert(code.length < 100_000, file);
  }
});
