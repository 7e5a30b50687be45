import { maxOf } from "../kernels/extremes.ts";
import * as Plot from "@observablehq/plot";
import { niceStep } from "./axes.ts";
import { plotBody } from "./dom.ts";
import { formatCount, formatNumber } from "../checks/format.ts";
import { formatTick, tickFormat } from "./format.ts";
import { FONT, makeFrame } from "./frame.ts";
import { palette } from "./palette.ts";
import { escapeXml, textWidth, wrapText } from "./text.ts";

/** One group, counted. */
export interface Panel {
  label: string;
  count: number;
  mean: number;
  deviation: number;
  /** The share of its values in each bar, 0…1 */
  shares: number[];
}

const PLOT = 66, GAP = 14, NAME = 18;
/** Pixels left of a panel's bars, for its percentages. */
const LEFT = 50;

/** The panels in their columns, each with its name and moments above it; ticks below the lowest of a column. */
export function histogramPanels(
  panels: readonly Panel[],
  { edges, columns, xLabel, width }: {
    edges: readonly number[];
    columns: number;
    xLabel: string;
    width: number;
  },
): { body: string; height: number } {
  const columnWidth = Math.floor(width / columns);
  const rows = Math.ceil(panels.length / columns);
  const room = columnWidth - LEFT - 10;
  const counted = panels.every((panel) => textWidth(words(panel, true), FONT) <= room);
  const captions = panels.map((panel) => [
    ...(panel.label === "" ? [] : wrapText(panel.label, room, FONT, true)),
    ...wrapMoments(words(panel, counted), room),
  ]);
  const parts: string[] = [];
  let top = 6;
  for (let row = 0; row < rows; row++) {
    const inRow = panels.slice(row * columns, (row + 1) * columns);
    const lines = maxOf(captions.slice(row * columns, (row + 1) * columns).map((some) => some.length));
    inRow.forEach((panel, column) => {
      const isLowest = row * columns + column + columns >= panels.length;
      const body = onePanel(panel, { edges, xLabel, width: columnWidth, isLowest });
      const texts = captions[row * columns + column].map((line, i) =>
        `<text x="${LEFT}" y="${NAME * (i + 1) - 4}"${
          i === 0 ? ' font-weight="600"' : ` fill="${palette.quietText}"`
        }>${escapeXml(line)}</text>`
      );
      parts.push(
        `<g transform="translate(${
          column * columnWidth
        },${top})" aria-description="panel"><g font-size="${FONT}" ` +
          `aria-description="panel name">${texts.join("")}</g><g transform="translate(0,${
            lines * NAME
          })">${body}</g></g>`,
      );
    });
    top += lines * NAME + PLOT + GAP;
  }
  const name = `<text x="${(width + LEFT) / 2}" y="${top + 36}" text-anchor="middle" font-size="${FONT}" ` +
    `aria-description="axis name">${escapeXml(`${xLabel} →`)}</text>`;
  return { body: parts.join("") + name, height: top + 46 };
}

/** Breaks after a comma where one line is too short, never between a name and its number. */
function wrapMoments(text: string, room: number): string[] {
  return textWidth(text, FONT) <= room ? [text] : text.split(", ");
}

/** Mean and spread, and how many values where every panel has room to say so. */
function words({ count, mean, deviation }: Panel, counted: boolean): string {
  if (count === 0) return "no values";
  const moments = `mean ${formatNumber(mean)}, std ${formatNumber(deviation)}`;
  return counted ? `${moments}, ${formatCount(count)} ${count === 1 ? "value" : "values"}` : moments;
}

function onePanel(
  { shares }: Panel,
  { edges, xLabel, width, isLowest }: {
    edges: readonly number[];
    xLabel: string;
    width: number;
    isLowest: boolean;
  },
): string {
  const range: [number, number] = [edges[0], edges.at(-1)!];
  // The frame of a whole chart knows which ticks have room.
  const { x, right } = makeFrame({
    x: { label: xLabel, range, exact: true },
    y: { label: "", range: [0, 1] },
    width,
    height: 200,
  });
  const most = maxOf(shares, 0.01) * 100;
  const step = niceStep(most / 2);
  const ticks = [0, step, 2 * step].filter((tick) => tick <= most * 1.001 || tick === step);
  const bars = shares.map((share, i) => ({ from: edges[i], to: edges[i + 1], percent: share * 100 }))
    .filter(({ percent }) => percent > 0);
  const thin = (right - LEFT) / shares.length < 4;
  const below = isLowest ? 28 : 6;
  return plotBody({
    width,
    height: PLOT + below,
    marginTop: 4,
    marginBottom: below,
    marginLeft: LEFT,
    marginRight: width - right,
    style: { fontSize: `${FONT}px` },
    x: { domain: range, axis: null },
    y: { domain: [0, Math.max(most, ticks.at(-1)!)] },
    marks: [
      Plot.gridY(ticks, { stroke: palette.grid, strokeOpacity: 1 }),
      Plot.axisY(ticks, {
        label: null,
        tickSize: 0,
        text: (tick: number) => `${formatTick(tick)}%`,
        fontSize: FONT - 1,
      }),
      Plot.rectY(bars, {
        x1: "from",
        x2: "to",
        y: "percent",
        fill: palette.training,
        insetLeft: thin ? 0 : 0.4,
        insetRight: thin ? 0 : 0.4,
        ariaDescription: "bars",
      }),
      Plot.ruleY([0], { stroke: palette.text }),
      ...(range[0] < 0 && range[1] > 0
        ? [Plot.ruleX([0], { stroke: palette.text, strokeDasharray: "3 3", ariaDescription: "zero" })]
        : []),
      ...(isLowest
        ? [
          Plot.axisX(x.ticks, { label: null, text: tickFormat(x.ticks), fontSize: FONT }),
        ]
        : []),
    ],
  });
}
