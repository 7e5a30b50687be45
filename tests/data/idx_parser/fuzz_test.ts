import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { gzip, IdxError, parseIdx, writeIdx } from "idx-parser";
import { anyArray } from "./arrays.ts";

/** A value whose data fits its shape, or an IdxError with an offset inside the file; anything else fails. */
function assertValueOrIdxError(bytes: Uint8Array): "value" | IdxError {
  try {
    const { shape, data } = parseIdx(bytes, { maxBytes: 1_000_000 });
    assertEquals(data.length, shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1));
    return "value";
  } catch (error) {
    if (!(error instanceof IdxError)) throw error;
    assert(Number.isInteger(error.offset) && error.offset >= 0, `offset ${error.offset}`);
    return error;
  }
}

Deno.test("parse() answers any bytes with an array or an IdxError", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void assertValueOrIdxError(bytes)), {
    numRuns: 1000,
  });
});

Deno.test("parse() answers any bytes behind a plausible header with an array or an IdxError", () => {
  const type = fc.constantFrom(0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e);
  const size = fc.oneof(fc.nat(4), fc.nat(2 ** 32 - 1));
  const file = fc.tuple(type, fc.array(size, { maxLength: 5 }), fc.uint8Array({ maxLength: 64 }));
  const seen = new Set<string>();
  fc.assert(
    fc.property(file, fc.boolean(), ([code, sizes, data], packed) => {
      const sizeBytes = sizes.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
      const bytes = Uint8Array.from([0, 0, code, sizes.length, ...sizeBytes, ...data]);
      const answer = assertValueOrIdxError(packed ? gzip(bytes) : bytes);
      seen.add(answer === "value" ? answer : answer.code);
    }),
    { numRuns: 2000 },
  );
  // The fuzzer is only worth something if it reaches these.
  assertEquals([...seen].sort(), ["bad-dimensions", "too-large", "trailing-bytes", "truncated", "value"]);
});

Deno.test("parse() answers a valid file with a few bytes changed by an array or an IdxError", () => {
  const change = fc.record({ at: fc.nat(), to: fc.nat(255) });
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(anyArray(60), fc.boolean(), changes, (array, packed, edits) => {
      const bytes = writeIdx(array, { gzip: packed });
      for (const { at, to } of edits) bytes[at % bytes.length] = to;
      assertValueOrIdxError(bytes);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("parse() answers anything behind gzip's two bytes with an array or an IdxError", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (tail, plausible) => {
      const head = plausible ? [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] : [0x1f, 0x8b];
      assertValueOrIdxError(Uint8Array.from([...head, ...tail]));
    }),
    { numRuns: 1000 },
  );
});
