import { assertEquals, assertThrows } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { browserTest, drag } from "./browser.ts";
import { findBrowser } from "./find.ts";

Deno.test("findBrowser() looks on the PATH, and takes what BACKPROP_BROWSER names before all else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const program = join(folder, Deno.build.os === "windows" ? "chromium.exe" : "chromium");
    await Deno.writeTextFile(program, "");
    assertEquals(findBrowser({ PATH: folder }), program);
    const other = join(folder, "my browser");
    await Deno.writeTextFile(other, "");
    assertEquals(findBrowser({ PATH: folder, BACKPROP_BROWSER: other }), other);
    assertThrows(() => findBrowser({ BACKPROP_BROWSER: join(folder, "none") }), Error, "no such file");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

browserTest(
  "a page from a file can be clicked, typed into and dragged on, without the network",
  async (tab) => {
    const { page, requests, errors } = tab;
    const folder = await Deno.makeTempDir();
    try {
      const file = join(folder, "page.html");
      await Deno.writeTextFile(
        file,
        "<button onclick='this.textContent++'>0</button><input type=range min=0 max=100 value=0 style='width:200px'>" +
          "<input id=text oninput='document.title = this.value'>",
      );
      await page.goto(toFileUrl(file).href);
      await page.getByRole("button").click();
      await page.locator("#text").pressSequentially("typed");
      assertEquals([await page.getByRole("button").textContent(), await page.title()], ["1", "typed"]);
      await page.locator("input[type=range]").evaluate((input) =>
        (input as unknown as { value: string }).value = "50"
      );
      await drag(page, "input[type=range]", 60, 0);
      const value = Number(await page.locator("input[type=range]").inputValue());
      assertEquals([value > 60, requests, errors], [true, [], []]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
