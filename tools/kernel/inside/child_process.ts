// What cells get in the place of "node:child_process": the same, but what programs would write to the terminal of the
// kernel arrives below the cell, and they read nothing where its orders come in.
import original from "node:child_process";
import { printOutput } from "./commands.ts";

export * from "node:child_process";

type Entry = string | number | null | undefined | object;
interface Options {
  stdio?: string | Entry[];
  shell?: boolean | string;
  encoding?: string;
  [name: string]: unknown;
}
interface Result {
  stdout: Uint8Array | string | null;
  stderr: Uint8Array | string | null;
  output: unknown[];
  status: number | null;
  signal: string | null;
  error?: Error;
}
interface Child {
  stdout: { on(event: "data", hear: (data: Uint8Array) => void): void } | null;
  stderr: Child["stdout"];
}

const STREAMS = ["stdout", "stderr"] as const;
const node = original as unknown as {
  spawn(program: string, args: string[], options: Options): Child;
  spawnSync(program: string, args: string[], options: Options): Result;
};

/** What `stdio` means without what is inherited, and which streams were to be. */
function redirected(options: Options, preset: Entry[]): { options: Options; isShown: boolean[] } {
  const { stdio = preset } = options;
  const list: Entry[] = typeof stdio === "string" ? [stdio, stdio, stdio] : [...stdio];
  const isInherited = (i: number) =>
    list[i] === "inherit" || list[i] === i || list[i] === [process.stdin, process.stdout, process.stderr][i];
  const isShown = [1, 2].map(isInherited);
  if (isInherited(0)) list[0] = "ignore";
  for (const i of [1, 2]) if (isInherited(i)) list[i] = "pipe";
  return { options: { ...options, stdio: list }, isShown };
}

function split(args: unknown[]): [args: string[], options: Options] {
  const list = args.find(Array.isArray) ?? [];
  const options = args.find((part) => typeof part === "object" && part !== null && !Array.isArray(part)) ??
    {};
  return [list as string[], options as Options];
}

const textOf = (data: Uint8Array | string | null) =>
  data === null ? "" : typeof data === "string" ? data : new TextDecoder().decode(data);

function runSync(program: string, args: string[], given: Options, preset: Entry[]): Result {
  const { options, isShown } = redirected(given, preset);
  const result = node.spawnSync(program, args, options);
  for (const [i, name] of STREAMS.entries()) {
    if (!isShown[i]) continue;
    printOutput(textOf(result[name]), name === "stderr");
    result[name] = result.output[i + 1] = null;
  }
  return result;
}

/** As Node's. */
export function spawnSync(program: string, ...rest: unknown[]): Result {
  return runSync(program, ...split(rest), ["pipe", "pipe", "pipe"]);
}

function orThrow(command: string, result: Result): Result["stdout"] {
  if (result.error) throw result.error;
  if (result.status === 0) return result.stdout;
  throw Object.assign(new Error(`Command failed: ${command}\n${textOf(result.stderr)}`.trimEnd()), result);
}

/** As Node's: standard error is inherited unless something else is said. */
export function execFileSync(program: string, ...rest: unknown[]): Result["stdout"] {
  const [args, options] = split(rest);
  return orThrow([program, ...args].join(" "), runSync(program, args, options, ["pipe", "pipe", "inherit"]));
}

/** As Node's: standard error is inherited unless something else is said. */
export function execSync(command: string, options: Options = {}): Result["stdout"] {
  return orThrow(command, runSync(command, [], { shell: true, ...options }, ["pipe", "pipe", "inherit"]));
}

/** As Node's. */
export function spawn(program: string, ...rest: unknown[]): Child {
  const [args, given] = split(rest);
  const { options, isShown } = redirected(given, ["pipe", "pipe", "pipe"]);
  const child = node.spawn(program, args, options);
  for (const [i, name] of STREAMS.entries()) {
    if (!isShown[i]) continue;
    const decoder = new TextDecoder();
    child[name]?.on("data", (data) => printOutput(decoder.decode(data, { stream: true }), name === "stderr"));
    child[name] = null;
  }
  return child;
}

export default { ...original, spawn, spawnSync, execSync, execFileSync };
