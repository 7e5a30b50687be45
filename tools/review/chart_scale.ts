// From pixels back to what a chart shows: the labels of its axes say which number stands where.
import type { SvgElement } from "./svg.ts";

/** Between places in pixels and the numbers that stand there. */
export interface Scale {
  value(pixels: number): number;
  pixels(value: number): number;
}

/** The scales of one chart, as far as its axes say them. */
export interface Scales {
  x?: Scale;
  y?: Scale;
}

/** Labels may be rounded: so far, as a part of the axis, one may be from where it should be. */
const MOST_OFF = 2e-3;

/**
 * The scales of a chart, linear or logarithmic, read off the labels of its axes.
 *
 * @param elements What the chart draws
 */
export function readScales(elements: SvgElement[]): Scales {
  const along = (axis: "x" | "y") =>
    elements.filter(({ tag, mark }) => tag === "text" && mark === `${axis}-axis tick label`).flatMap(
      (element) => {
        const place = translation(element)[axis === "x" ? 0 : 1];
        const value = readNumber(element.text);
        return value === undefined ? [] : [{ place, value }];
      },
    );
  return { x: fit(along("x")), y: fit(along("y")) };
}

/** How far an element is moved by its `transform`, in pixels. */
export function translation({ attributes }: SvgElement): [number, number] {
  const [, x = "0", y = "0"] =
    /translate\(([-\d.e]+)(?:[ ,]+([-\d.e]+))?\)/.exec(attributes.get("transform") ?? "") ??
      [];
  return [Number(x), Number(y)];
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const UNITS: Record<string, number> = { "": 1, "%": 0.01, k: 1e3, M: 1e6, m: 1e-3, "µ": 1e-6 };

/** The number that a label says: `−0.5`, `20%`, `1,000`, `10k`, `10⁻³`; `undefined` for words. */
export function readNumber(label: string): number | undefined {
  const power = label.match(/^(?:(\d+(?:\.\d+)?)\s*[·×]\s*)?10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/);
  if (power) {
    const digits = [...power[2].replace("⁻", "")].map((character) => SUPERSCRIPTS.indexOf(character)).join(
      "",
    );
    return Number(power[1] ?? 1) * 10 ** (Number(digits) * (power[2].startsWith("⁻") ? -1 : 1));
  }
  const match = label.replaceAll(",", "").replace("−", "-").match(
    /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([%kMmµ]?)$/i,
  );
  return match ? Number(match[1]) * (UNITS[match[2]] ?? 1) : undefined;
}

function fit(ticks: { place: number; value: number }[]): Scale | undefined {
  if (ticks.length < 2) return undefined;
  const linear = line(ticks);
  if (linear) return linear;
  if (ticks.some(({ value }) => value <= 0)) return undefined;
  const exponents = line(ticks.map(({ place, value }) => ({ place, value: Math.log10(value) })));
  return exponents && {
    value: (pixels) => 10 ** exponents.value(pixels),
    pixels: (value) => exponents.pixels(Math.log10(value)),
  };
}

/** The straight line through the first and the last tick, if the others are on it. */
function line(ticks: { place: number; value: number }[]): Scale | undefined {
  const [first, last] = [ticks[0], ticks.at(-1)!];
  const slope = (last.value - first.value) / (last.place - first.place);
  if (!Number.isFinite(slope) || slope === 0) return undefined;
  const scale: Scale = {
    value: (pixels) => first.value + slope * (pixels - first.place),
    pixels: (value) => first.place + (value - first.value) / slope,
  };
  const range = Math.abs(last.value - first.value);
  const fits = ticks.every(({ place, value }) => Math.abs(scale.value(place) - value) <= MOST_OFF * range);
  return fits ? scale : undefined;
}
