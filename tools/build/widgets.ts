/**
 * Bundles the scripts of the widgets: from each file of `lib/widgets/browser/` that starts a widget, with all it imports
 * of the library, to one file of `lib/widgets/built/`, which is committed. A notebook needs no bundler that way.
 * Then it writes `build/widgets.html`, where all widgets can be tried.
 *
 * `deno task widgets`
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { bundleWidgets } from "./widgets/bundle.ts";

const HELP = `Bundle the scripts of the widgets anew, after a change to what they use of lib/.

  deno task widgets

  --help   Show this

Writes lib/widgets/built/, which is committed, and build/widgets.html, where all widgets can be tried.`;

if (import.meta.main) {
  readArguments({ task: "widgets", help: HELP });
  const root = fromFileUrl(new URL("../..", import.meta.url));
  for (const { file, code } of await bundleWidgets(root)) {
    await Deno.writeTextFile(join(root, file), code);
    console.log(`${file}  ${(new TextEncoder().encode(code).length / 1000).toFixed(1)} kB`);
  }
  // Only now: the widgets read the scripts that were just written.
  const { allWidgets, galleryPage } = await import("./widgets/gallery.ts");
  await Deno.mkdir(join(root, "build"), { recursive: true });
  await Deno.writeTextFile(join(root, "build", "widgets.html"), galleryPage(Object.values(allWidgets())));
  console.log("Try them in build/widgets.html");
}
