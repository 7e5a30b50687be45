import { assert, assertEquals, assertMatch } from "@std/assert";
import { landscape3d } from "backprop";
import type { Landscape3dData } from "../../lib/widgets/landscape_3d.ts";
import { LineDescent } from "../../lib/widgets/models/line_descent.ts";
import { LineSurface } from "../../lib/widgets/models/line_surface.ts";
import { browserTest } from "./tabs.ts";
import { dataOf, numberIn, openWidgets, sentence, slide } from "./pages.ts";

const { points, start } = dataOf<Landscape3dData>(landscape3d());
const surface = new LineSurface(points);
const lossAfter = (rate: number, steps: number) => {
  const run = new LineDescent(surface, start, rate);
  for (let i = 0; i < steps; i++) run.step();
  return run.losses[run.losses.length - 1].toFixed(4);
};

browserTest("the 3-D landscape: every control does what it says", async (tabs, t) => {
  const { page, complaints, requests } = await openWidgets(tabs, landscape3d());
  const widget = page.locator(".widget");
  const ground = widget.getByRole("application");
  const picture = () => ground.innerHTML();
  // With force, since it also clicks on what says that it is switched off.
  const click = (name: string) => widget.getByRole("button", { name, exact: true }).click({ force: true });
  const choose = (rate: string) => widget.getByRole("radio", { name: rate, exact: true }).check();
  const board = async () => [await numberIn(widget, "step"), await numberIn(widget, "loss")];

  await t.step("it begins at the start and shows the limit of the learning rate", async () => {
    assertEquals(await board(), ["0", lossAfter(0.1, 0)]);
    assertEquals(await numberIn(widget, "limit 2/λmax"), "0.302");
  });

  await t.step("Step rolls the ball as the library's SGD does", async () => {
    const before = await picture();
    for (let i = 0; i < 3; i++) await click("Step");
    assertEquals(await board(), ["3", lossAfter(0.1, 3)]);
    assert(await picture() !== before);
  });

  await t.step("0.02 is slow: after 15 steps it is still on its way", async () => {
    await choose("0.02");
    for (let i = 0; i < 15; i++) await click("Step");
    assertEquals(await board(), ["15", lossAfter(0.02, 15)]);
    assertMatch(await sentence(widget), /each step is short/);
  });

  await t.step("0.10 arrives when it runs, and then Run and Step do nothing more", async () => {
    await choose("0.10");
    await click("Run");
    await page.waitForFunction(
      () =>
        document.querySelector("[data-started] > div")!.shadowRoot!.querySelector("p.say")!.textContent!
          .startsWith(
            "Arrived",
          ),
      undefined,
      { timeout: 15_000 },
    );
    const arrived = await board();
    assertEquals(arrived[1], lossAfter(0.1, 100));
    await click("Step");
    assertEquals(await board(), arrived);
    assertEquals(await widget.getByRole("button", { name: "Run" }).getAttribute("aria-disabled"), "true");
  });

  await t.step("0.40 diverges: the loss grows, the ball flies off, and it says why", async () => {
    await choose("0.40");
    for (let i = 0; i < 3; i++) await click("Step");
    assertEquals(await board(), ["3", lossAfter(0.4, 3)]);
    assertMatch(await picture(), /flew off the map here/);
    for (let i = 0; i < 15; i++) await click("Step");
    assertMatch(await sentence(widget), /Diverged after \d+ steps .* above 2\/λmax = 0\.302/);
  });

  await t.step("Run becomes Pause, and pauses", async () => {
    await choose("0.02");
    await click("Run");
    await click("Pause");
    const paused = await board();
    await page.waitForTimeout(400);
    assertEquals(await board(), paused);
    assert(await widget.getByRole("button", { name: "Run", exact: true }).isVisible());
  });

  await t.step("the slider sets any learning rate and starts anew", async () => {
    await slide(widget.getByRole("slider", { name: "learning rate η" }), Math.log10(0.25));
    assertEquals(await numberIn(widget, "rate η"), "0.25");
    assertEquals((await board())[0], "0");
    await click("Step");
    assertEquals(await board(), ["1", lossAfter(0.25, 1)]);
  });

  await t.step("a curve that leaves its picture is cut off there", async () => {
    const frames = await widget.locator("svg svg").evaluateAll((all) =>
      all.map((frame) => getComputedStyle(frame).overflow)
    );
    assertEquals(frames, ["hidden"]);
  });

  await t.step("the arrow keys take the slider through every rate, down to 0.3", async () => {
    const rate = widget.getByRole("slider", { name: "learning rate η" });
    await slide(rate, Math.log10(0.4));
    await rate.focus();
    const said = ["0.4"];
    for (let i = 0; i < 40 && said[said.length - 1] !== "0.3"; i++) {
      await page.keyboard.press("ArrowLeft");
      said.push(await numberIn(widget, "rate η"));
    }
    const passed = [0.4, 0.39, 0.38, 0.37, 0.36, 0.35, 0.34, 0.33, 0.32, 0.31, 0.3].map(String);
    assertEquals([...new Set(said)], passed);
    await slide(rate, Math.log10(0.25));
  });

  await t.step("Reset puts the ball back", async () => {
    await click("Reset");
    assertEquals(await board(), ["0", lossAfter(0.25, 0)]);
  });

  await t.step("the arrow keys turn the landscape, and back", async () => {
    const before = await picture();
    await ground.focus();
    await page.keyboard.press("ArrowRight");
    const turned = await picture();
    assert(turned !== before);
    await page.keyboard.press("ArrowUp");
    assert(await picture() !== turned);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    assert(await picture() === before);
  });

  await t.step("dragging turns it, and letting go ends that", async () => {
    const before = await picture();
    const box = (await ground.boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 180, { steps: 3 });
    const dragged = await picture();
    assert(dragged !== before);
    await page.mouse.up();
    await page.mouse.move(box.x + 100, box.y + 100);
    assert(await picture() === dragged);
  });

  await t.step("it asked nobody for anything, and complained about nothing", () => {
    assertEquals({ complaints, requests }, { complaints: [], requests: [] });
  });
});

browserTest("who asked for less motion sees a run's end at once", async (tabs) => {
  const { page } = await openWidgets(tabs, landscape3d());
  await page.emulateMedia({ reducedMotion: "reduce" });
  const widget = page.locator(".widget");
  await widget.getByRole("button", { name: "Run" }).click();
  assertMatch(await sentence(widget), /^Arrived/);
});
