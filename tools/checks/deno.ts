// Runs the Deno that runs this program on the project, and keeps what it says.
import { stripVTControlCharacters } from "node:util";
import { lines } from "../setup/process.ts";

/** What a command did. */
export interface Outcome {
  /** The exit code; 0 is success. */
  code: number;
  stdout: string;
  stderr: string;
  /** Both streams, line by line as they came. */
  text: string;
  /** Whether the command was stopped because it took too long. */
  timedOut: boolean;
}

/** How to run a command. */
export interface RunOptions {
  /** The folder to run in. */
  cwd?: string;
  /** Environment variables beside those of this process. */
  env?: Record<string, string>;
  /** What the command reads from its standard input; nothing unless said. */
  input?: string;
  /** Called with each line as it comes. */
  onLine?: (line: string) => void;
  /** Stop the command after so many seconds. */
  timeoutSeconds?: number;
}

/**
 * Runs `deno` with some arguments, without colours and without a keyboard.
 *
 * @example
 * ```ts
 * import { deno } from "./deno.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { code, stdout } = await deno(["eval", "console.log(6 * 7)"]);
 * assertEquals([code, stdout], [0, "42\n"]);
 * ```
 */
export async function deno(args: string[], options: RunOptions = {}): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: options.cwd,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", DENO_NO_UPDATE_CHECK: "1", ...options.env },
    stdin: options.input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  const feed = async () => {
    if (options.input === undefined) return;
    await new Blob([options.input]).stream().pipeTo(child.stdin);
  };

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, (options.timeoutSeconds ?? 900) * 1000);

  const all: string[] = [];
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const own: string[] = [];
    for await (const raw of lines(stream)) {
      const line = stripVTControlCharacters(raw);
      own.push(line);
      all.push(line);
      options.onLine?.(line);
    }
    return own.map((line) => line + "\n").join("");
  };
  try {
    const [stdout, stderr, { code }] = await Promise.all([
      collect(child.stdout),
      collect(child.stderr),
      child.status,
      feed().catch(() => {}), // a command that ends early need not read everything
    ]);
    return { code, stdout, stderr, text: all.join("\n"), timedOut };
  } finally {
    clearTimeout(timer);
  }
}
