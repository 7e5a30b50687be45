// SVG text has no line breaks and no measure without a browser: widths are estimated, a little too wide on purpose.

/** The fonts of every chart; all are asked for by name, so nothing is downloaded. */
export const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** About how many pixels `text` takes at `fontSize`; bold is wider. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let ems = 0;
  for (const character of text) {
    if (/[\u2E80-\uFFEF]|\p{Extended_Pictographic}/u.test(character)) ems += 1;
    else if (/[mwMW%@—]/.test(character)) ems += 0.9;
    else if (/[ijltfIr.,:;'|! ()\[\]]/.test(character)) ems += 0.36;
    else if (/[A-Z]/.test(character)) ems += 0.7;
    else ems += 0.62;
  }
  return ems * fontSize * (bold ? 1.14 : 1);
}

/** Breaks `text` at spaces (and at its own line breaks) into lines no wider than `width` pixels. */
export function wrapText(text: string, width: number, fontSize: number, bold = false): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && textWidth(longer, fontSize, bold) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** As {@link wrapText}, in as many lines, but about equally long ones: for labels, which have no margin to reach. */
export function wrapEvenly(text: string, width: number, fontSize: number, bold = false): string[] {
  const lines = wrapText(text, width, fontSize, bold);
  let narrow = width;
  for (let tries = 0; tries < 20; tries++) {
    const next = wrapText(text, narrow * 0.95, fontSize, bold);
    if (next.length > lines.length || next.some((line) => textWidth(line, fontSize, bold) > narrow * 0.95)) {
      break;
    }
    narrow *= 0.95;
  }
  return wrapText(text, narrow, fontSize, bold);
}

/** `text` as the content or attribute of an XML element. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(
    '"',
    "&quot;",
  );
}

/** Bytes as text, for an address that holds a whole picture. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Without the characters that no XML file may hold (control characters, halves of surrogate pairs). */
export function legalXml(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");
}
