import { assert, assertEquals, assertMatch } from "@std/assert";
import { lossSurfaceLine, surfaceExplorer } from "backprop";
import { LineSurface } from "../../lib/widgets/models/line_surface.ts";
import { plainPoints } from "../../lib/widgets/options.ts";
import { browserTest } from "./tabs.ts";
import { numberIn, openWidgets, sentence, slide } from "./pages.ts";
import { galleryPage } from "../../tools/build/widgets/gallery.ts";

const surface = new LineSurface(plainPoints(lossSurfaceLine()));
const written = (value: number) => value.toFixed(4).replace("-", "−");

browserTest("the surface explorer: every control does what it says", async (tabs, t) => {
  const { page, complaints, requests } = await openWidgets(tabs, surfaceExplorer());
  const widget = page.locator(".widget");
  const map = widget.getByRole("application");
  const board = async () => ({
    loss: await numberIn(widget, "MSE"),
    dw: await numberIn(widget, "∂L/∂w"),
    db: await numberIn(widget, "∂L/∂b"),
  });
  const expected = (w: number, b: number) => {
    const { loss, dw, db } = surface.at({ w, b });
    return { loss: written(loss), dw: written(dw), db: written(db) };
  };
  const valueOf = async (name: string) => Number(await widget.getByRole("slider", { name }).inputValue());
  const reset = () => widget.getByRole("button", { name: "Reset" }).click();

  await t.step("it begins at (0, 0), where the mean squared error is 6.1718", async () => {
    assertEquals(await board(), { loss: "6.1718", dw: "−5.8947", db: "−1.0000" });
    assertEquals(await numberIn(widget, "steps taken"), "0");
    assertMatch(await sentence(widget), /larger w and larger b/);
  });

  await t.step("the sliders move w and b, and the minimum is at (2, 0.5)", async () => {
    await slide(widget.getByRole("slider", { name: "w" }), 2);
    assertEquals(await board(), expected(2, 0));
    await slide(widget.getByRole("slider", { name: "b" }), 0.5);
    assertEquals((await board()).loss, "0.0271");
    assertMatch(await sentence(widget), /bottom of the bowl/);
  });

  await t.step("a slider that has the focus follows the arrow keys", async () => {
    await reset();
    await widget.getByRole("slider", { name: "w" }).focus();
    await page.keyboard.press("ArrowRight");
    assertEquals(await board(), expected(0.01, 0));
  });

  await t.step("the arrow keys move on the map, farther with Shift", async () => {
    await reset();
    await map.focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown", "ArrowLeft"]) {
      await page.keyboard.press(key);
    }
    assertEquals(await board(), expected(0.1, -0.4));
  });

  await t.step("dragging on the map moves there, and no farther than its edge", async () => {
    await reset();
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4, { steps: 4 });
    const [w, b] = [await valueOf("w"), await valueOf("b")];
    assert(w > 1 && w < 3 && b > -1 && b < 2, `${w}, ${b}`);
    assertEquals(await board(), expected(w, b));
    await page.mouse.move(box.x + box.width + 300, box.y - 300);
    await page.mouse.up();
    assertEquals(await board(), expected(5, 3.5));
    await page.mouse.move(box.x + 100, box.y + 100);
    assertEquals(await board(), expected(5, 3.5)); // let go
  });

  for (const rate of [0.02, 0.1, 0.3]) {
    await t.step(`three steps with learning rate ${rate} lead where the library's SGD leads`, async () => {
      await reset();
      await widget.getByRole("radio", { name: String(rate), exact: true }).check();
      for (let i = 0; i < 3; i++) await widget.getByRole("button", { name: "One step downhill" }).click();
      const line = surface.descend({ w: 0, b: 0 }, rate, 3)[3];
      assertEquals(await board(), expected(line.w, line.b));
      assertEquals(await numberIn(widget, "steps taken"), "3");
    });
  }

  await t.step("with learning rate 0.7, above 2/λmax, the steps go uphill, and it says so", async () => {
    await reset();
    await widget.getByRole("radio", { name: "0.7" }).check();
    const step = widget.getByRole("button", { name: "One step downhill" });
    await step.focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press("Enter");
    assertMatch(await sentence(widget), /too long and went uphill/);
    for (let i = 0; i < 120; i++) await page.keyboard.press("Enter");
    assertMatch(await sentence(widget), /learning rate below 2\/λmax = 0\.679/);
  });

  await t.step("Reset goes back to the start", async () => {
    await reset();
    assertEquals((await board()).loss, "6.1718");
    assertEquals(await numberIn(widget, "steps taken"), "0");
  });

  await t.step("the pictures say in words what they show", async () => {
    const [fit, mapImage] = await widget.locator("svg[role=img]").all();
    assertMatch((await fit.getAttribute("aria-label"))!, /20 data points and the line ŷ = 0·x \+ 0/);
    assertMatch((await mapImage.getAttribute("aria-label"))!, /6\.1718/);
  });

  await t.step("it asked nobody for anything, and complained about nothing", () => {
    assertEquals({ complaints, requests }, { complaints: [], requests: [] });
  });
});

browserTest("the surface explorer can be touched", async (tabs) => {
  const { page, complaints } = await tabs.open(galleryPage([surfaceExplorer()]), {
    hasTouch: true,
    isMobile: true,
  });
  const widget = page.locator(".widget");
  const map = widget.getByRole("application");
  await map.scrollIntoViewIfNeeded();
  const box = (await map.boundingBox())!;
  await page.touchscreen.tap(box.x + box.width * 0.7, box.y + box.height * 0.3);
  const [w, b] = [await slideValue("w"), await slideValue("b")];
  assert(w > 2.5 && b > 0.8, `${w}, ${b}`);
  assertEquals(await numberIn(widget, "MSE"), written(surface.at({ w, b }).loss));
  await widget.getByRole("button", { name: "Reset" }).tap();
  assertEquals(await numberIn(widget, "MSE"), "6.1718");
  // A finger on the map moves the line, not the page; beside it the page scrolls as usual.
  assertEquals(await map.evaluate((element) => getComputedStyle(element).touchAction), "none");
  assertEquals(complaints, []);

  async function slideValue(name: string) {
    return Number(await widget.getByRole("slider", { name }).inputValue());
  }
});
