import * as Plot from "@observablehq/plot";
import { axisName, plotBody } from "./dom.ts";
import { formatTick } from "./format.ts";
import { palette, REFERENCE_LINE, textOn } from "./palette.ts";
import { textWidth } from "./text.ts";

export const WIDTH = 680;
export const FONT = 13;

/** One bar as it is drawn. */
export interface Bar {
  label: string;
  value: number;
  text: string;
  fill: string;
}

/** Everything the two drawings of a bar chart share. */
export interface BarShape {
  data: Bar[];
  axis: { domain: [number, number]; ticks: number[] };
  xLabel: string;
  valueLabel: string;
  line?: { value: number; label: string };
  longest: number;
}

const lineMarks = { ...REFERENCE_LINE, ariaDescription: "reference line" };
const halo = { stroke: palette.paper, strokeWidth: 3 };
const lineText = { fill: palette.text, ...halo, fontSize: FONT, ariaDescription: "reference" };
const valueText = { text: "text", fontSize: FONT, ariaDescription: "values" } as const;

/** Bars that stand on their labels. */
export function uprightBars({ data, axis, xLabel, valueLabel, line }: BarShape) {
  const height = 326;
  const margin = { top: 46, bottom: xLabel ? 46 : 28, left: 64 };
  const frame = height - margin.top - margin.bottom;
  const pixels = (value: number) => value / (axis.domain[1] - axis.domain[0]) * frame;
  // A value stands at the end of its bar; where a reference line would strike it through, inside the bar.
  const inside = (bar: Bar) => {
    const above = line ? pixels(line.value - bar.value) : NaN;
    return bar.value > 0 && above > -4 && above < 22 && pixels(bar.value) > 26;
  };
  const texts = (bars: Bar[], dy: number, fill: string) =>
    Plot.text(bars, { ...valueText, x: "label", y: "value", dy, fill, ...(fill === "#FFFFFF" ? {} : halo) });
  const body = plotBody({
    width: WIDTH,
    height,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    marginRight: line ? Math.ceil(textWidth(line.label, FONT)) + 26 : 24,
    insetBottom: axis.domain[0] < 0 ? 20 : 0,
    style: { fontSize: `${FONT}px` },
    x: { type: "band", domain: data.map((bar) => bar.label), padding: data.length === 1 ? 0.6 : 0.2 },
    y: { domain: axis.domain },
    marks: [
      Plot.gridY(axis.ticks, { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.axisY(axis.ticks, { label: null, text: formatTick, tickSize: 0, fontSize: FONT }),
      axisName(`↑ ${valueLabel}`, margin.left),
      Plot.barY(data, { x: "label", y: "value", fill: (bar) => bar.fill, ariaDescription: "bars" }),
      Plot.ruleY([0], { stroke: palette.text }),
      Plot.axisX({
        label: xLabel || null,
        labelAnchor: "center",
        labelOffset: 40,
        tickSize: 0,
        fontSize: FONT,
      }),
      ...(line ? [Plot.ruleY([line.value], lineMarks)] : []),
      texts(data.filter((bar) => bar.value >= 0 && !inside(bar)), -10, palette.text),
      texts(data.filter((bar) => bar.value < 0), 10, palette.text),
      texts(data.filter((bar) => inside(bar) && textOn(bar.fill) === "#FFFFFF"), 13, "#FFFFFF"),
      texts(data.filter((bar) => inside(bar) && textOn(bar.fill) !== "#FFFFFF"), 13, "#000000"),
      ...(line
        ? [
          Plot.text([line], {
            ...lineText,
            y: "value",
            text: "label",
            frameAnchor: "right",
            textAnchor: "start",
            dx: 8,
          }),
        ]
        : []),
    ],
    color: { type: "identity" },
  });
  return { body, height };
}

/** Bars that begin at their labels, for labels too long to stand side by side. */
export function lyingBars({ data, axis, xLabel, valueLabel, line, longest }: BarShape) {
  const marginLeft = Math.min(260, Math.ceil(longest) + 24);
  const height = data.length * 24 + 96;
  const body = plotBody({
    width: WIDTH,
    height,
    marginTop: 36,
    marginBottom: 50,
    marginLeft,
    marginRight: 70,
    style: { fontSize: `${FONT}px` },
    x: { domain: axis.domain },
    y: { type: "band", domain: data.map((bar) => bar.label), padding: 0.2 },
    marks: [
      Plot.gridX(axis.ticks, { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.axisX(axis.ticks, {
        label: `${valueLabel} →`,
        labelAnchor: "center",
        labelOffset: 42,
        text: formatTick,
        tickSize: 0,
        fontSize: FONT,
      }),
      Plot.barX(data, { y: "label", x: "value", fill: (bar) => bar.fill, ariaDescription: "bars" }),
      Plot.ruleX([0], { stroke: palette.text }),
      Plot.axisY({ label: null, tickSize: 0, fontSize: FONT }),
      ...(xLabel ? [axisName(xLabel, marginLeft)] : []),
      ...(line ? [Plot.ruleX([line.value], lineMarks)] : []),
      Plot.text(data, {
        ...valueText,
        y: "label",
        x: "value",
        dx: 6,
        textAnchor: "start",
        fill: palette.text,
      }),
      ...(line
        ? [Plot.text([line], { ...lineText, x: "value", text: "label", frameAnchor: "top", dy: -12 })]
        : []),
    ],
    color: { type: "identity" },
  });
  return { body, height };
}
