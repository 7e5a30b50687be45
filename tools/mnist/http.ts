import { diskError, DownloadError } from "./errors.ts";

/** How to fetch. */
export interface FetchOptions {
  /** More bytes than this are not the file; the download stops there. */
  maxBytes: number;
  /** Give up after so many milliseconds without a byte; 30,000 unless said. */
  stallMs?: number;
  /** Called with bytes in the file and, if the server tells, bytes in all. */
  onBytes?: (done: number, total: number | undefined) => void;
}

/**
 * Fetch a URL into a partial file, going on where an earlier attempt was cut off (HTTP Range).
 *
 * A connection that breaks is taken up again as long as every attempt brings something. Whatever arrived stays in the
 * partial file, also when this throws.
 *
 * @returns How many bytes the partial file already had at the start: 0 if it was fetched from the beginning
 * @throws {DownloadError} `network`, `refused`, `disk`, or `checksum` for more bytes than the file has
 */
export async function fetchToPart(url: string, part: string, options: FetchOptions): Promise<number> {
  const resumedAt = await sizeOf(part);
  for (let before = resumedAt;;) {
    try {
      return await attempt(url, part, options) ? resumedAt : 0;
    } catch (error) {
      const now = await sizeOf(part);
      if (!(error instanceof DownloadError) || error.kind !== "network" || now <= before) throw error;
      before = now;
    }
  }
}

/** Size of a file, 0 if there is none. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw diskError(error, path);
  }
}

/** One request. Returns whether the server went on from the partial file, false if it began again. */
async function attempt(url: string, part: string, options: FetchOptions): Promise<boolean> {
  const have = await sizeOf(part);
  const stall = new Stall(options.stallMs ?? 30_000);
  try {
    const response = await request(url, have, stall);
    if (response.status === 416) { // nothing left to send: the part is whole, or wrong, which the checksum tells
      await response.body?.cancel();
      return true;
    }
    const resumes = have > 0 && response.status === 206;
    if (resumes && !response.headers.get("content-range")?.startsWith(`bytes ${have}-`)) {
      await response.body?.cancel();
      await Deno.remove(part); // another piece than asked for: without a part, nothing is left to misunderstand
      return await attempt(url, part, options);
    }
    await receive(response, part, resumes ? have : 0, url, options, stall);
    return resumes;
  } finally {
    stall.end();
  }
}

async function request(url: string, have: number, stall: Stall): Promise<Response> {
  // As stored: bytes that were compressed on the way could not be counted or resumed.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (have > 0) headers.range = `bytes=${have}-`;
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: stall.signal });
  } catch (error) {
    const what = "cannot be reached; is this computer online? Behind a proxy, set HTTPS_PROXY";
    throw networkError(url, what, error, stall);
  }
  if (response.ok || (response.status === 416 && have > 0)) return response;
  await response.body?.cancel();
  const status = `${response.status} ${response.statusText}`.trim();
  throw new DownloadError(
    "refused",
    `${hostOf(url)} does not hand out ${fileOf(url)}: it answered ${status}.`,
  );
}

async function receive(
  response: Response,
  part: string,
  from: number,
  url: string,
  options: FetchOptions,
  stall: Stall,
): Promise<void> {
  const length = response.headers.get("content-length");
  const total = length === null || response.headers.has("content-encoding")
    ? undefined
    : from + Number(length);
  const file = await openPart(part, from > 0);
  try {
    let done = from;
    options.onBytes?.(done, total);
    const reader = (response.body ?? new Blob().stream()).getReader();
    while (true) {
      const chunk = await reader.read().catch((error) => {
        throw networkError(url, "broke off the connection", error, stall);
      });
      if (chunk.done) break;
      stall.reset();
      done += chunk.value.length;
      if (done > options.maxBytes) {
        await reader.cancel();
        throw new DownloadError("checksum", `${hostOf(url)} sends more bytes than ${fileOf(url)} has.`);
      }
      await writeAll(file, chunk.value, part);
      options.onBytes?.(done, total);
    }
    if (total !== undefined && done < total) {
      throw new DownloadError("network", `${hostOf(url)} stopped after ${done} of ${total} bytes.`);
    }
    await file.sync().catch(() => {}); // not every file can be synced, and the checksum is yet to come
  } finally {
    file.close();
  }
}

async function openPart(part: string, append: boolean): Promise<Deno.FsFile> {
  try {
    return await Deno.open(part, { write: true, create: true, append, truncate: !append });
  } catch (error) {
    throw diskError(error, part);
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array, part: string): Promise<void> {
  try {
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  } catch (error) {
    throw diskError(error, part);
  }
}

/** Aborts a request when nothing was heard for a while. */
class Stall {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
    this.reset();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get seconds(): number {
    return this.#ms / 1000;
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function networkError(url: string, what: string, cause: unknown, stall: Stall): DownloadError {
  const silent = `sent nothing for ${stall.seconds} seconds`;
  return new DownloadError("network", `${hostOf(url)} ${stall.signal.aborted ? silent : what}.`, { cause });
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function fileOf(url: string): string {
  return new URL(url).pathname.split("/").pop() ?? url;
}
