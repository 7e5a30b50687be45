/** Finds the places of a widget in the page and brings each to life once. */

import { type Theme, watchTheme } from "./theme.ts";
import { STYLE } from "./style.ts";

/** What a widget's script is given. */
export interface Stage<Data> {
  /** Where its elements go. */
  readonly host: HTMLElement;
  /** From the cell. */
  readonly data: Data;
  /** Light or dark, now and later. */
  readonly theme: Theme;
  /** The same for the same widget at the same place of the page, for what must outlive a redrawn output. */
  readonly key: string;
}

/**
 * Starts every widget of one kind that is in the page and not yet started.
 *
 * JupyterLab and VS Code run a copy of the script, which does not know where it stands (`document.currentScript` is
 * null), so each place is found by its attribute. If a widget cannot start, its picture stays.
 */
export function startAll<Data>(kind: string, build: (stage: Stage<Data>) => void): void {
  const start = () => {
    const all = placesIn(document, kind);
    all.forEach((place, i) => {
      if (place.hasAttribute("data-started")) return;
      place.setAttribute("data-started", "");
      startOne(place, i, build);
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  start();
}

function startOne<Data>(place: HTMLElement, index: number, build: (stage: Stage<Data>) => void) {
  const json = place.getAttribute("data-backprop-data") ?? "null";
  const picture = place.querySelector("img");
  const frame = document.createElement("div");
  const host = document.createElement("div");
  host.className = "widget";
  // Behind a shadow root, so that styles of the page and of the widget do not touch each other.
  const root = frame.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  root.append(style, host);
  place.append(frame);
  try {
    const theme = watchTheme(place, (dark) => host.classList.toggle("dark", dark));
    build({ host, data: JSON.parse(json) as Data, theme, key: `${index}:${json}` });
    picture?.setAttribute("hidden", "");
    if (picture) picture.style.display = "none";
  } catch (error) {
    frame.remove();
    console.error("This widget could not start, so its picture stays.", error);
  }
  // Keys that are meant for the widget are none of the notebook's business.
  frame.addEventListener("keydown", (event) => event.stopPropagation());
}

/** Also inside shadow roots, if the front end keeps outputs there and the page itself has none. */
function placesIn(scope: ParentNode, kind: string): HTMLElement[] {
  const found = [...scope.querySelectorAll<HTMLElement>(`[data-backprop-widget="${kind}"]`)];
  if (found.length > 0) return found;
  return [...scope.querySelectorAll("*")].flatMap((each) =>
    each.shadowRoot ? placesIn(each.shadowRoot, kind) : []
  );
}
