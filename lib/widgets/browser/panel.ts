/** A picture that is drawn anew at the width it has. */

import { element as svgElement } from "../draw/svg.ts";
import { h } from "./elements.ts";

/** A finished drawing: SVG elements and their height at the width that was asked for. */
export interface Drawing {
  readonly height: number;
  readonly body: string;
  /** The picture in words. */
  readonly alternative: string;
}

/** A picture in the page. */
export interface Panel {
  readonly element: HTMLElement;
  /** Draws again, if the picture has a width by now. */
  redraw(): void;
  /** A pointer's place in the picture's own pixels. */
  place(event: PointerEvent): [number, number];
}

/** A panel that shows what `draw` makes. */
export function panel(draw: (width: number) => Drawing, className = ""): Panel {
  const element = h("div", { class: `panel ${className}` });
  let width = 0;
  const redraw = () => {
    if (width < 40) return;
    const { height, body, alternative } = draw(width);
    element.innerHTML = svgElement("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": alternative,
    }, body);
  };
  new ResizeObserver(() => {
    const now = Math.round(element.clientWidth);
    if (now === width) return;
    width = now;
    redraw();
  }).observe(element);
  return {
    element,
    redraw,
    place(event) {
      const box = element.getBoundingClientRect();
      return [(event.clientX - box.left) * width / box.width, (event.clientY - box.top) * width / box.width];
    },
  };
}

/** Lets an element take the focus, for keys of its own. */
export function operable(element: HTMLElement, label: string): void {
  Object.entries({ tabindex: "0", role: "application", "aria-label": label })
    .forEach(([name, value]) => element.setAttribute(name, value));
}

/** Calls `move` while a pointer is held down on an element. */
export function onDrag(
  element: HTMLElement,
  { start, move }: { start?: (event: PointerEvent) => void; move: (event: PointerEvent) => void },
) {
  let held: number | undefined;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = event.pointerId;
    element.setPointerCapture(held);
    element.focus({ preventScroll: true });
    event.preventDefault();
    (start ?? move)(event);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId === held) move(event);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(end, (event) => {
      if (event.pointerId === held) held = undefined;
    });
  }
}

/** Calls `move` with (right, up) for an arrow key; Shift makes it five times as far. */
export function onArrows(element: HTMLElement, move: (right: number, up: number) => void) {
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  element.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 5 : 1;
    move(way[0] * far, way[1] * far);
  });
}
