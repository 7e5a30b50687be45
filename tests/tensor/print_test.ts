import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { arange, parameter, Rng, Tensor, tensor, zeros } from "backprop";

const DISPLAY = Symbol.for("Jupyter.display");
const display = (x: Tensor) =>
  (x as unknown as Record<symbol, () => { "text/plain": string; "text/html"?: string }>)[DISPLAY]();
/** The cells of a table, row by row. */
const cells = (html: string) =>
  [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, text]) => text)
  );

Deno.test("a matrix of one number a row stays aligned, and a cube separates its matrices", () => {
  assertEquals(String(tensor([[1], [-10.5]])), "Tensor [2, 1] float64\n[[  1.0],\n [-10.5]]");
  assertEquals(
    String(arange(8).reshape([2, 2, 2])),
    "Tensor [2, 2, 2] float64\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]",
  );
});

Deno.test("both axes of a large matrix are elided, and a large stack of them shows its ends", () => {
  const lines = String(arange(400).reshape([20, 20])).split("\n");
  assertEquals(lines.length, 8);
  assertEquals(lines[1], "[[  0,   1,   2, …,  17,  18,  19],");
  assertEquals(lines[4], " …,");
  for (const shape of [[50, 28, 28], [9, 9, 9, 9], [5, 5, 5, 5, 5, 5]]) {
    const text = String(zeros(shape));
    assertLess(text.length, 6000);
    assertStringIncludes(text, "…");
  }
});

Deno.test("empty tensors and tensors that require a gradient say so", () => {
  assertEquals(String(zeros([0])), "Tensor [0] float64\n[]");
  assertEquals(String(zeros([2, 0])), "Tensor [2, 0] float64\n[[],\n []]");
  assertEquals(String(parameter([1, 2])), "Tensor [2] float64, requires grad\n[1, 2]");
});

Deno.test("numbers that differ widely are printed with powers of ten, zeros plainly and without a sign", () => {
  assertEquals(
    String(tensor([1e-5, -0, 2e12])),
    "Tensor [3] float64\n[1.0000e-5,          0, 2.0000e+12]".replace("1.0000e-5", " 1.0000e-5"),
  );
  assertEquals(String(tensor([-0.0000001, 1])), "Tensor [2] float64\n[-1.0000e-7,  1.0000e+0]");
});

Deno.test("console.log shows what toString() says", () => {
  assertEquals(Deno.inspect(tensor([0.5])), "Tensor [1] float64\n[0.5]");
});

Deno.test("a notebook shows a vector or a matrix as a table with its indices, and always the text", () => {
  const matrix = display(tensor([[1.5, -2], [0, 40]]));
  assertEquals(matrix["text/plain"], String(tensor([[1.5, -2], [0, 40]])));
  assertEquals(cells(matrix["text/html"]!), [["", "0", "1"], ["0", "1.5", "-2.0"], ["1", "0.0", "40.0"]]);
  assertStringIncludes(matrix["text/html"]!, "Tensor [2, 2] float64");
  assertEquals(cells(display(tensor([7, 8]))["text/html"]!), [["0", "1"], ["7", "8"]]);
});

Deno.test("a large tensor stays small in a notebook: only its edges, under 20 kB", () => {
  const { "text/html": html, "text/plain": text } = display(new Rng(1).randn([1000, 784]));
  assertLess(html!.length, 20_000);
  assertLess(text.length, 2000);
  const rows = cells(html!);
  assertEquals(rows.length, 8);
  assertEquals(rows[0], ["", "0", "1", "2", "…", "781", "782", "783"]);
  assertEquals(rows[4], new Array(8).fill("…"));
  assertEquals(rows[7][0], "999");
});

Deno.test("scalars, cubes and empty tensors have no table", () => {
  for (const x of [tensor(1), zeros([2, 2, 2]), zeros([0]), zeros([0, 3])]) {
    assertEquals(Object.keys(display(x)), ["text/plain"]);
  }
});

Deno.test("a table brings no colours of its own, so that it is readable in light and dark pages", () => {
  const { "text/html": html } = display(tensor([[1, 2]]));
  assertEquals([...html!.matchAll(/#[0-9a-f]{3,8}\b|rgb\(|[^-]color:(?!inherit)/gi)].length, 0);
  assertEquals(/<(script|style|link)/.test(html!), false);
});
