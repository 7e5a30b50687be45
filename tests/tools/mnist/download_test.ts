import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { gunzip, gzip } from "idx-parser";
import { downloadFiles } from "../../../tools/mnist/download.ts";
import { DownloadError, type DownloadErrorKind } from "../../../tools/mnist/errors.ts";
import { fetchToPart, sizeOf } from "../../../tools/mnist/http.ts";
import { mirror, type Source } from "../../../tools/mnist/sources.ts";
import { download, fixture, namesIn, serve, serveAndBreak, withFolder, withServer } from "./fixture.ts";

const images = await fixture("images.gz");
const labels = await fixture("labels.gz", 100);

/** Asserts that the download failed in this way. */
function assertFailed(error: Error | undefined, kind: DownloadErrorKind, ...words: string[]) {
  assertInstanceOf(error, DownloadError);
  assertEquals(error.kind, kind, error.message);
  for (const word of words) assertStringIncludes(error.message, word);
}

Deno.test("every file is fetched, verified and put in place, and no partial file stays behind", async () => {
  const good = (_: Request, { path, range }: { path: string; range: string | null }) =>
    serve(path.endsWith("images.gz") ? images.packed : labels.packed, range);
  await withServer(good, (base, seen) =>
    withFolder(async (folder) => {
      const { text, error } = await download(`${folder}/new/mnist`, [images, labels], [mirror("here", base)]);
      assertEquals(error, undefined);
      assertEquals(await namesIn(`${folder}/new/mnist`), ["images.gz", "labels.gz"]);
      assertEquals(await Deno.readFile(`${folder}/new/mnist/images.gz`), images.packed);
      assertEquals(seen.map(({ path }) => path), ["/mnist/images.gz", "/mnist/labels.gz"]);
      assertMatch(text, /^images\.gz from here {2}50\.\d kB in .* SHA-256 verified\nlabels\.gz from here/);
    }));
});

Deno.test("a file that is there and right is not fetched again, unless forced", async () => {
  await withServer(
    (_, { range }) => serve(labels.packed, range),
    (base, seen) =>
      withFolder(async (folder) => {
        await Deno.writeFile(`${folder}/labels.gz`, gzip(labels.inflated));
        const { text } = await download(folder, [labels], [mirror("here", base)]);
        assertEquals([seen.length, text], [0, "labels.gz  already there, SHA-256 verified\n"]);
        await download(folder, [labels], [mirror("here", base)], true);
        assertEquals(seen.length, 1);
      }),
  );
});

Deno.test("a file that is there and wrong is replaced once a right one has come", async () => {
  await withServer((_, { range }) => serve(labels.packed, range), (base) =>
    withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/labels.gz`, "something else");
      const { text, error } = await download(folder, [labels], [mirror("here", base)]);
      assertEquals(error, undefined);
      assertStringIncludes(text, "labels.gz is not the original");
      assertEquals(await Deno.readFile(`${folder}/labels.gz`), labels.packed);
    }));
});

Deno.test("a bad download is refused, removed, and leaves the old file alone", async () => {
  const bad = {
    "another file": gzip(new Uint8Array(500)),
    "a page": new TextEncoder().encode("<html>Please log in to the classroom network</html>"),
    "a damaged file": images.packed.with(2000, images.packed[2000] ^ 1),
    "half a file": images.packed.slice(0, 20_000),
    "a gzip bomb": gzip(new Uint8Array(30_000_000)),
    "a longer file": new Uint8Array(60_000),
  };
  for (const [what, bytes] of Object.entries(bad)) {
    await withServer((_, { range }) => serve(bytes, range), (base) =>
      withFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/images.gz`, "the old file");
        const { error } = await download(folder, [images], [mirror("here", base)]);
        assertFailed(error, "checksum", "images.gz could not be had from any source", "here: ");
        assertEquals(await Deno.readTextFile(`${folder}/images.gz`), "the old file", what);
        assertEquals(await namesIn(folder), ["images.gz"], what);
        if (what === "a gzip bomb") assertStringIncludes(error!.message, "inflates to more than"); // not all of it was unpacked
      }));
  }
});

Deno.test("a server that sends more than the file has is stopped, and nothing of it stays", async () => {
  let sent = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1 << 16).fill(++sent)),
      }),
    );
  await withServer(endless, (base) =>
    withFolder(async (folder) => {
      const { error } = await download(folder, [images], [mirror("here", base)]);
      assertFailed(error, "checksum", "sends more bytes than images.gz has");
      assertEquals(await namesIn(folder), []);
    }));
});

Deno.test("a download may have as many bytes as were promised, and not one more", async () => {
  await withServer((_, { range }) => serve(images.packed, range), (base) =>
    withFolder(async (folder) => {
      const url = `${base}images.gz`, { length } = images.packed;
      await fetchToPart(url, `${folder}/whole`, { maxBytes: length });
      assertEquals(await sizeOf(`${folder}/whole`), length);
      const less = { maxBytes: length - 1 };
      const error = await assertRejects(() => fetchToPart(url, `${folder}/part`, less), DownloadError);
      assertFailed(error, "checksum", "sends more bytes");
    }));
});

Deno.test("a part of another piece than was asked for is gone before the file is asked for again", async () => {
  const askedFor: (string | null)[] = [];
  await withServer((_, { range }) => {
    askedFor.push(range);
    if (range === null) return new Response("no", { status: 503 });
    const headers = { "content-range": `bytes 0-9/${images.packed.length}`, "content-length": "10" };
    return new Response(images.packed.slice(0, 10), { status: 206, headers });
  }, (base) =>
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/images.gz.here.part`, images.packed.slice(0, 100));
      const { error } = await download(folder, [images], [mirror("here", base)]);
      assertFailed(error, "refused", "503");
      assertEquals(askedFor, ["bytes=100-", null]);
      assertEquals(await namesIn(folder), []);
    }));
});

Deno.test("a total that becomes known on the way gets a line of its own, with a share", async () => {
  let shown = "";
  const source: Source = {
    name: "slow",
    description: "one that tells the size late",
    async get(_, part, onBytes) {
      onBytes(100, undefined);
      onBytes(1000, 4000);
      await Deno.writeFile(part, labels.packed);
      return false;
    },
  };
  await withFolder(async (directory) => {
    const write = (text: string) => void (shown += text);
    await downloadFiles({ files: [labels.file], sources: [source], directory, write, isTerminal: true });
    assertStringIncludes(shown, " 25% ");
  });
});

Deno.test("a mirror that packs with another gzip, or not at all, is as good", async () => {
  // Two gzip streams behind one another are one valid gzip file.
  const otherwise = new Uint8Array([
    ...gzip(images.inflated.subarray(0, 700)),
    ...gzip(images.inflated.subarray(700)),
  ]);
  for (const bytes of [otherwise, images.inflated]) {
    await withServer((_, { range }) => serve(bytes, range), (base) =>
      withFolder(async (folder) => {
        assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
        assertEquals(gunzip(await Deno.readFile(`${folder}/images.gz`)), images.inflated);
        assertEquals(await namesIn(folder), ["images.gz"]);
      }));
  }
});

Deno.test("a download that was cut off goes on at the byte where it stopped", async () => {
  await withServer(
    (_, { range }) => serve(images.packed, range),
    (base, seen) =>
      withFolder(async (folder) => {
        await Deno.writeFile(`${folder}/images.gz.here.part`, images.packed.subarray(0, 12_345));
        assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
        assertEquals(seen.map(({ range }) => range), ["bytes=12345-"]);
        assertEquals(await Deno.readFile(`${folder}/images.gz`), images.packed);
        assertEquals(await namesIn(folder), ["images.gz"]);
      }),
  );
});

Deno.test("a partial file that is already whole is put in place", async () => {
  await withServer(
    (_, { range }) => serve(images.packed, range),
    (base, seen) =>
      withFolder(async (folder) => {
        await Deno.writeFile(`${folder}/images.gz.here.part`, images.packed);
        assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
        assertEquals(seen.length, 1); // answered with 416: nothing left
        assertEquals(await namesIn(folder), ["images.gz"]);
      }),
  );
});

Deno.test("a partial file of something else is thrown away and the file fetched from its beginning", async () => {
  await withServer(
    (_, { range }) => serve(images.packed, range),
    (base, seen) =>
      withFolder(async (folder) => {
        await Deno.writeFile(`${folder}/images.gz.here.part`, new Uint8Array(1000).fill(7));
        assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
        assertEquals(seen.map(({ range }) => range), ["bytes=1000-", null]);
        assertEquals(await Deno.readFile(`${folder}/images.gz`), images.packed);
      }),
  );
});

Deno.test("a server that does not know Range sends everything again, and the partial file is overwritten", async () => {
  await withServer(() => serve(images.packed, null), (base, seen) =>
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/images.gz.here.part`, images.packed.subarray(0, 999));
      assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
      assertEquals(seen.length, 1);
      assertEquals(await Deno.readFile(`${folder}/images.gz`), images.packed);
    }));
});

Deno.test("a server that answers Range with another part is asked again without it", async () => {
  const confused = (_: Request, { range }: { range: string | null }) =>
    serve(images.packed, range && "bytes=5-");
  await withServer(confused, (base, seen) =>
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/images.gz.here.part`, images.packed.subarray(0, 999));
      assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
      assertEquals(seen.map(({ range }) => range), ["bytes=999-", null]);
    }));
});

Deno.test("a connection that breaks is taken up again as long as each attempt brings something", async () => {
  const stops = [10_000, 20_000];
  const flaky = (_: Request, { range }: { range: string | null }) => {
    const from = Number(range?.match(/\d+/)?.[0] ?? 0);
    const until = stops.shift();
    return until ? serveAndBreak(images.packed, from, until) : serve(images.packed, range);
  };
  await withServer(flaky, (base, seen) =>
    withFolder(async (folder) => {
      assertEquals((await download(folder, [images], [mirror("here", base)])).error, undefined);
      assertEquals(seen.map(({ range }) => range), [null, "bytes=10000-", "bytes=20000-"]);
      assertEquals(await Deno.readFile(`${folder}/images.gz`), images.packed);
    }));
});

Deno.test("a connection that breaks for good leaves the partial file for the next time", async () => {
  const dying = (_: Request, { range }: { range: string | null }) => {
    const from = Number(range?.match(/\d+/)?.[0] ?? 0);
    return serveAndBreak(images.packed, from, Math.max(from, 10_000));
  };
  await withServer(dying, (base) =>
    withFolder(async (folder) => {
      const { error } = await download(folder, [images], [mirror("here", base)]);
      assertFailed(error, "network", "here: 127.0.0.1");
      assertEquals((await Deno.stat(`${folder}/images.gz.here.part`)).size, 10_000);
      assertEquals(await namesIn(folder), ["images.gz.here.part"]);
    }));
});

Deno.test("when a source fails, the next one is asked for what is still missing", async () => {
  const half = (_: Request, { path, range }: { path: string; range: string | null }) =>
    path.endsWith("images.gz") ? serve(images.packed, range) : new Response("gone", { status: 404 });
  await withServer(
    half,
    (first) =>
      withServer(
        (_, { range }) => serve(labels.packed, range),
        (second, seen) =>
          withFolder(async (folder) => {
            const sources = [mirror("first", first), mirror("second", second)];
            const { text, error } = await download(folder, [images, labels], sources);
            assertEquals(error, undefined);
            assertMatch(
              text,
              /first: 127\.0\.0\.1:\d+ does not hand out labels\.gz: it answered 404 Not Found\. Trying second\./,
            );
            assertEquals(
              seen.map(({ path }) => path),
              ["/mnist/labels.gz"],
            );
            assertEquals(await namesIn(folder), ["images.gz", "labels.gz"]);
          }),
      ),
  );
});

Deno.test("when no source has a file, the message names every source and its reason", async () => {
  // A port that nobody listens on any more
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await withServer(() => new Response("no", { status: 503 }), (base) =>
    withFolder(async (folder) => {
      const sources = [mirror("off", `http://127.0.0.1:${port}/`), mirror("busy", base)];
      const { error } = await download(folder, [labels], sources);
      assertFailed(error, "network", "labels.gz could not be had from any source", "HTTPS_PROXY");
      assertMatch(error!.message, /off: 127\.0\.0\.1:\d+ cannot be reached;/);
      assertMatch(error!.message, /busy: .* it answered 503 Service Unavailable\./);
    }));
});

Deno.test("a server that falls silent is given up", async () => {
  const silent = () =>
    new Promise<Response>((resolve) => setTimeout(() => resolve(new Response("late")), 400));
  await withServer(silent, (base) =>
    withFolder(async (folder) => {
      const { error } = await download(folder, [labels], [mirror("here", base, 100)]);
      assertFailed(error, "network", "sent nothing for 0.1 seconds");
    }));
});

Deno.test({
  name: "a full disk is named, and no other source is tried",
  ignore: Deno.build.os !== "linux", // Linux has a file that is always full
  async fn() {
    await withServer(
      (_, { range }) => serve(images.packed, range),
      (base, seen) =>
        withFolder(async (folder) => {
          await Deno.symlink("/dev/full", `${folder}/images.gz.first.part`);
          const { error } = await download(folder, [images], [mirror("first", base), mirror("second", base)]);
          assertFailed(error, "disk", "The disk is full", "Free 100 MB");
          assertEquals(seen.length, 1);
        }),
    );
  },
});

Deno.test("a folder that cannot be made is named", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { error } = await download(`${folder}/file/mnist`, [labels], []);
    assertFailed(error, "disk", "file/mnist cannot be written");
  });
});

Deno.test("an error that is no failed download is not hidden", async () => {
  const broken: Source = { name: "x", description: "", get: () => Promise.reject(new TypeError("a slip")) };
  await withFolder(async (folder) => {
    const { error } = await download(folder, [labels], [broken]);
    assertInstanceOf(error, TypeError);
  });
});
