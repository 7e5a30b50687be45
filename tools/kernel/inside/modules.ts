// Only what Deno brings along: in the folder of a notebook, another deno.json may hold.
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { similar } from "../cell/similar.ts";

/** A module of the learner's that was loaded, or could not be. */
interface Loaded {
  /** What its file looked like. */
  stamp: string;
  /** Raised each time it has to be loaded anew. */
  version: number;
  importers: Set<string>;
}

/** What a cell imports cannot be loaded. */
export class ImportError extends Error {
  override name = "ImportError";
}

const LIBRARY = new URL("../../../lib/", import.meta.url).href;
const KERNEL = new URL("../", import.meta.url).href;
const CHILD_PROCESS = new URL("./child_process.ts", import.meta.url).href;
const loaded = new Map<string, Loaded>();
/** Files that the import that is under way has met for the first time, or in a new version. */
const fresh = new Set<string>();
/** Files that could not be loaded, perhaps for want of another. */
const failed = new Set<string>();
const base = pathToFileURL(Deno.cwd() + "/").href;

/**
 * Have files that have changed be loaded anew, with all that import them, when a cell imports them again. JavaScript
 * keeps a module for ever under its address, so one that has changed gets another: `helper.ts?version=2`.
 */
export function followChanges(): void {
  registerHooks(
    {
      resolve(specifier: string, context: { parentURL?: string }, next: Resolve) {
        const result = next(specifier, context);
        if (result.url === "node:child_process" && isOfCells(context.parentURL)) {
          return { ...result, url: CHILD_PROCESS };
        }
        if (typeof result.url !== "string" || !isOwn(result.url)) return result;
        const url = plain(result.url);
        if (!loaded.has(url)) fresh.add(url);
        const file = loaded.get(url) ?? { stamp: stampOf(url), version: 1, importers: new Set() };
        loaded.set(url, file);
        if (context.parentURL) file.importers.add(plain(context.parentURL));
        return file.version > 1 ? { ...result, url: `${url}?version=${file.version}` } : result;
      },
    } as unknown as Parameters<typeof registerHooks>[0],
  );
}

/** Whether a module is a cell or a file of the learner's. */
function isOfCells(url: string | undefined): boolean {
  return url === undefined || isOwn(url) && !url.startsWith(KERNEL);
}

/** It has no address for what cannot be resolved, which Deno then says. */
type Resolve = (specifier: string, context: unknown) => { url: string | null };

/** The library itself stays as it is: two copies of `Tensor` would not know each other. */
function isOwn(url: string): boolean {
  return url.startsWith("file:") && !url.startsWith(LIBRARY) && !/\/(node_modules|npm)\//.test(url);
}

function plain(url: string): string {
  return url.replace(/\?version=\d+$/, "");
}

function stampOf(url: string): string {
  try {
    const { mtime, size } = Deno.statSync(fileURLToPath(url));
    return `${mtime?.getTime()} ${size}`;
  } catch {
    return "not there";
  }
}

/** Give each file that has changed, or that could not be loaded, another address; and whatever imports it. */
function refresh(): void {
  const changed = new Set(failed);
  failed.clear();
  for (const [url, file] of loaded) {
    const stamp = stampOf(url);
    if (stamp !== file.stamp) changed.add(url);
    file.stamp = stamp;
  }
  // The set grows while it is gone through.
  for (const url of changed) for (const importer of loaded.get(url)?.importers ?? []) changed.add(importer);
  fresh.clear();
  for (const url of changed) {
    const file = loaded.get(url);
    if (file) file.version += 1;
    fresh.add(url);
  }
}

/** Where a module is, as a cell names it. */
export function addressOf(specifier: string): string {
  if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, base).href;
  if (/^[a-z]:[\\/]/i.test(specifier)) return pathToFileURL(specifier).href;
  return specifier;
}

/**
 * Load a module as `import()` in a cell does.
 *
 * @param load Deno's own `import()`, as the notebook's folder has it
 * @throws {ImportError} If it cannot be found or read
 */
export async function loadModule(
  load: (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>,
  specifier: string,
  options?: ImportCallOptions,
): Promise<Record<string, unknown>> {
  refresh();
  try {
    return await load(addressOf(String(specifier)), options);
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code !== "ERR_MODULE_NOT_FOUND") throw error;
    for (const url of fresh) failed.add(url);
    throw new ImportError(explain(String(specifier), (error as Error).message));
  }
}

/** What Deno says of a module that it cannot load, for whoever wrote the cell. */
function explain(specifier: string, said: string): string {
  const cannot = `"${specifier}" cannot be imported: `;
  const missing = said.match(/^Module not found "(file:[^"]+)"/)?.[1];
  if (missing) return cannot + describeMissing(specifier, plain(missing));
  const mistake = said.match(/^SyntaxError: ([^]*?)\n\s*at (file:\S+?):(\d+):(\d+)/);
  if (mistake) {
    const [what, ...picture] = mistake[1].split("\n");
    const where = `line ${mistake[3]}, column ${mistake[4]} of ${nameOf(plain(mistake[2]))}`;
    return `${cannot}${what} (${where}).${picture.length > 0 ? `\n${picture.join("\n")}` : ""}`;
  }
  if (/without specifying "type": "json"/.test(said)) {
    return `${cannot}for a JSON file, write: import data from "${specifier}" with { type: "json" };`;
  }
  if (/not a dependency|Relative import path/.test(said)) {
    return specifier === "backprop"
      ? `${cannot}another deno.json than the project's lies above the notebook. Move the notebook out of that folder.`
      : `${cannot}nothing of this name is known here. A package of npm is imported as "npm:${specifier}".`;
  }
  const sentence = plain(said.split("\n")[0].trim());
  return `${cannot}${sentence}${/[.!?]$/.test(sentence) ? "" : "."}${
    isNetwork(said) ? " Is there a network?" : ""
  }`;
}

function describeMissing(specifier: string, missing: string): string {
  if (missing !== addressOf(specifier)) return `it imports ${nameOf(missing)}, and there is no such file.`;
  const folder = new URL(".", missing);
  const names = namesIn(folder);
  const [meant] = similar(decodeURI(missing.slice(folder.href.length)), names);
  return `there is no such file.${meant ? ` Did you mean "${specifier.replace(/[^/]*$/, meant)}"?` : ""}`;
}

function namesIn(folder: URL): string[] {
  try {
    return [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** A file as seen from the notebook, if it lies below it. */
function nameOf(url: string): string {
  return url.startsWith(base) ? `./${decodeURI(url.slice(base.length))}` : fileURLToPath(url);
}

function isNetwork(said: string): boolean {
  return /error sending request|client error|dns error|failed\.?$|manifest for/.test(said);
}
