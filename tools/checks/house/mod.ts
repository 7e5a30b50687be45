/// <reference lib="deno.unstable" />
/**
 * The rules of the house as a plugin of `deno lint`: the same rules that `tools/checks/check_imports.ts` runs show in an editor
 * as one types when deno.json lists this file under `lint.plugins`.
 * Its files import each other by path only: the linter loads them under configurations that know no import map.
 *
 * Deno 2.9.6 shows a plugin nothing of what follows an empty statement (`;` alone) in the same block. The formatter takes
 * such statements out, so formatted files are seen whole.
 *
 * @module
 */
import { fromFileUrl } from "../../shared/std/path.ts";
import { importRules } from "./imports.ts";
import { functionLength } from "./length.ts";
import { nameRules } from "./names.ts";
import { noSpreadOfLists } from "./spreads.ts";

/**
 * The plugin for the project in one folder.
 *
 * @param root The project's folder, absolute
 */
export function house(root: string): Deno.lint.Plugin {
  return {
    name: "house",
    rules: {
      ...importRules(root),
      ...nameRules(root),
      "function-length": functionLength(root),
      "no-spread-of-lists": noSpreadOfLists(root),
    },
  };
}

export default house(fromFileUrl(new URL("../../..", import.meta.url)));
