import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { checkNotebooks } from "../../../tools/course/check_notebooks.ts";
import { CleanError, cleanNotebooks } from "../../../tools/course/clean.ts";
import { committed } from "../checks/notebook.ts";
import { withProject } from "../checks/project.ts";

/** A notebook as a front end leaves it: run, of an older format, with its traces. */
const used = {
  cells: [
    { cell_type: "markdown", metadata: { jp: 1 }, source: "#  Title\n*  point" },
    {
      cell_type: "code",
      id: "kept-id",
      execution_count: 3,
      metadata: {
        scrolled: true,
        tags: ["exercise"],
        nbgrader: { grade_id: "kept-id", points: 2 },
        execution: { a: 1 },
      },
      outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
      source: "const a   = 1\r\na\n\n",
    },
    { cell_type: "code", id: "kept-id", execution_count: null, metadata: {}, outputs: [], source: ["[1]"] },
    { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: ["[1]"] },
  ],
  metadata: {
    kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
    language_info: { name: "typescript", version: "6.0.3" },
    title: "A title",
    toc: {},
  },
  nbformat: 4,
  nbformat_minor: 2,
};

const project = { "deno.json": "{}", "notebooks/a.ipynb": JSON.stringify(used) };

Deno.test("cleanNotebooks() leaves a notebook that the checks accept", async () => {
  await withProject(project, async (root) => {
    const path = join(root, "notebooks", "a.ipynb");
    assertEquals(await cleanNotebooks(root, [path]), [path]);
    assertEquals(await checkNotebooks(root), []);
  });
});

Deno.test("cleanNotebooks() takes out results and traces, and keeps text, ids, tags and grading", async () => {
  await withProject(project, async (root) => {
    const path = join(root, "notebooks", "a.ipynb");
    await cleanNotebooks(root, [path]);
    const { cells, metadata } = JSON.parse(await Deno.readTextFile(path));
    assertEquals(cells[0].source.join(""), "# Title\n\n- point");
    assertEquals(cells[1], {
      cell_type: "code",
      execution_count: null,
      id: "kept-id",
      metadata: { nbgrader: { grade_id: "kept-id", points: 2 }, tags: ["exercise"] },
      outputs: [],
      source: ["const a = 1;\n", "a;"],
    });
    assertEquals(Object.keys(metadata), ["kernelspec", "language_info", "title"]);
    assertEquals(metadata.language_info.version, undefined);
    const ids = cells.map((cell: { id: string }) => cell.id);
    assertEquals(new Set(ids).size, 4);
    for (const id of ids) assertMatch(id, /^[a-zA-Z0-9_-]{1,64}$/);
  });
});

Deno.test("cleanNotebooks() changes nothing the second time, and says so", async () => {
  await withProject(project, async (root) => {
    const path = join(root, "notebooks", "a.ipynb");
    await cleanNotebooks(root, [path]);
    const once = await Deno.readTextFile(path);
    assertEquals(await cleanNotebooks(root, [path]), []);
    assertEquals(await Deno.readTextFile(path), once);
  });
});

Deno.test("cleanNotebooks() gives the same ids on every machine", async () => {
  const ids: string[] = [];
  for (let time = 0; time < 2; time++) {
    await withProject(project, async (root) => {
      const path = join(root, "notebooks", "a.ipynb");
      await cleanNotebooks(root, [path]);
      ids.push(
        JSON.stringify(
          JSON.parse(await Deno.readTextFile(path)).cells.map((cell: { id: string }) => cell.id),
        ),
      );
    });
  }
  assertEquals(ids[0], ids[1]);
});

Deno.test("cleanNotebooks() lays a file out as Jupyter does: one space, sorted keys, a line a string", async () => {
  await withProject({ ...project, "notebooks/a.ipynb": committed("1;\n2;") }, async (root) => {
    const path = join(root, "notebooks", "a.ipynb");
    const text = await Deno.readTextFile(path);
    assertEquals(await cleanNotebooks(root, [path]), []);
    assert(
      text.startsWith('{\n "cells": [\n  {\n   "cell_type": "code",\n   "execution_count": null,\n'),
      text,
    );
    assert(text.endsWith('"nbformat": 4,\n "nbformat_minor": 5\n}\n'), text);
  });
});

Deno.test("cleanNotebooks() refuses a file that is no notebook and leaves it as it is", async () => {
  await withProject({ ...project, "notebooks/a.ipynb": "<<<<<<< HEAD\n" }, async (root) => {
    const path = join(root, "notebooks", "a.ipynb");
    await assertRejects(() => cleanNotebooks(root, [path]), CleanError, "mark of a merge");
    assertEquals(await Deno.readTextFile(path), "<<<<<<< HEAD\n");
  });
});
