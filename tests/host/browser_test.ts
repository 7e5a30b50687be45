import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { host } from "../../lib/host/browser.ts";

const PAGE = Symbol.for("backprop.page");
const globals = globalThis as unknown as { [key: symbol]: unknown };

/** As in a page that serves the project's folder. */
async function inPage(more: object, body: () => void | Promise<void>): Promise<void> {
  globals[PAGE] = { root: new URL("../../", import.meta.url), ...more };
  try {
    await body();
  } finally {
    delete globals[PAGE];
  }
}

Deno.test("in a page, files of the project are fetched, and one that is missing is told from other failures", () =>
  inPage({}, async () => {
    const bytes = await host.read(host.place("LICENSE"));
    assertEquals(bytes, await Deno.readFile(new URL("../../LICENSE", import.meta.url)));
    const answers = [404, 500].map((status) => new Response("", { status }));
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.resolve(answers.shift()!);
    try {
      assert(host.isMissing(await assertRejects(() => host.read("https://there/nope"))));
      assert(
        !host.isMissing(await assertRejects(() => host.read("https://there/broken"), Error, "status 500")),
      );
    } finally {
      globalThis.fetch = fetch;
    }
  }));

Deno.test("in a page, what the library reads without waiting was fetched before", () => {
  const kernels = new URL("../../lib/kernels/wasm/kernels.wasm", import.meta.url);
  const files = new Map([[kernels.href, Uint8Array.of(1, 2)]]);
  return inPage({ files }, () => {
    assertEquals(host.readNow(host.place("lib/kernels/wasm/kernels.wasm")), Uint8Array.of(1, 2));
    assert(host.isMissing(assertThrows(() => host.readNow(host.place("lib/other")))));
  });
});

Deno.test("in a page, files are written by what the page gives for it, or not at all", async () => {
  await inPage({}, async () => {
    await assertRejects(() => host.write("run.checkpoint", new Uint8Array(1)), Error, "cannot save");
  });
  const saved: [string, number][] = [];
  const save = (name: string, bytes: Uint8Array) => Promise.resolve(void saved.push([name, bytes.length]));
  await inPage({ save }, () => host.write("run.checkpoint", new Uint8Array(3)));
  assertEquals(saved, [["run.checkpoint", 3]]);
});

Deno.test("a widget's page gives nothing, and the library works all the same", () => {
  assertEquals(host.inspect(0.5), "0.5");
  assertEquals([host.jupyter(), host.variable("HOME"), host.system], [undefined, undefined, "browser"]);
  assertThrows(() => host.openLibrary("libc", {}), Error, "no libraries");
});
