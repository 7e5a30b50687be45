import { assertEquals } from "@std/assert";
import { KernelClient } from "../../../tools/kernel/client.ts";
import { shown } from "./shown.ts";
import { MEANINGS } from "./semantics.ts";

Deno.test("cells mean what the table says", { sanitizeOps: false, sanitizeResources: false }, async (t) => {
  const client = new KernelClient("ours");
  try {
    await client.ready();
    for (const { name, cells, shows } of MEANINGS) {
      await t.step(name, async () => {
        const found: string[] = [];
        for (const cell of cells) found.push(shown(await client.execute(cell)));
        assertEquals(found.map((text, i) => [cells[i], text]), shows.map((text, i) => [cells[i], text]));
      });
    }
  } finally {
    await client.close();
  }
});
