import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Jupyter } from "../../lib/host/mod.ts";
import { withKernel } from "../../lib/notebook/jupyter.ts";
import { progress, type ProgressOptions } from "../../lib/notebook/progress.ts";
import { formatDuration } from "../../lib/notebook/progress_view.ts";
import { fakeKernel, printed } from "./fake_kernel.ts";

/** A bar with a clock of its own, in milliseconds, and what it showed. */
async function withBar(
  options: Partial<ProgressOptions>,
  body: (bar: Awaited<ReturnType<typeof progress>>, clock: { ms: number }) => Promise<void>,
) {
  const kernel = fakeKernel();
  const clock = { ms: 5000 };
  await withKernel(kernel, async () => {
    const bar = await progress({ label: "training", total: 1000, now: () => clock.ms, ...options });
    await body(bar, clock);
  });
  return { sent: kernel.sent, said: kernel.sent.map(({ data }) => String(data["text/plain"])) };
}

Deno.test("progress() shows done of total, percent, time gone, time left and the note", async () => {
  const { said } = await withBar({}, async (bar, clock) => {
    clock.ms += 4000;
    await bar.update(250, "loss 0.123");
  });
  assertEquals(said, [
    "training: 0 of 1,000 steps (0%) · 0.0 s gone · time left: not known yet",
    "training: 250 of 1,000 steps (25%) · 4.0 s gone · about 12 s left · loss 0.123",
  ]);
});

Deno.test("progress() ends as one line with the total time", async () => {
  const { said, sent } = await withBar({}, async (bar, clock) => {
    clock.ms += 65_000;
    await bar.update(1000, "loss 0.2");
    await bar.finish("loss 0.089");
  });
  assertEquals(said.at(-1), "✓ training: 1,000 steps in 1 min 05 s · loss 0.089");
  assert(!String(sent.at(-1)!.data["text/html"]).includes("progressbar"));
});

Deno.test("progress() keeps the last note at the end, and says when not all was done", async () => {
  const { said } = await withBar({}, async (bar, clock) => {
    clock.ms += 50;
    await bar.update(400, "loss 0.5"); // too soon to be drawn, but not forgotten
    await bar.finish();
  });
  assertEquals(said.at(-1), "training: stopped after 400 of 1,000 steps in 0.1 s · loss 0.5");
});

Deno.test("progress() redraws at most ten times a second, in one place", async () => {
  const { sent } = await withBar({}, async (bar, clock) => {
    for (let step = 1; step <= 1000; step++) {
      clock.ms += 1;
      await bar.update(step);
    }
  });
  assertEquals(sent.length, 1 + 10);
  assertEquals(sent.map(({ type }) => type), ["display_data", ...Array(10).fill("update_display_data")]);
  assertEquals(new Set(sent.map(({ displayId }) => displayId)).size, 1);
});

Deno.test("progress() judges time left by the last 20 seconds, so a slow start is forgotten", async () => {
  const { said } = await withBar({ total: 200 }, async (bar, clock) => {
    clock.ms += 60_000; // one minute for the first step
    await bar.update(1);
    for (let step = 2; step <= 101; step++) {
      clock.ms += 1000;
      await bar.update(step);
    }
  });
  assert(said.at(-1)!.includes("2 min 40 s gone · about 1 min 39 s left"), said.at(-1));
});

Deno.test("progress() follows a run that becomes slower", async () => {
  const { said } = await withBar({ total: 100 }, async (bar, clock) => {
    for (let step = 1; step <= 50; step++) {
      clock.ms += step <= 30 ? 200 : 2000;
      await bar.update(step);
    }
  });
  assert(said.at(-1)!.includes("about 1 min 40 s left"), said.at(-1));
});

Deno.test("progress() does not know the time left while nothing is done", async () => {
  const { said } = await withBar({}, async (bar, clock) => {
    clock.ms += 3000;
    await bar.update(0);
  });
  assert(said.at(-1)!.includes("time left: not known yet"));
});

Deno.test("progress() shows more than the total as it is, with a full bar", async () => {
  const { said, sent } = await withBar({ total: 10, unit: "epochs" }, async (bar, clock) => {
    clock.ms += 1000;
    await bar.update(12);
  });
  assert(said.at(-1)!.startsWith("training: 12 of 10 epochs (100%)"));
  assert(String(sent.at(-1)!.data["text/html"]).includes("width:100.0%"));
});

Deno.test("progress() starts its estimate again when the count starts again", async () => {
  const { said } = await withBar({ total: 100 }, async (bar, clock) => {
    clock.ms += 1000;
    await bar.update(90);
    clock.ms += 1000;
    await bar.update(0);
    clock.ms += 1000;
    await bar.update(10);
  });
  assert(said.at(-1)!.includes("about 9.0 s left"), said.at(-1));
});

Deno.test("progress() draws a bar for people, and says its value to screen readers", async () => {
  const { sent } = await withBar({ label: 'a <b> & "c"' }, async (bar, clock) => {
    clock.ms += 1000;
    await bar.update(333, "<script>");
  });
  const html = String(sent.at(-1)!.data["text/html"]);
  assert(
    html.includes('role="progressbar"') && html.includes('aria-valuenow="33.3"') &&
      html.includes("width:33.3%"),
  );
  assert(html.includes("a &lt;b&gt; &amp; &quot;c&quot;") && html.includes("&lt;script&gt;"));
  assert(
    html.includes("--jp-content-font-color1") && html.includes("inherit"),
    "text follows a light or dark theme",
  );
});

Deno.test("progress() lets the event loop turn when it redraws, so that Stop gets through", async () => {
  let turned = false;
  await withBar({}, async (bar, clock) => {
    setTimeout(() => turned = true, 0);
    clock.ms += 1000;
    await bar.update(1);
  });
  assert(turned);
});

Deno.test("progress() says nothing more after it has finished", async () => {
  const { said } = await withBar({}, async (bar, clock) => {
    await bar.finish();
    clock.ms += 1000;
    await bar.update(500);
  });
  assertEquals(said.length, 2);
});

Deno.test("progress() prints a line now and then outside a notebook", async () => {
  const clock = { ms: 0 };
  const lines = await printed(() =>
    withKernel(undefined as Jupyter | undefined, async () => {
      const bar = await progress({ label: "reading", total: 100, unit: "files", now: () => clock.ms });
      for (let file = 1; file <= 100; file++) {
        clock.ms += 50;
        await bar.update(file);
      }
      await bar.finish();
    })
  );
  assertEquals(lines, [
    "reading: 0 of 100 files (0%) · 0.0 s gone · time left: not known yet",
    "reading: 40 of 100 files (40%) · 2.0 s gone · about 3.0 s left",
    "reading: 80 of 100 files (80%) · 4.0 s gone · about 1.0 s left",
    "✓ reading: 100 files in 5.0 s",
  ]);
});

Deno.test("progress() refuses a total or a count that is no amount", async () => {
  for (const total of [0, -1, NaN, Infinity]) {
    await assertRejects(() => progress({ label: "x", total }), RangeError, `got ${total}`);
  }
  await withBar({}, async (bar) => {
    for (const done of [-1, NaN, Infinity]) {
      await assertRejects(() => bar.update(done), RangeError, `got ${done}`);
    }
  });
});

Deno.test("formatDuration() reads as a person says it", () => {
  assertEquals([0, 440, 9940, 9960, 59_400, 59_600, 185_000, 3_599_000, 3_720_000, -5].map(formatDuration), [
    "0.0 s",
    "0.4 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min 00 s",
    "3 min 05 s",
    "59 min 59 s",
    "1 h 02 min",
    "0.0 s",
  ]);
});
