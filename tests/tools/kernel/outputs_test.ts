import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { kernelTest } from "./in_kernel.ts";
import { shown } from "./shown.ts";

kernelTest("what is written past the console arrives below its cell, in order", async (client) => {
  const { outputs } = await client.execute(`
    const bytes = (text: string) => new TextEncoder().encode(text);
    console.log("a");
    Deno.stdout.writeSync(bytes("b\\n"));
    await Deno.stdout.write(bytes("c\\n"));
    process.stdout.write("d\\n");
    await new Response("e\\n").body!.pipeTo(Deno.stdout.writable, { preventClose: true });
    console.log("f");
    Deno.stderr.writeSync(bytes("g\\n"));
    process.stderr.write(bytes("h\\n"));`);
  const text = (name: string) =>
    outputs.filter(({ content }) => content.name === name).map(({ content }) => content.text).join("");
  assertEquals([text("stdout"), text("stderr")], ["a\nb\nc\nd\ne\nf\n", "g\nh\n"]);
});

kernelTest(
  "what programs write that a cell starts arrives below it, and they read nothing",
  async (client) => {
    const command = Deno.build.os === "windows"
      ? '"cmd", { args: ["/c", "echo out"]'
      : '"echo", { args: ["out"]';
    const run = async (cell: string) => shown(await client.execute(cell));
    assertMatch(
      await run(`new Deno.Command(${command}, stdout: "inherit" }).outputSync().code`),
      /^out\r?\n0$/,
    );
    assertMatch(
      await run(`(await new Deno.Command(${command}, stdout: "inherit" }).output()).code`),
      /^out\r?\n0$/,
    );
    assertMatch(await run(`(await new Deno.Command(${command} }).spawn().status).code`), /^out\r?\n0$/);
    assertMatch(
      await run(`new TextDecoder().decode((await new Deno.Command(${command} }).output()).stdout).trim()`),
      /^"out"$/,
    );
    assertStringIncludes(
      await run(`new Deno.Command(${command}, stdout: "inherit" }).outputSync().stdout`),
      "not piped",
    );
    if (Deno.build.os === "windows") return;
    assertEquals(await run(`(await new Deno.Command("cat").spawn().status).code`), "0");
    assertEquals(
      await run(
        `import cp, { execSync, spawn, spawnSync } from "node:child_process"; spawnSync("echo", ["a"], { stdio: "inherit" }).stdout`,
      ),
      "a\nnull",
    );
    assertEquals(await run(`execSync("echo b; echo c >&2", { stdio: "inherit" })`), "b\nc\nnull");
    assertEquals(await run(`execSync("echo d; cat").toString()`), '"d\\n"');
    assertStringIncludes(await run(`execSync("exit 3")`), "Error: Command failed: exit 3");
    assertEquals(
      await run(`await new Promise((go) => spawn("cat", { stdio: "inherit" }).on("close", go))`),
      "0",
    );
    assertEquals(
      await run(`await new Promise((go) => cp.spawn("echo", ["e"], { stdio: [0, 1, 2] }).on("close", go))`),
      "e\n0",
    );
    assertEquals(await run(`await Deno.stdin.read(new Uint8Array(9))`), "null");
    assertEquals(await run("1 + 1"), "2");
  },
);

kernelTest("console.clear() clears, and an open group ends with its cell", async (client) => {
  const { outputs } = await client.execute(`console.log("gone"); console.clear(); console.log("stays")`);
  assertEquals(outputs.map(({ type }) => type), ["stream", "clear_output", "stream"]);
  assertEquals(
    shown(await client.execute(`console.group("g"); console.group("h"); console.log("in")`)),
    "g\n  h\n    in\n",
  );
  assertEquals(shown(await client.execute(`console.log("margin")`)), "margin\n");
  assertEquals(shown(await client.execute(`console.groupEnd(); console.log("margin")`)), "margin\n");
});

kernelTest("places in errors that are printed are those of cells", async (client) => {
  assertMatch(
    shown(await client.execute(`\n  new Error("as value")`)),
    /^Error: as value\n\s+at cell \[1\]:2:3$/,
  );
  assertMatch(shown(await client.execute(`console.trace("here")`)), /^Trace: here\n\s+at cell \[2\]:1:9\n/);
  assertMatch(
    shown(await client.execute(`function f() { return new Error("e").stack; }\nf()`)),
    /at f \(cell \[3\]:1:23\)\\n\s+at cell \[3\]:2:1/,
  );
  assertMatch(
    shown(
      await client.execute(`class A { m() { console.log(new Error("e")); } }\nenum E { X }\n\nnew A().m()`),
    ),
    /at A\.m \(cell \[4\]:1:29\)\n\s+at cell \[4\]:4:9/,
  );
});

kernelTest("thrown things are shown with their places: values, causes and members", async (client) => {
  const traceback = async (cell: string) => {
    const { outputs } = await client.execute(cell);
    return (outputs[0].content.traceback as string[]).join("\n");
  };
  assertEquals(
    await traceback("\nthrow { code: 5 }"),
    "Uncaught { code: 5 }\n\n  1 |\n> 2 | throw { code: 5 }\n    |       ^\n\n    at cell [1]:2:7",
  );
  const caused = await traceback(
    `throw new Error("outer", {\n  cause: new TypeError("inner", { cause: 7 }),\n})`,
  );
  assertStringIncludes(caused, "Error: outer\n\n> 1 | throw new Error");
  assertStringIncludes(caused, "Caused by: TypeError: inner\n");
  assertStringIncludes(caused, "at cell [2]:2:10");
  assertStringIncludes(caused, "Caused by: Uncaught 7");
  const several = await traceback(`await Promise.any([Promise.reject(new Error("one")), Promise.reject(2)])`);
  assertStringIncludes(several, "AggregateError: All promises were rejected");
  assertStringIncludes(several, "Error 1 of 2: Error: one\n");
  assertStringIncludes(several, "at cell [3]:1:35");
  assertStringIncludes(several, "Error 2 of 2: Uncaught 2");
  assertStringIncludes(
    await traceback(`throw Object.defineProperty(new Error("x"), "message", { get() { throw 1 } })`),
    "Error",
  );
});

kernelTest("habits from elsewhere get a sentence", async (client) => {
  const HABITS: [cell: string, says: RegExp][] = [
    ["%timeit 1", /%timeit is a magic command.*console\.time\(\)/],
    ["%%html\n<b>", /magic command/],
    ["!ls", /new Deno\.Command\("ls"/],
    ["!ls -la | wc", /new Deno\.Command\("ls"/],
    ["!pip install numpy", /npm:name/],
    ["pip install numpy", /npm:name/],
    ["?console", /console and press Shift-Tab/],
    ["console.log?", /console\.log and press Shift-Tab/],
    ["tensor??", /tensor and press Shift-Tab/],
    ["import numpy as np", /That is Python.*import \{ name \} from/],
    ["from math import sqrt", /That is Python/],
    ["def f(x):\n    return x", /braces/],
    ["for i in range(3):\n    print(i)", /braces/],
    ["x = 3 # three", /comment begins with \/\//],
    ["f = lambda x: x", /\(x\) => x \+ 1/],
    ["print(3)", /console\.log\(\)/],
    ["len([1])", /a\.length/],
    ["let no = None", /null/],
    ["const fs = require('fs')", /import name from "npm:name"|require\(\)/],
    ["document.title", /show\(…\)/],
  ];
  for (const [cell, says] of HABITS) {
    const { outputs, reply } = await client.execute(cell);
    assertEquals(reply.status, "error", cell);
    assertMatch((outputs[0].content.traceback as string[]).join("\n"), says, cell);
  }
  assertEquals(shown(await client.execute("const a = 7; a % 2")), "1");
  assertEquals(shown(await client.execute("!a")), "false");
});
