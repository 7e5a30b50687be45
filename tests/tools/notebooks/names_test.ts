import { assertEquals } from "@std/assert";
import { cellNames } from "../../../tools/notebooks/names.ts";

const uses = (source: string) => [...cellNames(source).uses].sort();
const declares = (source: string) => [...cellNames(source).declares].sort();

Deno.test("cellNames() finds what a cell declares: variables in patterns, functions, classes, types, imports", () => {
  const source = `import { a, b as c } from "x"; const { d, e: [f] } = g; function h() { const inner = 1; }
class I {} type J = string; interface K {}`;
  assertEquals(declares(source), ["I", "J", "K", "a", "c", "d", "f", "h"]);
});

Deno.test("cellNames() tells a parameter or a local variable from a name of another cell", () => {
  assertEquals(uses("const f = (x: number) => x * y;"), ["y"]);
  assertEquals(uses("for (const x of list) { let y = x; y++; }"), ["list"]);
  assertEquals(uses("for (let i = 0; i < n; i++) total += i;"), ["n", "total"]);
  assertEquals(uses("try { a(); } catch (error) { b(error); }"), ["a", "b"]);
  assertEquals(uses("{ const x = 1; }\nx;"), ["x"]);
  assertEquals(uses("const g = ({ a, ...rest }: T, [b = c]: number[]) => a + b + rest.d;"), ["T", "c"]);
  assertEquals(uses("const again = function self() { return self; };"), []);
});

Deno.test("cellNames() takes no property, key or label for a variable", () => {
  assertEquals(uses("a.b.c({ d: e, f, [g]: 1 });"), ["a", "e", "f", "g"]);
  assertEquals(uses("class A { size = n; grow(by: number) { this.size += by; } }"), ["n"]);
  assertEquals(uses("outer: while (go) break outer;"), ["go"]);
});

Deno.test("cellNames() counts types, and the classes they come from", () => {
  assertEquals(uses("const f = (x: Tensor): Place => g(x);"), ["Place", "Tensor", "g"]);
  assertEquals(uses("type Pair<T> = [first: T, second: Other];"), ["Other"]);
  assertEquals(uses("class B extends A implements C { constructor(readonly x: D) { super(x); } }"), [
    "A",
    "C",
    "D",
  ]);
});

Deno.test("cellNames() of a text that does not parse is empty", () => {
  assertEquals([uses("const = ;"), declares("const = ;")], [[], []]);
});
