import { isAbsolute } from "@std/path";
import { ConnectionFileError } from "./errors.ts";

/** The five sockets of Jupyter's protocol. */
export const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a connection file says. */
export interface Connection {
  /** Ports of this machine, or files: a sandbox without a network has only those. */
  transport: "tcp" | "ipc";
  /** The address; with `ipc`, how the files' names begin. */
  ip: string;
  /** Signs every message; empty: messages are not signed. */
  key: string;
  ports: Record<Channel, number>;
}

/** Addresses that only programs of this machine can reach. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/**
 * Read a connection file.
 *
 * @throws {ConnectionFileError} If it is missing, is no JSON, or asks for something that the kernel does not do
 */
export async function readConnection(path: string): Promise<Connection> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    const why = error instanceof Deno.errors.NotFound ? "there is no such file" : String(error);
    throw new ConnectionFileError(`The connection file ${path} cannot be read: ${why}.`);
  }
  try {
    return parseConnection(text);
  } catch (error) {
    if (!(error instanceof ConnectionFileError)) throw error;
    throw new ConnectionFileError(`The connection file ${path} is not right: ${error.message}`);
  }
}

/**
 * The text of a connection file, checked.
 *
 * @example
 * ```ts
 * import { parseConnection } from "./connection.ts";
 *
 * const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
 * const { ip } = parseConnection(JSON.stringify({ ...ports, ip: "127.0.0.1", transport: "tcp", key: "k" }));
 * console.log(ip); // 127.0.0.1
 * ```
 *
 * @throws {ConnectionFileError} Saying what is expected and what was found
 */
export function parseConnection(text: string): Connection {
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(text);
  } catch {
    throw new ConnectionFileError(`expected JSON, found ${JSON.stringify(text.slice(0, 40))}.`);
  }
  if (typeof found !== "object" || found === null) throw new ConnectionFileError("expected a JSON object.");
  const { ip = "127.0.0.1", key = "", transport = "tcp", signature_scheme: scheme = "hmac-sha256" } = found;
  if (transport !== "tcp" && transport !== "ipc") {
    throw new ConnectionFileError(`expected "transport" to be "tcp" or "ipc", found ${show(transport)}.`);
  }
  if (scheme !== "hmac-sha256" && key !== "") {
    throw new ConnectionFileError(`expected "signature_scheme" to be "hmac-sha256", found ${show(scheme)}.`);
  }
  if (typeof key !== "string") {
    throw new ConnectionFileError(`expected "key" to be text, found ${show(key)}.`);
  }
  if (transport === "ipc" && (typeof ip !== "string" || !isAbsolute(ip))) {
    throw new ConnectionFileError(
      `expected "ip" to be the full path that the sockets' names begin with, found ${show(ip)}.`,
    );
  }
  if (transport === "tcp" && (typeof ip !== "string" || !LOOPBACK.test(ip))) {
    throw new ConnectionFileError(
      `expected "ip" to be an address of this machine alone, such as 127.0.0.1, found ${show(ip)}.`,
    );
  }
  const ports = {} as Record<Channel, number>;
  for (const channel of CHANNELS) {
    const port = found[`${channel}_port`];
    if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535) {
      throw new ConnectionFileError(
        `expected "${channel}_port" to be a port, 1 to 65535, found ${show(port)}.`,
      );
    }
    ports[channel] = port as number;
  }
  return { transport, ip: ip as string, key, ports };
}

/** The text of a connection file. */
export function formatConnection({ transport, ip, key, ports }: Connection): string {
  const named = Object.fromEntries(CHANNELS.map((channel) => [`${channel}_port`, ports[channel]]));
  return JSON.stringify({ ip, key, transport, signature_scheme: "hmac-sha256", ...named });
}

/** What `Deno.listen` and `Deno.connect` want to know of a channel. */
export function addressOf({ transport, ip, ports }: Connection, channel: Channel): Address {
  return transport === "ipc"
    ? { transport: "unix", path: `${ip}-${ports[channel]}` }
    : { hostname: ip, port: ports[channel] };
}

/** A port, or a file. */
export type Address = { hostname: string; port: number } | { transport: "unix"; path: string };

/** A connection of one's own: five ports that are free now, and a new key. */
export function newConnection(): Connection {
  const listeners = CHANNELS.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = {} as Record<Channel, number>;
  CHANNELS.forEach((channel, i) => ports[channel] = (listeners[i].addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return { transport: "tcp", ip: "127.0.0.1", key: crypto.randomUUID(), ports };
}

const show = (value: unknown) => value === undefined ? "nothing" : JSON.stringify(value);
