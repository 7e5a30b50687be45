// Tests in a real browser: what a learner sees, clicks and types.
import { type Browser, chromium, type Page } from "playwright-core";
import { fromFileUrl, join } from "@std/path";
import { findBrowser, HOW_TO_GET_ONE } from "./find.ts";

export type { Locator, Page } from "playwright-core";

/** No welcome, no update, no look at the network of its own. */
const FLAGS = [
  "--no-first-run",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(Deno.build.os === "linux" && Deno.uid() === 0 ? ["--no-sandbox"] : []),
];

/** A page that a test works on. */
export interface Tab {
  page: Page;
  /** Addresses that the page asked for over a network; files and data do not count. */
  requests: string[];
  /** Errors in the page's own programs. */
  errors: string[];
}

/**
 * A test in a new page of a browser without a window. Where there is no browser the test is ignored, which is said; on a
 * machine that runs tests unattended (`CI` is set) it fails.
 *
 * @example
 * ```ts ignore
 * browserTest("a click counts", async ({ page, requests }) => {
 *   await page.setContent("<button onclick='this.textContent++'>0</button>");
 *   await page.getByRole("button").click();
 *   assertEquals(await page.getByRole("button").textContent(), "1");
 *   assertEquals(requests, []);
 * });
 * ```
 */
export function browserTest(name: string, body: (tab: Tab) => Promise<void>): void {
  const path = findBrowser();
  const isUnattended = Boolean(Deno.env.get("CI"));
  if (!path && !isUnattended) console.log(`Not run: ${name}. ${HOW_TO_GET_ONE}`);
  Deno.test({
    name,
    ignore: !path && !isUnattended,
    // The browser is another program, and its pipes close when it ends.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      if (!path) throw new Error(HOW_TO_GET_ONE);
      const browser = await chromium.launch({ executablePath: path, args: FLAGS });
      const tab = await newTab(browser);
      try {
        await body(tab);
      } catch (error) {
        await keepPicture(tab.page, name);
        throw error;
      } finally {
        await browser.close();
      }
    },
  });
}

/** What the page looked like when a test failed, for whoever looks into it. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(fromFileUrl(new URL("../..", import.meta.url)), "build", "logs");
  const file = `${name.replace(/[^\w]+/g, "_").slice(0, 60)}.png`;
  await page.screenshot({ path: join(folder, file) }).catch(() => {});
}

async function newTab(browser: Browser): Promise<Tab> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const requests: string[] = [], errors: string[] = [];
  page.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url())) requests.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return { page, requests, errors };
}

/** Press the mouse in the middle of something, move it by so many pixels, and let go. */
export async function drag(page: Page, selector: string, dx: number, dy: number): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is nothing to drag at ${selector}.`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 8 });
  await page.mouse.up();
}
