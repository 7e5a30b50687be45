import { assert, assertEquals, assertThrows } from "@std/assert";
import process from "node:process";
import { gunzip, gzip, IdxError, parseIdx, writeIdx } from "idx-parser";
import { Rng } from "backprop";
import { inflate } from "../../../lib/data/idx_parser/inflate.ts";

const zlib = process.getBuiltinModule("node:zlib");
const PARTIAL = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

/** The longest beginning that zlib inflates without complaint, by halving: right, and slow. */
function byHalving(bytes: Uint8Array): { good: number; inflated: number } {
  let good = 0, bad = bytes.length + 1, inflated = 0;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    try {
      inflated = zlib.gunzipSync(bytes.subarray(0, middle), PARTIAL).length;
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return { good, inflated };
}

/** Contents that are packed in different ways: repeated, random, few symbols, long and patterned. */
const CONTENTS: ((i: number, rng: Rng) => number)[] = [
  () => 0,
  (_, rng) => 256 * rng.random(),
  (_, rng) => 10 * Math.floor(4 * rng.random()),
  (i) => (i * i) >> 6,
];

Deno.test("a broken gzip stream breaks off where zlib stops, cut or damaged anywhere, packed in any way", () => {
  const rng = new Rng(1);
  let compared = 0;
  for (const content of CONTENTS) {
    for (const level of [0, 1, 6, 9]) {
      for (let trial = 0; trial < 40; trial++) {
        const length = rng.integers(0, content === CONTENTS[3] ? 40_000 : 400, 1)[0];
        const data = Uint8Array.from({ length }, (_, i) => content(i, rng));
        const packed = new Uint8Array(zlib.gzipSync(data, { level }));
        const at = 2 + Math.floor(rng.random() * (packed.length - 2));
        if (trial % 2 === 0) packed[at] ^= 1 << Math.floor(8 * rng.random());
        const broken = trial % 2 === 0 ? packed : packed.subarray(0, at);
        try {
          zlib.gunzipSync(broken);
          continue; // a bit that says nothing
        } catch {
          compared++;
        }
        const want = byHalving(broken), got = inflate(broken, 1000, Infinity);
        assertEquals(got.length, want.inflated);
        const stopped = typeof got.end === "object" ? got.end.at : broken.length;
        assert(Math.abs(stopped - want.good) <= 8, `byte ${stopped}, zlib stops at ${want.good}`);
      }
    }
  }
  assert(compared > 500);
});

Deno.test("a damaged checksum at the end of a long file is told, with all of its bytes counted", () => {
  const size = 5_000_000;
  const packed = gzip(
    writeIdx({ shape: [size], data: Uint8Array.from({ length: size }, (_, i) => (i * i) >> 8) }),
  );
  packed[packed.length - 6] ^= 1;
  const error = assertThrows(() => parseIdx(packed), IdxError);
  assertEquals([error.code, error.offset], ["bad-gzip", size + 8]);
});

Deno.test("streams that follow one another are walked through to the one that is broken", () => {
  const [first, second] = [gzip(new Uint8Array(1000)), gzip(Uint8Array.from({ length: 50 }, (_, i) => i))];
  const both = new Uint8Array([...first, ...second]);
  assertEquals(gunzip(both).length, 1050);
  assertEquals(inflate(both.subarray(0, -9), 100, Infinity).length >= 1000, true);
  both[both.length - 5] ^= 4;
  const error = assertThrows(() => gunzip(both), IdxError);
  assertEquals([error.code, error.offset], ["bad-gzip", 1050]);
});
