import { escapeXml } from "../../../lib/charts/text.ts";

/** What a page is made of. */
export interface Page {
  title: string;
  /** HTML of what is between header and footer. */
  body: string;
  /** Style sheets, in their order. */
  css: string[];
  /** Neighbours in the course, as file names without ending. */
  previous?: Link;
  next?: Link;
}

/** A page to go to. */
export interface Link {
  name: string;
  title: string;
}

/**
 * A whole HTML page that needs nothing but itself.
 *
 * @example
 * ```ts
 * import { renderPage } from "./page.ts";
 *
 * const html = renderPage({ title: "Digits", body: "<p>Hello</p>", css: ["p { color: teal }"] });
 * console.log(html.includes("<title>Digits · backprop</title>")); // true
 * ```
 */
export function renderPage({ title, body, css, previous, next }: Page): string {
  const link = (to: Link | undefined, rel: string, arrow: (title: string) => string) =>
    to ? `<a rel="${rel}" href="${to.name}.html">${arrow(escapeHtml(to.title))}</a>` : "<span></span>";
  const neighbours = [
    link(previous, "prev", (title) => `← ${title}`),
    link(next, "next", (title) => `${title} →`),
  ].join("\n");
  // The index itself has no neighbours, and nothing to lead back to.
  const footer = previous || next
    ? `<footer><nav><a class="home" href="index.html">All notebooks</a>\n${neighbours}</nav></footer>`
    : "<footer></footer>";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · backprop</title>
${css.filter(Boolean).map((sheet) => `<style>\n${sheet}\n</style>`).join("\n")}
</head>
<body>
<header><nav><a class="home" href="index.html">backprop</a>
${neighbours}</nav></header>
<main>
${body}
</main>
${footer}
</body>
</html>
`;
}

/** Text as it must be written in HTML, in attributes too. */
export const escapeHtml = escapeXml;

const CHARACTERS = new Map(Object.entries({
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  "#x27": "'",
}));

/** What such a text says: {@link escapeHtml} undone, and an apostrophe in any of its forms. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name) => CHARACTERS.get(name) ?? whole);
}

/**
 * Make links that are right in `notebooks/` right in `build/site/`: a notebook's or a text's leads to its page, another
 * file's to the file.
 */
export function adaptLinks(html: string): string {
  return html.replace(/(<a\b[^>]*?\shref=")([^"#][^"]*)"/g, (whole, start, target) => {
    if (/^[a-z][a-z0-9+.-]*:|^\//i.test(target)) return whole;
    const page = target.match(/^(?:\.\/)?([^/?#]+)\.(?:ipynb|md)(#.*)?$/);
    return page ? `${start}${page[1]}.html${page[2] ?? ""}"` : `${start}../../notebooks/${target}"`;
  });
}
