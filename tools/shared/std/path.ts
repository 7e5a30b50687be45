/**
 * The part of `@std/path` that this project uses, over Node's built-in `path` and `url`: same names, same signatures,
 * so that deno.json can switch to the original by changing one line.
 *
 * @module
 */
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What separates folders in a path here: `/`, or `\` on Windows. */
export const SEPARATOR: string = path.sep;

const asPath = (pathOrUrl: string | URL) => pathOrUrl instanceof URL ? fromFileUrl(pathOrUrl) : pathOrUrl;

/**
 * The path that a `file:` URL names.
 *
 * @throws {TypeError} If the URL is not a `file:` URL
 * @example
 * ```ts
 * import { basename, fromFileUrl } from "@std/path";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(basename(fromFileUrl("file:///data/a%20b.gz")), "a b.gz");
 * ```
 */
export function fromFileUrl(url: string | URL): string {
  return fileURLToPath(url);
}

/**
 * The `file:` URL of an absolute path.
 *
 * @throws {TypeError} If the path is relative (Node's own function would resolve it instead)
 */
export function toFileUrl(absolutePath: string): URL {
  if (!isAbsolute(absolutePath)) throw new TypeError(`Path must be absolute: received "${absolutePath}"`);
  return pathToFileURL(absolutePath);
}

/** The paths, one after the other, as one normalized path. */
export function join(first: string | URL, ...rest: string[]): string {
  return path.join(asPath(first), ...rest);
}

/** The path without `.`, `..` and doubled separators. */
export function normalize(pathOrUrl: string | URL): string {
  return path.normalize(asPath(pathOrUrl));
}

/** The folder that holds the last part of the path. */
export function dirname(pathOrUrl: string | URL): string {
  return path.dirname(asPath(pathOrUrl));
}

/** The last part of the path, without `suffix` if it ends so. */
export function basename(pathOrUrl: string | URL, suffix = ""): string {
  return path.basename(asPath(pathOrUrl), suffix);
}

/** The extension of the last part of the path, with its dot; empty if it has none. */
export function extname(pathOrUrl: string | URL): string {
  return path.extname(asPath(pathOrUrl));
}

/** The absolute path that the segments lead to from the current folder. */
export function resolve(...pathSegments: string[]): string {
  return path.resolve(...pathSegments);
}

/** How to get from one path to another. */
export function relative(from: string, to: string): string {
  return path.relative(from, to);
}

/** Whether the path starts at a root. */
export function isAbsolute(somePath: string): boolean {
  return path.isAbsolute(somePath);
}
