import { assertEquals } from "@std/assert";
import { TIMES, UNCAUGHT } from "../tools/kernel/uncaught.ts";
import { browserTest, type Page } from "./browser.ts";
import { cell, output, press, says } from "./jupyterlab.ts";
import { withLab } from "./lab.ts";

const LEFT = Object.values(UNCAUGHT);
const CELLS = [...LEFT.map(({ cell }) => cell), "let kept = 41;", "while (true) {}", "kept + 1"];
const [KEPT, ENDLESS, LAST] = [LEFT.length, LEFT.length + 1, LEFT.length + 2];

async function restart(page: Page): Promise<void> {
  await page.getByRole("menuitem", { name: "Kernel", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Restart Kernel and Clear Outputs/ }).click();
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await says(page.locator("#jp-main-statusbar"), /Deno \| Idle/);
}

browserTest(
  "in JupyterLab, what nobody catches is shown below its cell; Stop and restart work after it",
  ({ page }) =>
    withLab(CELLS, async (lab) => {
      await page.goto(lab.address("test.ipynb"));
      await cell(page, 0).waitFor({ timeout: 60_000 });
      await says(page.locator("#jp-main-statusbar"), /Deno \| Idle/);
      for (let i = 0; i < TIMES; i++) {
        await press(page, "Run", /^Run All Cells/);
        for (const [index, { says: text, value }] of LEFT.entries()) {
          await cell(page, index).scrollIntoViewIfNeeded();
          await says(output(page, index), new RegExp(text.replace(/[{}]/g, "\\$&")));
          await says(output(page, index), new RegExp(`(^|\\n)${value}(\\n|$)`));
          await says(output(page, index), /Was it awaited\?/);
        }
        await cell(page, ENDLESS).scrollIntoViewIfNeeded();
        await says(cell(page, ENDLESS).locator(".jp-InputPrompt"), /\[\*\]/);
        await page.locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt the kernel"]')
          .first().click();
        await says(output(page, ENDLESS), /The cell was stopped\. All variables keep their values\./);
        await cell(page, LAST).locator(".cm-content").click();
        await page.keyboard.press("Control+Enter");
        await says(output(page, LAST), /^42/);
        assertEquals(await output(page, KEPT).count(), 0);
        const picture = Deno.env.get("BACKPROP_PICTURES");
        if (picture && i === 0) {
          await cell(page, 0).scrollIntoViewIfNeeded();
          await page.screenshot({ path: `${picture}/uncaught.png` });
        }
        await restart(page);
      }
    }),
);
