import { assertEquals } from "@std/assert";
import type { NotebookEvent } from "../../../tools/notebooks/events.ts";
import { parseEvent } from "../../../tools/notebooks/events.ts";
import { addEvent, emptyReport, formatResult, headlines } from "../../../tools/notebooks/report.ts";

const done = (cell: number, results: Record<string, unknown> = {}): NotebookEvent => ({
  event: "cellDone",
  cell,
  seconds: 0.1,
  results,
});

const reportOf = (...events: NotebookEvent[]) => events.reduce(addEvent, emptyReport("05_digits"));

Deno.test("parseEvent() reads a line of the runner and passes over everything else", () => {
  assertEquals(parseEvent('{"event": "start", "cells": 3}'), { event: "start", cells: 3 });
  for (const line of ["", "hello", "[1]", "null", '{"event": 5}', '{"event": "start"']) {
    assertEquals(parseEvent(line), undefined, line);
  }
});

Deno.test("a report counts code cells and those that ran", () => {
  const report = reportOf({ event: "start", cells: 3 }, done(1), done(3), done(4), { event: "end" });
  assertEquals([report.name, report.cells, report.executed, report.errors], ["05_digits", 3, 3, []]);
});

Deno.test("a report merges the results of all cells, and the later of two with one name counts", () => {
  const report = reportOf(
    done(1, { loss: 0.4, testAccuracy: 0.5 }),
    done(2),
    done(3, { testAccuracy: 0.98 }),
  );
  assertEquals(report.results, { loss: 0.4, testAccuracy: 0.98 });
});

Deno.test("a result that is no finite number is an error of its cell, and the other results stay", () => {
  const report = reportOf(done(4, { good: 1, bad: null, worse: "3" }));
  assertEquals(report.results, { good: 1 });
  assertEquals(report.errors.map(({ cell }) => cell), [4, 4]);
  assertEquals(report.errors[0].message, 'the result "bad" is null; a result must be a finite number');
});

Deno.test("a failing cell is reported with its place and does not count as run", () => {
  const failure = { source: "f();", name: "TypeError", message: "no", traceback: [], reported: true };
  const report = reportOf(done(1), done(2), { event: "error", cell: 2, id: "abc", ...failure });
  assertEquals(report.executed, 1);
  assertEquals(report.errors, [{ cell: 2, cellId: "abc", message: "TypeError: no" }]);
});

Deno.test("a notebook that could not be executed at all blames no cell", () => {
  const report = reportOf({ event: "failed", message: "not a notebook" });
  assertEquals(report.errors, [{ cell: -1, cellId: "", message: "not a notebook" }]);
});

Deno.test("addEvent() leaves the report that it was given as it was", () => {
  const before = emptyReport("05_digits");
  addEvent(before, done(1, { loss: 1 }));
  assertEquals(before, emptyReport("05_digits"));
});

Deno.test("headlines() are the numbers of the last notebook that reports any", () => {
  const first = { ...emptyReport("01"), results: { a: 1, b: 2 } };
  const second = { ...emptyReport("02"), results: { b: 3, c: 4 } };
  assertEquals(headlines([first, second, emptyReport("03")]), { b: 3, c: 4 });
  assertEquals(headlines([]), {});
});

Deno.test("formatResult() writes accuracies as percentages and other numbers to four digits", () => {
  assertEquals(formatResult("testAccuracy", 0.97918), "97.9%");
  assertEquals(formatResult("testAccuracy", 1), "100.0%");
  assertEquals(formatResult("majorityBaseline", 0.22086), "22.1%");
  assertEquals(formatResult("learningRate", 0.1), "0.1");
  assertEquals(formatResult("gradientError", 1.23456e-10), "1.235e-10");
  assertEquals(formatResult("images", 30596), "30596");
});
