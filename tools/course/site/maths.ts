import katex from "katex";
import { unescapeHtml } from "./page.ts";

/** A page's formulas, drawn. */
export interface DrawnMaths {
  html: string;
  /** Style sheet for them, with the fonts inside; empty for a page without formulas. */
  css: string;
  /** Formulas that could not be drawn, with the reason; the page shows their source in red. */
  problems: string[];
}

/**
 * Draw the formulas that `export.py` left as `<span class="tex">…</span>`.
 *
 * KaTeX sets them once, here, and puts MathML beside each for screen readers. The reader's browser needs neither a
 * script nor the network: the fonts that are in use are part of the page.
 *
 * @example
 * ```ts
 * import { drawMaths } from "./maths.ts";
 *
 * const { html, problems } = await drawMaths('<p><span class="tex">\\frac{a}{b}</span></p>');
 * console.log(html.includes("<math"), problems.length); // true 0
 * ```
 */
export async function drawMaths(html: string): Promise<DrawnMaths> {
  const problems: string[] = [];
  const drawn = html.replace(/<span class="tex( display)?">([^<]*)<\/span>/g, (_, display, escaped) => {
    const tex = unescapeHtml(escaped).trim();
    const options = {
      displayMode: Boolean(display),
      strict: "ignore",
      output: "htmlAndMathml",
      errorColor: "var(--error)",
    } as const;
    try {
      return katex.renderToString(tex, options);
    } catch (error) {
      problems.push(`${tex}: ${(error as Error).message.replace(/^KaTeX parse error: /, "")}`);
      return katex.renderToString(tex, { ...options, throwOnError: false });
    }
  });
  return { html: drawn, css: drawn === html ? "" : await styleFor(drawn), problems };
}

/** KaTeX's style sheet with the fonts that this HTML uses; the other fonts left out. */
async function styleFor(html: string): Promise<string> {
  const folder = new URL(".", import.meta.resolve("katex/dist/katex.min.css"));
  const css = await Deno.readTextFile(new URL("katex.min.css", folder));
  const faces = css.match(/@font-face\{[^}]*\}/g) ?? [];
  const isUsed = fontsInUse(css, html);
  const kept = await Promise.all(
    faces.filter(isUsed).map(async (face) => {
      const file = face.match(/url\(([^)]+\.woff2)\)/)![1];
      const base64 = (await Deno.readFile(new URL(file, folder))).toBase64();
      return face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${base64}) format("woff2")`);
    }),
  );
  return css.replace(/@font-face\{[^}]*\}/g, "") + kept.join("");
}

/** Which of the style sheet's `@font-face` rules some HTML needs: those that a rule for one of its classes names. */
export function fontsInUse(css: string, html: string): (face: string) => boolean {
  const classes = new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap((match) => match[1].split(/\s+/)));
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, selectors]) =>
    selectors.split(",").some((selector) => {
      const named = [...selector.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
      return named.length > 0 && named.every((name) => classes.has(name));
    })
  ).map(([, , declarations]) => declarations).join(";");
  const families = new Set(rules.match(/KaTeX_\w+/g));
  const bold = /font-weight:(?:700|bold)/.test(rules);
  const italic = /font-style:italic/.test(rules);
  return (face) =>
    families.has(face.match(/KaTeX_\w+/)![0]) && (bold || !/font-weight:700/.test(face)) &&
    (italic || !/font-style:italic/.test(face));
}
