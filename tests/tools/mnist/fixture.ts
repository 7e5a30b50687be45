import { gzip, writeIdx } from "idx-parser";
import { type MnistFile, sha256 } from "../../../lib/data/mnist_files.ts";
import { downloadFiles } from "../../../tools/mnist/download.ts";
import type { Source } from "../../../tools/mnist/sources.ts";

/** A small file to download: what it should be, and its bytes. */
export interface Fixture {
  file: MnistFile;
  inflated: Uint8Array<ArrayBuffer>;
  packed: Uint8Array<ArrayBuffer>;
}

/** An IDX file of `count` bytes that do not compress well. */
export async function fixture(name: string, count = 50_000): Promise<Fixture> {
  let state = count;
  const data = Uint8Array.from(
    { length: count },
    () => (state = Math.imul(state, 1664525) + 1013904223) >>> 24,
  );
  const inflated = writeIdx({ shape: [count], data });
  const file = { name, shape: [count], sha256: await sha256(inflated) };
  return { file, inflated, packed: gzip(inflated) };
}

/** A request as the server saw it. */
export interface Seen {
  path: string;
  range: string | null;
}

/** Runs a web server on this machine while `run` runs. */
export async function withServer(
  handler: (request: Request, seen: Seen) => Response | Promise<Response>,
  run: (base: string, seen: Seen[]) => Promise<void>,
): Promise<void> {
  const seen: Seen[] = [];
  const handle = (request: Request) => {
    const entry = { path: new URL(request.url).pathname, range: request.headers.get("range") };
    seen.push(entry);
    return handler(request, entry);
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handle);
  try {
    await run(`http://127.0.0.1:${server.addr.port}/mnist/`, seen);
  } finally {
    await server.shutdown();
  }
}

/** Serves a file as a good mirror does: all of it, or from the byte that the Range header names. */
export function serve(bytes: Uint8Array<ArrayBuffer>, range: string | null): Response {
  const from = range ? Number(range.match(/^bytes=(\d+)-$/)?.[1]) : 0;
  if (range && from >= bytes.length) return new Response(null, { status: 416 });
  const headers: Record<string, string> = { "content-length": `${bytes.length - from}` };
  if (range) headers["content-range"] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  return new Response(bytes.slice(from), { status: range ? 206 : 200, headers });
}

/** Promises all of the bytes from `from` on, sends them up to `until`, then breaks the connection. */
export function serveAndBreak(bytes: Uint8Array<ArrayBuffer>, from: number, until: number): Response {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!sent) {
        sent = true;
        controller.enqueue(bytes.slice(from, until));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50)); // let what was sent arrive
      controller.close(); // too early, so the server can only hang up
    },
  });
  const headers: Record<string, string> = { "content-length": `${bytes.length - from}` };
  if (from > 0) headers["content-range"] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  return new Response(body, { status: from > 0 ? 206 : 200, headers });
}

/** Runs `run` with an empty folder. */
export async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "backprop-download-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Names in a folder, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

/** Downloads and returns the lines that a person would see, or the error. */
export async function download(
  directory: string,
  fixtures: Fixture[],
  sources: Source[],
  force = false,
): Promise<{ text: string; error?: Error }> {
  let text = "";
  const write = (more: string) => void (text += more);
  const files = fixtures.map(({ file }) => file);
  try {
    await downloadFiles({ files, sources, directory, force, write, isTerminal: false });
    return { text };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { text, error };
  }
}
