import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { openLabs } from "../../../tools/setup/open_labs.ts";

Deno.test("openLabs() finds servers that answer and are open on the folder; others and dead ones are left out", async () => {
  const runtime = await Deno.makeTempDir();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => new Response("{}"));
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const write = (name: string, value: unknown) =>
    Deno.writeTextFile(join(runtime, name), JSON.stringify(value));
  try {
    await write("jpserver-1.json", { pid: 1, root_dir: "/mine", url });
    await write("jpserver-2.json", { pid: 2, root_dir: "/other", url });
    await write("jpserver-3.json", { pid: 3, root_dir: "/mine", url: "http://127.0.0.1:1/" });
    await write("kernel-4.json", {});
    assertEquals(await openLabs(runtime, "/mine"), [url]);
    assertEquals(await openLabs(join(runtime, "nowhere"), "/mine"), []);
  } finally {
    await server.shutdown();
    await Deno.remove(runtime, { recursive: true });
  }
});
