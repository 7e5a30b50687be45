/**
 * Makes `data/`, the digits 0-4 of MNIST, from the full MNIST in `build/mnist`.
 *
 * Images keep their order; the same input gives the same files. Run it with
 * `deno run -A tools/build/make_digits.ts`, after `deno task download`. It prints the table of SHA-256 for `data/README.md`
 * and says which constants in `lib/data/mnist_files.ts` differ.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { gzip, writeIdx } from "idx-parser";
import { DataError } from "../../lib/data/errors.ts";
import { EMBEDDED_DIGITS, FULL_MNIST, type MnistFile, sha256 } from "../../lib/data/mnist_files.ts";
import { readMnistFile } from "../../lib/data/mnist_read.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { ProgressLine } from "../shared/progress.ts";

const FROM = new URL("../../build/mnist/", import.meta.url);
const TO = fromFileUrl(new URL("../../data/", import.meta.url));

/** Images of one size, one after the other, and their labels. */
export interface Digits {
  /** `[N, height, width]`. */
  shape: readonly number[];
  /** N × height × width bytes. */
  pixels: Uint8Array;
  /** N bytes. */
  labels: Uint8Array;
}

/**
 * The images whose label is among `classes`, in their order.
 *
 * @example
 * ```ts
 * import { selectDigits } from "./make_digits.ts";
 *
 * const two = { shape: [3, 1, 2], pixels: Uint8Array.of(1, 1, 2, 2, 3, 3), labels: Uint8Array.of(0, 7, 4) };
 * console.log(selectDigits(two, [0, 4])); // shape [2, 1, 2], pixels 1 1 3 3, labels 0 4
 * ```
 */
export function selectDigits({ shape, pixels, labels }: Digits, classes: readonly number[]): Digits {
  const size = pixels.length / labels.length;
  const chosen = [...labels.keys()].filter((i) => classes.includes(labels[i]));
  const out = new Uint8Array(chosen.length * size);
  chosen.forEach((i, row) => out.set(pixels.subarray(i * size, (i + 1) * size), row * size));
  return {
    shape: [chosen.length, ...shape.slice(1)],
    pixels: out,
    labels: Uint8Array.from(chosen, (i) => labels[i]),
  };
}

/** Reads the four full files, selects, writes the four small ones and returns the README's table. */
export async function makeDigits(from: URL, to: string): Promise<string> {
  const progress = new ProgressLine({ label: "Making data/", total: 4, unit: "files" });
  const rows: string[] = [];
  const wrong: string[] = [];
  const remedy = "Run `deno task download` to fetch it.";
  await Deno.mkdir(to, { recursive: true });

  const write = async (file: MnistFile, inflated: Uint8Array<ArrayBuffer>) => {
    const packed = gzip(inflated);
    await writeAtomically(join(to, file.name), packed);
    const hash = await sha256(inflated);
    if (hash !== file.sha256) wrong.push(`${file.name}: sha256 should be "${hash}"`);
    rows.push(`| \`${file.name}\` | gzipped | ${packed.length} | \`${await sha256(packed)}\` |`);
    rows.push(`| | inflated | ${inflated.length} | \`${hash}\` |`);
    progress.update(rows.length / 2, file.name);
  };

  for (const set of ["train", "test"] as const) {
    const { images, labels } = FULL_MNIST[set];
    const all: Digits = {
      shape: images.shape,
      pixels: await readMnistFile(images, from, remedy),
      labels: await readMnistFile(labels, from, remedy),
    };
    const some = selectDigits(all, EMBEDDED_DIGITS.classes);
    await write(EMBEDDED_DIGITS[set].images, writeIdx({ shape: some.shape, data: some.pixels }));
    await write(EMBEDDED_DIGITS[set].labels, writeIdx({ shape: [some.labels.length], data: some.labels }));
  }
  progress.finish();
  if (wrong.length > 0) console.log(`lib/data/mnist_files.ts differs:\n${wrong.join("\n")}`);
  return ["| file | | bytes | SHA-256 |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

if (import.meta.main) {
  try {
    console.log(await makeDigits(FROM, TO));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
