/** How a notebook shows a tensor. */

import { formatTensor, heading, numberFormat, type Printable, shownEntries } from "./print.ts";

// No colours of its own: text and lines take those of the page, light or dark.
const TABLE =
  "color:inherit;font-size:inherit;border-collapse:collapse;font-variant-numeric:tabular-nums;margin:4px 0";
const LINE = "1px solid color-mix(in srgb,currentColor 30%,transparent)";
const CELL = "text-align:right;padding:2px 8px;background:none";
const INDEX = `${CELL};font-weight:normal;opacity:0.65`;

/**
 * The tensor for Jupyter: always as text; a vector or a matrix as a small table too, with the indices at its edges.
 *
 * @returns A MIME bundle, some kilobytes at most: the middle of a long axis is left out
 */
export function displayTensor(x: Printable): { "text/plain": string; "text/html"?: string } {
  const text = formatTensor(x);
  const small = (x.shape.length === 1 || x.shape.length === 2) && x.data.length > 0;
  return small ? { "text/plain": text, "text/html": table(x) } : { "text/plain": text };
}

function table(x: Printable): string {
  const [rows, columns] = x.shape.length === 2 ? x.shape : [1, x.shape[0]];
  const shownRows = shownEntries(rows), shownColumns = shownEntries(columns);
  const value = (i: number, j: number) => x.data[i * columns + j];
  const format = numberFormat(
    shownRows.filter((i) => i >= 0).flatMap((i) =>
      shownColumns.filter((j) => j >= 0).map((j) => value(i, j))
    ),
  );
  const cell = (tag: "td" | "th", style: string, text: string) => `<${tag} style="${style}">${text}</${tag}>`;
  const index = (i: number) => cell("th", INDEX, i < 0 ? "…" : String(i));
  const matrix = x.shape.length === 2;
  const head = (matrix ? [cell("th", INDEX, "")] : []).concat(shownColumns.map(index)).join("");
  const body = shownRows.map((i) => {
    const cells = shownColumns.map((j) => cell("td", CELL, i < 0 || j < 0 ? "…" : format(value(i, j))));
    return `<tr style="background:none">${matrix ? index(i) : ""}${cells.join("")}</tr>`;
  });
  return `<div><div style="opacity:0.65">${heading(x)}</div><table style="${TABLE}">` +
    `<thead style="border-bottom:${LINE}"><tr style="background:none">${head}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table></div>`;
}
