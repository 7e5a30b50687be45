/**
 * `deno task pictures`: the README's pictures, taken from the notebooks as they were last executed, and two figures.
 *
 * A cell tagged `picture-NAME` gives `.github/pictures/NAME.png`: the last SVG below it, at twice its size.
 */
import { fromFileUrl, join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { writeAtomically } from "../shared/atomic.ts";
import { svgToPng } from "../shared/png.ts";
import { taggedPictures } from "./pictures/tagged.ts";
import { drawFigure } from "../course/figure.ts";

const root = fromFileUrl(new URL("../..", import.meta.url));

const HELP = `Make the pictures of the README anew, from the notebooks as they were last executed.

  deno task pictures

  --help   Show this

Needs a "deno task run" before. Writes .github/pictures/, which is committed.`;

if (import.meta.main) {
  readArguments({ task: "pictures", help: HELP });
  const executed = join(root, "build", "notebooks");
  const pictures = await taggedPictures(executed);
  if (pictures.length === 0) {
    console.error(`No cell tagged picture-… in ${executed}: run "deno task run" first.`);
    Deno.exit(1);
  }
  for (const { name, svg } of pictures) {
    const file = join(root, ".github", "pictures", `${name}.png`);
    await Deno.mkdir(join(root, ".github", "pictures"), { recursive: true });
    await writeAtomically(file, svgToPng(svg, { scale: 2 }));
    console.log(`.github/pictures/${name}.png`);
  }
  for (const [name, figure] of [["surface", "loss-surface"], ["trace", "backprop-trace"]]) {
    await drawFigure([figure, "--out", join(root, ".github", "pictures", `${name}.png`)]);
    console.log(`.github/pictures/${name}.png`);
  }
}
