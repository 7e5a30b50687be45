import { assertEquals, assertStringIncludes } from "@std/assert";
import { compareGolden, goldenText, printedBy, readGolden } from "../../../tools/notebooks/golden.ts";

const stream = (text: string) => ({ output_type: "stream", name: "stdout", text: text.split(/(?<=\n)/) });
const display = (text: string) => ({
  output_type: "display_data",
  data: { "image/svg+xml": "<svg/>", "text/plain": text },
});
const notebook = (...cells: unknown[][]) => ({
  cells: cells.map((outputs, i) => ({ cell_type: "code", source: "f()", id: `c${i}`, outputs })),
});

Deno.test("printedBy() keeps printed text and the alternatives of pictures, in order", () => {
  const printed = printedBy(notebook([stream("a  \nb\n"), display("Bar chart.")], [], [display("c")]));
  assertEquals(printed, [{ cell: 0, id: "c0", text: "a\nb\nBar chart." }, { cell: 2, id: "c2", text: "c" }]);
});

Deno.test("printedBy() leaves out how long something took, and nothing else", () => {
  const [{ text }] = printedBy(notebook([
    display("✓ training: 1,293 steps in 17 s · loss 0.052"),
    display("✓ all: 9 in 1 min 08 s · done"),
    stream("It fell by 0.5 in 20 s.\n"),
    display("✓ counting: 1 seconds in 1.0 s"),
  ]));
  assertEquals(
    text,
    "✓ training: 1,293 steps in … · loss 0.052\n✓ all: 9 in … · done\nIt fell by 0.5 in 20 s.\n" +
      "✓ counting: 1 seconds in …",
  );
});

Deno.test("a golden file gives back what was written", () => {
  const printed = printedBy(notebook([stream("a\n\n%%b\n")], [stream("c\n")]));
  assertEquals([...readGolden(goldenText(printed))], [["c0", "a\n\n%%b"], ["c1", "c"]]);
});

Deno.test("compareGolden() finds nothing where nothing changed", () => {
  const same = notebook([stream("0.417\n")]);
  assertEquals(compareGolden(same, goldenText(printedBy(same))), []);
});

Deno.test("compareGolden() names the cell and shows the first line that changed, came or went", () => {
  const before = goldenText(printedBy(notebook([stream("loss\n0.417\n")], [stream("gone\n")], [])));
  const errors = compareGolden(notebook([stream("loss\n0.418\n")], [], [stream("new\n")]), before);
  assertEquals(errors.map(({ cell, cellId }) => [cell, cellId]), [[0, "c0"], [2, "c2"], [1, "c1"]]);
  assertStringIncludes(errors[0].message, "- 0.417\n+ 0.418");
  assertStringIncludes(errors[1].message, "+ new");
  assertStringIncludes(errors[2].message, "- gone");
});
