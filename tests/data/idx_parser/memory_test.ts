import { assert, assertEquals } from "@std/assert";
import { gzip, writeIdx } from "idx-parser";

const CONFIG = new URL("../../../deno.json", import.meta.url);

/** The most memory that a program of its own ever had in use, beyond what it had before it read, and what it printed. */
async function reading(file: string): Promise<{ bytes: number; said: string }> {
  const program = `
    import { parseIdx } from "idx-parser";
    const status = (name) => Number(Deno.readTextFileSync("/proc/self/status").match(name + ":\\\\s+(\\\\d+)")[1]) * 1024;
    const file = Deno.readFileSync(${JSON.stringify(file)});
    parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0)); // all code is loaded
    const before = status("VmRSS");
    const { shape, data } = parseIdx(file);
    console.log(JSON.stringify({ bytes: status("VmHWM") - before, said: shape.join() + ":" + data[data.length - 1] }));
  `;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG.pathname, "--ext=js", "-"],
    stdin: "piped",
    stdout: "piped",
  });
  const child = command.spawn(), writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  return JSON.parse(new TextDecoder().decode((await child.output()).stdout));
}

Deno.test({
  name: "parseIdx() takes no more memory than a file inflates to, twice that for elements of several bytes",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const size = 120_000_000;
      const sets = [
        ["bytes", writeIdx({ shape: [size], data: new Uint8Array(size).fill(7) }), `${size}:7`, 1.3],
        [
          "numbers",
          writeIdx({ shape: [size / 8], data: new Float64Array(size / 8).fill(0.5) }),
          `${size / 8}:0.5`,
          2.2,
        ],
      ] as const;
      for (const [name, bytes, said, times] of sets) {
        await Deno.writeFile(`${folder}/${name}.gz`, gzip(bytes));
        const found = await reading(`${folder}/${name}.gz`);
        assertEquals(found.said, said);
        assert(found.bytes <= times * size, `${name}: ${(found.bytes / size).toFixed(2)} times its size`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
