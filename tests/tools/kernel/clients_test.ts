import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { ensureSetup } from "../../../tools/setup/setup.ts";
import { run } from "../../../tools/setup/process.ts";
import { notebookOf } from "./notebook_of.ts";
import { TIMES, UNCAUGHT } from "./uncaught.ts";

// Programs that execute notebooks, as they are: they stop listening when the kernel says that it is idle.

Deno.test("through nbclient, every output of cells run back to back is in the notebook", async () => {
  const { python, env } = await ensureSetup();
  const program = fromFileUrl(new URL("../../../tools/kernel/measure_nbclient.py", import.meta.url));
  const { output } = await run(python, { args: [program, "100"], env });
  assertMatch(output, /^0 of 100 cells without all their outputs/m);
});

Deno.test("through nbclient, what nobody catches is told, and the notebook is executed to its end", async () => {
  const { root, python, env } = await ensureSetup();
  const cases = Object.values(UNCAUGHT).map(({ cell, says }) => [cell, says]);
  const wait = ["await new Promise((go) => setTimeout(go, 100)); 'next'", "next"];
  // Each as the first cell of a session, and as a later one.
  const notebooks = TIMES > 1 ? cases.map((one) => [one, wait]) : [cases.slice(0, 1).concat([wait])];
  notebooks.push(cases.flatMap((one) => [one, wait]));
  const job = { times: TIMES, patience: 30, kernel: "deno", notebooks };
  const program = fromFileUrl(new URL("./uncaught_nbclient.py", import.meta.url));
  const child = new Deno.Command(python, { args: [program], env, cwd: root, stdin: "piped", stdout: "piped" })
    .spawn();
  await new Response(JSON.stringify(job)).body!.pipeTo(child.stdin);
  const { stdout } = await child.output();
  const n = TIMES * notebooks.length;
  assertEquals(
    new TextDecoder().decode(stdout),
    `${n} executed, ${n} to their end, ${n} with every error told\n`,
  );
});

Deno.test("nbconvert executes a notebook twice to the same characters, and no type warning is among them", async () => {
  const { root, python, env } = await ensureSetup();
  const folder = await Deno.makeTempDir({ dir: join(root, "build"), prefix: "nbconvert_test_" });
  try {
    const sources = [
      'import { tensor } from "backprop";\nconst n: number = "text" as unknown as string;\ntensor([1, 2])',
      "console.log(n); await new Promise((go) => setTimeout(go, 1500));",
    ];
    const file = join(folder, "test.ipynb");
    await Deno.writeTextFile(
      file,
      JSON.stringify(notebookOf(sources)),
    );
    const outputsOf = async (name: string) => {
      const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output", name, file];
      const { code, output } = await run(python, { args, env, cwd: folder });
      assertEquals(code, 0, output);
      const notebook = JSON.parse(await Deno.readTextFile(join(folder, `${name}.ipynb`)));
      return notebook.cells.map((cell: { outputs: unknown[] }) => cell.outputs);
    };
    const first = await outputsOf("first");
    assertEquals(first.map((outputs: unknown[]) => outputs.length), [1, 1]);
    assertEquals(await outputsOf("second"), first);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
