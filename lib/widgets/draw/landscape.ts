/** A loss surface as a landscape: our own small projection, drawn from the farthest tile to the nearest. */

import { maxOf } from "../../kernels/extremes.ts";
import { linearAxis } from "../../charts/axes.ts";
import { formatNumber } from "../../checks/format.ts";
import { formatTick } from "../../charts/format.ts";
import type { Line, LineSurface } from "../models/line_surface.ts";
import { heightColour } from "../../charts/heights.ts";
import { type Colours, ON_MAP } from "./colours.ts";
import { ball, trail } from "./height_map.ts";
import type { Size } from "./plot_area.ts";
import { type Attributes, dot, element, halo, line, pathThrough, type Pixels, text } from "./svg.ts";

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
const MIDDLE = { "text-anchor": "middle" };

type Project = (w: number, b: number, loss: number) => Pixels;

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
    this.#top = linearAxis(0, maxOf(this.#heights)).domain[1];
  }

  /** The picture: the path ends at the ball. */
  draw(size: Size, view: View, path: readonly Line[], colours: Colours): string {
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
  #projection({ width, height }: Size, { turn, tilt }: View): Project {
    const [sinTurn, cosTurn] = sinCos(turn), [sinTilt, cosTilt] = sinCos(tilt);
    const deep = 2 * Math.SQRT2 * sinTilt;
    const scale = Math.min((width - 84) / (2 * Math.SQRT2), (height - 64) / (deep + TALL * cosTilt));
    const middle = height / 2 - 4;
    return (w, b, loss) => {
      const u = 2 * (w - this.wRange[0]) / (this.wRange[1] - this.wRange[0]) - 1;
      const v = 2 * (b - this.bRange[0]) / (this.bRange[1] - this.bRange[0]) - 1;
      const near = u * sinTurn + v * cosTurn;
      return [
        width / 2 + 10 + scale * (u * cosTurn - v * sinTurn),
        middle + scale * (near * sinTilt - (loss / this.#top - 0.5) * TALL * cosTilt),
      ];
    };
  }

  #tiles(project: Project, { turn }: View): string {
    const side = TILES + 1;
    const along = ([from, to]: readonly [number, number], i: number) => from + (to - from) * i / TILES;
    const points = Array.from({ length: side * side }, (_, k) => {
      return project(
        along(this.wRange, k % side),
        along(this.bRange, Math.floor(k / side)),
        this.#heights[k],
      );
    });
    const [sin, cos] = sinCos(turn);
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
        d: `${pathThrough(corners.map((at) => points[at]))}Z`,
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
  #box(project: Project, { turn }: View, colours: Colours): string {
    const [sin, cos] = sinCos(turn);
    const [w0, w1] = this.wRange, [b0, b1] = this.bRange;
    const nearB = cos >= 0 ? b1 : b0, nearW = sin >= 0 ? w1 : w0;
    const centre = project((w0 + w1) / 2, (b0 + b1) / 2, 0);
    // Labels stand outside: away from the middle of the floor.
    const label = (content: string, [x, y]: Pixels, by: number, look: Attributes) => {
      const [dx, dy] = [x - centre[0], y - centre[1]];
      const length = Math.hypot(dx, dy) || 1;
      return text(x + by * dx / length, y + by * dy / length + 4, content, { ...MIDDLE, ...look });
    };
    const small = { "font-size": 12, fill: colours.quiet }, name = { "font-size": 14, fill: colours.ink };
    const corners = [[w0, b0], [w1, b0], [w1, b1], [w0, b1]] as const;
    const floor = corners.map(([w, b]) => project(w, b, 0));
    const [wTicks, bTicks] = [this.wRange, this.bRange].map(([low, high]) =>
      linearAxis(low, high, true).ticks
    );
    const left = corners[floor.reduce((best, [x], i) => x < floor[best][0] ? i : best, 0)];
    return element("path", { d: `${pathThrough(floor)}Z`, fill: "none", stroke: colours.reference }) +
      this.#upright((loss) => project(...left, loss), small, name, colours.reference) +
      [
        ...wTicks.map((w) => label(formatTick(w), project(w, nearB, 0), 15, small)),
        // Not where the two axes meet: there the labels of both would touch.
        ...bTicks.filter((b) => Math.abs(b - nearB) > 0.12 * (b1 - b0)).map((b) =>
          label(formatTick(b), project(nearW, b, 0), 15, small)
        ),
        label("w", project((w0 + w1) / 2, nearB, 0), 36, name),
        label("b", project(nearW, (b0 + b1) / 2, 0), 36, name),
      ].join("");
  }

  /** The axis of the height, on the corner that is farthest left. */
  #upright(place: (loss: number) => Pixels, small: Attributes, name: Attributes, stroke: string): string {
    const foot = place(0), top = place(this.#top);
    const axis = line(foot, top, { stroke });
    if (foot[1] - top[1] <= 60) return axis;
    const ticks = linearAxis(0, this.#top).ticks.filter((_, i, all) => all.length < 6 || i % 2 === 0);
    return axis +
      ticks.slice(1).map((loss) => {
        const [x, y] = place(loss);
        return line([x, y], [x - 5, y], { stroke }) +
          text(x - 8, y + 4, formatTick(loss), { ...small, "text-anchor": "end" });
      }).join("") + text(top[0], top[1] - 9, "loss", { ...MIDDLE, ...name });
  }

  /** The minimum, the path along the ground, the ball. */
  #marks(project: Project, path: readonly Line[], colours: Colours): string {
    const place = (at: Line) => project(at.w, at.b, this.surface.at(at).loss);
    const [x, y] = place(this.surface.shape.minimum);
    const flag = element("path", {
      d: pathThrough([[x, y], [x, y - 30], [x + 16, y - 24], [x, y - 18]]),
      fill: "#FFFFFF",
      stroke: "#000000",
      "stroke-width": 1.5,
      "stroke-linejoin": "round",
    });
    const parts = this.#trail(path);
    const d = parts.trail.map((part) => pathThrough(part.map(place))).join("");
    const dots = path.slice(0, -1).filter((line) => this.#inside(line)).slice(-60).map((line) =>
      dot(place(line), 2.6, { fill: ON_MAP.path, stroke: ON_MAP.pathEdge })
    );
    const end = place(parts.end);
    const look = { ...MIDDLE, "font-size": 13, ...halo(colours.orange, colours.paper) };
    return flag + (d === "" ? "" : trail(d)) + dots.join("") +
      (this.#inside(path[path.length - 1])
        ? ball(end)
        : text(end[0], end[1] - 10, "flew off the map here", look));
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

/** Sine and cosine of degrees. */
function sinCos(degrees: number): [number, number] {
  return [Math.sin(degrees * Math.PI / 180), Math.cos(degrees * Math.PI / 180)];
}
