/**
 * Draw a figure of the course to a file: `deno task figure NAME`. Run it with `--help`.
 *
 * @module
 */
import { ChartDataError } from "backprop";
import { dirname, fromFileUrl, join, relative } from "@std/path";
import { parse, UsageError } from "../shared/arguments.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { type Figure, Settings } from "./figures/figure.ts";
import { FIGURES } from "./figures/list.ts";
import { svgToPng } from "../shared/png.ts";

const BUILD = fromFileUrl(new URL("../../build/figures/", import.meta.url));

/** The text of `--help`, for all figures or for one. */
export function help(name?: string): string {
  if (name !== undefined) return helpFor(name, FIGURES[name]);
  const list = Object.entries(FIGURES).map(([name, { says }]) => `  ${name.padEnd(16)} ${says}`);
  return `Draws a figure of the course to an SVG or PNG file.

Usage: deno task figure NAME [options]

${list.join("\n")}

  --out FILE       Where to; the ending says which kind, .svg or .png. build/figures/NAME.svg unless given
  --help           This text; with NAME, that figure's own options`;
}

function helpFor(name: string, { says, options }: Figure): string {
  const lines = Object.entries(options).map(([option, { default: value, says }]) =>
    `  --${option.padEnd(14)} ${says}; ${value === "" ? "none" : value} unless given`
  );
  return `${says}.

Usage: deno task figure ${name} [options]

${lines.join("\n")}
  --out            A file that ends in .svg or .png; build/figures/${name}.svg unless given

A value that begins with a minus needs an equals sign: --b=-1`;
}

/**
 * Do what a command line says.
 *
 * @returns What to print
 * @throws {UsageError} If it cannot be done as asked
 */
export async function drawFigure(args: string[]): Promise<string> {
  const [name, ...rest] = args.filter((arg) => arg !== "--");
  if (name === undefined || name === "--help" || name === "-h") return help();
  const figure = Object.hasOwn(FIGURES, name) ? FIGURES[name] : undefined;
  if (!figure) {
    throw new UsageError(`There is no figure "${name}"; there are ${Object.keys(FIGURES).join(", ")}.`);
  }
  const values = readOptions(name, figure, rest);
  if (values === undefined) return help(name);
  const out = values.out ?? join(BUILD, `${name}.svg`);
  const kind = out.match(/\.(svg|png)$/i)?.[1].toLowerCase();
  if (!kind) throw new UsageError(`--out needs a file that ends in .svg or .png, and got "${out}".`);
  const { chart, text } = draw(figure, values);
  const svg = chart.toSVG();
  await Deno.mkdir(dirname(out), { recursive: true });
  await writeAtomically(out, kind === "svg" ? svg : svgToPng(svg, { scale: 2 }));
  return [text, chart.alternative, `Drawn to ${relative(Deno.cwd(), out)}`].filter(Boolean).join("\n\n");
}

function readOptions(name: string, { options }: Figure, args: string[]): Record<string, string> | undefined {
  const known = Object.fromEntries(
    [...Object.keys(options), "out"].map((key) => [key, { type: "string" as const }]),
  );
  const { values, help } = parse(args, { task: `figure ${name}`, help: "", options: known });
  if (help) return undefined;
  const defaults = Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default]));
  return {
    ...defaults,
    ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)])),
  };
}

function draw(figure: Figure, values: Record<string, string>) {
  try {
    return figure.draw(new Settings(values));
  } catch (error) {
    if (error instanceof ChartDataError) throw new UsageError(error.message);
    throw error;
  }
}

if (import.meta.main) {
  try {
    console.log(await drawFigure(Deno.args));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      Deno.exit(2);
    }
    if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotFound) {
      console.error(`The figure could not be written: ${error.message}`);
      Deno.exit(1);
    }
    throw error;
  }
}
