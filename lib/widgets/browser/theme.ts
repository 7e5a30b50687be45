/** Light or dark, as the page around the widget is. */

import { type Colours, DARK, LIGHT } from "../draw/colours.ts";

/** The colours to draw with, and a way to be told when they change. */
export interface Theme {
  readonly colours: Colours;
  onChange(listener: () => void): void;
}

/**
 * Looks at the background behind `place`. Every front end has its own way to say that it is dark, and this one works in
 * all of them.
 */
export function watchTheme(place: HTMLElement, apply: (dark: boolean) => void): Theme {
  const listeners: (() => void)[] = [];
  let dark = isDark(place);
  apply(dark);
  const look = () => {
    const now = isDark(place);
    if (now === dark) return;
    dark = now;
    apply(dark);
    for (const listener of listeners) listener();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(look));
  for (const element of [document.documentElement, document.body]) {
    new MutationObserver(() => setTimeout(look)).observe(element, { attributes: true });
  }
  // A style sheet that came late, or an output that was not in the page yet.
  for (const milliseconds of [0, 300, 1500]) setTimeout(look, milliseconds);
  return {
    get colours() {
      return dark ? DARK : LIGHT;
    },
    onChange: (listener) => listeners.push(listener),
  };
}

function isDark(place: HTMLElement): boolean {
  for (let at: Element | null = place; at; at = at.parentElement) {
    const { luminance, alpha } = lightness(getComputedStyle(at).backgroundColor);
    if (alpha >= 0.5) return luminance < 110;
  }
  // Nothing is painted behind it, as in an editor that lets its own background through: then light text says it.
  return lightness(getComputedStyle(place).color).luminance > 140;
}

/** How light a computed colour is, 0…255, and how opaque, 0…1. */
function lightness(colour: string): { luminance: number; alpha: number } {
  const parts = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 0, green = 0, blue = 0, alpha = parts.length < 3 ? 0 : 1] = parts;
  return { luminance: 0.2126 * red + 0.7152 * green + 0.0722 * blue, alpha };
}
