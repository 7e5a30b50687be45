import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { linearAxis, logAxis, scale, wholeTicks } from "../../lib/charts/axes.ts";
import { formatCount, formatDecimals, formatNumber, formatPercent } from "../../lib/checks/format.ts";
import { formatTick, plural } from "../../lib/charts/format.ts";
import { contrast, palette, textOn, tint } from "../../lib/charts/palette.ts";
import { textWidth, wrapText } from "../../lib/charts/text.ts";

Deno.test("formatNumber() keeps three digits, in powers of ten where they need fewer characters", () => {
  const cases: [number, string][] = [
    [1.6094, "1.61"],
    [0.09, "0.09"],
    [0.091234, "0.0912"],
    [12.345, "12.3"],
    [999.4, "999"],
    [999.6, "1,000"],
    [123456, "123,456"],
    [1e6, "10⁶"],
    [2.345e9, "2.35×10⁹"],
    [0.00012, "1.2×10⁻⁴"],
    [-0.5, "−0.5"],
    [-1234.5, "−1,235"],
    [0, "0"],
    [NaN, "NaN"],
    [-Infinity, "−∞"],
  ];
  for (const [value, text] of cases) assertEquals(formatNumber(value), text);
});

Deno.test("formatPercent() never rounds up to all or down to nothing", () => {
  assertEquals([1, 0.9996, 0.978, 0.5, 0.0004, 0].map((share) => formatPercent(share)), [
    "100%",
    ">99.9%",
    "97.8%",
    "50%",
    "<0.1%",
    "0%",
  ]);
  const whole = (share: number) => formatPercent(share, { decimals: 0 });
  assertEquals([1, 0.996, 0.978, 0.5, 0.004, 0].map(whole), ["100%", ">99%", "98%", "50%", "<1%", "0%"]);
});

Deno.test("formatNumber() takes more digits, formatDecimals() a number of decimals", () => {
  const four = [0.123456, 1234.5, 12345, -1.23456e-7].map((value) => formatNumber(value, { digits: 4 }));
  assertEquals(four, ["0.1235", "1235", "12,345", "−1.235×10⁻⁷"]);
  const decimals = [1 / 3, -2, -1e-9, 5e7, NaN].map((value) => formatDecimals(value, 2));
  assertEquals(decimals, ["0.33", "−2.00", "0.00", "5×10⁷", "NaN"]);
});

Deno.test("formatCount(), formatTick() and plural() read as a person writes", () => {
  assertEquals([7, 1000, 30596, 1234567].map(formatCount), ["7", "1,000", "30,596", "1,234,567"]);
  assertEquals([0.30000000000000004, 2000, -1.5, 5e-5].map(formatTick), ["0.3", "2,000", "−1.5", "5×10⁻⁵"]);
  assertEquals([plural(1, "epoch"), plural(2, "epoch"), plural(3, "class", "classes")], [
    "1 epoch",
    "2 epochs",
    "3 classes",
  ]);
});

Deno.test("linearAxis() has round ticks and room for all values", () => {
  for (
    const [low, high] of [[0, 1.61], [0.3, 97], [-3, 2], [5, 5], [0, 0], [0, 1e9], [1e-6, 3e-6], [-5, -4]]
  ) {
    const { domain, ticks } = linearAxis(low, high);
    assert(domain[0] <= Math.min(0, low) && domain[1] >= high, `${low}…${high}: ${domain}`);
    assert(domain[1] > domain[0]);
    assert(ticks.length >= 3 && ticks.length <= 10, `${low}…${high}: ${ticks}`);
    assert(ticks.every((tick) => tick >= domain[0] - 1e-9 * domain[1] && tick <= domain[1] * (1 + 1e-9)));
  }
});

Deno.test("logAxis() has round ticks and room for all values, over few decades and over many", () => {
  for (const [low, high] of [[0.02, 1.61], [1, 1], [1e-8, 1e9], [0.3, 0.31], [2, 5]]) {
    const { domain, ticks } = logAxis(low, high);
    assert(domain[0] <= low && domain[1] >= high && domain[1] > domain[0], `${low}…${high}: ${domain}`);
    assert(ticks.length >= 2 && ticks.length <= 10, `${low}…${high}: ${ticks}`);
  }
});

Deno.test("wholeTicks() names no half epochs on an axis of whole ones", () => {
  assertEquals(wholeTicks(0, 5), [0, 1, 2, 3, 4, 5]);
  assertEquals(wholeTicks(0, 1), [0, 1]);
  assertEquals(wholeTicks(1, 30), [5, 10, 15, 20, 25, 30]);
  assertEquals(wholeTicks(0, 0.2).length, 11);
  assert(wholeTicks(0, 1000).length <= 11);
});

Deno.test("wrapText() breaks at spaces and keeps every word, even one that is too wide", () => {
  const text = "one two three incomprehensibilities four";
  const lines = wrapText(text, 60, 12);
  assertEquals(lines.join(" "), text);
  assert(lines.every((line) => textWidth(line, 12) <= 60 || !line.includes(" ")));
  assertEquals(wrapText("a\nb", 600, 12), ["a", "b"]);
});

Deno.test("colours of text have a contrast of at least 4.5 on white paper", () => {
  assertEquals(contrast("#000000", "#FFFFFF"), 21);
  for (const name of ["text", "quietText", "trainingText", "validationText", "reference"] as const) {
    assert(contrast(palette[name], palette.paper) >= 4.5, name);
  }
});

Deno.test("tint() goes from white to the full colour, and textOn() picks what reads better", () => {
  assertEquals([tint("#0072B2", 0), tint("#0072B2", 1), tint("#000000", 0.5)], [
    "#FFFFFF",
    "#0072B2",
    "#808080",
  ]);
  assertEquals([textOn("#FFFFFF"), textOn("#000000"), textOn("#0072B2")], ["#000000", "#FFFFFF", "#FFFFFF"]);
});

Deno.test("formatDecimals() always writes so many decimals, no −0, and large numbers without", () => {
  assertEquals([1.23456, -0.00001, -2, 2e6].map((value) => formatDecimals(value, 4)), [
    "1.2346",
    "0.0000",
    "−2.0000",
    "2×10⁶",
  ]);
  assertEquals([formatDecimals(234567, 4, 1e5), formatDecimals(NaN, 2)], ["234,567", "NaN"]);
});

Deno.test("scale() goes from values to pixels and back, on logarithmic axes too", () => {
  const linear = scale([-1, 5], [40, 340]), log = scale([0.01, 100], [300, 20], true);
  assertEquals([linear(-1), linear(2), linear.invert(340)], [40, 190, 5]);
  assertEquals([log(0.01), log(1), log(100)], [300, 160, 20]);
  assertAlmostEquals(log.invert(log(3)), 3, 1e-12);
});
