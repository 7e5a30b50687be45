import { assert, assertEquals } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { INSIDE, sandboxed } from "../../../tools/grading/sandbox.ts";
import { wallTest } from "./walls.ts";

const ROOT = fromFileUrl(new URL("../../..", import.meta.url));

/** Runs inside, as a text: what a program there may do. */
function lookAround() {
  const status = Deno.readTextFileSync("/proc/self/status");
  const rights = [...status.matchAll(/^Cap\w+:\s*(\w+)$/gm)].map(([, bits]) => Number.parseInt(bits, 16));
  const processes = [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).length;
  const writable = ["/project/lib", "/opt/deno", "/proc/sys", "/dev", "/"].filter((folder) => {
    try {
      Deno.writeTextFileSync(`${folder}/x`, "");
      return true;
    } catch {
      return false;
    }
  });
  const networks = Deno.networkInterfaces().map(({ name }) => name).filter((name) => name !== "lo");
  return { rights, processes, writable, networks, uid: Deno.uid() };
}

wallTest(
  "behind the walls nobody has a right, a network, a neighbour, or a place to write",
  async (sandbox) => {
    const sockets = await Deno.makeTempDir({ prefix: "backprop-walls-" });
    try {
      const visible = {
        root: ROOT,
        deno: Deno.execPath(),
        npm: dirname(ROOT),
        sockets,
        config: join(ROOT, "deno.json"),
      };
      const program = `console.log(JSON.stringify((${lookAround})()))`;
      const command = sandboxed(sandbox, visible, [join(INSIDE.deno, "deno"), "eval", program]);
      const { stdout, stderr } = await new Deno.Command(command[0], { args: command.slice(1) }).output();
      const said = new TextDecoder().decode(stdout);
      assert(said.startsWith("{"), new TextDecoder().decode(stderr));
      const { rights, processes, ...found }: ReturnType<typeof lookAround> = JSON.parse(said);
      assertEquals(rights, [0, 0, 0, 0, 0]);
      assertEquals(found, { writable: [], networks: [], uid: 65534 });
      assert(processes <= 3, `${processes} processes`);
    } finally {
      await Deno.remove(sockets, { recursive: true });
    }
  },
);
