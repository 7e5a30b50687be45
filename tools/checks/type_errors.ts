// Reads what `deno check` prints.
import { fromFileUrl } from "@std/path";
import type { Finding } from "./lint.ts";

/**
 * The errors in the text that `deno check` prints.
 *
 * @param text Its output, without colours
 */
export function parseTypeErrors(text: string): Finding[] {
  return text.split(/^(?=TS\d+ \[ERROR\]: )/m).flatMap((block) => {
    const [, rule, rest = ""] = /^(TS\d+) \[ERROR\]: ([\s\S]*)$/.exec(block) ?? [];
    const place = /^ +at (file:\/\/\S+):(\d+):(\d+)$/m.exec(rest);
    if (!place) return []; // such as "Found 3 errors."
    const [, url, line, column] = place;
    // Above the place stand the line of source and its underlining, which are ours to print.
    const above = rest.slice(0, place.index).trimEnd().split("\n");
    const message = /^\s*~+\s*$|^\s*\^\s*$/.test(above.at(-1)!) ? above.slice(0, -2) : above;
    return [{ file: fromFileUrl(url), line: +line, column: +column, rule, message: message.join("\n") }];
  });
}
