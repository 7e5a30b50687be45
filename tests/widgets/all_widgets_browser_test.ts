import { assert, assertEquals } from "@std/assert";
import { allWidgets, galleryPage } from "../../tools/build/widgets/gallery.ts";
import { browserTest } from "./tabs.ts";

const widgets = allWidgets();

browserTest("each widget in a page", async (tabs, t) => {
  for (const [kind, widget] of Object.entries(widgets)) {
    await t.step(`${kind}: without scripts the picture is there, and nothing else is missed`, async () => {
      const { page } = await tabs.open(galleryPage([widget]), { javaScriptEnabled: false });
      const image = page.locator("img");
      assert(await image.isVisible());
      const { width, height } = (await image.boundingBox())!;
      assert(width > 500 && height > 150, `${width} × ${height}`);
      assertEquals(await image.getAttribute("alt"), widget.alternative);
      assertEquals((await page.locator("body").innerText()).trim(), "");
    });

    await t.step(`${kind}: with scripts the live view stands in its place, once`, async () => {
      const { page, complaints, requests } = await tabs.open(galleryPage([widget]));
      await page.locator(".widget").waitFor();
      assert(!await page.locator("img").isVisible());
      assertEquals(await page.locator(".widget").count(), 1);
      // A front end may run the script again, for another output of the same kind.
      await page.evaluate(() => {
        const old = document.querySelector("script")!;
        const copy = document.createElement("script");
        copy.textContent = old.textContent;
        old.replaceWith(copy);
      });
      assertEquals(await page.locator(".widget").count(), 1);
      assertEquals({ complaints, requests }, { complaints: [], requests: [] });
    });

    await t.step(`${kind}: put into a page that has long been loaded, as JupyterLab does`, async () => {
      const { page, complaints } = await tabs.open("<!doctype html><body><main></main></body>");
      await page.evaluate((html) => {
        const output = document.createElement("div");
        output.innerHTML = html;
        document.querySelector("main")!.append(output);
        for (const old of output.querySelectorAll("script")) {
          const copy = document.createElement("script");
          copy.textContent = old.textContent;
          old.replaceWith(copy);
        }
      }, widget.toHTML());
      await page.locator(".widget").waitFor();
      assertEquals(complaints, []);
    });

    await t.step(`${kind}: inside a shadow root, where some front ends keep outputs`, async () => {
      const { page, complaints } = await tabs.open("<!doctype html><body><main></main></body>");
      await page.evaluate((html) => {
        const root = document.querySelector("main")!.attachShadow({ mode: "open" });
        root.innerHTML = html;
        const copy = document.createElement("script");
        copy.textContent = root.querySelector("script")!.textContent;
        root.append(copy);
      }, widget.toHTML());
      await page.locator(".widget").waitFor();
      assertEquals(complaints, []);
    });

    await t.step(`${kind}: it takes the colours of the page, and changes with them`, async () => {
      const { page } = await tabs.open(galleryPage([widget]), { colorScheme: "dark" });
      const widgetView = page.locator(".widget");
      await widgetView.waitFor();
      assertEquals(await widgetView.evaluate((e) => e.classList.contains("dark")), true);
      await page.evaluate(() => document.body.setAttribute("style", "background: white; color: black"));
      await page.waitForFunction(() =>
        !document.querySelector("[data-started] > div")!.shadowRoot!.querySelector(".widget.dark")
      );
    });

    await t.step(`${kind}: where nothing is painted behind it, the colour of the text decides`, async () => {
      for (
        const [css, dark] of [["color: #ddd; background: transparent", true], ["color: #222", false]] as const
      ) {
        const { page } = await tabs.open(`<!doctype html><body style="${css}">${widget.toHTML()}</body>`);
        await page.locator(".widget").waitFor();
        assertEquals(await page.locator(".widget.dark").count(), dark ? 1 : 0);
      }
    });

    for (const width of [680, 390]) {
      await t.step(`${kind}: at ${width} pixels nothing sticks out`, async () => {
        const { page } = await tabs.open(galleryPage([widget]), { viewport: { width, height: 900 } });
        await page.locator(".widget svg, .widget input").first().waitFor();
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assertEquals(widths[0], widths[1]);
      });
    }

    await t.step(`${kind}: everything that can be operated has a name and can take the focus`, async () => {
      const { page } = await tabs.open(galleryPage([widget]));
      await page.locator(".widget").waitFor();
      const nameless = await page.locator(".widget").evaluate((view) =>
        [...view.querySelectorAll<HTMLElement>("button, input, select, [tabindex], [role=application]")]
          .filter((each) => {
            const labels = "labels" in each ? [...(each as HTMLInputElement).labels ?? []] : [];
            const name = each.getAttribute("aria-label") || labels.map((l) => l.textContent).join("") ||
              each.textContent;
            return !name?.trim() || each.tabIndex < 0;
          }).map((each) => each.outerHTML)
      );
      assertEquals(nameless, []);
    });
  }
});

browserTest("two copies of a widget on one page are two widgets", async (tabs, t) => {
  for (const [kind, widget] of Object.entries(widgets)) {
    await t.step(`${kind}: operating one leaves the other alone`, async () => {
      const { page, complaints } = await tabs.open(galleryPage([widget, widget]));
      const [one, other] = [page.locator(".widget").nth(0), page.locator(".widget").nth(1)];
      // What screen readers are told comes a moment later.
      await page.waitForFunction(() =>
        [...document.querySelectorAll("[data-started] > div")].every(({ shadowRoot }) =>
          shadowRoot!.querySelector("[role=status]")!.textContent !== ""
        )
      );
      const before = [await one.innerHTML(), await other.innerHTML()];
      assert(before[0] === before[1], "they begin alike");
      for (const button of await one.getByRole("button").all()) {
        if (await button.isEnabled()) await button.click();
      }
      for (const radio of await one.getByRole("radio").all()) await radio.check();
      assert(await one.innerHTML() !== before[0]);
      assert(await other.innerHTML() === before[1], "the other one changed");
      assertEquals(complaints, []);
    });
  }
});
