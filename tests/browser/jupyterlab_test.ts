import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";
import { cell, output, press, says } from "./jupyterlab.ts";
import { withLab } from "./lab.ts";

const CELLS = [
  'import { softmax, tensor } from "backprop";\nlet kept = 41;\nconsole.log("ready")',
  "const text: string = kept;\ntext",
  "while (true) {}",
  "kept + 1",
];

browserTest(
  "in JupyterLab, Run All, Stop, Shift-Tab and type warnings do what a learner expects",
  ({ page }) =>
    withLab(CELLS, async (lab) => {
      await page.goto(lab.address("test.ipynb"));
      await cell(page, 3).waitFor({ timeout: 60_000 });

      await says(page.locator("#jp-main-statusbar"), /Deno \| Idle/); // JupyterLab forgets what is run before

      await press(page, "Run", /^Run All Cells/);
      await says(output(page, 0), /^ready\s*$/);
      await says(output(page, 1), /Types, line 1: Type 'number' is not assignable to type 'string'/);
      await says(output(page, 1), /41/); // it ran all the same

      // The endless loop runs; Stop ends it, and the variables are there.
      await says(cell(page, 2).locator(".jp-InputPrompt"), /\[\*\]/);
      await page.locator('[data-command="notebook:interrupt-kernel"], [title^="Interrupt the kernel"]')
        .first().click();
      await says(output(page, 2), /The cell was stopped\. All variables keep their values\./);
      await cell(page, 3).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
      await says(output(page, 3), /^42/);

      // What the cursor is on, and what may come next.
      for (
        const [text, key, expected] of [
          ["softmax", "Shift+Tab", /function softmax/],
          ["kept", "Shift+Tab", /let kept: number/],
          ["Math.max", "Shift+Tab", /Math\.max\(.*numeric/s],
          ["tensor([1]).resh", "Tab", /^\s*f?reshape/],
        ] as const
      ) {
        const shown = page.locator(key === "Tab" ? ".jp-Completer" : ".jp-Tooltip");
        // On a busy machine JupyterLab gives up before the answer is there: then a learner presses again.
        for (let attempt = 1; attempt <= 30; attempt++) {
          await page.keyboard.press("Escape");
          await cell(page, 3).locator(".cm-content").click();
          await page.keyboard.press("Control+a");
          await page.keyboard.type(text);
          await page.keyboard.press(key);
          if (await says(shown, expected, 5).then(() => true, () => false)) break;
        }
        await says(shown, expected, 1);
      }

      const picture = Deno.env.get("BACKPROP_PICTURES");
      if (picture) await page.screenshot({ path: `${picture}/jupyterlab.png` });
      assertEquals(await output(page, 1).count(), 2); // the value and the warning
    }),
);
