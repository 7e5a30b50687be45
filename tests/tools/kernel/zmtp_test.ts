import { assert, assertEquals, assertRejects } from "@std/assert";
import { WireError } from "../../../tools/kernel/errors.ts";
import { Peer } from "../../../tools/kernel/zmtp.ts";
import { bytesUpTo, introduce, pair, read } from "./zmtp_raw.ts";

Deno.test("a frame of up to 255 bytes says so in one byte, a longer one in eight", async () => {
  for (const size of [0, 1, 254, 255, 256, 257, 65_535, 65_536]) {
    await pair(async (ours, theirs) => {
      const [peer] = await Promise.all([Peer.meet(ours, "PUB"), introduce(theirs, "SUB")]);
      const bytes = bytesUpTo(size);
      peer.send([bytes]);
      const head = size < 256 ? [0, size] : [2, 0, 0, 0, 0, 0, size >> 16, (size >> 8) & 255, size & 255];
      assertEquals([...await read(theirs, head.length)], head, `head of ${size} bytes`);
      assertEquals(await read(theirs, size), bytes);
      peer.close();
    });
  }
});

Deno.test("messages of all sizes arrive as they were sent, frame by frame", async () => {
  const sizes = [[0], [1, 0, 255], [256], [255, 256, 257], [65_535, 3], [70_000, 0, 200_000], [5]];
  await pair(async (ours, theirs) => {
    const [left, right] = await Promise.all([Peer.meet(ours, "DEALER"), Peer.meet(theirs, "DEALER")]);
    for (const message of sizes) left.send(message.map(bytesUpTo));
    left.flushed().then(() => left.close());
    const got: Uint8Array[][] = await Array.fromAsync(right.messages());
    assertEquals(got.map((frames) => frames.map(({ length }) => length)), sizes);
    for (const frames of got) for (const frame of frames) assertEquals(frame, bytesUpTo(frame.length));
    right.close();
  });
});

Deno.test("what is no frame ends the connection with a sentence", async () => {
  const wrong = { "begins with the byte 8": [8, 0], "claims to have": [2, 0, 0, 0, 0, 64, 0, 0, 1] };
  for (const [says, bytes] of Object.entries(wrong)) {
    await pair(async (ours, theirs) => {
      const [peer] = await Promise.all([Peer.meet(ours, "ROUTER"), introduce(theirs, "DEALER")]);
      await theirs.write(Uint8Array.from(bytes));
      await assertRejects(() => Array.fromAsync(peer.messages()), WireError, says);
      peer.close();
    });
  }
});

Deno.test("what is sent and not yet gone counts as backlog, until the other side reads it", async () => {
  await pair(async (ours, theirs) => {
    const [peer] = await Promise.all([Peer.meet(ours, "PUB"), introduce(theirs, "SUB")]);
    const size = 32 << 20; // more than a system keeps between two programs
    peer.send([new Uint8Array(size)]);
    assert(peer.backlog >= size, `${peer.backlog}`);
    await read(theirs, size + 9);
    await peer.flushed();
    assertEquals(peer.backlog, 0);
    peer.close();
  });
});
