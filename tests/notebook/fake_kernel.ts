import type { Jupyter } from "../../lib/host/mod.ts";
import type { MimeBundle } from "../../lib/notebook/jupyter.ts";

/** One message that would have gone to the front ends. */
export interface Sent {
  type: string;
  data: MimeBundle;
  displayId?: string;
  metadata?: Record<string, unknown>;
}

/** A kernel that keeps what it is told to send. */
export function fakeKernel(): Jupyter & { sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    // deno-lint-ignore require-await
    async broadcast(type, content) {
      // As the wire does: what cannot be written as JSON, or changes later, must not be sent.
      const { data, transient, metadata = {} } = JSON.parse(JSON.stringify(content));
      const kept = Object.keys(metadata).length > 0 ? { metadata } : {};
      sent.push({ type, data, displayId: transient?.display_id, ...kept });
    },
  };
}

/** Runs `body` and returns what it printed on standard output, line by line. */
export async function printed(body: () => unknown): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...parts) => void lines.push(parts.join(" "));
  try {
    await body();
  } finally {
    console.log = log;
  }
  return lines;
}
