import { assert, assertEquals, assertRejects } from "@std/assert";
import { lossChart } from "../../lib/charts/loss_chart.ts";
import { withKernel } from "../../lib/notebook/jupyter.ts";
import { live, show } from "../../lib/notebook/show.ts";
import { fakeKernel, printed } from "./fake_kernel.ts";

const chart = lossChart([{ epoch: 0, trainLoss: 1.61 }, { epoch: 1, trainLoss: 0.3 }]);

Deno.test("show() sends a chart as a picture with its text alternative", async () => {
  const kernel = fakeKernel();
  await withKernel(kernel, () => show(chart));
  assertEquals(kernel.sent, [{
    type: "display_data",
    data: { "image/svg+xml": chart.toSVG(), "text/plain": chart.alternative },
    displayId: undefined,
  }]);
});

Deno.test("show() sends a MIME bundle as it is, and anything else as text", async () => {
  const kernel = fakeKernel();
  await withKernel(kernel, async () => {
    await show({ "text/html": "<b>x</b>", "application/vnd.some-thing+json": { a: 1 } });
    for (const value of ["two\nlines", 42, undefined, null, { a: [1] }, {}, [1, 2]]) await show(value);
  });
  assertEquals(kernel.sent.map(({ data }) => data), [
    { "text/html": "<b>x</b>", "application/vnd.some-thing+json": { a: 1 } },
    { "text/plain": "two\nlines" },
    { "text/plain": "42" },
    { "text/plain": "undefined" },
    { "text/plain": "null" },
    { "text/plain": "{ a: [ 1 ] }" },
    { "text/plain": "{}" },
    { "text/plain": "[ 1, 2 ]" },
  ]);
});

Deno.test("show() waits for a display method that is asynchronous, and calls it on its object", async () => {
  const kernel = fakeKernel();
  const value = {
    word: "later",
    [Symbol.for("Jupyter.display")](this: { word: string }) {
      return Promise.resolve({ "text/plain": this.word });
    },
  };
  await withKernel(kernel, () => show(value));
  assertEquals(kernel.sent[0].data, { "text/plain": "later" });
});

Deno.test("show() refuses a display method that gives no MIME bundle", async () => {
  const value = { [Symbol.for("Jupyter.display")]: () => "just text" };
  const error = await assertRejects(() => withKernel(fakeKernel(), () => show(value)), TypeError);
  assert(error.message.includes('got "just text"'), error.message);
});

Deno.test("show() lets the event loop turn after sending, so that the stock kernel does not lose the output", async () => {
  const events: string[] = [];
  const kernel = {
    broadcast() {
      setTimeout(() => events.push("sent by a later turn of the event loop"), 0);
      return Promise.resolve();
    },
  };
  await withKernel(kernel, () => show(1));
  events.push("cell done");
  assertEquals(events, ["sent by a later turn of the event loop", "cell done"]);
});

Deno.test("show() prints the text form outside a notebook", async () => {
  const lines = await printed(() =>
    withKernel(undefined, async () => {
      await show(chart);
      await show({ "image/png": "…" });
    })
  );
  assertEquals(lines, [chart.alternative, "[image/png]"]);
});

Deno.test("show() works outside a notebook without being told so", async () => {
  assertEquals(await printed(() => show("plain")), ["plain"]);
});

Deno.test("live() shows once and then updates the same place", async () => {
  const kernel = fakeKernel();
  await withKernel(kernel, async () => {
    const view = await live("one");
    await view.update("two");
    await view.update(chart);
  });
  assertEquals(kernel.sent.map(({ type }) => type), [
    "display_data",
    "update_display_data",
    "update_display_data",
  ]);
  assertEquals(new Set(kernel.sent.map(({ displayId }) => displayId)).size, 1);
  assertEquals(kernel.sent.map(({ data }) => data["text/plain"]), ["one", "two", chart.alternative]);
});

Deno.test("live() gives every view a place of its own, named by a counter", async () => {
  const kernel = fakeKernel();
  await withKernel(kernel, async () => {
    await live("a");
    await live("b");
  });
  const [a, b] = kernel.sent.map(({ displayId }) => Number(displayId!.match(/^backprop-live-(\d+)$/)![1]));
  assertEquals(b, a + 1);
});

Deno.test("live() prints outside a notebook only what is new", async () => {
  const lines = await printed(() =>
    withKernel(undefined, async () => {
      const view = await live("a");
      await view.update("a");
      await view.update("b");
    })
  );
  assertEquals(lines, ["a", "b"]);
});
