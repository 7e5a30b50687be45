import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { describeImage, explainImage } from "../../tools/setup/image/make.ts";
import { OfflineError } from "../../tools/setup/errors.ts";

Deno.test("an image that cannot be made for want of a network says which index was not reached", () => {
  const said: Record<string, string> = {
    "Python package index":
      "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(…)'\nERROR: No matching distribution",
    "npm registry":
      "error: Failed caching npm package\n  error sending request for url (https://…): client error (Connect)",
    "npm could not reach": "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo",
  };
  for (const [expected, output] of Object.entries(said)) {
    const error = explainImage(output, "/project");
    assert(error instanceof OfflineError, output);
    assertStringIncludes(error.message, expected);
  }
});

Deno.test("an image that cannot be made for another reason says what was said last", () => {
  const error = explainImage("one\ntwo\ncp: cannot stat 'x': No such file or directory", "/project");
  assertEquals(error instanceof OfflineError, false);
  assertMatch(error.message, /^The image could not be made\.[\s\S]*cannot stat 'x'/);
});

Deno.test("the environment of the image's users is the Dockerfile's, below the folder that it was made in", async () => {
  const { env, folder, dockerfile } = await describeImage();
  assertEquals(
    Object.keys(env).sort(),
    Object.keys(dockerfile.env).filter((name) => !/^(HOME|USER)$/.test(name)).sort(),
  );
  assertEquals(env.DENO_DIR, folder + dockerfile.env.DENO_DIR);
  const paths = env.PATH.split(":");
  assert(paths[0].startsWith(`${folder}/opt/`) && paths[1].startsWith(`${folder}/opt/`), env.PATH);
  assertEquals(paths.slice(2).join(":"), Deno.env.get("PATH"));
});
