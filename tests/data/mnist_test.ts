import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gunzip, gzip } from "idx-parser";
import { DataError } from "../../lib/data/errors.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { EMBEDDED_DIGITS, filesOf } from "../../lib/data/mnist_files.ts";

const DATA = new URL("../../data/", import.meta.url);

/** Runs `run` with a copy of data/ that it may spoil. */
async function withCopy(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-mnist-" });
  try {
    for (const { name } of filesOf(EMBEDDED_DIGITS)) {
      await Deno.copyFile(new URL(name, DATA), `${folder}/${name}`);
    }
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What `console.log` is given while `run` runs. */
async function logged(run: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...args) => void lines.push(args.join(" "));
  try {
    await run();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("loadMnist() gives the digits 0-4 of MNIST, in float64", async () => {
  const { train, test, classes } = await loadMnist({ quiet: true });
  assertEquals(classes, [0, 1, 2, 3, 4]);
  assertEquals(train.counts(), [5923, 6742, 5958, 6131, 5842]);
  assertEquals(test.counts(), [980, 1135, 1032, 1010, 982]);
  assertEquals([train.images.shape, test.images.shape], [[30596, 784], [5139, 784]]);
  assertEquals([test.images.dtype, test.height, test.width], ["float64", 28, 28]);
  // The first training digits of MNIST are 5 0 4 1 9 2 1 3 1 4, of which these remain.
  assertEquals([...train.labels.subarray(0, 8)], [0, 4, 1, 2, 1, 3, 1, 4]);
  // Mean pixel, computed with NumPy from the original files
  const mean = test.images.mean().item();
  assert(Math.abs(mean - 0.13157228254212758) < 1e-12, `mean ${mean}`);
});

Deno.test("loadMnist() gives float32 when asked", async () => {
  const { test } = await loadMnist({ dtype: "float32", quiet: true });
  assertEquals(test.images.dtype, "float32");
  assert(test.images.data.every((pixel) => pixel >= 0 && pixel <= 1));
});

Deno.test("loadMnist() prints counts and shapes once, and nothing when quiet", async () => {
  assertEquals(await logged(() => loadMnist({ quiet: true })), []);
  const lines = await logged(() => loadMnist());
  assertEquals(lines, [[
    "MNIST, digits 0-4: pixels/255 in float64, SHA-256 verified",
    "             images      0      1      2      3      4",
    "train  [30596, 784]  5,923  6,742  5,958  6,131  5,842",
    " test   [5139, 784]    980  1,135  1,032  1,010    982",
  ].join("\n")]);
});

Deno.test("loadMnist() reads the same files from another folder, also if one was inflated", async () => {
  await withCopy(async (folder) => {
    const path = `${folder}/test-images-0-4-idx3-ubyte.gz`;
    await Deno.writeFile(path, gunzip(await Deno.readFile(path)));
    const { test } = await loadMnist({ directory: folder, quiet: true });
    assertEquals(test.size, 5139);
  });
});

Deno.test("loadMnist() reads unpacked files, under each name that unpacking tools give them", async () => {
  for (const rename of [(name: string) => name, (name: string) => name.replace("-idx", ".idx")]) {
    await withCopy(async (folder) => {
      for (const { name } of filesOf(EMBEDDED_DIGITS)) {
        const bytes = gunzip(await Deno.readFile(`${folder}/${name}`));
        await Deno.remove(`${folder}/${name}`);
        await Deno.writeFile(`${folder}/${rename(name.replace(".gz", ""))}`, bytes);
      }
      const { train, test } = await loadMnist({ directory: folder, quiet: true });
      assertEquals([train.size, test.size], [30596, 5139]);
    });
  }
});

Deno.test("loadMnist() speaks of the folder that it was given when a file is missing there", async () => {
  const folder = await Deno.makeTempDir({ prefix: "backprop-mnist-" });
  try {
    for (const source of ["full", "embedded"] as const) {
      const error = await assertRejects(() => loadMnist({ source, directory: folder }), DataError);
      assertEquals(error.code, "missing-file");
      assertStringIncludes(error.message, "nor one without .gz");
      assertStringIncludes(
        error.message,
        source === "full" ? `into ${folder}, gzipped or unpacked` : `copy it to ${folder}`,
      );
    }
    await assertRejects(
      () => loadMnist({ directory: new URL("file:///") as never }),
      TypeError,
      "path of a folder",
    );
    await assertRejects(() => loadMnist({ folder } as never), TypeError, 'unknown option "folder"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the classes of one loadMnist() are not those of the next", async () => {
  const { classes } = await loadMnist({ quiet: true });
  (classes as number[]).push(9);
  assertEquals((await loadMnist({ quiet: true })).classes, [0, 1, 2, 3, 4]);
});

Deno.test("loadMnist() names a missing file and says how to get it back", async () => {
  await withCopy(async (folder) => {
    await Deno.remove(`${folder}/test-labels-0-4-idx1-ubyte.gz`);
    const error = await assertRejects(() => loadMnist({ directory: folder }), DataError);
    assertEquals([error.code, error.file], ["missing-file", "test-labels-0-4-idx1-ubyte.gz"]);
    assertStringIncludes(error.message, "git checkout -- data");
  });
});

Deno.test("loadMnist() of the full set says which command downloads it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const error = await assertRejects(() => loadMnist({ source: "full", directory: folder }), DataError);
    assertEquals([error.code, error.file], ["missing-file", "train-images-idx3-ubyte.gz"]);
    assertStringIncludes(error.message, "deno task download");
  } finally {
    await Deno.remove(folder);
  }
});

Deno.test("loadMnist() refuses a file in which a single pixel is another one", async () => {
  await withCopy(async (folder) => {
    const name = "test-images-0-4-idx3-ubyte.gz";
    const inflated = gunzip(await Deno.readFile(`${folder}/${name}`));
    inflated[1000] ^= 1;
    await Deno.writeFile(`${folder}/${name}`, gzip(inflated));
    const error = await assertRejects(() => loadMnist({ directory: folder, quiet: true }), DataError);
    assertEquals([error.code, error.file], ["wrong-hash", name]);
    assertStringIncludes(error.message, "6e39e5bf4f1a5cc6"); // what it should be
  });
});

Deno.test("loadMnist() refuses a file that is cut off, is longer than it should be, or is a folder", async () => {
  await withCopy(async (folder) => {
    const name = "train-labels-0-4-idx1-ubyte.gz";
    const whole = await Deno.readFile(`${folder}/${name}`);
    for (const bytes of [whole.subarray(0, 5000), gzip(new Uint8Array(40_000_000))]) {
      await Deno.writeFile(`${folder}/${name}`, bytes);
      const error = await assertRejects(() => loadMnist({ directory: folder, quiet: true }), DataError);
      assertEquals([error.code, error.file], ["unreadable", name]);
    }
    await Deno.remove(`${folder}/${name}`);
    await Deno.mkdir(`${folder}/${name}`);
    const error = await assertRejects(() => loadMnist({ directory: folder, quiet: true }), DataError);
    assertEquals([error.code, error.file], ["unreadable", name]);
  });
});

Deno.test("loadMnist() rejects a source or dtype that does not exist", async () => {
  const wrong = (options: unknown) => () => loadMnist(options as Parameters<typeof loadMnist>[0]);
  await assertRejects(wrong({ source: "toString" }), RangeError, '"embedded" or "full", got "toString"');
  await assertRejects(wrong({ dtype: "int8" }), RangeError, 'got "int8"');
});
