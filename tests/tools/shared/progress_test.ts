import { assert, assertEquals } from "@std/assert";
import {
  formatBytes,
  formatSeconds,
  ProgressLine,
  type ProgressOptions,
} from "../../../tools/shared/progress.ts";

/** A progress line on a clock that the test sets, and what it wrote. */
function line(options: Partial<ProgressOptions>) {
  const written: string[] = [];
  const clock = { seconds: 0 };
  const progress = new ProgressLine({
    label: "Load",
    write: (text) => void written.push(text),
    now: () => 1000 * clock.seconds,
    columns: 100,
    ...options,
  });
  const at = (seconds: number, done: number, note?: string) => {
    clock.seconds = seconds;
    progress.update(done, note);
  };
  return { progress, written, clock, at };
}

Deno.test("in a terminal the line is rewritten in place, with a bar, amounts and the time left", () => {
  const { written, at } = line({ total: 8, unit: "cells", isTerminal: true });
  at(3, 2, "softmax");
  assertEquals(written, ["\rLoad  █████░░░░░░░░░░░░░░░   25%  2 of 8 cells  9.0 s left  softmax\x1b[K"]);
});

Deno.test("in a terminal, updates within a tenth of a second of the last are not drawn", () => {
  const { written, at } = line({ total: 8, isTerminal: true });
  at(1, 1);
  at(1.05, 2);
  assertEquals(written.length, 1);
  at(1.1, 3);
  assertEquals(written.length, 2);
});

Deno.test("elsewhere a plain line appears every five seconds, with no control characters", () => {
  const { written, at } = line({ total: 200, isTerminal: false });
  for (let second = 1; second <= 12; second++) at(second, 10 * second);
  assertEquals(written, ["Load   25%  50 of 200  15 s left\n", "Load   50%  100 of 200  10 s left\n"]);
});

Deno.test("a job that ends before the first plain line is due leaves one line", () => {
  const { progress, written, at } = line({ total: 2, unit: "files", isTerminal: false });
  at(1, 1);
  at(2, 2);
  progress.finish("all verified");
  assertEquals(written, ["Load  2 files in 2.0 s  all verified\n"]);
});

Deno.test("finish() overwrites the line in a terminal and ends it", () => {
  const { progress, written, at } = line({ total: 5_000_000, unit: "bytes", isTerminal: true });
  at(1, 2_500_000);
  at(12, 5_000_000);
  progress.finish();
  assertEquals(written.at(-1), "\rLoad  5.0 MB in 12 s\x1b[K\n");
});

Deno.test("a job that goes on from the middle counts only its own speed", () => {
  const { written, at } = line({ total: 100, done: 50, isTerminal: true });
  at(10, 60);
  assert(written[0].includes("40 s left"), written[0]);
});

Deno.test("without a total the line shows the amount and the time so far", () => {
  const { written, at } = line({ unit: "bytes", isTerminal: true });
  at(61, 1_234_567);
  assertEquals(written, ["\rLoad  1.2 MB  1 min 01 s so far\x1b[K"]);
});

Deno.test("in a narrow terminal the bar goes first, then the end of the label, and the time left stays", () => {
  const shown = (columns: number) => {
    const { written, at } = line({ label: "Load the digits", total: 8, isTerminal: true, columns });
    at(3, 2);
    return written[0].slice(1, -"\x1b[K".length);
  };
  assertEquals(shown(64), "Load the digits  █████░░░░░░░░░░░░░░░   25%  2 of 8  9.0 s left");
  assertEquals(shown(63), "Load the digits   25%  2 of 8  9.0 s left");
  assertEquals(shown(40), "Load the dig…   25%  2 of 8  9.0 s left");
  for (let columns = 10; columns < 80; columns++) {
    assert(shown(columns).length < columns, `${columns} columns`);
  }
});

Deno.test("more done than planned is shown as everything, not as more", () => {
  const { written, at } = line({ total: 10, isTerminal: true });
  at(1, 12);
  assert(written[0].includes("100%  12 of 10  0.0 s left"), written[0]);
});

Deno.test("formatSeconds() and formatBytes() round to what a person reads", () => {
  const seconds = [0, 0.44, 9.94, 9.96, 59.4, 59.6, 185, 3599.4, 3600, 7830].map(formatSeconds);
  const expected = ["0.0 s", "0.4 s", "9.9 s", "10 s", "59 s", "1 min 00 s", "3 min 05 s", "59 min 59 s"];
  assertEquals(seconds, [...expected, "1 h 00 min", "2 h 10 min"]);
  const bytes = [0, 999, 1000, 28_881, 999_949, 999_951, 9_912_422, 5e9, 2e12].map(formatBytes);
  assertEquals(bytes, [
    "0 B",
    "999 B",
    "1.0 kB",
    "28.9 kB",
    "999.9 kB",
    "1.0 MB",
    "9.9 MB",
    "5.0 GB",
    "2.0 TB",
  ]);
});
