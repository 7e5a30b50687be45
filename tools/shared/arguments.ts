// The command line of a task, read the same way everywhere.
import { parseArgs, type ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a task can be asked for. */
export interface Usage<T extends Options> {
  /** Its name, as in `deno task NAME`. */
  task: string;
  /** The text of `--help`. */
  help: string;
  /** Options beside `--help`; none unless given. */
  options?: T;
  /** Whether names, such as those of files, may stand beside the options. */
  names?: boolean;
}

/** What a person asked for. */
export interface Arguments<T extends Options> {
  values: ReturnType<typeof parseArgs<{ options: T }>>["values"];
  names: string[];
}

/** A command line that cannot be understood, or that asks for what is not there; the message says what to write instead. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What to print instead of doing it, and the exit code. */
export interface Answer {
  text: string;
  code: 0 | 2;
}

/**
 * Read a command line. A leading `--` means nothing: npm needs one before the options of a task, Deno does not.
 *
 * @param args What was typed after the name of the task
 * @returns The options and names, or what to answer: the help text, or a sentence about what cannot be understood
 *
 * @example
 * ```ts
 * import { understand } from "./arguments.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const usage = { task: "paint", help: "deno task paint [--red]", options: { red: { type: "boolean" } } } as const;
 * assertEquals(understand(["--", "--red"], usage), { values: { red: true }, names: [] });
 * assertEquals(understand(["--help"], usage), { text: "deno task paint [--red]", code: 0 });
 * const text = "There is no option --blue. See: deno task paint --help";
 * assertEquals(understand(["--blue"], usage), { text, code: 2 });
 * ```
 */
export function understand<const T extends Options>(
  args: string[],
  { task, help, options, names = false }: Usage<T>,
): Arguments<T> | Answer {
  const given = withoutDashes(args);
  if (asksForHelp(given)) return { text: help, code: 0 };
  const refuse = (what: string): Answer => ({ text: `${what}. See: deno task ${task} --help`, code: 2 });
  try {
    const { values, positionals } = parseArgs({ args: given, options, allowPositionals: true });
    if (!names && positionals.length > 0) return refuse(`deno task ${task} cannot use "${positionals[0]}"`);
    return { values: { ...values } as Arguments<T>["values"], names: positionals };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (!code?.startsWith("ERR_PARSE_ARGS")) throw error;
    const [, option] = /'(-[^' ]*)'/.exec(message) ?? [];
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return refuse(`There is no option ${option}`);
    return refuse(message.split(/\.(?:\s|$)/)[0]);
  }
}

/** The options and names that this program was started with; if there is something to answer instead, it ends here. */
export function readArguments<const T extends Options>(usage: Usage<T>): Arguments<T> {
  const understood = understand(Deno.args, usage);
  if ("values" in understood) return understood;
  const { text, code } = understood;
  if (code === 0) console.log(text);
  else console.error(text);
  Deno.exit(code);
}

/**
 * What a person asked for; `help` if that was how to ask.
 *
 * @throws {UsageError} If it cannot be understood
 */
export function parse<const T extends Options>(
  args: string[],
  usage: Usage<T>,
): Arguments<T> & { help: boolean } {
  const understood = understand(args, usage);
  if ("values" in understood) return { ...understood, help: false };
  if (understood.code !== 0) throw new UsageError(understood.text);
  return { values: {} as Arguments<T>["values"], names: [], help: true };
}

/**
 * The number behind an option.
 *
 * @param least The least that makes sense, itself included; above 0 unless given
 * @throws {UsageError} If the text is no such number
 */
export function numberOf(
  option: string,
  text: string,
  { least = 0, most = Infinity, whole = false } = {},
): number {
  const number = Number(text);
  const isFit = text.trim() !== "" && Number.isFinite(number) && number <= most &&
    (least === 0 ? number > 0 : number >= least) && (!whole || Number.isInteger(number));
  if (isFit) return number;
  const range = most < Infinity
    ? `from ${least} to ${most}`
    : least === 0
    ? "above 0"
    : `of at least ${least}`;
  throw new UsageError(
    `${option} needs a ${whole ? "whole " : ""}number ${range}, and got ${text || "nothing"}.`,
  );
}

/** A command line without the `--` that may stand before it. */
export const withoutDashes = (args: string[]): string[] => args[0] === "--" ? args.slice(1) : args;

/** Whether a person wants the help text and nothing else. */
export const asksForHelp = (args: string[]): boolean => args.includes("--help") || args.includes("-h");
