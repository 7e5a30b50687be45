import * as Plot from "@observablehq/plot";
import { arrowHead } from "./surface_marks.ts";
import type { Frame } from "./frame.ts";
import { PIXELS, unscaled } from "./labels.ts";
import { palette } from "./palette.ts";
import type { SeriesLook, XY } from "./series.ts";

/** One step of a walk, in pixels. */
export interface Ball {
  step: number;
  /** Its middle */
  at: XY;
  /** Whether there is room for a ball with a number; otherwise it is a dot */
  big: boolean;
}

const RADIUS = 10;
const PLACE = { x: unscaled<Ball>(({ at }) => at.x), y: unscaled<Ball>(({ at }) => at.y) };

/**
 * Where the balls of all walks lie: on the curve, those of every second walk hanging below it. Those outside are missing.
 *
 * Every walk's end gets a ball with a number, then every start, then what there is room for; the others are dots.
 */
export function placeBalls(
  f: (x: number) => number,
  walks: readonly (readonly number[])[],
  frame: Frame,
): Ball[][] {
  const [left, right] = frame.x.domain, [low, high] = frame.y.domain;
  const taken: XY[] = [];
  const isFree = (at: XY) =>
    taken.every((other) => Math.hypot(other.x - at.x, other.y - at.y) > 2 * RADIUS + 1);
  /** At a distance from the curve, at right angles to it as it looks in pixels. */
  const beside = (x: number, walk: number, distance: number): XY => {
    const side = walk % 2 === 0 ? -1 : 1, h = (right - left) / 500;
    const [dx, dy] = [frame.px(x + h) - frame.px(x - h), frame.py(f(x + h)) - frame.py(f(x - h))];
    const length = Math.hypot(dx, dy) || 1;
    const inside = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
    // Off the numbers of the axes, even where the curve is steep at an end.
    return {
      x: inside(frame.px(x) - side * distance * dy / length, frame.left + RADIUS, frame.right - RADIUS),
      y: inside(frame.py(f(x)) + side * distance * dx / length, frame.top - RADIUS, frame.bottom - RADIUS),
    };
  };
  const balls = walks.map((points, walk) =>
    points.flatMap((x, step): Ball[] => {
      const y = x >= left && x <= right ? f(x) : NaN;
      return y >= low && y <= high ? [{ step, at: beside(x, walk, 4), big: false }] : [];
    })
  );
  const inflate = (ball: Ball | undefined, walk: number, distances: readonly number[]) => {
    if (ball === undefined || ball.big) return;
    const at = distances.map((distance) => beside(walks[walk][ball.step], walk, distance)).find(isFree);
    if (at === undefined) return;
    Object.assign(ball, { at, big: true });
    taken.push(at);
  };
  // Where walks end or start at one place, their balls are stacked.
  const stack = [0, 1, 2].map((k) => RADIUS + 2 + k * (2 * RADIUS + 2));
  balls.forEach((some, walk) => inflate(some.at(-1), walk, stack));
  balls.forEach((some, walk) => inflate(some[0], walk, isNear(some) ? stack.slice(0, 1) : stack));
  balls.forEach((some, walk) => some.forEach((ball) => inflate(ball, walk, stack.slice(0, 1))));
  return balls;
}

/** Whether a walk ends about where it began. */
function isNear(balls: readonly Ball[]): boolean {
  const [first, last] = [balls[0], balls.at(-1)];
  return first !== undefined && Math.hypot(first.at.x - last!.at.x, first.at.y - last!.at.y) < 4 * RADIUS;
}

/** The bows over steps that are long enough for one, in pixels. */
export function jumpsOf(balls: readonly Ball[], walk: number): Bow[] {
  const jumps = balls.slice(1).flatMap((to, i) => {
    const from = balls[i];
    return to.step === from.step + 1 && hasRoom(from, to)
      ? [{ from: from.at, to: to.at, start: from.big ? RADIUS + 1 : 4, end: to.big ? RADIUS + 2 : 5 }]
      : [];
  });
  return jumps.map((jump) => bow(jump, walk % 2 === 0 ? -1 : 1));
}

/** Whether an arrow between two steps would be long enough to be seen. */
function hasRoom(from: Ball, to: Ball): boolean {
  const edges = (from.big ? RADIUS : 4) + (to.big ? RADIUS : 4);
  return Math.hypot(to.at.x - from.at.x, to.at.y - from.at.y) - edges > 16;
}

/** What lies under all balls: arrows for the long steps, dots for the short ones. */
export function drawSteps(balls: readonly Ball[], look: SeriesLook, walk: number): Plot.Markish[] {
  return [
    ...jumpsOf(balls, walk).map(({ line, head }) =>
      Plot.line([...line, ...head.slice(1), head[1], head[0]], {
        ...PIXELS,
        stroke: look.colour,
        strokeWidth: 1.6,
        ariaDescription: "jump",
      })
    ),
    Plot.dot(balls.filter((ball) => !ball.big), {
      ...PLACE,
      r: 3.4,
      fill: look.colour,
      stroke: palette.paper,
      strokeWidth: 0.8,
      ariaDescription: "small steps",
    }),
  ];
}

/** Balls with the numbers of their steps. */
export function drawBalls(balls: readonly Ball[], look: SeriesLook): Plot.Markish[] {
  const big = balls.filter((ball) => ball.big);
  return [
    Plot.dot(big, {
      ...PLACE,
      // Three digits need a little more room than two.
      r: unscaled<Ball>(({ step }) => step > 99 ? RADIUS + 3 : RADIUS),
      fill: look.text,
      stroke: palette.paper,
      strokeWidth: 1.5,
      ariaDescription: "balls",
    }),
    Plot.text(big, {
      ...PLACE,
      text: ({ step }: Ball) => String(step),
      fill: palette.paper,
      fontSize: 12,
      fontWeight: 600,
      ariaDescription: "step numbers",
    }),
  ];
}

interface Bow {
  line: XY[];
  /** Its head: a corner, the tip, the other corner */
  head: XY[];
}

/** A bow from one ball to the next; it swings out to the walk's side of the curve. */
function bow(
  { from, to, start, end }: { from: XY; to: XY; start: number; end: number },
  side: number,
): Bow {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  // At right angles to the step, upwards for walks on top.
  const sign = dx >= 0 ? side : -side;
  const height = Math.min(34, 0.22 * length);
  const middle = {
    x: (from.x + to.x) / 2 - sign * height * dy / length,
    y: (from.y + to.y) / 2 + sign * height * dx / length,
  };
  const at = (t: number): XY => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * middle.x + t * t * to.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * middle.y + t * t * to.y,
  });
  const line = Array.from({ length: 25 }, (_, i) => at(i / 24)).filter((point) =>
    Math.hypot(point.x - from.x, point.y - from.y) >= start &&
    Math.hypot(point.x - to.x, point.y - to.y) >= end
  );
  const tip = line.at(-1) ?? to, before = line.at(-3) ?? from;
  const size = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / size, (tip.y - before.y) / size];
  return { line, head: arrowHead(tip, ux, uy, 7, 4) };
}
