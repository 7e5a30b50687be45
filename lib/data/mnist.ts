import { host } from "../host/mod.ts";
import { formatCount } from "../checks/format.ts";
import { checkNames } from "../checks/options.ts";
import { kindOf } from "../checks/values.ts";
import { maxOf } from "../kernels/extremes.ts";
import { defaultDType, type DType } from "../tensor/dtype.ts";
import { DigitImages } from "./digit_images.ts";
import { EMBEDDED_DIGITS, FULL_MNIST, type MnistEdition } from "./mnist_files.ts";
import { readMnistFile } from "./mnist_read.ts";

/** What to load and how; every field may be left out. */
export interface MnistOptions {
  /** `"embedded"`: digits 0-4, part of this project (default). `"full"`: all ten, after `deno task download`. */
  readonly source?: "embedded" | "full";
  /** dtype of the image tensors: `"float64"`, or `"float32"` for training at speed (default as in `setDefaultDType`). */
  readonly dtype?: DType;
  /** Do not print counts and shapes; false by default. */
  readonly quiet?: boolean;
  /** Folder with the four files, if they are elsewhere: the same files all the same, gzipped or unpacked. */
  readonly directory?: string;
}

/** What `loadMnist()` gives. */
export interface Mnist {
  /** The images to learn from. */
  readonly train: DigitImages;
  /** The images to measure on at the end; written by other people than those of `train`. */
  readonly test: DigitImages;
  /** The digits that occur. */
  readonly classes: readonly number[];
  /** Counts and shapes as a small table. */
  summary(): string;
}

/** Where each edition is kept, and what to do if it is not there or not right. */
const EDITIONS: Record<"embedded" | "full", Edition> = {
  embedded: {
    edition: EMBEDDED_DIGITS,
    folder: host.place("data/"),
    remedy: "The file is part of this project: restore it with `git checkout -- data`.",
    elsewhere: (folder) =>
      `The file is part of this project, in data/ (\`git checkout -- data\` restores it there): copy it to ${folder}, or ` +
      "leave directory out.",
  },
  full: {
    edition: FULL_MNIST,
    folder: host.place("build/mnist/"),
    remedy: "Run `deno task download` to fetch the full MNIST (11 MB).",
    elsewhere: (folder) =>
      `Put the four files of the full MNIST into ${folder}, gzipped or unpacked, under the names they were published with; ` +
      "or leave directory out after `deno task download`, which fetches them (11 MB) to build/mnist.",
  },
};

interface Edition {
  readonly edition: MnistEdition;
  readonly folder: URL;
  /** What to do about a file in that folder. */
  readonly remedy: string;
  /** What to do about one in a folder of the caller's. */
  readonly elsewhere: (folder: string) => string;
}

/**
 * Loads MNIST, handwritten digits of 28×28 pixels: by default the digits 0-4, which come with this project.
 *
 * No network. Every file is verified by SHA-256 and by shape before it is used. Prints counts and shapes, unless `quiet`.
 *
 * @param options `source`, `dtype`, `quiet`, `directory`
 * @returns `train` and `test`, each with `images` `[N, 784]` in 0…1, `labels` `[N]` and the raw `pixels`
 * @throws {DataError} If a file is missing, damaged or another one; the message says what to do
 * @throws {RangeError} If an option is none of its values
 * @throws {TypeError} If there is no such option, or `directory` is no path
 * @see LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; `data/README.md` for origin and licence
 * @example
 * ```ts
 * import { loadMnist } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = await loadMnist({ quiet: true });
 * assertEquals([train.size, test.size], [30596, 5139]);
 * assertEquals(test.counts(), [980, 1135, 1032, 1010, 982]);
 * ```
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  checkNames("loadMnist", ["source", "dtype", "quiet", "directory"], options);
  const { source = "embedded", dtype = defaultDType(), quiet = false, directory } = options;
  if (!Object.hasOwn(EDITIONS, source)) {
    throw new RangeError(`loadMnist: expected source to be "embedded" or "full", got "${source}".`);
  }
  if (dtype !== "float64" && dtype !== "float32") {
    throw new RangeError(`loadMnist: expected dtype to be "float64" or "float32", got "${dtype}".`);
  }
  if (directory !== undefined && typeof directory !== "string") {
    throw new TypeError(
      `loadMnist: expected directory to be the path of a folder, got ${kindOf(directory)}.`,
    );
  }
  const { edition, folder, ...what } = EDITIONS[source];
  const from = directory === undefined ? folder : host.toURL(`${directory}/`);
  const remedy = directory === undefined
    ? what.remedy
    : what.elsewhere(host.toPath(from).replace(/[/\\]$/, ""));

  const load = async ({ images, labels }: MnistEdition["train"]) => {
    const [, height, width] = images.shape;
    const pixels = await readMnistFile(images, from, remedy);
    return new DigitImages({
      pixels,
      labels: await readMnistFile(labels, from, remedy),
      height,
      width,
      dtype,
    });
  };
  const train = await load(edition.train);
  const test = await load(edition.test);
  const summary = () => summarize({ train, test }, edition.classes, dtype);
  if (!quiet) console.log(summary());
  return { train, test, classes: [...edition.classes], summary };
}

/** `MNIST digits 0-4 …`, then a row of numbers for each part, aligned under the classes. */
function summarize(parts: Record<string, DigitImages>, classes: readonly number[], dtype: DType): string {
  const rows = Object.entries(parts).map(([name, part]) => {
    const shape = `[${part.size}, ${part.height * part.width}]`;
    return [name, shape, ...classes.map((digit) => formatCount(part.counts()[digit]))];
  });
  const table = [["", "images", ...classes.map(String)], ...rows];
  const widths = table[0].map((_, column) => maxOf(table.map((row) => row[column].length)));
  const lines = table.map((row) => row.map((cell, column) => cell.padStart(widths[column])).join("  "));
  const title = `MNIST, digits ${classes[0]}-${classes.at(-1)}: pixels/255 in ${dtype}, SHA-256 verified`;
  return [title, ...lines].join("\n");
}
