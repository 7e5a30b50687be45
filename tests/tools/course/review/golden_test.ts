import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { GOLDEN, goldenText, readGolden, readGoldenText } from "../../../../tools/course/review/golden.ts";
import { acceptNotebooks, reviewNotebooks } from "../../../../tools/course/review/review.ts";
import { dataText, shownBy } from "../../../../tools/course/review/shown.ts";
import { emptyReport } from "../../../../tools/notebooks/report.ts";
import { chart, display, notebook, picture, stream, widget, withExecuted } from "./shown_by.ts";

Deno.test("shownBy() keeps printed text and the alternatives of pictures, in order", () => {
  const shown = shownBy(
    notebook({ a: [stream("a  \nb\n"), display("Bar chart.")], b: [], c: [display("c")] }),
  );
  assertEquals(shown.map(({ cell, id, text }) => [cell, id, text]), [[0, "a", "a\nb\nBar chart."], [
    2,
    "c",
    "c",
  ]]);
});

Deno.test("shownBy() leaves out how long something took, in text and HTML, and nothing else", () => {
  const [{ text, files }] = shownBy(notebook({
    a: [
      display("✓ training: 1,293 steps in 17 s · loss 0.052"),
      display("✓ all: 9 in 1 min 08 s · done"),
      stream("It fell by 0.5 in 20 s.\n"),
      display("✓ counting: 1 seconds in 1.0 s", {
        "text/html": "<div><span>✓ counting: 1 seconds in 1.0 s</span></div>",
      }),
    ],
  }));
  assertEquals(
    text,
    "✓ training: 1,293 steps in … · loss 0.052\n✓ all: 9 in … · done\nIt fell by 0.5 in 20 s.\n" +
      "✓ counting: 1 seconds in …",
  );
  assertEquals([...files], [["a.html", "<div>\n<span>✓ counting: 1 seconds in … </span>\n</div>\n"]]);
});

Deno.test("shownBy() names a cell's files after it, and counts those of one kind", () => {
  const [{ files }] = shownBy(notebook({
    a: [
      picture(chart([1, 2])),
      picture(chart([2, 1])),
      widget({ at: [0.1 + 0.2] }),
      display("", { "image/png": "AQI=" }),
    ],
  }));
  assertEquals([...files.keys()], ["a.svg", "a.2.svg", "a.3.svg", "a.json", "a.png"]);
  assertEquals(files.get("a.json"), '{\n "widget": "sketch",\n "data": {\n  "at": [0.3]\n }\n}\n');
  assertEquals(files.get("a.png"), new Uint8Array([1, 2]));
});

Deno.test("a golden file gives back what was written", () => {
  const cells = [{ id: "c0", type: "code", text: "a\n\n%% b\n\\%% c" }, {
    id: "c1",
    type: "markdown",
    text: "",
  }];
  assertEquals(readGoldenText(goldenText(cells)), cells);
  const shown = shownBy(notebook({ c0: [stream("a\n\n%% b\n")], c1: [stream("c\n")] }));
  const texts = readGoldenText(goldenText(shown.map(({ id, text }) => ({ id, text }))));
  assertEquals(texts.map(({ id, text }) => [id, text]), [["c0", "a\n\n%% b"], ["c1", "c"]]);
});

Deno.test("what was accepted is found unchanged, and accepting it again changes no file", async () => {
  const cells = { a: [stream("0.417\n"), picture(chart([3, 1, 2]))], b: [widget({ learningRate: 0.1 })] };
  await withExecuted({ "01_x": cells }, async ({ root, executed, paths, reports }) => {
    const changed = await acceptNotebooks(root, executed, reports, ["01_x"]);
    assertEquals(changed, [
      "01_x.cells.txt",
      "01_x.txt",
      ...["a.svg", "b.svg", "b.json"].map((file) => join("01_x", file)),
    ]);
    const [review] = await reviewNotebooks(root, executed, paths, reports);
    assertEquals([review.comparison?.changed, review.comparison?.same.length], [[], 2]);
    assertEquals(await acceptNotebooks(root, executed, reports, ["01_x"]), []);
  });
});

Deno.test("accepting removes what no cell shows any more, and what is kept of notebooks that are gone", async () => {
  const cells = { a: [picture(chart([3, 1]))], b: [stream("x\n"), picture(chart([1, 3]))] };
  await withExecuted({ "01_x": cells, "02_y": cells }, async ({ root, executed, reports }) => {
    await acceptNotebooks(root, executed, reports, ["01_x", "02_y"]);
    await Deno.writeTextFile(join(executed, "01_x.ipynb"), JSON.stringify(notebook({ a: cells.a })));
    const changed = await acceptNotebooks(root, executed, [reports[0]], ["01_x"]);
    const own = ["01_x.cells.txt", "01_x.txt", join("01_x", "b.svg")];
    assertEquals(changed, [...own, "02_y", "02_y.cells.txt", "02_y.txt"]);
    const left = [...Deno.readDirSync(join(root, GOLDEN))].map(({ name }) => name).sort();
    assertEquals(left, ["01_x", "01_x.cells.txt", "01_x.txt"]);
    assertEquals([...(await readGolden(root, "01_x")).files.keys()], ["a.svg"]);
  });
});

Deno.test("accepting leaves a notebook that failed as it was known, and no half-written file", async () => {
  await withExecuted({ "01_x": { a: [stream("new\n")] } }, async ({ root, executed }) => {
    await Deno.mkdir(join(root, GOLDEN), { recursive: true });
    await Deno.writeTextFile(join(root, GOLDEN, "01_x.txt"), "%% a\nold\n");
    const failed = { ...emptyReport("01_x"), errors: [{ cell: 0, cellId: "a", message: "TypeError" }] };
    assertEquals(await acceptNotebooks(root, executed, [failed], ["01_x"]), []);
    assertEquals(await Deno.readTextFile(join(root, GOLDEN, "01_x.txt")), "%% a\nold\n");
    await acceptNotebooks(root, executed, [emptyReport("01_x")], ["01_x"]);
    const files = [...Deno.readDirSync(join(root, GOLDEN))].map(({ name }) => name);
    assert(files.every((file) => !file.endsWith(".part")), files.join());
  });
});

Deno.test("dataText() puts each property on a line of its own, and each list of numbers on one", () => {
  const data = { rate: 0.1 + 0.2, start: [-3, 1e-7], names: ["a", "b"] };
  assertEquals(
    dataText(data),
    '{\n "rate": 0.3,\n "start": [-3, 1e-7],\n "names": [\n  "a",\n  "b"\n ]\n}\n',
  );
});
