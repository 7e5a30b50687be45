// What is exported for learners: documented with an example that the step "docs" of the test command runs.
import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

interface Declaration {
  kind: string;
  jsDoc?: { tags?: { kind: string }[] };
}

Deno.test("every public function and class has an example", async () => {
  const door = fromFileUrl(new URL("../lib/mod.ts", import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["doc", "--json", door] }).output();
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
  const symbols: { name: string; declarations: Declaration[] }[] = Object.values(nodes)
    .flatMap((file) => (file as { symbols: typeof symbols }).symbols);
  const programs = symbols.filter(({ declarations }) =>
    declarations.some(({ kind }) => kind === "function" || kind === "class")
  );
  assertEquals(programs.length > 100, true);
  const missing = programs.filter(({ declarations }) =>
    !declarations.some(({ jsDoc }) => jsDoc?.tags?.some(({ kind }) => kind === "example"))
  );
  assertEquals(missing.map(({ name }) => name), []);
});
