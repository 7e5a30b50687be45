/** Reads an SVG file the way a test needs it: is it well-formed, what does it say, where do things stand. */

/** An element with its attributes, children and text. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Parses an XML file strictly: a tag not closed, a bare & or < or an unquoted attribute throws. */
export function parseSvg(source: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const token = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (!match) throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 80)}`);
    const [, closing, name, attributes, empty, text] = match;
    const top = open.at(-1)!;
    if (text !== undefined) top.text += unescape(text);
    else if (closing) {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}> at ${at}`);
      open.pop();
    } else {
      const element: Element = { name, attributes: {}, children: [], text: "" };
      for (const [, key, value] of attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
        if (key in element.attributes) throw new Error(`<${name}> has ${key} twice at ${at}`);
        element.attributes[key] = unescape(value);
      }
      top.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  if (root.children.length !== 1 || root.text !== "") throw new Error("expected exactly one root");
  return root.children[0];
}

function unescape(text: string): string {
  const bad = text.match(/&(?!(amp|lt|gt|quot|apos|#\d+);)/);
  if (bad) throw new Error(`bare & in ${text.slice(0, 80)}`);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(+code)).replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}

/** All elements below `root`, in document order. */
export function all(root: Element): Element[] {
  return root.children.flatMap((child) => [child, ...all(child)]);
}

/** What the text elements say, in document order. */
export function texts(root: Element): string[] {
  return all(root).filter((element) => element.name === "text").map((element) =>
    [element, ...all(element)].map((part) => part.text).join("")
  );
}

/** The marks a chart drew under this description, e.g. "training curve". */
export function marks(root: Element, description: string): Element[] {
  return all(root).filter((element) => element.attributes["aria-description"] === description);
}

/** The x and y of `transform="translate(x,y)"`. */
export function translation(element: Element): [number, number] {
  const match = element.attributes.transform?.match(/translate\((-?[\d.]+),(-?[\d.]+)\)/);
  if (!match) throw new Error(`<${element.name}> has no translation`);
  return [+match[1], +match[2]];
}

/** The corners of a path made of straight lines. */
export function corners(path: Element): [number, number][] {
  return [...path.attributes.d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [+x, +y]);
}

/** Where the axis has its ticks: label → pixels, for the axis "x" or "y". */
export function ticks(root: Element, axis: "x" | "y"): Map<string, number> {
  const group = all(root).find((element) => element.attributes["aria-label"] === `${axis}-axis tick label`);
  if (!group) throw new Error(`no ${axis}-axis`);
  return new Map(group.children.map((label) => [label.text, translation(label)[axis === "x" ? 0 : 1]]));
}

/** What a chart for learners must be, whatever it shows; returns its root. */
export function assertReadable(svg: string): Element {
  const root = parseSvg(svg);
  if (root.name !== "svg") throw new Error(`the root is <${root.name}>`);
  for (const element of [root, ...all(root)]) {
    for (const [key, value] of Object.entries(element.attributes)) {
      const numeric = /^(d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|viewBox)$/.test(key);
      if (numeric && /NaN|Infinity|undefined/.test(value)) {
        throw new Error(`<${element.name}> has ${key}="${value}"`);
      }
      if (key === "font-size" && parseFloat(value) < 12) throw new Error(`text of ${value} pixels`);
      if (value.includes("var(--")) throw new Error(`${key}="${value}" needs a style sheet`);
    }
    if (element.name === "script" || element.name === "style") {
      throw new Error(`a <${element.name}> in a picture`);
    }
  }
  return root;
}
