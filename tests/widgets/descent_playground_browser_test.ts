import { assert, assertEquals, assertMatch } from "@std/assert";
import { descentPlayground } from "backprop";
import { Descent, type OptimizerName } from "../../lib/widgets/models/descent.ts";
import { surfaceOf, SURFACES } from "../../lib/widgets/models/loss_surfaces.ts";
import { browserTest } from "./tabs.ts";
import { numberIn, openWidgets, sentence, slide } from "./pages.ts";

const titles: Record<OptimizerName, string> = {
  SGD: "gradient descent",
  momentum: "momentum 0.9",
  RMSprop: "RMSprop",
  Adam: "Adam",
};

browserTest("the descent playground: every control does what it says", async (tabs, t) => {
  const { page, complaints, requests } = await openWidgets(tabs, descentPlayground());
  const widget = page.locator(".widget");
  const map = widget.getByRole("application");
  const click = (name: string) => widget.getByRole("button", { name, exact: true }).click();
  const choose = (name: string) => widget.getByRole("radio", { name, exact: true }).check();
  const rate = widget.getByRole("slider", { name: "learning rate η" });
  const board = async () => ({
    step: await numberIn(widget, "step"),
    loss: await numberIn(widget, "loss"),
    x: await numberIn(widget, "x"),
    y: await numberIn(widget, "y"),
  });
  const written = ({ path, loss, here }: Descent) => ({
    step: String(path.length - 1),
    loss: loss.toFixed(4).replace("-", "−"),
    x: here.x.toFixed(3).replace(/^-(?!0\.000)/, "−").replace("-", ""),
    y: here.y.toFixed(3).replace(/^-(?!0\.000)/, "−").replace("-", ""),
  });
  const run = (
    ...[surface, optimizer, learningRate, steps]: [
      (typeof SURFACES)[number],
      OptimizerName,
      number,
      number,
    ]
  ) => {
    const run = new Descent(surface, optimizer, learningRate, surface.start);
    for (let i = 0; i < steps; i++) run.step();
    return run;
  };

  for (const surface of SURFACES) {
    await t.step(`on the ${surface.name}, every optimizer steps as the library's does`, async () => {
      await choose(surface.title);
      for (const [name, title] of Object.entries(titles)) {
        await choose(title);
        for (let i = 0; i < 4; i++) await click("Step");
        assertEquals(
          await board(),
          written(run(surface, name as OptimizerName, surface.learningRate, 4)),
          name,
        );
      }
      assert((await widget.locator(".formula").innerText()).includes(surface.formula));
    });
  }

  await t.step("the learning rate goes from 0.001 to 2, and a change starts anew", async () => {
    await choose("Bowl");
    await choose("gradient descent");
    for (const [place, value] of [[-3, 0.001], [Math.log10(2), 2], [Math.log10(0.25), 0.25]]) {
      await slide(rate, place);
      await click("Step");
      assertEquals(await board(), written(run(surfaceOf("bowl"), "SGD", value, 1)));
    }
  });

  await t.step("Reset goes back to the start and keeps the choices", async () => {
    await click("Reset");
    assertEquals(await board(), written(run(surfaceOf("bowl"), "SGD", 0.25, 0)));
  });

  await t.step("a click on the map chooses the start, and Reset returns there", async () => {
    const box = (await map.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.3);
    const chosen = await board();
    assert(Number(chosen.x) > 0 && Number(chosen.y) > 0, JSON.stringify(chosen));
    await click("Step");
    assertEquals((await board()).x, (Number(chosen.x) * 0.5).toFixed(3)); // x − 0.25·2x
    await click("Reset");
    assertEquals(await board(), chosen);
  });

  await t.step("the arrow keys move the start", async () => {
    const { x, y } = await board();
    await map.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowDown");
    const moved = await board();
    assertEquals(moved.x, (Number(x) - 0.1).toFixed(3));
    assertEquals(moved.y, (Number(y) - 0.5).toFixed(3).replace("-", "−"));
  });

  const runToTheEnd = async () => {
    await click("Run");
    await widget.getByRole("button", { name: "Run", exact: true }).waitFor({ timeout: 30_000 });
  };

  await t.step("it says that a run arrived", async () => {
    await choose("Bowl");
    await runToTheEnd();
    assertMatch(await sentence(widget), /It arrived at a minimum after \d+ steps/);
  });

  await t.step("it says that a run diverged", async () => {
    await slide(rate, Math.log10(1.2));
    await runToTheEnd();
    assertMatch(await sentence(widget), /It diverged after \d+ steps/);
  });

  await t.step("it says that a run is stuck on the saddle", async () => {
    await choose("Saddle");
    await runToTheEnd();
    assertMatch(await sentence(widget), /It is stuck.* It is the saddle itself\./);
  });

  await t.step("it says that a run is in the higher of two valleys", async () => {
    await choose("Two valleys");
    await runToTheEnd();
    assertMatch(await sentence(widget), /in the higher valley/);
  });

  await t.step("earlier runs stay as thin curves with their names", async () => {
    await choose("Adam");
    for (let i = 0; i < 3; i++) await click("Step");
    const labels = await widget.locator(".panel").last().locator("text").allTextContents();
    assert(labels.includes("SGD 0.05") && labels.includes("● Adam 0.05"), labels.join());
  });

  await t.step("it asked nobody for anything, and complained about nothing", () => {
    assertEquals({ complaints, requests }, { complaints: [], requests: [] });
  });
});
