import { assert, assertEquals } from "@std/assert";
import { shell } from "../../../tools/kernel/watcher.ts";

/** Where setsid is, a shell has a group of processes, and a session, of its own. */
const hasSetsid = ["/usr/bin/setsid", "/bin/setsid"].some((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

Deno.test({
  name: "the watcher's shell lives outside the group of processes that Jupyter ends",
  ignore: Deno.build.os !== "linux" || !hasSetsid,
  async fn() {
    const [program, ...args] = shell('cat "/proc/$$/stat"; echo "$1"', "sh", "handed on");
    const { stdout } = await new Deno.Command(program, { args }).output();
    const [stat, handedOn] = new TextDecoder().decode(stdout).trim().split("\n");
    const groupOf = (stat: string) => stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(2, 4);
    const ours = groupOf(await Deno.readTextFile("/proc/self/stat"));
    const theirs = groupOf(stat);
    assert(theirs.every((number, i) => Number(number) > 0 && number !== ours[i]), `${ours} and ${theirs}`);
    assertEquals(handedOn, "handed on");
  },
});
