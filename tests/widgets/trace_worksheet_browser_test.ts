import { assert, assertEquals, assertMatch } from "@std/assert";
import { Linear, Rng, Sequential, trace, traceWorksheet } from "backprop";
import { galleryPage } from "../../tools/build/widgets/gallery.ts";
import { exampleTrace } from "../../tools/build/widgets/gallery.ts";
import { browserTest } from "./tabs.ts";
import { openWidgets } from "./pages.ts";

const example = exampleTrace();

browserTest("the worksheet: typing, checking, hints and answers", async (tabs, t) => {
  const { page, complaints, requests } = await openWidgets(tabs, traceWorksheet(example));
  const widget = page.locator(".widget");
  const input = (symbol: string) => widget.getByLabel(`${symbol} =`, { exact: true });
  const entry = (symbol: string) =>
    widget.locator(".entry").filter({ has: page.getByText(`${symbol} =`, { exact: true }) });
  const says = (symbol: string) => entry(symbol).locator(".says").innerText();
  const summary = () => widget.locator("p.summary").innerText();
  const focused = () =>
    page.evaluate(() => {
      const root = document.querySelector("[data-started] > div")!.shadowRoot!;
      return root.activeElement?.id;
    });

  await t.step("it begins empty and tells no number of the pass", async () => {
    assertEquals(await summary(), "0 of 17 right.");
    const text = await widget.innerText();
    for (const { name, value } of example.steps) {
      if (Math.abs(value.item()) < 1 && !["z1", "z2"].includes(name)) {
        assert(!text.includes(value.item().toFixed(4)), name);
      }
    }
    assertMatch(text, /a₁ = σ\(z₁\)/); // what there is to trace
  });

  await t.step("Enter checks and goes to the next entry, the arrow keys go down and up", async () => {
    await input("z₁").fill("0.5");
    await input("z₁").press("Enter");
    assertEquals(await says("z₁"), "right");
    assertEquals(await focused(), "entry-a1");
    await page.keyboard.type("0.622");
    await page.keyboard.press("ArrowDown");
    assertEquals([await says("a₁"), await focused()], ["right", "entry-z2"]);
    await page.keyboard.press("ArrowUp");
    assertEquals(await focused(), "entry-a1");
    assertEquals(await summary(), "2 of 17 right.");
  });

  await t.step("leaving an entry checks it too", async () => {
    await input("z₂").fill("0.3112");
    await input("ŷ").focus();
    assertEquals(await says("z₂"), "right");
  });

  await t.step("a wrong entry is explained, and the explanation goes when one types on", async () => {
    await input("∂L/∂z₁").fill(String(example.value("da1").item()));
    await input("∂L/∂z₁").press("Enter");
    assertMatch(await says("∂L/∂z₁"), /forgot σ′/);
    assertEquals(await input("∂L/∂z₁").getAttribute("aria-invalid"), "true");
    assertMatch(await widget.getByRole("log").textContent() ?? "", /∂L\/∂z₁: .*forgot σ′/);
    await input("∂L/∂z₁").fill("-0.04");
    assertEquals(await says("∂L/∂z₁"), "");
    await input("∂L/∂z₁").fill("");
  });

  await t.step("an error that was carried on is told apart", async () => {
    await input("∂L/∂z₂").fill("0.7");
    await input("∂L/∂z₂").press("Enter");
    await input("∂L/∂w₂").fill("0.4357");
    await input("∂L/∂w₂").press("Enter");
    assertMatch(await says("∂L/∂w₂"), /rightly computed, but from an earlier number.*look at ∂L\/∂z₂ first/);
  });

  await t.step("the formula shows on demand and goes again", async () => {
    const button = widget.getByRole("button", { name: "Formula of ∂L/∂w₁" });
    const formula = entry("∂L/∂w₁").locator(".formula");
    assert(!await formula.isVisible());
    await button.click();
    assertEquals(await formula.innerText(), `∂L/∂w₁ = ${example.step("dw1").formula}`);
    assertEquals(await button.getAttribute("aria-expanded"), "true");
    await button.click();
    assert(!await formula.isVisible());
  });

  await t.step("Show this one fills in that number only, and does not count it", async () => {
    await widget.getByRole("button", { name: "Show this one: ∂L/∂w₁", exact: true }).click();
    assertEquals(await input("∂L/∂w₁").inputValue(), "−0.0496815");
    assertEquals(await says("∂L/∂w₁"), "shown");
    assertEquals(await input("∂L/∂b₁").inputValue(), "");
    assertMatch(await summary(), /^3 of 17 right, 1 shown\.$/);
  });

  await t.step("what was typed survives that a front end draws the output anew", async () => {
    await page.evaluate(() => {
      const place = document.querySelector("[data-started]")!;
      place.removeAttribute("data-started");
      place.querySelector(":scope > div")!.remove();
      const copy = document.createElement("script");
      copy.textContent = document.querySelector("script")!.textContent;
      document.body.append(copy);
    });
    await widget.waitFor();
    assertEquals(await input("a₁").inputValue(), "0.622");
    assertEquals(await says("a₁"), "right");
    assertEquals(await says("∂L/∂w₁"), "shown");
  });

  await t.step("Start over empties everything, and a full sheet is praised", async () => {
    await widget.getByRole("button", { name: "Start over" }).click();
    assertEquals(await summary(), "0 of 17 right.");
    assertEquals(await input("a₁").inputValue(), "");
    for (const { symbol, value } of example.steps) await input(symbol).fill(value.item().toPrecision(5));
    await widget.getByRole("button", { name: "Check all" }).click();
    assertEquals(await summary(), "All 17 right. Well done.");
  });

  await t.step("it asked nobody for anything, and complained about nothing", () => {
    assertEquals({ complaints, requests }, { complaints: [], requests: [] });
  });
});

browserTest(
  "two worksheets on one page keep their entries apart, and matrices can be typed",
  async (tabs) => {
    const rng = new Rng(0);
    const wide = trace(new Sequential(new Linear(2, 2, { rng })), [[1, 2]], [[1, 0]]);
    const sheet = traceWorksheet(wide, { ask: ["dW"] });
    const { page } = await tabs.open(galleryPage([sheet, sheet]));
    const [one, other] = [page.locator(".widget").nth(0), page.locator(".widget").nth(1)];
    const text = (wide.value("dW").toArray() as number[][]).map((row) =>
      row.map((x) => x.toFixed(6)).join(" ")
    ).join("; ");
    await one.getByRole("textbox").fill(text);
    await one.getByRole("textbox").press("Enter");
    assertEquals(await one.locator(".says").innerText(), "right");
    assertEquals(
      await one.locator(".expected").innerText(),
      "2 rows of 2 numbers: spaces between numbers, ; between rows",
    );
    assertEquals(await other.getByRole("textbox").inputValue(), "");
    assertEquals(await other.locator(".says").innerText(), "");
  },
);
