// Tables as other programs write and read them.

/**
 * The rows of a CSV file, by the names in its first line. Commas, semicolons or tabs between fields; quotation marks; a byte
 * order mark.
 *
 * @example
 * ```ts
 * import { readTable } from "./table.ts";
 *
 * console.log(readTable('folder;Name\nana;"Ana; A."')); // [ { folder: "ana", Name: "Ana; A." } ]
 * ```
 */
export function readTable(text: string): Record<string, string>[] {
  const plain = text.replace(/^\uFEFF/, "");
  const first = plain.split(/\r?\n/, 1)[0];
  const separator = [",", ";", "\t"].toSorted((a, b) => first.split(b).length - first.split(a).length)[0];
  const [head = [], ...lines] = fieldsOf(plain, separator);
  const names = head.map((name) => name.trim());
  return lines.filter((line) => line.some((field) => field.trim() !== ""))
    .map((line) => Object.fromEntries(names.map((name, i) => [name, (line[i] ?? "").trim()])));
}

function fieldsOf(text: string, separator: string): string[][] {
  const lines: string[][] = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at], line = lines.at(-1)!;
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      line[line.length - 1] += '"';
      at++;
    } else if (letter === '"' && (isQuoted || line.at(-1)!.trim() === "")) isQuoted = !isQuoted;
    else if (isQuoted) line[line.length - 1] += letter;
    else if (letter === separator) line.push("");
    else if (letter === "\n") lines.push([""]);
    else if (letter !== "\r") line[line.length - 1] += letter;
  }
  return lines;
}

/** The text of a CSV file. */
export function tableText(lines: string[][]): string {
  return lines.map((line) => line.map(field).join(",")).join("\n") + "\n";
}

/** A spreadsheet would take a text that begins with one of these for a formula; a student chose the text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""').replaceAll(/[\r\n]+/g, " ")}"` : safe;
}
