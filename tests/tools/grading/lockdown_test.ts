import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

const ROOT = fromFileUrl(new URL("../../..", import.meta.url));

/** What a program of its own prints: what it freezes is frozen for good. */
async function printedBy(program: string): Promise<string[]> {
  const inside = new URL("../../../tools/grading/inside/", import.meta.url);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", program.replaceAll("INSIDE/", inside.href)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const [said, complaint] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  return (said || complaint).split("\n");
}

Deno.test("what is handed to lockdown() is frozen with all that is in it: classes, plain objects, objects of no class", async () => {
  const lines = await printedBy(`
    import { lockdown } from "INSIDE/lockdown.ts";
    class Layer { forward() {} }
    const plain = { deep: [{ x: 1 }] }, bare = Object.assign(Object.create(null), { deep: { y: 1 } });
    const instance = new Layer();
    lockdown({ Layer, plain, bare, instance });
    const frozen = [Layer, plain, plain.deep, plain.deep[0], bare, bare.deep].map((one) => Object.isFrozen(one));
    console.log(frozen.join(), Object.isFrozen(instance));
  `);
  assertEquals(lines, ["true,true,true,true,true,true false"]);
});
