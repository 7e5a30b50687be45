import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  type Found,
  installedPackages,
  readStamp,
  textHash,
  venvPython,
  workToDo,
} from "../../../tools/setup/stamp.ts";

const deno = { path: "/opt/deno", version: "2.9.6" };
const wanted = { venv: "/w/.venv", requirements: "abc", deno };
const stamp = { ...wanted, python: "3.11.7", packages: 74 };
const good: Found = { stamp, python: "3.11.7", packages: 74, hasKernelspec: true };

Deno.test("workToDo() finds nothing to do after a complete set-up", () => {
  assertEquals(workToDo(good, wanted), "nothing");
  assertEquals(workToDo({ ...good, packages: 75 }, wanted), "nothing"); // a person added one
});

Deno.test("workToDo() begins anew what was cut off, changed or damaged", () => {
  const damaged: Record<string, [Found, typeof wanted]> = {
    "no stamp": [{ ...good, stamp: undefined }, wanted],
    "interpreter gone": [{ ...good, python: undefined }, wanted],
    "another Python in it": [{ ...good, python: "3.12.1" }, wanted],
    "a package gone": [{ ...good, packages: 73 }, wanted],
    "requirements changed": [good, { ...wanted, requirements: "abd" }],
    "repository moved": [good, { ...wanted, venv: "/elsewhere/.venv" }],
  };
  for (const [name, [found, want]] of Object.entries(damaged)) {
    assertEquals(workToDo(found, want), "everything", name);
  }
});

Deno.test("workToDo() only writes the kernelspec when nothing but Deno changed", () => {
  assertEquals(workToDo(good, { ...wanted, deno: { ...deno, path: "/npx/deno" } }), "kernelspec");
  assertEquals(workToDo(good, { ...wanted, deno: { ...deno, version: "2.9.7" } }), "kernelspec");
  assertEquals(workToDo({ ...good, hasKernelspec: false }, wanted), "kernelspec");
});

Deno.test("readStamp() takes a missing, empty or half-written stamp for none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "stamp.json");
    assertEquals(readStamp(path), undefined);
    for (const text of ["", "{", "{}", "null", '{"deno": 5}']) {
      await Deno.writeTextFile(path, text);
      assertEquals(readStamp(path), undefined, text);
    }
    await Deno.writeTextFile(path, JSON.stringify(stamp));
    assertEquals(readStamp(path), stamp);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("venvPython() and installedPackages() read a virtual environment of either system", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const site of ["lib/python3.11/site-packages", "Lib/site-packages"]) {
      const venv = join(folder, site.replaceAll("/", "_"));
      assertEquals(venvPython(venv), undefined);
      assertEquals(installedPackages(venv), []);
      await Deno.mkdir(join(venv, site, "pip"), { recursive: true });
      await Deno.mkdir(join(venv, site, "pip-24.0.dist-info"));
      await Deno.writeTextFile(join(venv, "pyvenv.cfg"), "home = /usr/bin\nversion = 3.11.7\n");
      assertEquals(venvPython(venv), "3.11.7");
      assertEquals(installedPackages(venv), ["pip-24.0.dist-info"]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("textHash() does not mind line ends, and minds everything else", async () => {
  assertEquals(await textHash("a==1\r\nb==2\r\n"), await textHash("a==1\nb==2\n"));
  assert(await textHash("a==1\n") !== await textHash("a==2\n"));
});
