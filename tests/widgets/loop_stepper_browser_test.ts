import { assert, assertEquals, assertMatch } from "@std/assert";
import { loopStepper } from "backprop";
import { stepView } from "../../lib/widgets/models/loop_view.ts";
import { exampleRecord } from "../../tools/build/widgets/gallery.ts";
import { browserTest } from "./tabs.ts";
import { openWidgets, sentence, slide } from "./pages.ts";

const record = exampleRecord();

browserTest("the loop stepper: every control does what it says", async (tabs, t) => {
  const { page, complaints, requests } = await openWidgets(tabs, loopStepper(record));
  const widget = page.locator(".widget");
  const click = (name: string) => widget.getByRole("button", { name, exact: true }).click({ force: true });
  const where = () => widget.locator(".where").innerText();
  const cells = () =>
    widget.locator("tbody tr").evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent))
    );
  const current = () => widget.locator("li[aria-current]").innerText();
  const shows = async (position: number) => {
    const view = stepView(record, position);
    assertEquals(await where(), `Iteration ${view.iteration + 1} of 8, step ${view.step + 1} of 6`);
    assertEquals(await cells(), view.rows as string[][]);
    assertEquals(await sentence(widget), view.says);
    assertEquals(await widget.locator("h4").innerText(), `${view.step + 1}. ${view.title}`);
  };

  await t.step("it begins with the first batch", () => shows(0));

  await t.step(
    "Next goes through the six steps and on to the second iteration, with the recorded numbers",
    async () => {
      const lines = [
        /for \(const/,
        /model\.forward/,
        /mseLoss\(/,
        /zeroGrad/,
        /backward/,
        /optimizer\.step/,
        /for/,
      ];
      for (const [position, line] of lines.entries()) {
        await shows(position);
        assertMatch(await current(), line);
        await click("Next ▶");
      }
      await shows(7);
    },
  );

  await t.step("Previous goes back", async () => {
    await click("◀ Previous");
    await shows(6);
  });

  await t.step("Next iteration goes to the same step of the next turn", async () => {
    await click("Next iteration");
    await shows(12);
  });

  await t.step("First and Last go to the ends, and no farther", async () => {
    await click("Last ▶|");
    await shows(47);
    await click("Next ▶");
    await shows(47);
    await click("|◀ First");
    await click("◀ Previous");
    await shows(0);
    assertEquals(
      await widget.getByRole("button", { name: "◀ Previous" }).getAttribute("aria-disabled"),
      "true",
    );
  });

  await t.step("the arrow keys, Home and End do the same", async () => {
    await widget.getByRole("button", { name: "Next ▶" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await shows(1);
    await page.keyboard.press("End");
    await shows(47);
    await page.keyboard.press("Home");
    await shows(0);
  });

  await t.step("the slider goes anywhere, by pointer and by key", async () => {
    const slider = widget.getByRole("slider");
    await slide(slider, 20);
    await shows(20);
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await shows(21);
    assertMatch(
      (await slider.getAttribute("aria-valuetext"))!,
      /Iteration 4 of 8, step 4 of 6: Clear old gradients/,
    );
  });

  await t.step("a line of code can be clicked", async () => {
    await widget.getByRole("button", { name: "loss.backward();" }).click();
    await shows(22);
  });

  await t.step(
    "the loss of an iteration is drawn once it is known, and the line after the update moves",
    async () => {
      await slide(widget.getByRole("slider"), 7);
      const [fit, curve] = await widget.locator("svg[role=img]").all();
      const known = async () => (await curve.getAttribute("aria-label"))!;
      const before = await fit.innerHTML();
      assertMatch(await known(), /Before the first step/); // one loss
      await click("Next ▶");
      assertMatch(
        await widget.locator("svg[role=img]").nth(1).getAttribute("aria-label") ?? "",
        /in 1 steps/,
      );
      for (let i = 0; i < 3; i++) await click("Next ▶");
      assert(await widget.locator("svg[role=img]").first().innerHTML() !== before);
      assert((await widget.locator("svg[role=img]").first().innerHTML()).includes("stroke-dasharray"));
    },
  );

  await t.step("it asked nobody for anything, and complained about nothing", () => {
    assertEquals({ complaints, requests }, { complaints: [], requests: [] });
  });
});
