import { assertEquals } from "@std/assert";
import { lines, tail } from "../../../tools/setup/process.ts";

Deno.test("tail() gives the last five lines that say something, or as many as are asked for", () => {
  const output = "1\n 2 \n\n3\n4\r\n5\n6\n7\n\n";
  assertEquals(tail(output), "3\n4\n5\n6\n7");
  assertEquals(tail(output, 2), "6\n7");
  assertEquals(tail("one"), "one");
  assertEquals(tail(""), "");
});

Deno.test("lines() puts lines together however their bytes come, and gives a last one without an end", async () => {
  const bytes = new TextEncoder().encode("añb\r\nc\n\n😀 end");
  for (const size of [1, 2, 3, 100]) {
    const pieces = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, i) => bytes.slice(i * size, (i + 1) * size),
    );
    const got = await Array.fromAsync(lines(ReadableStream.from(pieces)));
    assertEquals(got, ["añb", "c", "", "😀 end"], `pieces of ${size}`);
  }
});
