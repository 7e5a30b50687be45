/** Pages with widgets, for the tests that click. */
import type { Locator } from "playwright-core";
import type { Widget } from "backprop";
import { galleryPage } from "../../tools/build/widgets/gallery.ts";
import type { Tab, Tabs } from "./tabs.ts";

/** Opens one page with these widgets. */
export async function openWidgets(tabs: Tabs, ...widgets: Widget[]): Promise<Tab> {
  const tab = await tabs.open(galleryPage(widgets));
  await tab.page.locator(".widget").first().waitFor();
  return tab;
}

/** The number on the board under that name, as it is written. */
export function numberIn(widget: Locator, name: string): Promise<string> {
  return widget.locator("dl.numbers div").filter({
    has: widget.page().locator("dt", { hasText: exactly(name) }),
  })
    .locator("dd").innerText();
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

/** Moves a slider as a hand would: by setting it and saying so. */
export function slide(slider: Locator, value: number): Promise<void> {
  return slider.evaluate((input, value) => {
    (input as HTMLInputElement).value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);
}

/** The sentence that the widget says. */
export function sentence(widget: Locator): Promise<string> {
  return widget.locator("p.say").innerText();
}

/** What a widget's script is given. */
export function dataOf<Data>(widget: Widget): Data {
  const [, json] = widget.toHTML().match(/data-backprop-data="([^"]*)"/)!;
  return JSON.parse(
    json.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  );
}
