// Where in the project a file stands: the rules of the house depend on nothing else.
import { dirname, isAbsolute, relative, SEPARATOR } from "../../shared/std/path.ts";

/** The folders of `lib/`, lowest floor first: each may import from those before it, never from those after. */
export const FLOORS = [
  "host",
  "checks",
  "kernels",
  "autograd",
  "tensor",
  "slips",
  "gradients",
  "algebra",
  "nn",
  "optim",
  "data",
  "train",
  "trace",
  "charts",
  "widgets",
  "notebook",
  "exercises",
] as const;

/** What a notebook's cell means, whatever runs it. */
export const CELL = "tools/kernel/cell/";

/** A part of the project with rules of its own. `notebooks` are the cells that were joined into modules. */
export type Area = "lib" | "tools" | "tests" | "notebooks" | "elsewhere";

/** Where a file stands. */
export interface Place {
  /** Path from the project's root, with `/` on every system. */
  path: string;
  /** The part of the project. */
  area: Area;
  /** The folder of `lib/` it is in; absent for files directly in `lib/` and outside it. */
  floor?: string;
}

/** Joined notebook cells are written here; see `tools/notebooks/cells.ts`. */
const CELLS = "build/cells/";

/**
 * Where in the project a file stands.
 *
 * @param root The project's folder, absolute
 * @param file The file, absolute
 * @example
 * ```ts
 * import { placeOf } from "./where.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(placeOf("/p", "/p/lib/nn/losses.ts"), { path: "lib/nn/losses.ts", area: "lib", floor: "nn" });
 * ```
 */
export function placeOf(root: string, file: string): Place {
  const path = relative(root, file).split(SEPARATOR).join("/");
  const [top, folder, ...rest] = path.split("/");
  if (path.startsWith(CELLS)) return { path, area: "notebooks" };
  if (top === "lib") return { path, area: "lib", ...(rest.length > 0 ? { floor: folder } : {}) };
  return { path, area: top === "tools" || top === "tests" ? top : "elsewhere" };
}

/**
 * The place that a relative import leads to, or `undefined` for an import by name.
 *
 * @param root The project's folder, absolute
 * @param from The importing file, absolute
 * @param specifier What the import says, such as `"../tensor/tensor.ts"`
 */
export function targetOf(root: string, from: string, specifier: string): Place | undefined {
  if (!/^\.{0,2}\//.test(specifier) && !specifier.startsWith("file:")) return undefined;
  const base = `file://${isAbsolute(from) ? "" : "/"}${dirname(from).split(SEPARATOR).join("/")}/`;
  return placeOf(root, decodeURIComponent(new URL(specifier, base).pathname));
}
