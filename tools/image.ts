/**
 * Do on this machine what `.binder/Dockerfile` does, without Docker: `deno task image`. The result is in `build/image`,
 * where tests look into it and start a hub on it.
 *
 * @module
 */
import { makeImage } from "./image/make.ts";
import { reportSetupError } from "./setup.ts";

if (import.meta.main) {
  try {
    const { project } = await makeImage();
    console.log(`The image is a folder: ${project}. Next: deno test -A tests/image tests/hub`);
  } catch (error) {
    Deno.exit(reportSetupError(error));
  }
}
