import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Connection } from "../../../tools/kernel/connection.ts";
import { Tally } from "../../../tools/kernel/log.ts";
import { EchoServer, PublisherServer, RouterServer } from "../../../tools/kernel/sockets.ts";
import { introduce, read } from "./zmtp_raw.ts";

const encoder = new TextEncoder();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** A short frame, the last of its message unless there is more. */
const frame = (bytes: Uint8Array | string, more = 0) => {
  const content = typeof bytes === "string" ? encoder.encode(bytes) : bytes;
  return Uint8Array.of(more, content.length, ...content);
};

/** A connection whose sockets have free ports of this machine. */
function connection(): Connection {
  const free = () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    listener.close();
    return listener.addr.port;
  };
  const ports = { shell: free(), iopub: free(), stdin: free(), control: free(), hb: free() };
  return { transport: "tcp", ip: "127.0.0.1", key: "", ports };
}

const connect = (at: Connection, channel: keyof Connection["ports"]) =>
  Deno.connect({ hostname: at.ip, port: at.ports[channel] });

Deno.test("a publisher sends to who has subscribed, by the beginning of the topic, and stops when told", async () => {
  const at = connection(), publisher = new PublisherServer("iopub", at, new Tally("refused"));
  const [all, some] = [await connect(at, "iopub"), await connect(at, "iopub")];
  for (const end of [all, some]) await introduce(end, "SUB");
  await all.write(frame(Uint8Array.of(1)));
  await some.write(frame("\x01ab"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const topic of ["abc", "b", "ab"]) publisher.send([topic, "x"].map((part) => encoder.encode(part)));
  assertEquals(text(await read(all, 8 + 6 + 7)), "\x01\x03abc\0\x01x\x01\x01b\0\x01x\x01\x02ab\0\x01x");
  assertEquals(text(await read(some, 8 + 7)), "\x01\x03abc\0\x01x\x01\x02ab\0\x01x");
  await some.write(frame("\0ab"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  publisher.send([encoder.encode("abd")]);
  await publisher.flushed();
  publisher.close();
  assertEquals(text(await read(all, 5)), "\0\x03abd");
  assertEquals(await some.read(new Uint8Array(1)), null); // nothing more came
  for (const end of [all, some]) end.close();
});

Deno.test("a front end that does not read falls behind, and is given up; the others hear everything", async () => {
  const MB = 1 << 20, refused = new Tally("refused");
  const at = connection(), publisher = new PublisherServer("iopub", at, refused, 8 * MB);
  const [reads, sleeps] = [await connect(at, "iopub"), await connect(at, "iopub")];
  for (const end of [reads, sleeps]) {
    await introduce(end, "SUB");
    await end.write(frame(Uint8Array.of(1)));
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  let sent = 0, heard = 0;
  const hear = async () => {
    const [first] = (await read(reads, 3 + 9 + MB)).subarray(12);
    assertEquals(first, ++heard & 255);
  };
  // The system takes some of it: how much, differs.
  while (refused.count === 0 && sent < 200) {
    publisher.send([encoder.encode("t"), new Uint8Array(MB).fill(++sent)]);
    await hear();
  }
  assertEquals([refused.count, heard], [1, sent]);
  assert(sent > 8, `given up after ${sent} MB`);
  // What it left lying arrives no more.
  await assertRejects(() => read(sleeps, sent * (3 + 9 + MB)), Error, "closed after");
  publisher.send([encoder.encode("on")]);
  assertEquals(text((await read(reads, 4)).subarray(2)), "on");
  publisher.close();
  for (const end of [reads, sleeps]) end.close();
});

Deno.test("a router answers who asked, and an echo gives back what came", async () => {
  const at = connection(), tally = new Tally("refused");
  const echo = new EchoServer("hb", at, tally);
  const router: RouterServer = new RouterServer("shell", at, tally, ([name, ...rest]) => {
    router.send([name, encoder.encode("re"), ...rest]);
  });
  const ends = [await connect(at, "shell"), await connect(at, "shell"), await connect(at, "hb")];
  for (const end of ends) await introduce(end, "DEALER");
  for (const [i, end] of ends.entries()) await end.write(frame(`from ${i}`));
  for (const i of [0, 1]) assertEquals(text(await read(ends[i], 4 + 8)), `\x01\x02re\0\x06from ${i}`);
  assertEquals(text(await read(ends[2], 8)), "\0\x06from 2");
  for (const end of ends) end.close();
  echo.close();
  router.close();
});
