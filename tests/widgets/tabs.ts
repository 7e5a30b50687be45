/** Pages in a browser, several to a test. Where there is no browser, the tests are left out, which is said. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { toFileUrl } from "@std/path";
import { findBrowser, HOW_TO_GET_ONE } from "../browser/find.ts";

/** A page, and what it did that it should not. */
export interface Tab {
  readonly page: Page;
  /** Errors and warnings on the console, and errors that nobody caught. */
  readonly complaints: string[];
  /** Addresses it asked for, beside its own. */
  readonly requests: string[];
}

/** Opens pages in one browser for the length of a test. */
export interface Tabs {
  open(html: string, options?: BrowserContextOptions): Promise<Tab>;
}

/** A test in a browser; switched off, with a sentence, where there is none. */
export function browserTest(name: string, body: (tabs: Tabs, t: Deno.TestContext) => Promise<void>): void {
  const executablePath = findBrowser();
  if (!executablePath) console.log(`Not run: ${name}. ${HOW_TO_GET_ONE}`);
  Deno.test({
    name,
    ignore: !executablePath,
    // The browser's own connections outlive single steps.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const browser = await chromium.launch({
        executablePath,
        args: [
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          ...(Deno.build.os === "linux" && Deno.uid() === 0 ? ["--no-sandbox"] : []),
        ],
      });
      const folder = await Deno.makeTempDir();
      try {
        let count = 0;
        await body({ open: (html, options) => open(browser, `${folder}/${++count}.html`, html, options) }, t);
      } finally {
        await browser.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function open(
  browser: Browser,
  file: string,
  html: string,
  options?: BrowserContextOptions,
): Promise<Tab> {
  await Deno.writeTextFile(file, html);
  const context = await browser.newContext({ viewport: { width: 900, height: 1000 }, ...options });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(toFileUrl(file).href);
  requests.shift(); // the page itself
  return { page, complaints, requests };
}
