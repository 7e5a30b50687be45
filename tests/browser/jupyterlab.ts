// What tests of JupyterLab look for and click on.
import { assertMatch } from "@std/assert";
import type { Locator, Page } from "./browser.ts";

/** A code cell of the notebook that is open. */
export const cell = (page: Page, index: number) => page.locator(".jp-CodeCell").nth(index);
/** What is below a code cell. */
export const output = (page: Page, index: number) => cell(page, index).locator(".jp-OutputArea-output");

/** Wait until something says what it must. */
export async function says(place: Locator, expected: RegExp, seconds = 150): Promise<void> {
  for (let i = 0; i < seconds * 10; i++) {
    const texts = await place.allTextContents();
    if (expected.test(texts.join("\n"))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assertMatch((await place.allTextContents()).join("\n"), expected);
}

/** Choose an entry of a menu. */
export async function press(page: Page, menu: string, entry: RegExp): Promise<void> {
  await page.getByRole("menuitem", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}
