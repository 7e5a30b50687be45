/** One IDX file of MNIST: how it is named and what must be in it. */
export interface MnistFile {
  /** Name of the gzipped file. */
  readonly name: string;
  /** Sizes that its header must declare; the elements are uint8. */
  readonly shape: readonly number[];
  /** SHA-256 of the inflated file in hex. Not of the gzipped one: every compressor packs differently. */
  readonly sha256: string;
}

/** The four files of one edition of MNIST. */
export interface MnistEdition {
  readonly train: { readonly images: MnistFile; readonly labels: MnistFile };
  readonly test: { readonly images: MnistFile; readonly labels: MnistFile };
  /** The digits that occur in it. */
  readonly classes: readonly number[];
}

/** MNIST as LeCun, Cortes and Burges published it: 60,000 training and 10,000 test images of the digits 0-9. */
export const FULL_MNIST: MnistEdition = {
  train: {
    images: {
      name: "train-images-idx3-ubyte.gz",
      shape: [60000, 28, 28],
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte.gz",
      shape: [60000],
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte.gz",
      shape: [10000, 28, 28],
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte.gz",
      shape: [10000],
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
  classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
};

/** The digits 0-4 of MNIST in their order, which come with this project in `data/`. Made by `tools/build/make_digits.ts`. */
export const EMBEDDED_DIGITS: MnistEdition = {
  train: {
    images: {
      name: "train-images-0-4-idx3-ubyte.gz",
      shape: [30596, 28, 28],
      sha256: "688209faf55d7faeb34cede2a2562db22fb1041709fe82ea17f69834368dcc9a",
    },
    labels: {
      name: "train-labels-0-4-idx1-ubyte.gz",
      shape: [30596],
      sha256: "2c1ad527858b74c314eb3f8dc70603ebf098833f86451e4363ab5556f45ce3de",
    },
  },
  test: {
    images: {
      name: "test-images-0-4-idx3-ubyte.gz",
      shape: [5139, 28, 28],
      sha256: "6e39e5bf4f1a5cc6d95a38821926188f85c06c0ecdbef82c1e0322c53024f8ba",
    },
    labels: {
      name: "test-labels-0-4-idx1-ubyte.gz",
      shape: [5139],
      sha256: "3f81391accb563e097f34f8ba291c1e5be49908fe53ec9a5f79a3cb614d74b26",
    },
  },
  classes: [0, 1, 2, 3, 4],
};

/** The four files of an edition: training images and labels, test images and labels. */
export function filesOf(edition: MnistEdition): MnistFile[] {
  return [edition.train.images, edition.train.labels, edition.test.images, edition.test.labels];
}

/** Size of the inflated file in bytes: two zeros, type, rank, 4 bytes a size, 1 byte an element. */
export function inflatedBytes(file: MnistFile): number {
  return 4 + 4 * file.shape.length + file.shape.reduce((product, size) => product * size, 1);
}

/** SHA-256 in hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
