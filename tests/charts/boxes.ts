import { textWidth } from "../../lib/charts/text.ts";
import { type Element } from "./svg.ts";

/** Where a line of text stands, in pixels from the top left of the picture. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Inherited {
  x: number;
  y: number;
  size: number;
  anchor: string;
  bold: boolean;
}

/** The boxes of all lines of text, from letter to letter, without the space above and below. */
export function textBoxes(root: Element): TextBox[] {
  const boxes: TextBox[] = [];
  walk(root, { x: 0, y: 0, size: 13, anchor: "start", bold: false }, boxes);
  return boxes;
}

function walk({ name, attributes, children, text }: Element, from: Inherited, boxes: TextBox[]) {
  const [, dx = 0, dy = 0] = attributes.transform?.match(/translate\((-?[\d.]+),(-?[\d.]+)\)/) ?? [];
  const here: Inherited = {
    x: from.x + Number(dx),
    y: from.y + Number(dy),
    size: attributes["font-size"] ? parseFloat(attributes["font-size"]) : from.size,
    anchor: attributes["text-anchor"] ?? from.anchor,
    bold: attributes["font-weight"] ? Number(attributes["font-weight"]) >= 600 : from.bold,
  };
  if (name !== "text") return children.forEach((child) => walk(child, here, boxes));
  const length = (value = "0") => value.endsWith("em") ? parseFloat(value) * here.size : parseFloat(value);
  const lines = children.filter((child) => child.name === "tspan");
  let baseline = here.y + length(attributes.y);
  const put = (words: string, x: string | undefined) => {
    // The estimate is a little too wide on purpose; letters themselves take less.
    const width = textWidth(words, here.size, here.bold) * 0.9;
    const middle = here.x + length(x);
    const left = here.anchor === "middle"
      ? middle - width / 2
      : here.anchor === "end"
      ? middle - width
      : middle;
    boxes.push({
      text: words,
      left,
      right: left + width,
      top: baseline - 0.7 * here.size,
      bottom: baseline + 0.15 * here.size,
    });
  };
  if (lines.length === 0) return put(text, attributes.x);
  for (const line of lines) {
    baseline += length(line.attributes.y) + length(line.attributes.dy);
    put(line.text, line.attributes.x);
  }
}

/** Throws if a text leaves the picture or touches another: what nobody can read. */
export function assertLabelsApart(root: Element): void {
  const boxes = textBoxes(root);
  const [, , width, height] = root.attributes.viewBox.split(" ").map(Number);
  for (const box of boxes) {
    if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) {
      throw new Error(`"${box.text}" leaves the picture of ${width} × ${height}: ${JSON.stringify(box)}`);
    }
  }
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) {
        throw new Error(`"${a.text}" and "${b.text}" overlap by ${wide} × ${high} pixels`);
      }
    }
  });
}
