// The other side of a connection that speaks ZMTP, byte by byte, so that tests need not trust our own reading of it.

const encoder = new TextEncoder();

/** Bytes of this count, none of which looks like its neighbour. */
export const bytesUpTo = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (i * 31 + count) & 255);

/** Two ends of a connection on this machine. */
export async function pair(run: (ours: Deno.Conn, theirs: Deno.Conn) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [ours, theirs] = await Promise.all([
    listener.accept(),
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
  ]);
  listener.close();
  try {
    await run(ours, theirs);
  } finally {
    for (const end of [ours, theirs]) {
      try {
        end.close();
      } catch {
        // closed already
      }
    }
  }
}

/** Greets as ZeroMQ does (RFC 23), and hears the greeting and the READY of the other. */
export async function introduce(end: Deno.Conn, type: string): Promise<void> {
  const greeting = new Uint8Array(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
  greeting.set(encoder.encode("NULL"), 12);
  const name = encoder.encode("Socket-Type"), value = encoder.encode(type);
  const body = [5, ...encoder.encode("READY"), name.length, ...name, 0, 0, 0, value.length, ...value];
  await end.write(Uint8Array.from([...greeting, 4, body.length, ...body]));
  await read(end, 64);
  const [, length] = await read(end, 2);
  await read(end, length);
}

/** So many bytes of what the other side sent. */
export async function read(end: Deno.Conn, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let done = 0; done < count;) {
    const got = await end.read(bytes.subarray(done)).catch(() => null); // reset by the other side, or closed
    if (got === null) throw new Error(`closed after ${done} of ${count} bytes`);
    done += got;
  }
  return bytes;
}
