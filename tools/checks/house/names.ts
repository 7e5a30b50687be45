/// <reference lib="deno.unstable" />
// The rules about built-in names: some would make a run unrepeatable, one belongs to a single folder.
import { type Area, CELL, placeOf } from "./where.ts";

/** What every processor computes to the last bit: exact by IEEE 754, or no arithmetic at all. */
const EXACT_MATH = new Set(
  ["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"]
    .concat(["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"]),
);
/** Folders of `lib/` that may use inexact mathematics: the home of our own, and those that draw only. */
const MAY_BE_INEXACT = new Set(["kernels", "charts", "widgets", "notebook", "exercises"]);
/** The parts of our own kernel and of the grader that run where the cells run: they are what `Deno.jupyter` leads to. */
const INSIDE_KERNEL = ["tools/kernel/inside/", "tools/grading/inside/"];
const SEEDED: Area[] = ["lib", "tools", "notebooks"];

/** Random numbers come from a seed, or no result could be checked. */
function noMathRandom(root: string): Deno.lint.Rule {
  return {
    create(context) {
      if (!SEEDED.includes(placeOf(root, context.filename).area)) return {};
      return visitMembersOf("Math", (node, name) => {
        if (name !== "random") return;
        context.report({
          node,
          message: "Math.random() cannot be seeded, so no two runs would print the same numbers.",
          hint: "Take an Rng as an argument: `new Rng(seed)` from lib/tensor/random.ts.",
        });
      });
    },
  };
}

/** V8's exp, log, tanh, pow … may differ between processors in the last bit; the library's own do not. */
function portableMath(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const { area, floor } = placeOf(root, context.filename);
      if (area !== "lib" || MAY_BE_INEXACT.has(floor ?? "")) return {};
      const report = (node: Deno.lint.Node, what: string) =>
        context.report({
          node,
          message: `${what} may differ between processors in its last bit.`,
          hint: "Use the functions of lib/kernels/elementary.ts, which give the same bits on every machine.",
        });
      return {
        ...visitMembersOf("Math", (node, name) => {
          if (name === undefined) report(node, "A function of Math taken out of it");
          else if (name !== "random" && !EXACT_MATH.has(name)) report(node, `Math.${name}`);
        }),
        'BinaryExpression[operator="**"]': (node: Deno.lint.BinaryExpression) => {
          const constant = node.left.type === "Literal" && node.right.type === "Literal";
          if (!constant) report(node, "The operator **");
        },
        'AssignmentExpression[operator="**="]': (node: Deno.lint.Node) => report(node, "The operator **="),
      };
    },
  };
}

/** What Deno, Node or a page has, and the others have not. */
const HOSTS = ["Deno", "process", "Buffer", "window", "document", "localStorage"];
/** Where they may be named in `lib/`: the host's own folder, and the scripts of the widgets, as written and
 * as bundled. */
const KNOWS_HOST = ["lib/host/", "lib/widgets/browser/", "lib/widgets/built/"];

/** The library runs in Deno and in browsers, so only `lib/host` says what either has. */
function hostAlone(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const { path, area } = placeOf(root, context.filename);
      if (area !== "lib" || KNOWS_HOST.some((folder) => path.startsWith(folder))) return {};
      const report = (node: Deno.lint.Node, what: string) =>
        context.report({
          node,
          message: `${path} names ${what}, which is not everywhere where the library runs.`,
          hint: "Use `host` of lib/host/mod.ts; what is missing there is added for Deno and for browsers.",
        });
      const visitors = HOSTS.map((name) => visitMembersOf(name, (node) => report(node, name)));
      return {
        MemberExpression: (node) => visitors.forEach((visit) => visit.MemberExpression!(node)),
        VariableDeclarator: (node) => visitors.forEach((visit) => visit.VariableDeclarator!(node)),
        'Literal[value="Deno.customInspect"]': (node: Deno.lint.Node) => report(node, "a symbol of Deno's"),
        "MetaProperty": (node) => report(node, "its own address"),
      };
    },
  };
}

/** Only `lib/notebook` talks to the kernel, so that the rest runs in any program. */
function jupyterInNotebookOnly(root: string): Deno.lint.Rule {
  return {
    create(context) {
      const { path, area, floor } = placeOf(root, context.filename);
      if (area === "tests" || area === "elsewhere" || floor === "host") return {};
      if (INSIDE_KERNEL.some((folder) => path.startsWith(folder))) return {};
      if (area === "lib") {
        return visitMembersOf("host", (node, name) => {
          if (name === "jupyter" && floor !== "notebook") {
            context.report({
              node,
              message: "host.jupyter is used outside lib/notebook.",
              hint: "Return a displayable and let show() of lib/notebook display it.",
            });
          }
        });
      }
      return visitMembersOf("Deno", (node, name) => {
        if (name !== "jupyter") return;
        context.report({
          node,
          message: "Deno.jupyter is used outside lib/host and the kernel.",
          hint: "Return a displayable and let show() of lib/notebook display it.",
        });
      });
    },
  };
}

/** What a cell means does not depend on what runs it. */
function noDenoInCells(root: string): Deno.lint.Rule {
  return {
    create(context) {
      if (!placeOf(root, context.filename).path.startsWith(CELL)) return {};
      return visitMembersOf("Deno", (node) =>
        context.report({
          node,
          message: `Deno is used in ${CELL}.`,
          hint: "A kernel in a browser has the same files: let the caller pass in what the system gives.",
        }));
    },
  };
}

/**
 * Calls `visit` with the member's name for each `object.name`, `object["name"]` and `(object as T).name`, and with
 * `undefined` where a member is taken in a way that hides its name, such as `const { exp } = Math`.
 */
function visitMembersOf(
  object: string,
  visit: (node: Deno.lint.Node, name: string | undefined) => void,
): Deno.lint.LintVisitor {
  return {
    MemberExpression(node) {
      if (bare(node.object, object)) visit(node, memberName(node));
    },
    VariableDeclarator(node) {
      if (!node.init || !bare(node.init, object)) return;
      if (node.id.type !== "ObjectPattern") return visit(node, undefined);
      for (const property of node.id.properties) {
        const key = property.type === "Property" ? property.key : undefined;
        visit(node, key?.type === "Identifier" ? key.name : undefined);
      }
    },
  };
}

/** Whether an expression is the global `name`, perhaps behind a cast or `globalThis`. */
function bare(node: Deno.lint.Node, name: string): boolean {
  if (node.type === "TSAsExpression" || node.type === "TSNonNullExpression") {
    return bare(node.expression, name);
  }
  if (node.type === "MemberExpression") return bare(node.object, "globalThis") && memberName(node) === name;
  return node.type === "Identifier" && node.name === name;
}

function memberName(node: Deno.lint.MemberExpression): string | undefined {
  const { property, computed } = node;
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined;
}

/** Every rule about built-in names by its name, for the project in the folder `root`. */
export function nameRules(root: string): Record<string, Deno.lint.Rule> {
  return {
    "no-math-random": noMathRandom(root),
    "host-alone": hostAlone(root),
    "no-deno-in-cells": noDenoInCells(root),
    "portable-math": portableMath(root),
    "jupyter-in-notebook-only": jupyterInNotebookOnly(root),
  };
}
