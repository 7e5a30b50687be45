import { kindOf } from "../checks/values.ts";
import { type GraphLayout, graphLayout, type PlacedEdge } from "../autograd/graph_layout.ts";
import { Value } from "../autograd/value.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Chart } from "./chart.ts";
import { ChartDataError } from "./errors.ts";
import { formatNumber } from "../checks/format.ts";
import { plural, sentence } from "./format.ts";
import { palette } from "./palette.ts";
import { type ChartOptions, HEADING, readOptions } from "./read.ts";
import { escapeXml, textWidth } from "./text.ts";

/** Options of {@link graphChart}. */
export type GraphChartOptions = ChartOptions;

/** A node in words. */
interface Box {
  name: string;
  value: string;
  gradient: string | undefined;
  leaf: boolean;
  width: number;
}

const FONT = 13;
const BOX = { height: 28, padding: 11 };
const ROW = 84, GAP = 40, MARGIN = 24, NARROWEST = 420;
const SYMBOLS: Record<string, string> = { add: "+", sub: "−", mul: "×", div: "÷", matmul: "@" };

/**
 * Draws how a number was computed: inputs at the left, the result at the right, above each node its value and,
 * after `backward()`, below it the gradient of the result with respect to it.
 *
 * Of a tensor with many entries the shape is shown, and the norm of its gradient.
 *
 * @param root The result: a value or a tensor that was computed from others
 * @throws {ChartDataError} If it remembers no operation, or the graph has more than 60 nodes
 *
 * @example
 * ```ts
 * import { graphChart, Value } from "backprop";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(0.8, "x"), w = new Value(0.5, "w"), b = new Value(-0.1, "b");
 * const loss = x.mul(w).add(b).sub(1).pow(2);
 * loss.label = "L";
 * loss.backward();
 * assertEquals(graphChart(loss).title, "L = 0.49; it changes most with b: ∂L/∂b = −1.4");
 * ```
 */
export function graphChart(root: Value | Tensor, given: GraphChartOptions = {}): Chart {
  const options = readOptions("graphChart", given, HEADING);
  if (!(root instanceof Tensor || root instanceof Value)) {
    throw new ChartDataError(
      `graphChart() expects a Value or a Tensor that was computed, got ${kindOf(root)}.`,
    );
  }
  if (root.parents.length === 0) {
    throw new ChartDataError(
      "graphChart() has nothing to draw: this result remembers no operation. Compute it from a Value or from a " +
        "parameter(), outside noGrad().",
    );
  }
  const layout = layoutOf(root);
  const boxes = layout.nodes.map(({ node }) => describe(node));
  const centers = columnCenters(layout, boxes);
  const x = (column: number) => centers[column];
  const y = (row: number) => MARGIN + ROW * (row + 0.5);

  const lines = layout.edges.map((edge) => {
    const start = layout.nodes[edge.from], end = layout.nodes[edge.to];
    const tip = x(end.column) - boxes[edge.to].width / 2;
    const points = [
      [x(start.column) + boxes[edge.from].width / 2, y(start.row)],
      ...edge.through.map(({ column, row }) => [x(column), y(row)]),
      [tip - 6, y(end.row) + landing(layout, edge)],
    ];
    return arrow(points, tip);
  });
  const nodes = layout.nodes.map(({ column, row }, i) => nodeElement(boxes[i], x(column), y(row)));
  const last = layout.columns - 1;
  const width = Math.max(NARROWEST, Math.ceil(centers[last] + widest(layout, boxes, last) / 2 + MARGIN));
  const height = MARGIN + ROW * layout.rows + 34;
  const title = options.title ?? finding(root, layout);
  return new Chart({
    title,
    subtitle: options.subtitle,
    alternative: [sentence(title), inWords(layout, boxes)].join(" ")
      .trim(),
    width,
    height,
    body: `<g fill="none" stroke="${palette.reference}" stroke-width="1.5">${lines.join("")}</g>` +
      `<g font-size="${FONT}" text-anchor="middle">${nodes.join("")}</g>` +
      legend(height - 14, boxes.some(({ gradient }) => gradient !== undefined)),
  });
}

/** Values and tensors in the way they have in common. */
type Node = Value | Tensor;

function layoutOf(root: Node): GraphLayout<Node> {
  try {
    return graphLayout<Node>(root);
  } catch (error) {
    if (error instanceof RangeError) {
      throw new ChartDataError(`graphChart() cannot draw this: ${error.message}`);
    }
    throw error;
  }
}

function describe(node: Node): Box {
  const { label, operation, grad, requiresGrad } = node;
  const leaf = node.parents.length === 0;
  const made = operation === undefined ? undefined : SYMBOLS[operation] ?? operation;
  const name = leaf
    ? label ?? (requiresGrad ? "input" : "constant")
    : label === undefined
    ? made ?? "?"
    : `${label} ${made === undefined ? "" : `(${made})`}`.trim();
  const gradient = !requiresGrad || grad === undefined ? undefined : inBrief(grad, "norm");
  const width = Math.max(BOX.height, textWidth(name, FONT, true) + 2 * BOX.padding);
  return { name, value: inBrief(node instanceof Tensor ? node : node.data, "shape"), gradient, leaf, width };
}

/** A number, a few numbers, or what can be said of many. */
function inBrief(x: number | Tensor, of: "shape" | "norm"): string {
  if (typeof x === "number") return brief(x);
  if (x.size === 1) return brief(x.data[0]);
  if (x.shape.length === 1 && x.size <= 3) return `[${Array.from(x.data, brief).join(", ")}]`;
  return of === "shape" ? `[${x.shape.join(", ")}]` : `norm ${brief(norm(x))}`;
}

const brief = (value: number) => formatNumber(value, { digits: 4 });

function norm(x: number | Tensor): number {
  return typeof x === "number"
    ? Math.abs(x)
    : Math.sqrt(Array.from(x.data).reduce((sum, v) => sum + v * v, 0));
}

/** The widest thing in a column: a box, a value or a gradient. */
function widest({ nodes }: GraphLayout<Node>, boxes: readonly Box[], column: number): number {
  let most = 0;
  nodes.forEach((node, i) => {
    if (node.column !== column) return;
    const { width, value, gradient = "" } = boxes[i];
    most = Math.max(most, width, textWidth(value, FONT), textWidth(gradient, FONT));
  });
  return most;
}

function columnCenters(layout: GraphLayout<Node>, boxes: readonly Box[]): number[] {
  let left = MARGIN;
  return Array.from({ length: layout.columns }, (_, column) => {
    const width = widest(layout, boxes, column);
    const center = left + width / 2;
    left += width + GAP;
    return center;
  });
}

/** How far from the middle of a box a line ends: those of one box apart, in the order in which they come in. */
function landing({ nodes, edges }: GraphLayout<Node>, edge: PlacedEdge): number {
  const height = ({ from, through }: PlacedEdge) => through.at(-1)?.row ?? nodes[from].row;
  const incoming = edges.filter(({ to }) => to === edge.to).sort((a, b) => height(a) - height(b));
  const apart = Math.min(8, 16 / incoming.length);
  return apart * (incoming.indexOf(edge) - (incoming.length - 1) / 2);
}

/** A smooth line through the points, level at each of them, with a head that ends at `tip`. */
function arrow(points: readonly (readonly number[])[], tip: number): string {
  const round = (value: number) => String(+value.toFixed(1));
  const [first, ...others] = points;
  let path = `M${round(first[0])},${round(first[1])}`;
  let before = first;
  for (const point of others) {
    const middle = (before[0] + point[0]) / 2;
    path += `C${round(middle)},${round(before[1])},${round(middle)},${round(point[1])},` +
      `${round(point[0])},${round(point[1])}`;
    before = point;
  }
  const [x, y] = [round(tip), round(before[1])];
  return `<path d="${path}" aria-description="edge"/>` +
    `<path d="M${x},${y}l-7,-3.5v7z" fill="${palette.reference}" stroke="none"/>`;
}

function nodeElement({ name, value, gradient, leaf, width }: Box, x: number, y: number): string {
  const [left, top] = [+(x - width / 2).toFixed(1), y - BOX.height / 2];
  // Text on a white rim, so that a line behind it does not strike it out.
  const text = (content: string, at: number, fill: string, more = "") =>
    `<text x="${+x.toFixed(1)}" y="${at}" fill="${fill}" stroke="${palette.paper}" stroke-width="4"` +
    ` stroke-linejoin="round" paint-order="stroke"${more}>${escapeXml(content)}</text>`;
  return `<g aria-description="node"><rect x="${left}" y="${top}" width="${+width.toFixed(
    1,
  )}" height="${BOX.height}"` +
    ` rx="${leaf ? 3 : BOX.height / 2}" fill="${palette.paper}" stroke="${palette.text}"/>` +
    `<text x="${+x.toFixed(1)}" y="${y + 4.5}" font-weight="600">${escapeXml(name)}</text>` +
    text(value, top - 7, palette.trainingText, ' aria-description="value"') +
    (gradient === undefined
      ? ""
      : text(gradient, y + BOX.height / 2 + 17, palette.validationText, ' aria-description="gradient"')) +
    "</g>";
}

function legend(y: number, gradients: boolean): string {
  const words = gradients ? "below: gradient of the result" : "no gradients yet: call backward()";
  return `<g font-size="12"><text x="${MARGIN}" y="${y}" fill="${palette.trainingText}">above: value</text>` +
    `<text x="${MARGIN + 96}" y="${y}" fill="${
      gradients ? palette.validationText : palette.quietText
    }">${words}</text></g>`;
}

/** Of all inputs, the one with the largest gradient. */
function finding(root: Node, { nodes }: GraphLayout<Node>): string {
  const name = root.label ?? "result";
  const value = inBrief(root instanceof Tensor ? root : root.data, "shape");
  let most: Node | undefined;
  for (const { node } of nodes) {
    if (node.parents.length > 0 || node.grad === undefined || node.label === undefined) continue;
    if (most === undefined || norm(node.grad) > norm(most.grad!)) most = node;
  }
  const result = `${root.label ?? "Result"} = ${value}`;
  if (most === undefined) return result;
  const derivative = `∂${name}/∂${most.label}`, gradient = inBrief(most.grad!, "norm");
  const equation = gradient.startsWith("norm ")
    ? `‖${derivative}‖ = ${gradient.slice(5)}`
    : `${derivative} = ${gradient}`;
  return `${result}; it changes most with ${most.label}: ${equation}`;
}

function inWords({ nodes }: GraphLayout<Node>, boxes: readonly Box[]): string {
  const number = new Map(nodes.map(({ node }, i) => [node, i + 1]));
  const sentences = nodes.map(({ node }, i) => {
    const { name, value, gradient } = boxes[i];
    const from = node.parents.map((parent) => `(${number.get(parent)})`).join(" and ");
    const what = from === "" ? name : `${name} of ${from}`;
    return `(${i + 1}) ${what}: value ${value}${gradient === undefined ? "" : `, gradient ${gradient}`}.`;
  });
  return `Graph of ${plural(nodes.length, "node")}, inputs first. ${sentences.join(" ")}`;
}
