import { SourceMap } from "node:module";
import type { Position } from "./cell/places.ts";

/**
 * Follow the source map at the end of a script to the text that the script was made from.
 *
 * @returns `undefined` if there is no map, or it does not know the place
 */
export function mapPosition(script: string, { line, column }: Position): Position | undefined {
  const encoded = script.match(/\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/)?.[1];
  if (!encoded) return undefined;
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const entry = new SourceMap(JSON.parse(new TextDecoder().decode(bytes))).findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return undefined;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
