// Ends and ticks of axes. Chosen here rather than by Plot, so that a label's place can be worked out before drawing.

/** The ends of an axis and the values that get a tick. */
export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/** The smallest of 1, 2, 5, 10, 20 … (times a power of ten) that is at least `size`. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= size * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Multiples of `step` in `low`…`high`, each computed afresh so that no rounding adds up. */
function multiples(step: number, low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

/** A linear axis around `low`…`high`, starting at zero unless a value is negative; or exactly these ends. */
export function linearAxis(low: number, high: number, exact = false): Axis {
  let [from, to] = [exact ? low : Math.min(0, low), exact ? high : Math.max(0, high)];
  if (from === to) to = from + 1;
  const step = niceStep((to - from) / 6);
  if (!exact) {
    from = Math.floor(from / step + 1e-9) * step;
    to = Math.ceil(to / step - 1e-9) * step;
  }
  return { domain: [from, to], ticks: multiples(step, from, to) };
}

/** A logarithmic axis between two numbers of the series 1, 2, 5, 10 …; `low` must be positive. */
export function logAxis(low: number, high: number): Axis {
  const series: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) series.push(Number(`${factor}e${power}`));
  }
  const from = series.findLast((value) => value <= low)!;
  const to = series.find((value) => value >= high && value > from)!;
  const decades = Math.log10(to / from);
  const power = (value: number) => Math.round(Math.log10(value));
  const whole = (value: number) => Number(`1e${power(value)}`) === value;
  const inside = series.filter((value) => value >= from && value <= to);
  const every = Math.ceil(decades / 8);
  const ticks = decades <= 2.5
    ? inside
    : inside.filter((value) => whole(value) && power(value) % every === 0);
  return { domain: [from, to], ticks };
}

/** Ticks for epochs: whole numbers wherever the axis is long enough to have them. */
export function wholeTicks(low: number, high: number): number[] {
  const span = high - low;
  const step = niceStep(span / 10);
  // Between two neighbouring whole epochs there is nothing to name, unless rows lie there.
  return multiples(span >= 1 ? Math.max(1, step) : step, low, high);
}
