// Which points of a mark moved, how far, and from which numbers to which.
import { type Scale, type Scales, translation } from "./chart_scale.ts";
import type { SvgElement } from "./svg.ts";

/** So far, in pixels, numbers may be apart and still be the same point: charts write two decimals. */
export const SAME_POINT = 0.0151;

const NUMBERS = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
/** All numbers in a text, such as a path. */
export const numbersIn = (text: string) => (text.match(NUMBERS) ?? []).map(Number);
/** What is between them. */
export const lettersOf = (text: string) => text.replace(NUMBERS, "#");

type Point = [number, number];

/** The places that an element marks, in pixels of its chart; and its sizes, after them, as points with one number. */
export function pointsOf(element: SvgElement): { places: Point[]; sizes: number[] } {
  const [dx, dy] = translation(element);
  const number = (name: string) => Number(element.attributes.get(name) ?? 0);
  const at = (x: number, y: number): Point => [x + dx, y + dy];
  const sizes = ["r", "width", "height"].map(number);
  switch (element.tag) {
    case "circle":
      return { places: [at(number("cx"), number("cy"))], sizes };
    case "line":
      return { places: [at(number("x1"), number("y1")), at(number("x2"), number("y2"))], sizes };
    case "path": {
      const numbers = numbersIn(element.attributes.get("d") ?? "");
      const places = Array.from(
        { length: numbers.length >> 1 },
        (_, i) => at(numbers[2 * i], numbers[2 * i + 1]),
      );
      return { places, sizes };
    }
    case "rect":
      return {
        places: [at(number("x"), number("y")), at(number("x") + sizes[1], number("y") + sizes[2])],
        sizes: [],
      };
    default:
      return { places: [at(number("x"), number("y"))], sizes };
  }
}

/** Collects what moved in one mark. */
export class Moves {
  #elements = 0;
  #farthest = 0;
  #example = "";
  #points = { moved: 0, all: 0 };
  #otherPoints = 0;

  add(
    before: ReturnType<typeof pointsOf>,
    after: ReturnType<typeof pointsOf>,
    old: Scales,
    fresh: Scales,
  ): void {
    if (before.places.length !== after.places.length) {
      this.#elements++;
      this.#otherPoints++;
      this.#example ||= `${before.places.length} points before, ${after.places.length} now`;
      return;
    }
    let any = before.sizes.some((size, at) => Math.abs(size - after.sizes[at]) > SAME_POINT);
    const known = old.x && fresh.x || old.y && fresh.y;
    before.places.forEach((was, at) => {
      const is = after.places[at];
      this.#points.all++;
      // By the numbers on the axes if there are any, else by pixels.
      const there: Point = [elsewhere(was[0], old.x, fresh.x), elsewhere(was[1], old.y, fresh.y)];
      const distance = Math.hypot(is[0] - there[0], is[1] - there[1]);
      if (!(distance > (known ? 4 : 1.5) * SAME_POINT)) return;
      any = true;
      this.#points.moved++;
      if (distance <= this.#farthest) return;
      this.#farthest = distance;
      const [from, to] = [say(was, old), say(is, fresh)];
      this.#example = from !== to ? `from ${from} to ${to}` : "";
    });
    if (any) this.#elements++;
  }

  describe(all: number): string {
    if (this.#elements === 0) return "";
    if (this.#otherPoints > 0) {
      return `${this.#elements} of ${all} drawn through other points: ${this.#example}`;
    }
    if (this.#points.moved === 0) return `${this.#elements} of ${all} have another size`;
    const which = all === 1 && this.#points.all > 1
      ? `${this.#points.moved} of ${this.#points.all} points moved`
      : `${this.#elements} of ${all} moved`;
    const far = `by at most ${Number(this.#farthest.toPrecision(2))} px`;
    return `${which}, ${far}${this.#example ? `: ${this.#example}` : ""}`;
  }
}

/** Where a place of one scale is on another; the same place if there are no scales. */
function elsewhere(place: number, from: Scale | undefined, to: Scale | undefined): number {
  return from && to ? to.pixels(from.value(place)) : place;
}

/** A point by the numbers on the axes: `(3, 0.52)`, or `x = 3` if there is only that axis. */
function say([x, y]: Point, scales: Scales): string {
  const digits = (value: number) => `${Number(value.toPrecision(4))}`.replace("-", "−");
  if (scales.x && scales.y) return `(${digits(scales.x.value(x))}, ${digits(scales.y.value(y))})`;
  if (scales.x) return `x = ${digits(scales.x.value(x))}`;
  return scales.y ? `y = ${digits(scales.y.value(y))}` : "";
}
