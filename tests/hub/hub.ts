// A JupyterHub on the loopback device, whose servers are those of the image.
import { fromFileUrl, join } from "@std/path";
import type { Image } from "../../tools/setup/image/make.ts";
import { descendants, parentOf } from "../../tools/setup/image/processes.ts";
import { lines } from "../../tools/setup/process.ts";

/** A hub that runs. */
export interface Hub {
  origin: string;
  password: string;
  /** Where the homes are, one folder a user. */
  homes: string;
  /** Every process that the hub has started, and that those have started. */
  processes(): Promise<number[]>;
}

/** Do something with a hub; it and all that it started have ended when this returns. */
export async function withHub(image: Image, body: (hub: Hub) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "hub_test_" });
  const homes = join(folder, "homes");
  await Deno.mkdir(homes);
  const ports = freePorts(3);
  const password = crypto.randomUUID();
  const process = new Deno.Command("jupyterhub", {
    args: ["--config", fromFileUrl(new URL("jupyterhub_config.py", import.meta.url))],
    env: {
      ...image.env,
      HOME: folder,
      BACKPROP_HUB: JSON.stringify({ folder, ports, password, proxy: image.proxy, env: image.env }),
    },
    clearEnv: true,
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = listen(process.stderr);
  let left: number[] = [];
  try {
    await said.until(/JupyterHub is now running/);
    await body({
      origin: `http://127.0.0.1:${ports[0]}`,
      password,
      homes,
      processes: () => descendants(process.pid),
    });
  } catch (error) {
    console.error(said.lines.slice(-40).join("\n"));
    throw error;
  } finally {
    const started = [process.pid, ...await descendants(process.pid)];
    process.kill("SIGTERM");
    await process.status;
    left = await stillThere(started);
    for (const pid of left) Deno.kill(pid, "SIGKILL");
    await said.ended;
    await Deno.remove(folder, { recursive: true });
  }
  if (left.length > 0) throw new Error(`The hub has ended and left processes behind: ${left.join(", ")}.`);
}

function listen(stream: ReadableStream<Uint8Array>) {
  const heard: string[] = [];
  const waiting: { pattern: RegExp; heard: () => void; lost: (error: Error) => void }[] = [];
  const ended = (async () => {
    for await (const line of lines(stream)) {
      heard.push(line);
      for (const { pattern, heard } of waiting) if (pattern.test(line)) heard();
    }
    for (const { lost } of waiting) {
      lost(new Error(`The hub ended. It said:\n${heard.slice(-30).join("\n")}`));
    }
  })();
  return {
    lines: heard,
    ended,
    until: (pattern: RegExp) =>
      new Promise<void>((heard, lost) => void waiting.push({ pattern, heard, lost })),
  };
}

/** Give them a moment to end, and say which have not. */
async function stillThere(pids: number[]): Promise<number[]> {
  let left = pids;
  for (let i = 0; i < 50 && left.length > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const states = await Promise.all(left.map(parentOf));
    left = left.filter((_, i) => states[i] !== undefined);
  }
  return left;
}

function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map(({ addr }) => (addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}
