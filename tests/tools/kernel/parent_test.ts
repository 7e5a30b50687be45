import { assertEquals } from "@std/assert";

const PARENT = new URL("../../../tools/kernel/parent.ts", import.meta.url).href;
/** Says so when it has no parent any more; else it ends by itself after a while. */
const CHILD = `
  import { watchParent } from "${PARENT}";
  watchParent(() => { console.log("orphaned"); Deno.exit(); });
  setTimeout(() => { console.log("kept"); Deno.exit(); }, 3500);
`;

/** What the child says, if the shell that started it ends at once (and the child gets another parent), or waits for it. */
async function said(ends: boolean, jupyter = ""): Promise<string> {
  const script = ends ? '"$0" eval "$1" & sleep 1.5' : '"$0" eval "$1"; true';
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", script, Deno.execPath(), CHILD],
    env: { JPY_PARENT_PID: jupyter },
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test({
  name: "watchParent() tells when the program that started this one has ended, and not before",
  ignore: Deno.build.os === "windows",
  async fn() {
    assertEquals(await Promise.all([said(false), said(false, "1"), said(true)]), [
      "kept",
      "kept",
      "orphaned",
    ]);
  },
});
