import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { imageTest } from "../image/image.ts";
import { withHub } from "./hub.ts";
import { RemoteKernel } from "./remote_kernel.ts";
import { Visitor } from "./visitor.ts";

const NOTEBOOK = "00_start_here.ipynb";
type Cell = { cell_type: string; source: string | string[]; outputs?: unknown[] };

imageTest(
  "on a JupyterHub, a learner logs in, a server starts, and a notebook runs to its end",
  (image) =>
    withHub(image, async ({ origin, password, homes, processes }) => {
      const ada = new Visitor(origin);

      // Whoever has the wrong password stays outside.
      const login = await ada.go("/hub/login");
      assertEquals([login.status, login.path], [200, "/hub/login"]);
      const form = { username: "ada", _xsrf: ada.cookie("/hub/login", "_xsrf")! };
      assertEquals((await ada.go("/hub/login", { form: { ...form, password: "guess" } })).status, 403);
      const entry = await ada.go("/hub/login", { form: { ...form, password } });
      assertEquals(entry.status, 200, entry.text);

      // The server starts, in an empty home.
      const base = "/user/ada";
      await until(60, "the server", async () => {
        const { status, path } = await ada.go("/hub/spawn");
        return status === 200 && path.startsWith(`${base}/`);
      });
      assert((await processes()).length >= 2);
      const kernels = JSON.parse((await ada.go(`${base}/api/kernelspecs`)).text);
      assertEquals(kernels.default, "deno");
      assertEquals(Object.keys(kernels.kernelspecs), ["deno"]);

      // The notebook goes to the server, runs there cell by cell, and is kept there with its outputs.
      const notebook = JSON.parse(await Deno.readTextFile(join(image.project, "notebooks", NOTEBOOK)));
      const kernel = await RemoteKernel.start(origin, ada, base, NOTEBOOK);
      const code = (notebook.cells as Cell[]).filter(({ cell_type }) => cell_type === "code");
      for (const cell of code) {
        const outputs = await kernel.run([cell.source].flat().join(""));
        const error = outputs.find(({ output_type }) => output_type === "error");
        assertEquals(error, undefined, `${cell.source}: ${JSON.stringify(error)}`);
        cell.outputs = outputs;
      }
      assertMatch(JSON.stringify(code.map(({ outputs }) => outputs)), /<svg/);
      const saved = await ada.go(`${base}/api/contents/${NOTEBOOK}`, {
        method: "PUT",
        json: { type: "notebook", format: "json", content: notebook },
      });
      assertEquals(saved.status, 201, saved.text);
      const kept = JSON.parse(await Deno.readTextFile(join(homes, "ada", NOTEBOOK)));
      assertEquals(kept.cells.length, notebook.cells.length);
      await kernel.close();

      // Stopped by its owner, the server takes its kernels along.
      const running = (await processes()).length;
      const stopped = await ada.go("/hub/api/users/ada/server", { method: "DELETE" });
      assert([202, 204].includes(stopped.status), stopped.text);
      await until(20, "the end of the server", async () => (await processes()).length <= running - 3);
    }),
);

async function until(seconds: number, what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 5 * seconds; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Waited ${seconds} seconds for ${what}.`);
}
