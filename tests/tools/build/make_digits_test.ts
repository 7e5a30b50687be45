import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/data/errors.ts";
import { makeDigits, selectDigits } from "../../../tools/build/make_digits.ts";

Deno.test("selectDigits() keeps the images of the chosen classes, in their order, beside their labels", () => {
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const all = { shape: [5, 1, 2], pixels, labels: Uint8Array.of(4, 7, 0, 9, 4) };
  assertEquals(selectDigits(all, [0, 4]), {
    shape: [3, 1, 2],
    pixels: Uint8Array.of(1, 2, 5, 6, 9, 10),
    labels: Uint8Array.of(4, 0, 4),
  });
});

Deno.test("selectDigits() gives no image where no class matches", () => {
  const one = { shape: [1, 1, 2], pixels: Uint8Array.of(1, 2), labels: Uint8Array.of(5) };
  assertEquals(selectDigits(one, [0, 1]), {
    shape: [0, 1, 2],
    pixels: new Uint8Array(0),
    labels: new Uint8Array(0),
  });
});

Deno.test("makeDigits() without the full MNIST says how to fetch it, and writes nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/empty`);
    const from = new URL(`file://${folder}/empty/`);
    await assertRejects(() => makeDigits(from, `${folder}/data`), DataError, "deno task download");
    assertEquals([...Deno.readDirSync(`${folder}/data`)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
