import { createHmac, timingSafeEqual } from "node:crypto";
import { MessageError } from "./errors.ts";

/** The head of a message. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** What a message carries. */
export type Content = Record<string, unknown>;

/** A message of Jupyter's protocol. */
export interface Message {
  /** Whom it came from or goes to, on a router; the topic, on iopub. */
  identities: Uint8Array[];
  header: Header;
  /** The head of the request that this belongs to, or `{}`. */
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  /** Bytes beside the JSON. */
  buffers: Uint8Array[];
}

const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const delimiter = encoder.encode(DELIMITER);

/** A head for a new message. */
export function newHeader(type: string, session: string): Header {
  return {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: "5.4",
  };
}

/**
 * A message as the frames that travel: identities, delimiter, signature, header, parent, metadata, content, buffers.
 *
 * @example
 * ```ts
 * import { decode, encode, newHeader } from "./wire.ts";
 *
 * const header = newHeader("status", "session");
 * const frames = encode({ identities: [], header, parent: {}, metadata: {}, content: { a: 1 }, buffers: [] }, "key");
 * console.log(decode(frames, "key").content); // { a: 1 }
 * ```
 */
export function encode(message: Message, key: string): Uint8Array[] {
  const signed = [message.header, message.parent, message.metadata, message.content]
    .map((part) => encoder.encode(JSON.stringify(part)));
  return [...message.identities, delimiter, encoder.encode(sign(signed, key)), ...signed, ...message.buffers];
}

/**
 * The message in some frames.
 *
 * @throws {MessageError} If it is incomplete, no JSON, or its signature is wrong
 */
export function decode(frames: Uint8Array[], key: string): Message {
  const start = frames.findIndex((frame) => frame.length === delimiter.length && isDelimiter(frame));
  if (start < 0) throw new MessageError(`there is no ${DELIMITER} in its ${frames.length} frames`);
  if (frames.length < start + 6) {
    throw new MessageError(`expected 5 frames or more after ${DELIMITER}, got ${frames.length - start - 1}`);
  }
  const signed = frames.slice(start + 2, start + 6);
  if (key && !isSigned(signed, frames[start + 1], key)) throw new MessageError("its signature is wrong");
  let parts: unknown[];
  try {
    parts = signed.map((frame) => JSON.parse(decoder.decode(frame)));
  } catch {
    throw new MessageError("a part of it is no JSON");
  }
  if (!parts.every((part) => typeof part === "object" && part !== null)) {
    throw new MessageError("a part of it is no JSON object");
  }
  const [header, parent, metadata, content] = parts as [Header, Header, Content, Content];
  if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
    throw new MessageError("its header names no msg_type or no msg_id");
  }
  return {
    identities: frames.slice(0, start),
    header,
    parent,
    metadata,
    content,
    buffers: frames.slice(start + 6),
  };
}

function sign(parts: Uint8Array[], key: string): string {
  if (!key) return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function isSigned(parts: Uint8Array[], signature: Uint8Array, key: string): boolean {
  const expected = encoder.encode(sign(parts, key));
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function isDelimiter(frame: Uint8Array): boolean {
  return frame.every((byte, i) => byte === delimiter[i]);
}
