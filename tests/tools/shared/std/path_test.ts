import * as path from "@std/path";
import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";

const folder = path.resolve("build");

Deno.test("toFileUrl() and fromFileUrl() undo each other, whatever characters a path has", () => {
  for (const name of ["plain", "a b", "a#b?c", "50%", "ü", "trailing/"]) {
    const absolute = folder + path.SEPARATOR + name.replace("/", path.SEPARATOR);
    assertEquals(path.fromFileUrl(path.toFileUrl(absolute)), absolute);
    assertEquals(path.fromFileUrl(path.toFileUrl(absolute).href), absolute);
  }
});

Deno.test("toFileUrl() rejects a relative path instead of resolving it", () => {
  assertThrows(() => path.toFileUrl("lib/mod.ts"), TypeError, "lib/mod.ts");
});

Deno.test("fromFileUrl() rejects a URL that is not a file", () => {
  assertThrows(() => path.fromFileUrl("https://deno.com/a"), TypeError);
});

Deno.test("join(), dirname(), basename(), extname() and normalize() take a path or a file URL", () => {
  const file = path.join(folder, "mnist", "images.idx3.gz");
  for (const pathOrUrl of [file, path.toFileUrl(file)]) {
    assertEquals(path.basename(pathOrUrl), "images.idx3.gz");
    assertEquals(path.basename(pathOrUrl, ".gz"), "images.idx3");
    assertEquals(path.extname(pathOrUrl), ".gz");
    assertEquals(path.dirname(pathOrUrl), path.join(folder, "mnist"));
    assertEquals(path.normalize(pathOrUrl), file);
    assertEquals(path.join(pathOrUrl, "..", "labels"), path.join(folder, "mnist", "labels"));
  }
});

Deno.test("relative() leads from one path to the other, isAbsolute() knows a root", () => {
  const other = path.join(path.dirname(folder), "lib", "mod.ts");
  assertEquals(path.resolve(folder, path.relative(folder, other)), other);
  assert(path.isAbsolute(folder));
  assertFalse(path.isAbsolute("lib"));
});
