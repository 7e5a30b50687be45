import { assertEquals, assertInstanceOf, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import {
  PythonMissingError,
  PythonTooOldError,
  SetupError,
  VenvMissingError,
} from "../../../tools/setup/errors.ts";
import { choose, findPython } from "../../../tools/setup/python.ts";

const isWindows = Deno.build.os === "windows";

/** A folder to use as the PATH, with programs in it that answer as Pythons of these versions do. */
async function withPythons(
  pythons: Record<string, { version: string; canMakeVenv?: boolean } | string>,
  test: (env: Record<string, string>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, python] of Object.entries(pythons)) {
      const executable = join(folder, name);
      const answer = typeof python === "string"
        ? python
        : `echo '${JSON.stringify({ executable, canMakeVenv: true, ...python })}'`;
      await Deno.writeTextFile(executable, `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
    }
    await test({ PATH: folder }, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "findPython() takes the system's python3 when it is new enough",
  ignore: isWindows,
  fn: () =>
    withPythons(
      { "python3": { version: "3.11.2" }, "python3.13": { version: "3.13.0" } },
      async (env, folder) => {
        const python = await findPython(env);
        assertEquals(python, { executable: join(folder, "python3"), version: "3.11.2", canMakeVenv: true });
      },
    ),
});

Deno.test({
  name: "findPython() looks for python3.10 and later by name when python3 is too old",
  ignore: isWindows,
  fn: () =>
    withPythons({
      "python3": { version: "3.8.18" },
      "python3.10": { version: "3.10.1" },
      "python3.12": { version: "3.12.4" },
    }, async (env) => assertEquals((await findPython(env)).version, "3.12.4")),
});

Deno.test({
  name: "findPython() passes over a python3 without venv when another one has it",
  ignore: isWindows,
  fn: () =>
    withPythons({
      "python3": { version: "3.11.2", canMakeVenv: false },
      "python3.10": { version: "3.10.1" },
    }, async (env) => assertEquals((await findPython(env)).version, "3.10.1")),
});

Deno.test({
  name: "findPython() prefers a tested Python to a newer one, and takes the newer one rather than none",
  ignore: isWindows,
  fn: async () => {
    const next = { version: "3.99.0" };
    await withPythons({ "python3": next, "python3.14": { version: "3.14.0" } }, async (env) => {
      assertEquals((await findPython(env)).version, "3.14.0");
    });
    await withPythons({ "python3": next }, async (env) => {
      assertEquals((await findPython(env)).version, "3.99.0");
    });
  },
});

Deno.test({
  name: "findPython() takes a stub that only tells where to get Python for no Python",
  ignore: isWindows,
  fn: () =>
    withPythons(
      { "python3": "echo Python was not found >&2; exit 9", "python": "echo hello" },
      async (env) => {
        const error = await assertRejects(() => findPython(env), PythonMissingError);
        for (
          const advice of ["apt install python3", "brew install python", "winget install Python", "3.10"]
        ) {
          assertStringIncludes(error.message, advice);
        }
      },
    ),
});

Deno.test({
  name: "findPython() uses the Python that BACKPROP_PYTHON names, and no other",
  ignore: isWindows,
  fn: () =>
    withPythons({ "python3": { version: "3.11.2" }, "mine": { version: "3.10.9" } }, async (env, folder) => {
      const BACKPROP_PYTHON = join(folder, "mine");
      assertEquals((await findPython({ ...env, BACKPROP_PYTHON })).version, "3.10.9");
      const missing = { ...env, BACKPROP_PYTHON: join(folder, "missing") };
      const error = await assertRejects(() => findPython(missing), SetupError);
      assertStringIncludes(error.message, missing.BACKPROP_PYTHON);
    }),
});

Deno.test({
  name: "findPython() refuses a BACKPROP_PYTHON that is too old, saying its version",
  ignore: isWindows,
  fn: () =>
    withPythons({ "python3": { version: "3.11.2" }, "mine": { version: "3.9.18" } }, async (env, folder) => {
      const old = { ...env, BACKPROP_PYTHON: join(folder, "mine") };
      const error = await assertRejects(() => findPython(old), PythonTooOldError);
      assertStringIncludes(error.message, "3.9.18");
    }),
});

Deno.test("choose() names every version it found when all are too old, Python 2 among them", () => {
  const python = (version: string) => ({ executable: "/usr/bin/python", version, canMakeVenv: true });
  const error = caught(() => choose([python("3.8.18"), python("2.7.18"), python("3.8.18")]));
  assertInstanceOf(error, PythonTooOldError);
  assertStringIncludes(error.message, "(3.8.18, 2.7.18)");
});

Deno.test("choose() names the Debian package that brings venv for the version it found", () => {
  const error = caught(() =>
    choose([{ executable: "/usr/bin/python3", version: "3.12.3", canMakeVenv: false }])
  );
  assertInstanceOf(error, VenvMissingError);
  assertStringIncludes(error.message, "sudo apt install python3.12-venv");
});

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
