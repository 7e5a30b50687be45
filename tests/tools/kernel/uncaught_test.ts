import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { KernelClient } from "../../../tools/kernel/client.ts";
import { inKernel, kernelTest } from "./in_kernel.ts";
import { shown } from "./shown.ts";
import { TIMES, UNCAUGHT } from "./uncaught.ts";

/** Run a cell that leaves an error behind, and see that it is told once and nothing else happened. */
async function seeUncaught(client: KernelClient, name: string, isPerson: boolean): Promise<void> {
  const { cell, value, says, at } = UNCAUGHT[name];
  await client.execute("let kept = 41;");
  const outcome = await client.execute(cell, () => {}, isPerson);
  // What is told late belongs to the cell, if a person sits there, and else to the next.
  const next = await client.execute(
    "await new Promise((go) => setTimeout(go, 60)); ++kept",
    () => {},
    isPerson,
  );
  const late = client.lateOutputs.splice(0);
  const text = shown(outcome) + shown({ outputs: late }) + shown(next);
  assertEquals(next.reply.status, "ok", `${name}: ${text}`);
  assert(next.outputs.some(({ type }) => type === "execute_result"), `${name}: ${text}`);
  assertStringIncludes(shown(next), "42");
  assertStringIncludes(text, says, name);
  assertStringIncludes(text, "Was it awaited?", name);
  if (at) assertStringIncludes(text, at, name);
  assertEquals(outcome.reply.status, "ok", `${name}: ${text}`);
  assertStringIncludes(shown(outcome), value, name);
  assert(!/ext:|__backprop|tools\/kernel/.test(text), `${name}: ${text}`);
}

for (const name of Object.keys(UNCAUGHT)) {
  Deno.test(`nobody catches what ${name} leaves behind: it is told, and the kernel goes on`, {
    sanitizeOps: false,
    sanitizeResources: false,
  }, async () => {
    for (let i = 0; i < TIMES; i++) {
      await inKernel(async (client) => {
        await seeUncaught(client, name, false); // among the first cells of a session
        await seeUncaught(client, name, true);
      });
    }
  });
}

kernelTest(
  "an error that comes while another cell runs is shown there, and says whose it is",
  async (client) => {
    await client.execute(`setTimeout(() => { throw new Error("late"); }, 150);`);
    const { outputs, reply } = await client.execute("await new Promise((go) => setTimeout(go, 400)); 2");
    assertEquals(reply.status, "ok");
    assertStringIncludes(shown({ outputs }), "From cell [1], which has ended:\nError: late");
  },
);

kernelTest("below its own cell, where a person sits", async (client) => {
  await client.execute(`setTimeout(() => { throw new Error("late"); }, 150);`, () => {}, true);
  const { outputs } = await client.execute(
    "await new Promise((go) => setTimeout(go, 400)); 2",
    () => {},
    true,
  );
  assertEquals(shown({ outputs }), "2");
  assertEquals(client.lateOutputs.length, 1);
  assertStringIncludes(shown({ outputs: client.lateOutputs }), "at cell [1]:1:26");
});

kernelTest("an error after the last cell waits for the next one", async (client) => {
  await client.execute(`setTimeout(() => { throw new Error("late"); }, 100);`);
  await new Promise((go) => setTimeout(go, 400));
  assertStringIncludes(shown(await client.execute("2")), "From cell [1], which has ended:\nError: late");
});

kernelTest("a timer that fails for ever is told ten times", async (client) => {
  await client.execute(`const timer = setInterval(() => { throw new Error("again"); }, 1);`);
  const { outputs } = await client.execute(
    "await new Promise((go) => setTimeout(go, 300)); clearInterval(timer);",
  );
  const texts = outputs.map((output) => shown({ outputs: [output] })).filter((text) => /again/.test(text));
  assert(texts.length <= 10, String(texts.length));
  await client.execute("await new Promise((go) => setTimeout(go, 20)); 1");
});

kernelTest("errors of a cell that was stopped, and after a stop, hang nothing", async (client) => {
  for (let i = 0; i < 3; i++) {
    let begin: () => void;
    const begun = new Promise<void>((resolve) => begin = resolve);
    const running = client.execute(
      `setInterval(() => { throw new Error("i"); }, 5); await new Promise(() => {});`,
      (type) => type === "execute_input" && begin(),
    );
    await begun;
    await new Promise((go) => setTimeout(go, 100));
    await client.ask("interrupt_request", {}, "control");
    assertEquals((await running).reply.ename, "Stopped");
  }
  assertStringIncludes(shown(await client.execute("1 + 1")), "2");
});

kernelTest("an error in a worker is told", async (client) => {
  await client.execute(
    `new Worker("data:application/javascript,throw new Error('inside')", { type: "module" });`,
  );
  const next = await client.execute("await new Promise((go) => setTimeout(go, 500)); 3");
  assertStringIncludes(shown(next), "inside");
  assertStringIncludes(shown(next), "3");
});

kernelTest("a cell that listens itself has the first word", async (client) => {
  await client.execute(
    `addEventListener("unhandledrejection", (e) => { e.preventDefault(); console.log("mine"); });`,
  );
  const { outputs } = await client.execute(`Promise.reject(new Error("quiet")); 1`);
  assertEquals(shown({ outputs }), "1mine\n");
});
