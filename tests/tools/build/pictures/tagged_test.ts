import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { decode } from "fast-png";
import { svgToPng } from "../../../../tools/shared/png.ts";
import { taggedPictures } from "../../../../tools/build/pictures/tagged.ts";

const svg = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><rect width="3" height="2" fill="${colour}"/></svg>`;

function cell(tags: string[], ...pictures: string[]) {
  return { metadata: { tags }, outputs: pictures.map((picture) => ({ data: { "image/svg+xml": picture } })) };
}

Deno.test("taggedPictures() takes the last picture below each tagged cell, in the order of the notebooks", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const notebooks = {
      "02.ipynb": [cell(["picture-late"], svg("blue"))],
      "01.ipynb": [
        cell(["row-58", "picture-first"], svg("red"), svg("lime")),
        cell([], svg("black")),
        cell(["picture-nothing"]),
        { metadata: {} },
      ],
    };
    for (const [name, cells] of Object.entries(notebooks)) {
      await Deno.writeTextFile(join(folder, name), JSON.stringify({ cells }));
    }
    assertEquals(await taggedPictures(folder), [
      { name: "first", svg: svg("lime") },
      { name: "late", svg: svg("blue") },
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("taggedPictures() joins the lines of a picture as the file has them, each with its own end", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const lines = svg("teal").replace("><", ">\n<").split(/(?<=\n)/);
    const cells = [{
      metadata: { tags: ["picture-lines"] },
      outputs: [{ data: { "image/svg+xml": lines } }],
    }];
    await Deno.writeTextFile(join(folder, "01.ipynb"), JSON.stringify({ cells }));
    assertEquals(lines.length, 2);
    assertEquals(await taggedPictures(folder), [{ name: "lines", svg: lines.join("") }]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("taggedPictures() finds nothing in a folder that is not there", async () => {
  assertEquals(await taggedPictures("/there/is/no/such/folder"), []);
});

Deno.test("svgToPng() paints the picture at the size asked for", () => {
  const { width, height, data } = decode(svgToPng(svg("lime"), { scale: 2 }));
  assertEquals([width, height], [6, 4]);
  assertEquals([...data.slice(0, 3)], [0, 255, 0]);
});
