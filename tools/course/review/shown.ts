// What the cells of an executed notebook show, in the form in which it is kept and compared.
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { unescapeHtml } from "../site/page.ts";
import { normalSvg } from "./svg.ts";

/** What stands below one cell. */
export interface Shown {
  /** Index of the cell, from 0. */
  cell: number;
  id: string;
  /** All that is text, pictures by their text alternatives; may be empty. */
  text: string;
  /** Pictures, the data of widgets, HTML and Markdown: name of the file that keeps it → what is in it. */
  files: Map<string, string | Uint8Array>;
}

/** An output of a cell, as notebook files have it. */
interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

/**
 * What the cells of an executed notebook show; those that show nothing are left out. Elapsed times are replaced by `…`,
 * since they are no two times the same.
 *
 * @example
 * ```ts
 * import { shownBy } from "./shown.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const outputs = [{ output_type: "stream", text: ["✓ training: 5 steps in 0.3 s\n"] }];
 * const [shown] = shownBy({ cells: [{ cell_type: "code", id: "train", source: "", outputs }] });
 * assertEquals([shown.id, shown.text], ["train", "✓ training: 5 steps in …"]);
 * ```
 */
export function shownBy(notebook: Notebook): Shown[] {
  return notebook.cells.flatMap((cell, index) => {
    const outputs = cell.outputs as Output[] | undefined ?? [];
    const id = cell.id ?? "";
    const text = outputs.map(textOf).filter((text) => text !== "").join("\n");
    const files = new Map<string, string | Uint8Array>();
    for (const output of outputs) {
      for (const [ending, content] of filesOf(output)) {
        let name = `${id}.${ending}`;
        for (let n = 2; files.has(name); n++) name = `${id}.${n}.${ending}`;
        files.set(name, content);
      }
    }
    return text === "" && files.size === 0 ? [] : [{ cell: index, id, text, files }];
  });
}

const joined = (text: unknown) => Array.isArray(text) ? text.join("") : typeof text === "string" ? text : "";

/** A line that says how long something took, be it text or HTML. */
const ELAPSED = /((?:^|>)[✓■] [^\n<]+ in )(?:[\d.]+ (?:ms|s|min|h)\b ?)+/gm;
const timeless = (text: string) => text.replace(ELAPSED, "$1… ").replace(/[ \t]+$/gm, "").trimEnd();

function textOf({ text, data, ename, evalue }: Output): string {
  if (ename !== undefined) return `${ename}: ${evalue}`;
  return timeless(joined(text ?? data?.["text/plain"]));
}

function* filesOf({ data = {} }: Output): Generator<[ending: string, content: string | Uint8Array]> {
  const [svg, png, html, markdown] = ["image/svg+xml", "image/png", "text/html", "text/markdown"].map((
    type,
  ) => joined(data[type]));
  if (svg) yield ["svg", normalSvg(svg)];
  if (png) yield ["png", Uint8Array.fromBase64(png.replace(/\s/g, ""))];
  if (markdown) yield ["md", timeless(markdown) + "\n"];
  const widget = html && readWidget(html);
  if (widget) {
    yield ["svg", normalSvg(widget.picture)];
    yield ["json", dataText(widget.data)];
  } else if (html) yield ["html", timeless(html).replace(/>(?=<)/g, ">\n") + "\n"];
}

/** What a widget shows before its script runs, and what the script works on; `undefined` for other HTML. */
function readWidget(html: string): { picture: string; data: unknown } | undefined {
  const [, kind, data] =
    /^<div data-backprop-widget="([^"]*)"[^>]* data-backprop-data="([^"]*)"/.exec(html) ?? [];
  const [, picture] = / src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html) ?? [];
  if (kind === undefined || picture === undefined) return undefined;
  const svg = new TextDecoder().decode(Uint8Array.fromBase64(picture));
  return { picture: svg, data: { widget: kind, data: JSON.parse(unescapeHtml(data)) } };
}

/** Digits of a number in data: the last few of a sum may depend on the machine. */
const DIGITS = 10;

/** Plain data as JSON, each property on a line of its own and each list of numbers on one. */
export function dataText(value: unknown): string {
  const rounded = (_key: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value;
  const text = JSON.stringify(value, rounded, 1);
  return text.replace(
    /\[[-\d.e+,\s]+\]/g,
    (list) => list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  ) + "\n";
}
