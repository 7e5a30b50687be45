import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { interleaved, median } from "../../../tools/bench/measure.ts";
import { Participant } from "../../../tools/bench/participant.ts";
import { costChart, table } from "../../../tools/bench/report.ts";
import { TINY } from "../../../tools/bench/request.ts";
import { isMet, type Row } from "../../../tools/bench/rows.ts";

const NO_PEERS = { python: undefined, npm: undefined, mnist: false, scratch: "", missing: [] };

Deno.test("median() is the middle number, and halfway between the two in the middle of an even number", () => {
  assertEquals([median([5, 1, 3]), median([4, 1, 3, 2])], [3, 2.5]);
  assertThrows(() => median([]), RangeError, "no numbers");
});

Deno.test("a participant trains, multiplies and ends; one that is not installed takes no part", async () => {
  const wasm = (await Participant.start("wasm", 1, NO_PEERS))!;
  assertEquals(wasm.version, Deno.version.deno);
  for (const layerwise of [false, true]) {
    const measured = await interleaved([wasm], { ...TINY, steps: 3, layerwise }, 3);
    assert(measured.wasm > 0 && measured.wasm < 10);
  }
  assert(await wasm.ask({ task: "product", size: 8 }) > 0);
  assert(await wasm.ask({ task: "memory" }) > 0);
  await wasm.stop();
  assertEquals(await Participant.start("PyTorch", 1, NO_PEERS), undefined);
  assertEquals(await Participant.start("TensorFlow.js", 1, NO_PEERS), undefined);
});

const rows: Row[] = [
  {
    what: "epoch",
    ours: 0.5,
    theirs: { name: "PyTorch", value: 1 },
    unit: "s",
    measured: 0.5,
    target: { atMost: 0.4 },
  },
  { what: "import", ours: 90.25, unit: "ms", measured: 90.25, target: { atMost: 120 } },
  { what: "product", ours: 30, unit: "GFLOP/s", measured: 0.96, target: { atLeast: 0.95 } },
];

Deno.test("the table says what was measured, the target, and whether it is met", () => {
  assertEquals(rows.map(isMet), [false, true, true]);
  const lines = table(rows).split("\n");
  assertEquals(new Set(lines.map((line) => line.length)).size, 1);
  assertMatch(lines[2], /^\| epoch +\| 0\.500 s +\| PyTorch: 1\.00 s \| 0\.500 \| ≤ 0\.4 +\| missed \|$/);
  assertMatch(lines[3], /^\| import +\| 90\.3 ms +\| +\| +\| ≤ 120 +\| ✓ +\|$/);
});

Deno.test("the chart of costs has a picture for each size that grows", () => {
  const axes = ["batch size", "width", "depth"] as const;
  const chart = costChart(
    axes.flatMap((axis) =>
      ["wasm", "PyTorch"].flatMap((series) => [1, 8].map((x) => ({ axis, x, series, microseconds: 100 * x })))
    ),
  );
  assertEquals(chart.alternative.match(/Chart \d/g), ["Chart 1", "Chart 2", "Chart 3"]);
});
