import { assertEquals, assertThrows } from "@std/assert";
import { parseConnection } from "../../../tools/kernel/connection.ts";
import { ConnectionFileError, MessageError } from "../../../tools/kernel/errors.ts";
import { distance, similar } from "../../../tools/kernel/cell/similar.ts";
import { LIMIT, pieces, Pump } from "../../../tools/kernel/cell/pump.ts";
import { decode, encode, newHeader } from "../../../tools/kernel/wire.ts";

const message = () => ({
  identities: [new Uint8Array([1])],
  header: newHeader("status", "s"),
  parent: {},
  metadata: {},
  content: { text: "é😀" },
  buffers: [new Uint8Array([2, 3])],
});

Deno.test("decode() gives back what encode() was given, and refuses another key and missing frames", () => {
  const frames = encode(message(), "key");
  const { identities, content, buffers } = decode(frames, "key");
  assertEquals([identities, content, buffers], [[new Uint8Array([1])], { text: "é😀" }, [
    new Uint8Array([2, 3]),
  ]]);
  assertThrows(() => decode(frames, "other"), MessageError, "signature is wrong");
  assertThrows(() => decode(frames.slice(0, 5), "key"), MessageError, "expected 5 frames");
  assertThrows(() => decode([], "key"), MessageError, "<IDS|MSG>");
});

Deno.test("parseConnection() refuses what is no JSON, a wrong port, and an address that others can reach", () => {
  const right = {
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    ip: "127.0.0.1",
    key: "k",
  };
  assertEquals(parseConnection(JSON.stringify(right)).ports.hb, 5);
  const refuse = (change: Record<string, unknown>, words: string) =>
    assertThrows(() => parseConnection(JSON.stringify({ ...right, ...change })), ConnectionFileError, words);
  assertThrows(() => parseConnection("{"), ConnectionFileError, "expected JSON");
  refuse({ hb_port: 0 }, '"hb_port"');
  refuse({ shell_port: undefined }, "found nothing");
  refuse({ ip: "0.0.0.0" }, "this machine alone");
  refuse({ transport: "udp" }, '"tcp" or "ipc"');
  refuse({ transport: "ipc", ip: "kernel" }, "full path");
});

Deno.test("Pump keeps the order, waits for the other side, and loses no character", async () => {
  const sent: { type: string; content: Record<string, unknown> }[] = [];
  const pump = new Pump((type, content) => sent.push({ type, content }));
  const text = "é😀x".repeat(300_000);
  pump.print("first\n", false);
  pump.send("display_data", { text });
  pump.print("last\n", false);
  const before = sent.length;
  const empty = pump.empty();
  while (sent.at(-1)!.content.text !== "last\n") pump.received(1);
  assertEquals(await empty, { characters: 0, prints: 0 });
  assertEquals(before < sent.length, true);
  const joined = sent.filter(({ type }) => type === "backprop_piece").map(({ content }) => content.piece)
    .join("");
  assertEquals(JSON.parse(joined), { text });
});

Deno.test("Pump cuts what a cell prints beyond its limit, and says how much", async () => {
  const pump = new Pump(() => {});
  for (let i = 0; i < LIMIT.prints + 3; i++) pump.print("ab", false);
  pump.received(1e9);
  assertEquals(await pump.empty(), { characters: 6, prints: 3 });
});

Deno.test("pieces() never cuts a character in two", () => {
  assertEquals([...pieces("a😀b😀", 2)], ["a", "😀", "b", "😀"]);
});

Deno.test("similar() finds swapped, missing and wrong letters, nearest first", () => {
  assertEquals(distance("tesnor", "tensor"), 1);
  assertEquals(similar("sofmax", ["softmax", "sigmoid", "max"])[0], "softmax");
  assertEquals(similar("zzz", ["softmax"]), []);
});
