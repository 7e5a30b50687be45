/**
 * What cells mean: a table that every kernel of this course has to agree with. Each row is a session of its own kind of
 * names; what a cell shows is its printed text, its value, and `name: message` of an error, one after another.
 */
export interface Meaning {
  name: string;
  cells: string[];
  /** What each cell shows. */
  shows: string[];
}

const meaning = (name: string, ...pairs: [cell: string, shows: string][]): Meaning => ({
  name,
  cells: pairs.map(([cell]) => cell),
  shows: pairs.map(([, shows]) => shows),
});

export const VALUES: Meaning[] = [
  meaning("numbers that are none, and none at all", ["0/0", "NaN"], ["-1/0", "-Infinity"], ["-0", "-0"], [
    "NaN",
    "NaN",
  ]),
  meaning("big integers", ["10n ** 30n", "1000000000000000000000000000000n"]),
  meaning("null is shown, undefined is not", ["null", "null"], ["undefined", ""], ["void 0", ""]),
  meaning("a value before a declaration", ["7; const before = 1;", "7"]),
  meaning("a semicolon hides nothing", ["1 + 1;", "2"]),
  meaning(
    "NaN out of a block, a loop and a choice",
    ["{ 0/0; }", "NaN"],
    [
      "for (let i = 0; i < 3; i++) i / 0",
      "Infinity",
    ],
    ["if (true) { NaN } else { 6 }", "NaN"],
    ["if (false) 5", ""],
  ),
  meaning(
    "a switch, a try and a label",
    ["switch (1) { case 1: 'one'; }", '"one"'],
    [
      "try { throw 1 } catch (e) { (e as number) + 1 }",
      "2",
    ],
    ["try { 1 } finally { 2 }", "1"],
    ["outer: for (const i of [1, 2]) { for (;;) { i; continue outer; } }", "2"],
  ),
  meaning("an object and a block", ["{ a: 1 }", "{ a: 1 }"], [
    "{ a: 1, b: [2] } // both",
    "{ a: 1, b: [ 2 ] }",
  ], [
    "{ 1; }",
    "1",
  ], ["{}", "{}"]),
  meaning("texts", ["'use strict'", '"use strict"'], ['"\\ud83d"', '"\\ud83d"'], ["`a\nb`", '"a\\nb"'], [
    "'é😀'",
    '"é😀"',
  ]),
  meaning("functions without a name", ["() => 1", "[Function (anonymous)]"], [
    "(class {})",
    "[class (anonymous)]",
  ]),
  meaning("the first line of a program", ["#!/usr/bin/env deno\n1", "1"]),
  meaning("a comment, and nothing", ["// only this", ""], ["", ""], ["  \n ", ""]),
  meaning("what await gives", ["await Promise.resolve(4)", "4"], [
    "const v = await Promise.resolve(0/0); v",
    "NaN",
  ]),
  meaning("a promise that is not awaited is a value", ["Promise.resolve(4)", "Promise { 4 }"], [
    "new Promise(() => {})",
    "Promise { <pending> }",
  ]),
  meaning("await in loops", ["let n = 0; for await (const x of [1, Promise.resolve(2)]) n += x; n", "3"]),
  meaning("a value with a picture of its own", [
    `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "a picture" }) })`,
    "a picture",
  ]),
];

export const NAMES: Meaning[] = [
  ...redeclarations(),
  meaning(
    "an import, edited",
    ['import { join as put } from "node:path"; typeof put', '"function"'],
    [
      'import { basename as put } from "node:path"; put("a/b")',
      '"b"',
    ],
    ["const put = 3; put", "3"],
    ['import * as put from "node:path"; put.join("a", "b")', '"a/b"'],
  ),
  meaning(
    "types, declared again",
    ["type T = number; let t: T = 1; t", "1"],
    [
      "interface T { a: number }; const t: T = { a: 2 }; t.a",
      "2",
    ],
    ["class T { b = 3 }; new T().b", "3"],
    ["enum T { C = 4 }; T.C", "4"],
  ),
  meaning(
    "an enum that was edited has the new members only",
    ["enum E { A, B }; Object.keys(E).length", "4"],
    [
      "enum E { C }; Object.keys(E).length",
      "2",
    ],
  ),
  meaning("namespaces", ["namespace N { export const x = 1 }; N.x", "1"], [
    "namespace N { export const y = 2 }; [N.y, 'x' in N]",
    "[ 2, false ]",
  ]),
  meaning(
    "an old function sees the new value",
    ["const w = 1; const f = () => w;", ""],
    ["const w = 2;", ""],
    [
      "f()",
      "2",
    ],
  ),
  meaning(
    "an old function calls the new function",
    [
      "function h() { return 1; } function t() { return h(); }",
      "",
    ],
    ["function h() { return 2; }", ""],
    ["t()", "2"],
  ),
  meaning("a function that calls itself, replaced by one that remembers", [
    "let calls = 0; function fib(n: number): number { calls++; return n < 2 ? n : fib(n - 1) + fib(n - 2); }",
    "",
  ], [
    "const plain = fib, seen = new Map(); fib = (n) => seen.get(n) ?? (seen.set(n, plain(n)), seen.get(n));",
    "[Function: fib]",
  ], [
    "calls = 0; [fib(20), calls]",
    "[ 6765, 21 ]",
  ]),
  meaning("functions before their place", ["const r = twice(2); function twice(x) { return x * 2; } r", "4"]),
  meaning("overloads", [
    "function o(x: number): number; function o(x: string): string; function o(x: any) { return x } o(3)",
    "3",
  ]),
  meaning("patterns", [
    "const { p, q: [q1, ...q2], z = 5, ...rest } = { p: 1, q: [2, 3, 4], more: 6 } as any; [p, q1, q2, z, rest]",
    "[ 1, 2, [ 3, 4 ], 5, { more: 6 } ]",
  ], ["let [a1, , b1 = a1] = [1, 2]; [a1, b1]", "[ 1, 1 ]"]),
  meaning(
    "a constant is constant",
    ["const k = 1", ""],
    ["k = 2", "TypeError: Assignment to constant variable."],
    [
      "k++",
      "TypeError: Assignment to constant variable.",
    ],
    ["[k] = [3]", "TypeError: Assignment to constant variable."],
    [
      "(() => { k += 1 })()",
      "TypeError: Assignment to constant variable.",
    ],
    ["(() => { let k = 1; k += 1; return k })()", "2"],
    ["k", "1"],
  ),
  meaning("a constant of the same cell", [
    "const k2 = 1; k2 = 2",
    "TypeError: Assignment to constant variable.",
  ]),
  meaning("a constant that became a variable", ["const kv = 1", ""], ["let kv = 2; kv += 1; kv", "3"]),
  meaning("use before the declaration", [
    "later; const later = 1;",
    "ReferenceError: Cannot access 'later' before initialization",
  ], ["const later = 2; later", "2"]),
  meaning(
    "a declaration that failed",
    [
      "const bad = (() => { throw new Error('x'); })();",
      "Error: x",
    ],
    ["bad", "ReferenceError: bad is not defined"],
    ["[1].map(() => bad)", "ReferenceError: bad is not defined"],
    [
      "const bad = 1; bad",
      "1",
    ],
  ),
  meaning("a declaration that failed leaves an earlier value", ["const kept = 1;", ""], [
    "const kept = (() => { throw new Error('x'); })();",
    "Error: x",
  ], ["kept", "1"]),
  meaning("what came before the failure is there", [
    "const x1 = 1; throw new Error('stop'); const x2 = 2;",
    "Error: stop",
  ], [
    "x1",
    "1",
  ], ["x2", "ReferenceError: x2 is not defined"]),
  meaning("names that are not there", ["typeof nothing", '"undefined"'], [
    "nothing",
    "ReferenceError: nothing is not defined",
  ], [
    "nothing2 = 1",
    "ReferenceError: nothing2 is not defined",
  ]),
  meaning(
    "the rest of the language",
    ["typeof this", '"object"'],
    [
      "(function () { return this; })() === undefined",
      "true",
    ],
    ["const arrow = () => 1; arrow.name", '"arrow"'],
    ["function named() {} named.name", '"named"'],
    [
      "class Named {} Named.name",
      '"Named"',
    ],
  ),
  meaning(
    "variables of blocks, and var",
    ["if (true) { var vb = 3; let inner = 4; }", ""],
    ["vb", "3"],
    [
      "typeof inner",
      '"undefined"',
    ],
    ["for (var vi = 0; vi < 2; vi++) {} for (var vk in { q: 1 }); [vi, vk]", '[ 2, "q" ]'],
    ["var vb; vb", "3"],
  ),
  meaning(
    "own names of things that exist",
    ["const performance = 0.9, history = [1]; [performance, history]", "[ 0.9, [ 1 ] ]"],
    [
      "class Map {} ; new Map() instanceof Map",
      "true",
    ],
    ["let name = 'n', JSON = 1, Promise = 2; [name, JSON, Promise, await Promise]", '[ "n", 1, 2, 2 ]'],
    [
      "console.log({ JSON }, [1, 2])",
      "{ JSON: 1 } [ 1, 2 ]\n",
    ],
    ["new globalThis.Map().size", "0"],
  ),
  meaning("exports mean nothing", ["export const ex = 1; export function ef() { return ex }", ""], [
    "ef()",
    "1",
  ], [
    "export default 7",
    "7",
  ], ["export { ex }", ""]),
  meaning("async and generators", ["async function af() { return 3; } await af()", "3"], [
    "function* gg() { yield 1; yield* [2] } [...gg()]",
    "[ 1, 2 ]",
  ]),
  meaning("parameter properties and abstract classes", [
    "abstract class Base { abstract f(): number } class P extends Base { constructor(readonly x: number) { super() } f() { return this.x } } new P(3).f()",
    "3",
  ]),
  meaning("lines that end without a semicolon", [
    "const s1 = 1\nconst s2 = 2\nfunction s3() {}\n(s1 + s2)",
    "3",
  ], [
    "let s4 = 1\n;[s4] = [2]\ns4",
    "2",
  ]),
];

/** Every way to declare a name, after every other. */
function redeclarations(): Meaning[] {
  const ways: Record<string, [cell: string, shows: string]> = {
    let: ["let a = 1; a", "1"],
    const: ["const a = 2; a", "2"],
    var: ["var a = 3; a", "3"],
    function: ["function a() { return 4 } a()", "4"],
    class: ["class a { static v = 5 } a.v", "5"],
    enum: ["enum a { v = 6 } a.v", "6"],
    import: ['import { sep as a } from "node:path"; a', '"/"'],
    pattern: ["const { a } = { a: 7 }; a", "7"],
  };
  return Object.entries(ways).map(([first, cell]) =>
    meaning(
      `${first}, then all others`,
      ...Object.values(ways).flatMap((other) => [cell, other]),
    )
  );
}

export const MISTAKES: Meaning[] = [
  meaning("a syntax error", ["let b = (;", "SyntaxError: Expression expected (line 1, column 10)"]),
  meaning("a name twice", [
    "const d = 1;\nconst d = 2;",
    "SyntaxError: Identifier 'd' has already been declared (line 2, column 7)",
  ]),
  meaning("return outside", ["return 4", "SyntaxError: 'return' outside of function (line 1, column 1)"]),
  meaning(
    "thrown things",
    ["throw { code: 5 }", "Uncaught: { code: 5 }"],
    ["throw undefined", "Uncaught: undefined"],
    [
      "throw null",
      "Uncaught: null",
    ],
    ["throw 'text'", 'Uncaught: "text"'],
    ["throw new RangeError('r')", "RangeError: r"],
  ),
  meaning("import.meta", [
    "import.meta.url",
    "SyntaxError: import.meta belongs to modules, and a cell is none: Deno.cwd() is the folder of the notebook. " +
    "(line 1, column 1)",
  ]),
];

export const MEANINGS: Meaning[] = [...VALUES, ...NAMES, ...MISTAKES];
