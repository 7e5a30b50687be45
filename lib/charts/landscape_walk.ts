import * as Plot from "@observablehq/plot";
import type { Frame } from "./frame.ts";
import { unscaled } from "./labels.ts";
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

/** Where the balls of a walk lie: on the curve, or hanging below it for every second walk. Those outside are missing. */
export function placeBalls(
  f: (x: number) => number,
  points: readonly number[],
  frame: Frame,
  walk: number,
): Ball[] {
  const side = walk % 2 === 0 ? -1 : 1;
  const balls: Ball[] = [];
  const isRoomy = (at: XY) =>
    balls.every((ball) => !ball.big || Math.hypot(ball.at.x - at.x, ball.at.y - at.y) > 2 * RADIUS + 1);
  points.forEach((x, step) => {
    const [left, right] = frame.x.domain;
    if (!(x >= left && x <= right)) return;
    const [low, high] = frame.y.domain, y = f(x);
    if (!(y >= low && y <= high)) return;
    const place = (distance: number): XY => {
      // At right angles to the curve, as it looks in pixels.
      const h = (right - left) / 500;
      const [dx, dy] = [frame.px(x + h) - frame.px(x - h), frame.py(f(x + h)) - frame.py(f(x - h))];
      const length = Math.hypot(dx, dy) || 1;
      return {
        x: frame.px(x) - side * distance * dy / length,
        y: frame.py(y) + side * distance * dx / length,
      };
    };
    const at = place(RADIUS + 2);
    const big = isRoomy(at);
    balls.push({ step, big, at: big ? at : place(4) });
  });
  // The end is always a ball: what is in its way becomes dots.
  const last = balls.at(-1);
  if (last && !last.big) {
    const x = points[last.step];
    last.big = true;
    for (const ball of balls.slice(0, -1)) {
      const gap = Math.hypot(ball.at.x - frame.px(x), ball.at.y - (frame.py(f(x)) + side * (RADIUS + 2)));
      if (ball.big && ball.step > 0 && gap < 2 * RADIUS + 1) shrink(ball, f, points, frame, side);
    }
    last.at = { x: frame.px(x), y: frame.py(f(x)) + side * (RADIUS + 2) };
  }
  return balls;
}

function shrink(ball: Ball, f: (x: number) => number, points: readonly number[], frame: Frame, side: number) {
  const x = points[ball.step];
  ball.big = false;
  ball.at = { x: frame.px(x), y: frame.py(f(x)) + side * 4 };
}

/** The bows over steps that are long enough for one, in pixels. */
export function jumpsOf(balls: readonly Ball[], walk: number): Bow[] {
  const jumps = balls.slice(1).flatMap((to, i) => {
    const from = balls[i];
    return to.step === from.step + 1 && Math.hypot(to.at.x - from.at.x, to.at.y - from.at.y) > 2.6 * RADIUS
      ? [{ from: from.at, to: to.at, start: from.big ? RADIUS + 1 : 4, end: to.big ? RADIUS + 2 : 5 }]
      : [];
  });
  return jumps.map((jump) => bow(jump, walk % 2 === 0 ? -1 : 1));
}

/** Balls with numbers, dots between them, and arrows for the long steps. */
export function drawWalk(balls: readonly Ball[], look: SeriesLook, walk: number): Plot.Markish[] {
  const big = balls.filter((ball) => ball.big), small = balls.filter((ball) => !ball.big);
  const x = unscaled<Ball>(({ at }) => at.x), y = unscaled<Ball>(({ at }) => at.y);
  return [
    ...jumpsOf(balls, walk).map(({ line, head }) =>
      Plot.line([...line, ...head.slice(1), head[1], head[0]], {
        x: unscaled<XY>(({ x }) => x),
        y: unscaled<XY>(({ y }) => y),
        stroke: look.colour,
        strokeWidth: 1.6,
        ariaDescription: "jump",
      })
    ),
    Plot.dot(small, {
      x,
      y,
      r: 3.4,
      fill: look.colour,
      stroke: palette.paper,
      strokeWidth: 0.8,
      ariaDescription: "small steps",
    }),
    Plot.dot(big, {
      x,
      y,
      r: RADIUS,
      fill: look.text,
      stroke: palette.paper,
      strokeWidth: 1.5,
      ariaDescription: "balls",
    }),
    Plot.text(big, {
      x,
      y,
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
  const head = [
    { x: tip.x - 7 * ux - 4 * uy, y: tip.y - 7 * uy + 4 * ux },
    tip,
    { x: tip.x - 7 * ux + 4 * uy, y: tip.y - 7 * uy - 4 * ux },
  ];
  return { line, head };
}
