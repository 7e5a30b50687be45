import { ProgressLine } from "../shared/progress.ts";
import { diskFull, InstallError, looksLikeFullDisk, OfflineError, type SetupError } from "./errors.ts";
import type { Places } from "./paths.ts";
import { run, tail } from "./process.ts";
import type { Python } from "./python.ts";
import { installedPackages } from "./stamp.ts";

/**
 * Make the virtual environment and install every pinned package into it, with a progress line.
 *
 * @param python What makes it
 * @returns How many packages are in it
 * @throws {SetupError} If there is no network, no room, or something else that pip says
 */
export async function makeVenv(at: Places, python: Python, env: Record<string, string>): Promise<number> {
  const counter = new InstallCounter(await Deno.readTextFile(at.requirements));
  const progress = new ProgressLine({
    label: `Jupyter for Python ${python.version}`,
    total: counter.total,
    unit: "packages",
  });
  let phase = "making .venv";
  const draw = () => progress.update(counter.done(installedPackages(at.venv)), phase);
  const timer = setInterval(draw, 250);
  try {
    draw();
    await step(python.executable, ["-m", "venv", at.venv], env, at);
    // Every package that is needed is in the list, so pip need not look for more ("--no-deps").
    const pip = ["-m", "pip", "install", "--no-input", "--progress-bar", "off", "--no-deps"];
    await step(at.python, [...pip, "--requirement", at.requirements], env, at, (line) => {
      phase = counter.hear(line) ?? phase;
    });
  } catch (error) {
    progress.finish("failed");
    throw error;
  } finally {
    clearInterval(timer);
  }
  const installed = installedPackages(at.venv);
  progress.update(installed.length);
  progress.finish();
  return installed.length;
}

async function step(
  program: string,
  args: string[],
  env: Record<string, string>,
  at: Places,
  onLine?: (line: string) => void,
): Promise<void> {
  const { code, output } = await run(program, { args, env, cwd: at.root, onLine });
  if (code !== 0) throw explainPip(output, at.venv);
}

/**
 * Reads off pip's output and the disk how far an installation is. Finding a package is half of the work, unpacking it
 * is the other half.
 */
export class InstallCounter {
  readonly #wanted: Set<string>;
  readonly #found = new Set<string>();
  readonly #skipped = new Set<string>();

  /** @param requirements The text of the requirements file */
  constructor(requirements: string) {
    this.#wanted = new Set(requirementNames(requirements));
  }

  /** Packages in the list; those for other systems count as done as soon as pip says so. */
  get total(): number {
    return this.#wanted.size;
  }

  /** Take in a line of pip's output; gives a few words on what goes on, or nothing new. */
  hear(line: string): string | undefined {
    const name = line.match(/^(?:Collecting|Processing|Requirement already satisfied:) (\S+)/)?.[1];
    if (name) {
      const found = packageName(name);
      if (!this.#wanted.has(found)) return undefined;
      this.#found.add(found);
      this.#skipped.delete(found); // one line of the list was for another Python, this one is for ours
      return `getting ${found}`;
    }
    const skipped = line.match(/^Ignoring ([^\s:]+): markers/)?.[1];
    if (skipped && !this.#found.has(packageName(skipped))) this.#skipped.add(packageName(skipped));
    if (line.startsWith("Installing collected packages")) return "unpacking";
    if (/^WARNING: Retrying/.test(line)) return "the package index does not answer, trying again";
    return undefined;
  }

  /** Packages done, given the `*.dist-info` folders that are there. */
  done(distInfos: string[]): number {
    const unpacked = distInfos.map(packageName).filter((name) => this.#wanted.has(name));
    const found = Math.max(this.#found.size, unpacked.length);
    return Math.floor((found + unpacked.length) / 2) + this.#skipped.size;
  }
}

/** The packages that a requirements file names, each once, for every system that it is for. */
export function requirementNames(requirements: string): string[] {
  const lines = requirements.split("\n").map((line) => line.trim()).filter((line) =>
    line && !/^[#-]/.test(line)
  );
  return [...new Set(lines.map(packageName))];
}

/** `jupyter-core`, from `jupyter_core-5.9.1.dist-info`, `/a/Jupyter_Core-5.9.1-py3.whl` or `jupyter.core==5.9.1 ; …`. */
export function packageName(text: string): string {
  const file = text.split(/[/\\]/).at(-1)!;
  const name = file.match(/^[A-Za-z0-9._-]*?(?=-\d|[=<>;\s[]|$)/)?.[0] ?? file;
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** What pip's output means for a person. */
export function explainPip(output: string, venv: string): SetupError {
  if (looksLikeFullDisk(output)) return diskFull(venv);
  if (looksOffline(output)) {
    return new OfflineError(
      "pip could not reach the Python package index, where Jupyter comes from. Connect to the internet and run the " +
        "same command again (behind a proxy, set HTTPS_PROXY first; a mirror of the index goes into PIP_INDEX_URL). " +
        "The network is needed for set-up only.",
    );
  }
  const errors = output.split("\n").filter((line) => /^\s*ERROR|Error:/i.test(line)).join("\n");
  return new InstallError(
    `pip could not install the packages of tools/setup/requirements.txt. It said:\n${
      tail(errors || output)
    }\n` +
      "Run the same command again; if this comes back, delete the folder .venv and try another Python (BACKPROP_PYTHON).",
  );
}

function looksOffline(output: string): boolean {
  return new RegExp(
    [
      "NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|ProtocolError",
      "Max retries exceeded|name resolution|Network is unreachable|getaddrinfo failed|Could not fetch URL",
      "Failed to establish a new connection|Connection (?:refused|reset|aborted|broken)|CERTIFICATE_VERIFY_FAILED",
    ].join("|"),
    "i",
  ).test(output);
}
