import { join } from "@std/path";
import type { MnistFile } from "../../lib/data/mnist_files.ts";
import { ProgressLine, type ProgressOptions } from "../progress.ts";
import { diskError, DownloadError } from "./errors.ts";
import { install, isInstalled } from "./install.ts";
import type { OnBytes, Source } from "./sources.ts";

/** What to download, from where, to where. */
export interface DownloadOptions {
  /** The files, with the SHA-256 that each must have. */
  files: readonly MnistFile[];
  /** Where to look for them, in this order. */
  sources: readonly Source[];
  /** Folder to put them in; made if it is not there. */
  directory: string;
  /** Fetch also what is already there; false unless said. */
  force?: boolean;
  /** Where lines for the person go; standard output unless said. */
  write?: ProgressOptions["write"];
  /** Whether these lines may be rewritten in place; asks standard output unless said. */
  isTerminal?: boolean;
}

/**
 * Bring every file into the folder, each from the first source that has it, and keep what is already right.
 *
 * When a source fails, the next one is asked for the files that are still missing.
 *
 * @throws {DownloadError} If a file could be had from no source (the message names them all), or the disk refuses
 */
export async function downloadFiles(options: DownloadOptions): Promise<void> {
  const { directory, files, sources } = options;
  await Deno.mkdir(directory, { recursive: true }).catch((error) => {
    throw diskError(error, directory);
  });
  const write = options.write ?? ((text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)));
  const say = (line: string) => write(`${line}\n`);
  const missing = options.force ? [...files] : await filesToFetch(directory, files, say);
  const failures: DownloadError[] = [];
  for (const source of sources) {
    try {
      while (missing.length > 0) {
        await fetchOne(source, missing[0], options);
        missing.shift();
      }
      return;
    } catch (error) {
      if (!(error instanceof DownloadError) || error.kind === "disk") throw error;
      failures.push(error);
      const next = sources[failures.length];
      if (next) say(`${source.name}: ${error.message} Trying ${next.name}.`);
    }
  }
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  const sentences = failures.map((error, i) => `  ${sources[i].name}: ${error.message}`).join("\n");
  const kind = failures.every((error) => error.kind === failures[0].kind) ? failures[0].kind : "network";
  throw new DownloadError(kind, `${names} could not be had from any source:\n${sentences}`);
}

async function filesToFetch(
  directory: string,
  files: readonly MnistFile[],
  say: (line: string) => void,
): Promise<MnistFile[]> {
  const missing: MnistFile[] = [];
  for (const file of files) {
    try {
      if (await isInstalled(join(directory, file.name), file)) {
        say(`${file.name}  already there, SHA-256 verified`);
      } else missing.push(file);
    } catch (error) {
      if (!(error instanceof DownloadError) || error.kind !== "checksum") throw error;
      say(`${error.message}; fetching it anew`);
      missing.push(file);
    }
  }
  return missing;
}

async function fetchOne(source: Source, file: MnistFile, options: DownloadOptions): Promise<void> {
  const path = join(options.directory, file.name);
  // One part a source: two mirrors may have packed the same contents differently.
  const part = `${path}.${source.name}.part`;
  const progress = new FileProgress(options);
  try {
    const resumed = await source.get(file, part, progress.onBytes(`${file.name} from ${source.name}`));
    try {
      await install(part, path, file, progress.onBytes(`${file.name} from ${source.name}, packing`));
    } catch (error) {
      // The beginning may have come from an older, other file: once more, from the start.
      if (!resumed || !(error instanceof DownloadError) || error.kind !== "checksum") throw error;
      await Deno.remove(part);
      await source.get(file, part, progress.onBytes(`${file.name} from ${source.name}, once more`));
      await install(part, path, file, progress.onBytes(`${file.name} from ${source.name}, packing`));
    }
    progress.finish("SHA-256 verified");
  } catch (error) {
    progress.finish("failed");
    // What is wrong must not be gone on with; what is merely cut off stays for the next time.
    if (error instanceof DownloadError && error.kind === "checksum") await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** The progress lines of one file, one after the other: fetching, then perhaps packing. */
class FileProgress {
  readonly #options: DownloadOptions;
  #line: ProgressLine | undefined;

  constructor(options: DownloadOptions) {
    this.#options = options;
  }

  /** A line that is begun at the first report, when the total is known, and anew when the total changes. */
  onBytes(label: string): OnBytes {
    let line: ProgressLine | undefined;
    let lineTotal: number | undefined;
    return (done, total) => {
      if (!line || total !== lineTotal) {
        const { write, isTerminal } = this.#options;
        this.#line = line = new ProgressLine({ label, total, done, unit: "bytes", write, isTerminal });
        lineTotal = total;
      }
      line.update(done);
    };
  }

  finish(note: string): void {
    this.#line?.finish(note);
  }
}
