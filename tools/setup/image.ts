/**
 * Do on this machine what `.binder/Dockerfile` does, without Docker: `deno task image`. The result is in `build/image`,
 * where tests look into it and start a hub on it.
 *
 * @module
 */
import { readArguments } from "../shared/arguments.ts";
import { makeImage } from "./image/make.ts";
import { reportSetupError } from "./setup.ts";

const HELP = `Do on this machine what .binder/Dockerfile does, without Docker.

  deno task image

  --help   Show this

Installs Jupyter, the kernel and the server of a hub into build/image, and says how to try it. Needs Linux.`;

if (import.meta.main) {
  readArguments({ task: "image", help: HELP });
  try {
    const { project } = await makeImage();
    console.log(`The image is a folder: ${project}. Next: deno test -A tests/image tests/hub`);
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
