import { inflatedBytes, type MnistFile } from "../../lib/data/mnist_files.ts";
import { fetchToPart } from "./http.ts";
import { npmSource } from "./npm_source.ts";

/** Called with bytes done and, where known, bytes in all. */
export type OnBytes = (done: number, total: number | undefined) => void;

/** Somewhere MNIST can be had. */
export interface Source {
  /** Short name, for `--source`. */
  readonly name: string;
  /** What it is, for `--help`. */
  readonly description: string;
  /**
   * Bring a file into `part`, gzipped or inflated, going on with what `part` already holds if possible.
   *
   * @returns Whether it went on from what was there (then a wrong checksum deserves a second try from the beginning)
   */
  get(file: MnistFile, part: string, onBytes: OnBytes): Promise<boolean>;
}

/**
 * A server that has the four files under their original names below one address.
 *
 * @param name Short name
 * @param base Address of the folder
 * @param stallMs Give up after so long without a byte
 */
export function mirror(name: string, base: string, stallMs?: number): Source {
  const folder = base.endsWith("/") ? base : `${base}/`;
  return {
    name,
    description: folder,
    async get(file, part, onBytes) {
      // Gzip makes these files smaller, never larger; 4 KiB more than inflated is not the file.
      const maxBytes = inflatedBytes(file) + 4096;
      return await fetchToPart(new URL(file.name, folder).href, part, { maxBytes, stallMs, onBytes }) > 0;
    },
  };
}

/** Everywhere that is tried, in this order. */
export function publicSources(): Source[] {
  return [
    mirror("ossci", "https://ossci-datasets.s3.amazonaws.com/mnist/"), // PyTorch's
    mirror("cvdf", "https://storage.googleapis.com/cvdf-datasets/mnist/"), // Common Visual Data Foundation's
    npmSource(),
  ];
}
