// What an instructor does with marks: comments, points by hand, platforms, similar answers.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { applyComments } from "../../../tools/grading/comments.ts";
import type { Assignment } from "../../../tools/grading/course.ts";
import { feedbackPage } from "../../../tools/grading/feedback.ts";
import type { Graded } from "../../../tools/grading/grade_one.ts";
import { platformTables, readRoster } from "../../../tools/grading/platforms.ts";
import { rowOf } from "../../../tools/grading/rows.ts";
import { similarAnswers } from "../../../tools/grading/similar.ts";
import { readTable, tableText } from "../../../tools/grading/table.ts";
import { UsageError } from "../../../tools/shared/arguments.ts";

const ASSIGNMENT: Assignment = {
  name: "01_loss",
  checks: [
    { id: "check-a", points: 40, exercise: "A", answers: [] },
    { id: "check-b", points: 60, exercise: "B", answers: [] },
  ],
  namesOfChecks: [],
};
const graded = (a: number, b: number): Graded => ({
  marks: { "check-a": [a, 40], "check-b": [b, 60] },
  notes: [],
  events: [],
  cells: [],
  peak: 0,
  seconds: 1,
});
const ROWS = [
  rowOf("ana", ASSIGNMENT, graded(40, 0)),
  rowOf("ben", ASSIGNMENT, graded(0, 60)),
  rowOf("cleo", ASSIGNMENT, undefined),
  rowOf("dan", ASSIGNMENT, { ...graded(0, 0), broken: "the grader ended" }),
];

Deno.test("a table is read as other programs write it, and what is written is read back", () => {
  const rows = [{ a: 'x "y", z', b: "1;2" }, { a: "", b: "π" }];
  assertEquals(readTable('\uFEFFa;b\r\n"x ""y"", z";"1;2"\r\n;π\r\n\r\n'), rows);
  assertEquals(readTable(tableText([["a", "b"], ...rows.map(({ a, b }) => [a, b])])), rows);
  assertEquals(readTable("a\tb\n1\t2"), [{ a: "1", b: "2" }]);
  assertEquals([readTable(""), readTable("a,b\n")], [[], []]);
  // Fields that a spreadsheet would take for a formula, at the start of a field, however they begin.
  for (const start of ["=", "+", "-", "@", "\t"]) {
    assertEquals(tableText([[`${start}cmd()`]]).replaceAll('"', "").trim().slice(0, 1), "'", start);
  }
  assertEquals(tableText([["-1.5", "a-b"]]), "-1.5,a-b\n");
});

const CANVAS = `Student,ID,SIS User ID,SIS Login ID,Section,01_loss (4711),Final Score
    Points Possible,,,,,100,(read only)
"Adams, Ana",101,S1,ana,A,,
"Brown, Ben",102,S2,ben,A,,
"Clark, Cleo",103,S3,cleo,B,,
"Student, Test",999,,,A,,
`;

Deno.test("Canvas gets its own columns, the line of points, its number of the assignment, and no mark where there is none", () => {
  const roster = readRoster(CANVAS, ["ana", "ben", "cleo", "dan"]);
  assertEquals(roster.strange, ["dan is not in the roster, so no platform gets these marks"]);
  const tables = platformTables(ROWS, [ASSIGNMENT], roster);
  assertEquals([...tables.keys()], ["canvas.csv"]);
  assertEquals(tables.get("canvas.csv")!.split("\n"), [
    "Student,ID,SIS User ID,SIS Login ID,Section,01_loss (4711)",
    "    Points Possible,,,,,100",
    '"Adams, Ana",101,S1,ana,A,40',
    '"Brown, Ben",102,S2,ben,A,60',
    '"Clark, Cleo",103,S3,cleo,B,',
    "",
  ]);
});

Deno.test("Moodle gets whom it knows, each mark with a feedback; folders may be named in a column of their own", () => {
  const text =
    "folder;First name;Last name;ID number;Email address\nana;Ana;Adams;7;a@x.org\ndan;Dan;Davis;8;d@x.org\n";
  const { rows } = applyComments(
    ROWS,
    "student,assignment,check,points,comment\nana,01_loss,check-b,,Look at b",
    [ASSIGNMENT],
  );
  const tables = platformTables(rows, [ASSIGNMENT], readRoster(text, ["ana", "dan"]));
  assertEquals(tables.get("moodle.csv")!.split("\n"), [
    "ID number,Email address,First name,Last name,01_loss,01_loss feedback",
    "7,a@x.org,Ana,Adams,40,check-b: Look at b",
    "8,d@x.org,Dan,Davis,,", // its grading broke: no 0 for a fault of ours
    "",
  ]);
  assertThrows(() => readRoster("Name\nAna\n", ["ana"]), UsageError, 'Add a column "folder"; it has: Name');
});

Deno.test("comments and points by hand come back in each run; what fits nobody is named", async () => {
  const text = `student,assignment,check,points,comment
ana,01_loss,check-b,30,"Half of it is right, see b"
ana,01_loss,,,Good work
ben,01_loss,,95,
cleo,01_loss,,50,by mail
eve,01_loss,,1,
ana,01_loss,check-z,1,
ben,01_loss,check-a,41,
`;
  for (let run = 0; run < 2; run++) { // the rows that grading made are as they were
    const { rows, strange } = applyComments(ROWS, text, [ASSIGNMENT]);
    assertEquals(rows.map(({ total, note }) => [total, note]), [
      [70, "check-b: 30 by hand, was 0"],
      [95, "total: 95 by hand, was 60"],
      [50, "total: 50 by hand, was 0"],
      [0, "the grader ended"],
    ]);
    assertEquals([rows[0].points, rows[1].points, rows[1].extra], [
      { "check-a": 40, "check-b": 30 },
      { "check-a": 0, "check-b": 60 },
      35,
    ]);
    assertEquals(strange, [
      "comment on eve, 01_loss: there is no such submission",
      "comment on ana, 01_loss, check-z: there is no such check; there are check-a, check-b",
      "comment on ben, 01_loss, check-a: points are 0 to 40, and not 41",
    ]);
    const page = await feedbackPage("ana", ASSIGNMENT, graded(40, 0), rows[0]);
    assert(page.includes("<b>70</b> of 100 points") && page.includes("some given by hand"));
    assert(page.indexOf("Good work") > 0 && page.indexOf("Good work") < page.indexOf("<b>70</b>"));
  }
  assertEquals(applyComments(ROWS, "", [ASSIGNMENT]), { rows: ROWS, strange: [] });
  assertEquals(applyComments(ROWS, "student,points\nana,1", [ASSIGNMENT]).strange, [
    "the comments lack a column: assignment, check, comment",
  ]);
});

Deno.test("answers that differ in layout, remarks and names of variables are alike; others and empty ones are not", () => {
  const loop =
    "function mean(values: number[]): number {\n  let all = 0;\n  for (const x of values) all += x;\n  return all / values.length;\n}";
  const groups = similarAnswers([
    { student: "ana", source: loop },
    {
      student: "ben",
      source: loop.replaceAll("all", "sum").replaceAll("  ", "\t").replace("{", "{ // mine"),
    },
    {
      student: "cleo",
      source: "function mean(v: number[]): number {\n  return v.reduce((a, b) => a + b, 0) / v.length;\n}",
    },
    { student: "dan", source: 'function mean(): number {\n  throw new Error("Not implemented");\n}' },
    { student: "eve", source: 'function mean(): number {\n  throw new Error("Not implemented");\n}' },
  ]);
  assertEquals(groups.map(({ students }) => students), [["ana", "ben"]]);
});
