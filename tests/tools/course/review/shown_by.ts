import * as Plot from "@observablehq/plot";
import { join } from "@std/path";
import { plotBody } from "../../../../lib/charts/dom.ts";
import { emptyReport, type NotebookReport } from "../../../../tools/notebooks/report.ts";
import { withProject } from "../../checks/project.ts";

/** Text that a cell prints. */
export const stream = (text: string) => ({
  output_type: "stream",
  name: "stdout",
  text: text.split(/(?<=\n)/),
});

/** Something that a cell shows, with what stands for it as text. */
export const display = (text: string, data: Record<string, unknown> = {}) => ({
  output_type: "display_data",
  data: { ...data, "text/plain": text },
});

export const picture = (svg: string, text = "") => display(text, { "image/svg+xml": svg });

/** A widget: a picture, and data for a script. */
export const widget = (data: unknown, svg = chart([1, 2])) => {
  const attribute = JSON.stringify(data).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html =
    `<div data-backprop-widget="sketch" data-lm-suppress-shortcuts="true" data-backprop-data="${attribute}">` +
    `<img alt="A sketch" src="data:image/svg+xml;base64,${
      new TextEncoder().encode(svg).toBase64()
    }"></div>\n` +
    "<script>1 < 2</script>";
  return display("A sketch", { "text/html": html });
};

/** How {@link chart} draws. */
export interface ChartLook {
  colour?: string;
  /** Pixels of one unit upwards. */
  unit?: number;
  /** What its clipping is called, as Plot counts. */
  clip?: string;
}

/** A chart as the library draws them: a line through values at x = 0, 1, 2 …, its points, and two axes. */
export function chart(
  values: number[],
  { colour = "teal", unit = 20, clip = "clip-1" }: ChartLook = {},
): string {
  const body = plotBody({
    width: 200,
    height: 200,
    x: { domain: [0, 3], range: [20, 80], ticks: 3 },
    y: { domain: [0, 3], range: [180, 180 - 3 * unit], ticks: 3 },
    marks: [
      Plot.lineY(values, { stroke: colour, strokeWidth: 2, ariaDescription: "loss" }),
      Plot.dot(values.map((value, x) => [x, value]), { fill: colour, r: 3 }),
    ],
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200" aria-label="A chart">` +
    `<title>A chart</title><desc>In words</desc>` +
    `<clipPath id="${clip}"><rect x="0" y="0" width="200" height="200"/></clipPath>${body}</svg>`;
}

type Cells = Record<string, unknown[] | string>;

/** An executed notebook: a string is a text cell, a list the outputs of a code cell. */
export const notebook = (cells: Cells) => ({
  cells: Object.entries(cells).map(([id, cell]) =>
    typeof cell === "string"
      ? { cell_type: "markdown", id, source: cell }
      : { cell_type: "code", id, source: `f("${id}");`, outputs: cell }
  ),
});

/** What {@link withExecuted} gives. */
export interface Executed {
  root: string;
  executed: string;
  paths: string[];
  reports: NotebookReport[];
}

/** A project in a temporary folder whose notebooks were executed, as if by a kernel. */
export async function withExecuted(
  notebooks: Record<string, Cells>,
  use: (project: Executed) => Promise<void>,
) {
  const names = Object.keys(notebooks);
  const files = names.flatMap((name) => {
    const text = JSON.stringify(notebook(notebooks[name]), null, 1) + "\n";
    return [`executed/${name}.ipynb`, `notebooks/${name}.ipynb`].map((path) => [path, text]);
  });
  await withProject(Object.fromEntries(files), (root) =>
    use({
      root,
      executed: join(root, "executed"),
      paths: names.map((name) => join(root, "notebooks", `${name}.ipynb`)),
      reports: names.map(emptyReport),
    }));
}
