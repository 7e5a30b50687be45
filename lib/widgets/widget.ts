import { host } from "../host/mod.ts";
import { base64, escapeXml } from "../charts/text.ts";

/** The name under which Jupyter front ends ask an object how it wants to be shown. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display");
/** Most bytes of a widget: large outputs slow a notebook down, and some front ends drop them. */
const MOST_BYTES = 200_000;

/** What a widget is made of. */
export interface WidgetParts {
  /** Which script brings it to life: a file of `lib/widgets/built/`, without its ending */
  readonly kind: string;
  /** The static picture: an SVG file that stands alone */
  readonly picture: string;
  /** The picture in words */
  readonly alternative: string;
  /** What the script works on: plain data */
  readonly data: unknown;
}

/**
 * A picture that a reader can operate: an SVG first, which is complete in itself, and a script that replaces it by a
 * live view. The script is part of the output: it asks neither the network nor the kernel for anything.
 *
 * Where scripts do not run (a notebook that is not trusted yet, a preview on the web), the picture stays; where
 * pictures are not shown, the text alternative does. The same call gives the same characters.
 *
 * Its arithmetic is the library's: the script is bundled from `lib/` by `deno task widgets`.
 *
 * @example
 * ```ts
 * import { surfaceExplorer, type Widget } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const widget: Widget = surfaceExplorer();
 * assertStringIncludes(widget.alternative, "6.1718"); // the loss at w = 0, b = 0
 * ```
 */
export class Widget {
  /** The static picture in words. */
  readonly alternative: string;
  /** The static picture, an SVG file. */
  readonly picture: string;
  readonly #html: string;

  /**
   * Puts picture, data and script together.
   *
   * @param parts Kind, picture, text alternative and data
   * @throws {RangeError} If the whole is larger than 200 kB
   */
  constructor({ kind, picture, alternative, data }: WidgetParts) {
    this.alternative = alternative;
    this.picture = picture;
    this.#html = assemble(kind, picture, alternative, data);
    const bytes = new TextEncoder().encode(this.#html).length;
    if (bytes > MOST_BYTES) {
      throw new RangeError(
        `Widget ${kind}: it has ${Math.ceil(bytes / 1000)} kB, and ${MOST_BYTES / 1000} kB is the most. ` +
          "Give it less to show: a shorter record, fewer points.",
      );
    }
  }

  /**
   * Picture, data and script as one piece of HTML, which can stand anywhere in a page.
   *
   * @example
   * ```ts
   * import { surfaceExplorer } from "backprop";
   * import { assertEquals } from "@std/assert";
   *
   * assertEquals(surfaceExplorer().toHTML().startsWith("<div data-backprop-widget="), true);
   * ```
   */
  toHTML(): string {
    return this.#html;
  }

  /** The widget for Jupyter, and its text alternative where HTML is not shown. */
  [DISPLAY](): { "text/html": string; "text/plain": string } {
    return { "text/html": this.#html, "text/plain": this.alternative };
  }
}

function assemble(kind: string, picture: string, alternative: string, data: unknown): string {
  // As an <img>, because front ends take <svg> out of HTML that they do not trust yet, but leave pictures in.
  const source = `data:image/svg+xml;base64,${base64(new TextEncoder().encode(picture))}`;
  return [
    // JupyterLab listens to keys for its own commands; this attribute asks it not to inside the widget.
    `<div data-backprop-widget="${kind}" data-lm-suppress-shortcuts="true"`,
    ` data-backprop-data="${escapeXml(JSON.stringify(data))}">`,
    `<img alt="${escapeXml(alternative)}" src="${source}" style="max-width:100%;height:auto">`,
    `</div>\n<script>${scriptOf(kind)}</script>`,
  ].join("");
}

const scripts = new Map<string, string>();

function scriptOf(kind: string): string {
  let script = scripts.get(kind);
  if (script === undefined) {
    script = new TextDecoder().decode(host.readNow(host.place(`lib/widgets/built/${kind}.js`))).trimEnd();
    scripts.set(kind, script);
  }
  return script;
}
