import { escapeHtml } from "../course/site/page.ts";

/**
 * A page that needs nothing but itself, and on which nothing can run: what students wrote stands on it.
 *
 * @param body HTML; all that came from outside is escaped in it already
 */
export async function pageOf(title: string, body: string): Promise<string> {
  const css = await Deno.readTextFile(new URL("./feedback.css", import.meta.url));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${css}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
