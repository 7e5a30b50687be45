/** How a program ended, and everything that it said. */
export interface Finished {
  code: number;
  /** Standard output and standard error, in the order in which lines came. */
  output: string;
}

/** What to run and where. */
export interface RunOptions {
  args: string[];
  /** The whole environment of the child; nothing else is handed on. */
  env: Record<string, string>;
  cwd?: string;
  /** Called for each line of either stream, as it comes. */
  onLine?: (line: string) => void;
}

/**
 * Run a program to its end, without a shell and without input.
 *
 * @throws {Deno.errors.NotFound} If there is no such program
 */
export async function run(program: string, options: RunOptions): Promise<Finished> {
  const child = new Deno.Command(program, {
    args: options.args,
    cwd: options.cwd,
    env: options.env,
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said: string[] = [];
  const hear = async (stream: ReadableStream<Uint8Array>) => {
    for await (const line of lines(stream)) {
      said.push(line);
      options.onLine?.(line);
    }
  };
  const [status] = await Promise.all([child.status, hear(child.stdout), hear(child.stderr)]);
  return { code: status.code, output: said.join("\n") };
}

/** A stream of bytes as lines of text, without their line ends. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop()!;
    for (const line of parts) yield line.replace(/\r$/, "");
  }
  if (rest) yield rest;
}

/** The last lines of a long output, for an error message. */
export function tail(output: string, count = 5): string {
  return output.split("\n").map((line) => line.trim()).filter(Boolean).slice(-count).join("\n");
}
