/** A browser to click in, where there is one. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The program of a browser of Chromium's family, or `undefined`. `BACKPROP_BROWSER` names one that is elsewhere. */
export function findBrowser(): string | undefined {
  const named = Deno.env.get("BACKPROP_BROWSER");
  if (named) return named;
  const folders = (Deno.env.get("PATH") ?? "").split(Deno.build.os === "windows" ? ";" : ":");
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`)), ...PLACES];
  return candidates.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

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
  if (executablePath === undefined) {
    console.log(
      `No browser was found (BACKPROP_BROWSER=/path/to/chromium names one): "${name}" is left out.`,
    );
  }
  Deno.test({
    name,
    ignore: executablePath === undefined,
    // The browser's own connections outlive single steps.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
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
  await page.goto(`file://${file}`);
  requests.shift(); // the page itself
  return { page, complaints, requests };
}
