/** One instruction of a Dockerfile. */
export interface Instruction {
  /** Such as `COPY`, in capitals. */
  name: string;
  /** What follows it, in one line. */
  value: string;
}

/** What a Dockerfile says. */
export interface Dockerfile {
  instructions: Instruction[];
  /** The image that it starts from. */
  base: string;
  /** Each `COPY`: paths of the repository, and where they go. */
  copies: { from: string[]; to: string }[];
  /** Each `RUN`. */
  runs: string[];
  /** Environment of whoever runs the image; `PATH` as it is written. */
  env: Record<string, string>;
  /** Arguments of the build, with their defaults. */
  args: Record<string, string>;
  /** Who runs it: the last `USER`. */
  user: string | undefined;
  /** Where it starts: the last `WORKDIR`. */
  folder: string | undefined;
  /** What it starts. */
  command: string[];
}

/**
 * Read a Dockerfile of one stage, written as ours is: no quotes in `ENV`, a list in `CMD`, no flags.
 *
 * @throws {SyntaxError} If an instruction is none that is known here
 *
 * @example
 * ```ts
 * import { readDockerfile } from "./dockerfile.ts";
 *
 * const { base, env } = readDockerfile("FROM debian:13\nARG NAME=ada\nENV HOME=/home/${NAME}\n");
 * console.log(base, env.HOME); // debian:13 /home/ada
 * ```
 */
export function readDockerfile(text: string): Dockerfile {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line)).join("\n");
  const found: Dockerfile = {
    instructions: lines.replace(/\s*\\\n\s*/g, " ").split("\n").filter((line) => line.trim()).map((line) => {
      const [, name, value] = /^(\S+)\s+(.*?)\s*$/.exec(line)!;
      return { name: name.toUpperCase(), value };
    }),
    base: "",
    copies: [],
    runs: [],
    env: {},
    args: {},
    user: undefined,
    folder: undefined,
    command: [],
  };
  const expand = (value: string) =>
    value.replace(/\$\{?([A-Z_]+)\}?/g, (all, name) => found.env[name] ?? found.args[name] ?? all);
  const read: Record<string, (value: string) => void> = {
    FROM: (value) => found.base = value,
    ARG: (value) => {
      const [name, usual = ""] = value.split("=");
      found.args[name] = usual;
    },
    ENV: (value) => {
      for (const pair of value.split(/\s+/)) {
        const at = pair.indexOf("=");
        found.env[pair.slice(0, at)] = expand(pair.slice(at + 1));
      }
    },
    COPY: (value) => {
      const paths = expand(value).split(/\s+/);
      found.copies.push({ from: paths.slice(0, -1), to: paths.at(-1)! });
    },
    RUN: (value) => found.runs.push(expand(value)),
    USER: (value) => found.user = expand(value),
    WORKDIR: (value) => found.folder = expand(value),
    EXPOSE: () => {},
    CMD: (value) => found.command = JSON.parse(value),
  };
  for (const { name, value } of found.instructions) {
    if (!read[name]) throw new SyntaxError(`The Dockerfile says ${name}, which is not known here: ${value}`);
    read[name](value);
  }
  return found;
}
