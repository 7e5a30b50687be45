import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzip, writeIdx } from "idx-parser";
import { DataError } from "../../lib/data/errors.ts";
import { sha256 } from "../../lib/data/mnist_files.ts";
import { readMnistFile } from "../../lib/data/mnist_read.ts";

/** Writes `bytes` as `labels.gz`, reads them as a file that should have `shape` and these contents. */
async function readBack(bytes: Uint8Array, inflated: Uint8Array<ArrayBuffer>, shape: number[]) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/labels.gz`, bytes);
    const file = { name: "labels.gz", shape, sha256: await sha256(inflated) };
    return await readMnistFile(file, new URL(`file://${folder}/`), "Do this.");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const labels = writeIdx({ shape: [3], data: Uint8Array.of(3, 1, 4) });

Deno.test("a file is read gzipped or not", async () => {
  assertEquals([...await readBack(gzip(labels), labels, [3])], [3, 1, 4]);
  assertEquals([...await readBack(labels, labels, [3])], [3, 1, 4]);
});

Deno.test("a file whose hash is right and whose shape or element type is not is refused, naming both", async () => {
  const shape = await assertRejects(() => readBack(labels, labels, [1, 3]), DataError);
  assertEquals(shape.code, "wrong-shape");
  assertStringIncludes(shape.message, "expected uint8 [1, 3], got uint8 [3]. Do this.");

  const signed = writeIdx({ shape: [3], data: Int8Array.of(3, 1, 4) });
  const type = await assertRejects(() => readBack(signed, signed, [3]), DataError);
  assertStringIncludes(type.message, "expected uint8 [3], got int8 [3]");
});

Deno.test("a file that is no IDX file is refused with the parser's reason", async () => {
  const html = new TextEncoder().encode("<html></html>");
  const error = await assertRejects(() => readBack(html, html, [3]), DataError);
  assertEquals(error.code, "unreadable");
  assertStringIncludes(error.message, "begins with two zero bytes");
});

Deno.test("sha256() is the one of the standard's example", async () => {
  // FIPS 180-2, appendix B.1: "abc"
  const abc = new TextEncoder().encode("abc");
  assertEquals(await sha256(abc), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
