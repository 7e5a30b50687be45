/** A loss surface as a landscape: our own small projection, drawn from the farthest tile to the nearest. */

import { maxOf } from "../../kernels/extremes.ts";
import { linearAxis } from "../../charts/axes.ts";
import { formatNumber, formatTick } from "../../charts/format.ts";
import type { Line, LineSurface } from "../models/line_surface.ts";
import { heightColour } from "../../charts/height_colour.ts";
import { type Colours, ON_MAP } from "./colours.ts";
import { ball } from "./height_map.ts";
import { element, text } from "./svg.ts";

/** Where it is seen from: turned about the vertical axis, and how far from above; in degrees. */
export interface View {
  readonly turn: number;
  readonly tilt: number;
}

/** Most and least tilt: from almost level to almost from above. */
export const TILTS = [12, 75] as const;
/** Tiles a side. */
const TILES = 24;
/** The height of the box, its floor being 2 × 2. */
const TALL = 1.35;

type Point = [number, number];

/** A landscape over two ranges; its heights are computed once. */
export class Landscape {
  readonly #heights: ArrayLike<number>;
  readonly #top: number;

  constructor(
    readonly surface: LineSurface,
    readonly wRange: readonly [number, number],
    readonly bRange: readonly [number, number],
  ) {
    this.#heights = surface.grid(wRange, bRange, TILES + 1).heights;
    const ticks = linearAxis(0, maxOf(Array.from(this.#heights))).domain;
    this.#top = ticks[1];
  }

  /** The picture: the path ends at the ball. */
  draw(size: { width: number; height: number }, view: View, path: readonly Line[], colours: Colours): string {
    const project = this.#projection(size, view);
    return this.#box(project, view, colours) + this.#tiles(project, view) +
      this.#marks(project, path, colours);
  }

  /** The same in words. */
  inWords(path: readonly Line[]): string {
    const here = path[path.length - 1];
    const { minimum } = this.surface.shape;
    return `The mean squared error over w and b as a landscape: a long bowl, lowest at w = ${
      formatNumber(minimum.w)
    }, b = ${formatNumber(minimum.b)}. The ball is at w = ${formatNumber(here.w)}, b = ${
      formatNumber(here.b)
    }, at height ${formatNumber(this.surface.at(here).loss)}, after ${path.length - 1} steps.`;
  }

  /** From (w, b, loss) to pixels; parallel lines stay parallel. */
  #projection({ width, height }: { width: number; height: number }, { turn, tilt }: View) {
    const [sinTurn, cosTurn] = [Math.sin(turn * Math.PI / 180), Math.cos(turn * Math.PI / 180)];
    const [sinTilt, cosTilt] = [Math.sin(tilt * Math.PI / 180), Math.cos(tilt * Math.PI / 180)];
    const deep = 2 * Math.SQRT2 * sinTilt;
    const scale = Math.min((width - 84) / (2 * Math.SQRT2), (height - 64) / (deep + TALL * cosTilt));
    const middle = height / 2 - 4;
    return (w: number, b: number, loss: number): Point => {
      const u = 2 * (w - this.wRange[0]) / (this.wRange[1] - this.wRange[0]) - 1;
      const v = 2 * (b - this.bRange[0]) / (this.bRange[1] - this.bRange[0]) - 1;
      const near = u * sinTurn + v * cosTurn;
      return [
        width / 2 + 10 + scale * (u * cosTurn - v * sinTurn),
        middle + scale * (near * sinTilt - (loss / this.#top - 0.5) * TALL * cosTilt),
      ];
    };
  }

  #tiles(project: (w: number, b: number, loss: number) => Point, { turn }: View): string {
    const side = TILES + 1;
    const along = ([from, to]: readonly [number, number], i: number) => from + (to - from) * i / TILES;
    const points = Array.from({ length: side * side }, (_, k) => {
      const [x, y] = project(
        along(this.wRange, k % side),
        along(this.bRange, Math.floor(k / side)),
        this.#heights[k],
      );
      return `${tenth(x)},${tenth(y)}`;
    });
    const [sin, cos] = [Math.sin(turn * Math.PI / 180), Math.cos(turn * Math.PI / 180)];
    const tiles = Array.from({ length: TILES * TILES }, (_, k) => {
      const [i, j] = [k % TILES, Math.floor(k / TILES)];
      const corner = j * side + i;
      const corners = [corner, corner + 1, corner + side + 1, corner + side];
      const mean = corners.reduce((sum, at) => sum + this.#heights[at], 0) / 4;
      const slope = (this.#heights[corner + 1] - this.#heights[corner] +
        this.#heights[corner + side] - this.#heights[corner]) / this.#top;
      return {
        corners,
        mean,
        light: 1 - Math.max(-0.12, Math.min(0.18, slope * 0.9)),
        near: i * sin + j * cos,
      };
    });
    const drawn = tiles.sort((a, b) => a.near - b.near).map(({ corners, mean, light }) =>
      element("path", {
        d: `M${corners.map((at) => points[at]).join("L")}Z`,
        fill: heightColour(Math.sqrt(mean / this.#top), light),
      })
    );
    return element(
      "g",
      { stroke: "#FFFFFF", "stroke-width": 0.5, "stroke-opacity": 0.45, "stroke-linejoin": "round" },
      drawn.join(""),
    );
  }

  /** The floor and the three axes, on those edges that are nearest to the reader. */
  #box(project: (w: number, b: number, loss: number) => Point, { turn }: View, colours: Colours): string {
    const [sin, cos] = [Math.sin(turn * Math.PI / 180), Math.cos(turn * Math.PI / 180)];
    const [w0, w1] = this.wRange, [b0, b1] = this.bRange;
    const nearB = cos >= 0 ? b1 : b0, nearW = sin >= 0 ? w1 : w0;
    const small = { "font-size": 12, fill: colours.quiet, "text-anchor": "middle" };
    const middle = project((w0 + w1) / 2, (b0 + b1) / 2, 0);
    // Labels stand outside: away from the middle of the floor.
    const outside = ([x, y]: Point, by: number): Point => {
      const [dx, dy] = [x - middle[0], y - middle[1]];
      const length = Math.hypot(dx, dy) || 1;
      return [x + by * dx / length, y + by * dy / length + 4];
    };
    const floor = [[w0, b0], [w1, b0], [w1, b1], [w0, b1]].map(([w, b]) => project(w, b, 0));
    const edge = element("path", {
      d: `M${floor.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join("L")}Z`,
      fill: "none",
      stroke: colours.reference,
    });
    const [wTicks, bTicks] = [this.wRange, this.bRange].map((range) =>
      linearAxis(range[0], range[1], true).ticks
    );
    const labels = [
      ...wTicks.map((w) => text(...outside(project(w, nearB, 0), 15), formatTick(w), small)),
      // Not where the two axes meet: there the labels of both would touch.
      ...bTicks.filter((b) => Math.abs(b - nearB) > 0.12 * (b1 - b0)).map((b) =>
        text(...outside(project(nearW, b, 0), 15), formatTick(b), small)
      ),
      text(...outside(project((w0 + w1) / 2, nearB, 0), 36), "w", {
        ...small,
        "font-size": 14,
        fill: colours.ink,
      }),
      text(...outside(project(nearW, (b0 + b1) / 2, 0), 36), "b", {
        ...small,
        "font-size": 14,
        fill: colours.ink,
      }),
    ];
    // The corner that is farthest left carries the height.
    const corners: [number, number][] = [[w0, b0], [w1, b0], [w1, b1], [w0, b1]];
    const [cw, cb] = corners.reduce((best, at) => project(...at, 0)[0] < project(...best, 0)[0] ? at : best);
    const heights = linearAxis(0, this.#top).ticks.filter((_, i, all) => all.length < 6 || i % 2 === 0);
    const [x, y0] = project(cw, cb, 0), [, y1] = project(cw, cb, this.#top);
    const upright =
      element("path", { d: `M${tenth(x)},${tenth(y0)}V${tenth(y1)}`, stroke: colours.reference }) +
      (y0 - y1 > 60
        ? heights.slice(1).map((loss) => {
          const y = project(cw, cb, loss)[1];
          return element("path", { d: `M${tenth(x)},${tenth(y)}h-5`, stroke: colours.reference }) +
            text(x - 8, y + 4, formatTick(loss), { ...small, "text-anchor": "end" });
        }).join("") + text(x, y1 - 9, "loss", { "font-size": 14, fill: colours.ink, "text-anchor": "middle" })
        : "");
    return edge + upright + labels.join("");
  }

  /** The minimum, the path along the ground, the ball. */
  #marks(
    project: (w: number, b: number, loss: number) => Point,
    path: readonly Line[],
    colours: Colours,
  ): string {
    const { minimum } = this.surface.shape;
    const foot = project(minimum.w, minimum.b, this.surface.at(minimum).loss);
    const flag = element("path", {
      d: `M${tenth(foot[0])},${tenth(foot[1])}v-30l16,6l-16,6`,
      fill: "#FFFFFF",
      stroke: "#000000",
      "stroke-width": 1.5,
      "stroke-linejoin": "round",
    });
    const { trail, end } = this.#trail(path);
    const d = trail.map((part) =>
      part.map(({ w, b }, i) => {
        const [x, y] = project(w, b, this.surface.at({ w, b }).loss);
        return `${i === 0 ? "M" : "L"}${tenth(x)},${tenth(y)}`;
      }).join("")
    ).join("");
    const dots = path.slice(0, -1).filter((line) => this.#inside(line)).slice(-60).map((line) => {
      const [cx, cy] = project(line.w, line.b, this.surface.at(line).loss);
      return element("circle", { cx, cy, r: 2.6, fill: ON_MAP.path, stroke: ON_MAP.pathEdge });
    }).join("");
    const line = { d, fill: "none", "stroke-linejoin": "round" };
    const here = path[path.length - 1];
    const place = project(end.w, end.b, this.surface.at(end).loss);
    return flag + (d === "" ? "" : element("path", { ...line, stroke: ON_MAP.pathEdge, "stroke-width": 4 }) +
      element("path", { ...line, stroke: ON_MAP.path, "stroke-width": 2 })) +
      dots +
      (this.#inside(here) ? ball(...place) : text(place[0], place[1] - 10, "flew off the map here", {
        "text-anchor": "middle",
        "font-size": 13,
        "font-weight": 600,
        fill: colours.orange,
        stroke: colours.paper,
        "stroke-width": 4,
        "paint-order": "stroke",
      }));
  }

  /** The path along the ground, in the parts that are inside, and the last place inside. */
  #trail(path: readonly Line[]): { trail: Line[][]; end: Line } {
    const parts: Line[][] = [[]];
    let end = path[0];
    path.slice(-60).forEach((to, k, recent) => {
      const from = recent[Math.max(0, k - 1)];
      const pieces = k === 0 ? 1 : 10;
      for (let i = 1; i <= pieces; i++) {
        const at = { w: from.w + (to.w - from.w) * i / pieces, b: from.b + (to.b - from.b) * i / pieces };
        if (this.#inside(at)) {
          parts[parts.length - 1].push(at);
          end = at;
        } else if (parts[parts.length - 1].length > 0) parts.push([]);
      }
    });
    return { trail: parts.filter((part) => part.length > 1), end };
  }

  #inside({ w, b }: Line): boolean {
    return w >= this.wRange[0] && w <= this.wRange[1] && b >= this.bRange[0] && b <= this.bRange[1];
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
