import { assertEquals } from "@std/assert";
import { fileInTar } from "../../../tools/mnist/tar.ts";
import { headerOf, joined, padded, tarOf } from "./tar.ts";

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);
const bytes = (words: string) => new TextEncoder().encode(words);

Deno.test("fileInTar() finds a file behind others, of any size", () => {
  const long = "x".repeat(5000);
  const tar = tarOf({
    "a/empty": bytes(""),
    "a/long": bytes(long),
    "a/block": bytes("y".repeat(512)),
    "a/last": bytes("z"),
  });
  assertEquals(text(fileInTar(tar, "a/empty")), "");
  assertEquals(text(fileInTar(tar, "a/long")), long);
  assertEquals(text(fileInTar(tar, "a/block")), "y".repeat(512));
  assertEquals(text(fileInTar(tar, "a/last")), "z");
});

Deno.test("fileInTar() finds a file whose path is split into prefix and name", () => {
  const path = `${"folder/".repeat(20)}file`;
  assertEquals(text(fileInTar(tarOf({ [path]: bytes("deep") }), path)), "deep");
});

Deno.test("fileInTar() passes over what is no file: folders and extended headers", () => {
  const extended = joined([headerOf("a/x", 3, "x"), padded(bytes("not")), headerOf("a/x", 0, "5")]);
  assertEquals(fileInTar(joined([extended, tarOf({})]), "a/x"), undefined);
  assertEquals(text(fileInTar(joined([extended, tarOf({ "a/x": bytes("yes") })]), "a/x")), "yes");
});

Deno.test("fileInTar() finds nothing in what is cut off or no archive", () => {
  const tar = tarOf({ "a/x": bytes("x".repeat(600)) });
  for (const length of [0, 100, 512, 1000]) {
    assertEquals(fileInTar(tar.subarray(0, length), "a/x"), undefined);
  }
  assertEquals(fileInTar(new Uint8Array(4096).fill(0x37), "a/x"), undefined);
  assertEquals(fileInTar(bytes("<html>".repeat(500)), "a/x"), undefined);
});
