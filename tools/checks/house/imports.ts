/// <reference lib="deno.unstable" />
// The rules about imports: who may import whom, and where packages are named.
import { CELL, FLOORS, type Place, placeOf, targetOf } from "./where.ts";

const ORDER = FLOORS.join(" → ");
/** The package inside `lib/` that stands alone and could be published by itself. */
const PACKAGE = { name: "idx-parser", folder: "lib/data/idx_parser/", floor: "data" };
/** Packages that one folder hides from the rest, so that the rest needs no browser-like document. */
const HIDDEN_PACKAGES: Record<string, string> = { "@observablehq/plot": "charts", linkedom: "charts" };

/** What is wrong with an import, and what to do about it. */
export interface Objection {
  message: string;
  hint: string;
}

type Judge = (from: Place, specifier: string, target: Place | undefined) => Objection | undefined;

/** A folder of `lib/` imports only from the folders before it, and `lib/` from nothing else of the project. */
const importOrder: Judge = (from, specifier, target) => {
  if (from.area !== "lib" || from.path === "lib/mod.ts") return undefined;
  if (from.path.startsWith(PACKAGE.folder)) return undefined; // judged by idx-parser-alone
  const mine = FLOORS.indexOf(from.floor as typeof FLOORS[number]);
  if (mine < 0) {
    return {
      message: `${from.path} is in no folder of the library's order.`,
      hint: `Only mod.ts stands directly in lib/; move the file into one of ${ORDER}.`,
    };
  }
  if (specifier === "backprop" || target?.path === "lib/mod.ts") {
    return {
      message: `${from.path} imports the library through its public door.`,
      hint: "Inside lib/, import from the file that defines the name; mod.ts is for those outside.",
    };
  }
  if (target && target.area !== "lib") {
    return {
      message: `lib/${from.floor} imports ${target.path}, which is not part of the library.`,
      hint: "A learner gets lib/ alone: move what is shared into lib/, or pass it in as an argument.",
    };
  }
  const floor = specifier === PACKAGE.name ? PACKAGE.floor : target?.floor;
  if (floor === undefined) return undefined; // another package
  const theirs = FLOORS.indexOf(floor as typeof FLOORS[number]);
  if (theirs >= 0 && theirs <= mine) return undefined;
  return {
    message: `lib/${from.floor} imports from lib/${floor}, which does not come before it in ${ORDER}.`,
    hint: `Move what both need into ${FLOORS[mine]} or before, or let the caller pass it in.`,
  };
};

/** `idx-parser` imports nothing of the project. */
const packageAlone: Judge = (from, specifier, target) => {
  if (!from.path.startsWith(PACKAGE.folder)) return undefined;
  if (target ? target.path.startsWith(PACKAGE.folder) : specifier !== "backprop") return undefined;
  return {
    message: `${PACKAGE.name} imports "${specifier}", which is outside ${PACKAGE.folder}.`,
    hint:
      "The package stands alone: copy the few lines it needs, or move the code that needs both to lib/data.",
  };
};

/** Packages and their versions are named in deno.json only. */
const noInlineSpecifier: Judge = (_from, specifier) => {
  if (!/^(npm|jsr|https?|data):/.test(specifier)) return undefined;
  return {
    message: `"${specifier}" names a package or an address inside the code.`,
    hint: 'Add it with its exact version to "imports" in deno.json and import it by that name.',
  };
};

/** Plot and its document are known to `lib/charts` only. */
const hiddenPackage: Judge = (from, specifier) => {
  const home = HIDDEN_PACKAGES[specifier];
  if (home === undefined || from.floor === home || from.area === "tests") return undefined;
  return {
    message: `${from.path} imports "${specifier}", which only lib/${home} may know.`,
    hint: `Give lib/${home} a function that takes plain rows and returns a displayable, and call that.`,
  };
};

/** Modules of Node are for the program around the library. */
const noNodeInLibrary: Judge = (from, specifier) => {
  if (from.area !== "lib" || from.floor === "host" || !/^node:/.test(specifier)) return undefined;
  return {
    message: `${from.path} imports "${specifier}", which browsers have not.`,
    hint: "Use `host` of lib/host/mod.ts; what is missing there is added for Deno and for browsers.",
  };
};

/** What a cell means is known to more than one kernel, also where there is no Deno. */
const cellAlone: Judge = (from, specifier, target) => {
  if (!from.path.startsWith(CELL)) return undefined;
  if (target ? target.path.startsWith(CELL) : !/^node:/.test(specifier)) return undefined;
  return {
    message: `${from.path} imports "${specifier}", which is outside ${CELL}, or of Node.`,
    hint: "A kernel in a browser has the same files: let the caller pass in what the system gives.",
  };
};

/** A notebook's cells import by name, because a relative path depends on where the kernel was started. */
const cellsImportByName: Judge = (from, specifier, target) => {
  if (from.area !== "notebooks" || target === undefined) return undefined;
  return {
    message: `A cell imports "${specifier}" by its path.`,
    hint:
      'Import from "backprop" (export the name in lib/mod.ts if it is missing) or another name in deno.json.',
  };
};

/** Every rule about imports by its name, for the project in the folder `root`. */
export function importRules(root: string): Record<string, Deno.lint.Rule> {
  return {
    "import-order": ruleFor(root, importOrder),
    "idx-parser-alone": ruleFor(root, packageAlone),
    "no-inline-specifier": ruleFor(root, noInlineSpecifier),
    "hidden-package": ruleFor(root, hiddenPackage),
    "no-node-in-library": ruleFor(root, noNodeInLibrary),
    "cell-alone": ruleFor(root, cellAlone),
    "cells-import-by-name": ruleFor(root, cellsImportByName),
  };
}

/** A lint rule that puts every import of a file, in whatever form it is written, before the judge. */
function ruleFor(root: string, judge: Judge): Deno.lint.Rule {
  return {
    create(context) {
      const from = placeOf(root, context.filename);
      const visit = (node: Deno.lint.Node, source: Deno.lint.Node | null | undefined) => {
        if (source?.type !== "Literal" || typeof source.value !== "string") return;
        const objection = judge(from, source.value, targetOf(root, context.filename, source.value));
        if (objection) context.report({ node, ...objection });
      };
      return {
        ImportDeclaration: (node) => visit(node, node.source),
        ExportNamedDeclaration: (node) => visit(node, node.source),
        ExportAllDeclaration: (node) => visit(node, node.source),
        ImportExpression: (node) => visit(node, node.source),
        TSImportType: (node) =>
          visit(node, node.argument.type === "TSLiteralType" ? node.argument.literal : undefined),
      };
    },
  };
}
