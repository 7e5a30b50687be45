import { assertEquals } from "@std/assert";
import { gunzip } from "idx-parser";
import { loadMnist } from "../../lib/data/mnist.ts";
import { EMBEDDED_DIGITS, filesOf, sha256 } from "../../lib/data/mnist_files.ts";

const DATA = new URL("../../data/", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", DATA));

/** The cells of every table row of the README. */
const rows = readme.split("\n").filter((line) => line.startsWith("|")).map((line) =>
  line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""))
);

Deno.test("data/README.md states size and SHA-256 of every file, gzipped and inflated, as they are", async () => {
  const stated = rows.filter(([, kind]) => kind === "gzipped" || kind === "inflated");
  const actual: string[][] = [];
  for (const { name } of filesOf(EMBEDDED_DIGITS)) {
    const packed = await Deno.readFile(new URL(name, DATA));
    const inflated = gunzip(packed);
    actual.push([name, "gzipped", String(packed.length), await sha256(packed)]);
    actual.push(["", "inflated", String(inflated.length), await sha256(inflated)]);
  }
  assertEquals(stated, actual);
});

Deno.test("data/README.md states the counts of every class as they are", async () => {
  const { train, test } = await loadMnist({ quiet: true });
  for (const [name, part] of [["training", train], ["test", test]] as const) {
    const counts = [...part.counts(), part.size].map((count) => count.toLocaleString("en-US"));
    assertEquals(rows.find(([first]) => first === name), [name, ...counts]);
  }
});

Deno.test("data/ holds the four files and their README, nothing else", async () => {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(DATA)) names.push(name);
  assertEquals(names.sort(), ["README.md", ...filesOf(EMBEDDED_DIGITS).map(({ name }) => name)].sort());
});
