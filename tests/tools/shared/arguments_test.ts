import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { understand } from "../../../tools/shared/arguments.ts";

const root = fromFileUrl(new URL("../../..", import.meta.url));

/** The tasks of deno.json: name → what it runs. */
async function tasks(): Promise<[string, string][]> {
  const text = (await Deno.readTextFile(`${root}/deno.json`)).replace(/^\s*\/\/.*$/gm, "");
  const { tasks }: { tasks: Record<string, { command: string }> } = JSON.parse(text);
  return Object.entries(tasks).map(([name, { command }]) => [name, command]);
}

Deno.test("every task answers --help with how to use it, also after a --, and does nothing else", async () => {
  const all = await tasks();
  assert(all.length > 10);
  await Promise.all(all.map(async ([name, command]) => {
    const [, ...args] = command.split(" ");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "--", "--help"],
      cwd: root,
      env: { NO_COLOR: "1" },
    }).output();
    const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assertEquals([code, complained], [0, ""], `deno task ${name} -- --help`);
    assertStringIncludes(said, `deno task ${name}`);
    assertMatch(said, /--help/, `deno task ${name} -- --help`);
  }));
});

Deno.test("understand() refuses in one sentence what it does not know, with exit code 2", () => {
  const options = { only: { type: "string" }, fast: { type: "boolean" } } as const;
  const usage = { task: "x", help: "how", options };
  const refused = (what: string) => ({ text: `${what}. See: deno task x --help`, code: 2 as const });
  assertEquals(understand(["--slow=1"], usage), refused("There is no option --slow"));
  assertEquals(understand(["-q"], usage), refused("There is no option -q"));
  assertEquals(understand(["05"], usage), refused('deno task x cannot use "05"'));
  assertEquals(understand(["--only"], usage), refused("Option '--only <value>' argument missing"));
  assertEquals(understand(["05"], { ...usage, names: true }), { values: {}, names: ["05"] });
});

Deno.test("understand() answers --help whatever stands beside it", () => {
  for (const args of [["--help"], ["-h"], ["--", "--help"], ["--slow", "--help"]]) {
    assertEquals(understand(args, { task: "x", help: "how" }), { text: "how", code: 0 });
  }
});
