import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { deno } from "../../../tools/checks/deno.ts";
import { withProject } from "./project.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../../../${path}`, import.meta.url));
const TEST = "npx -y deno@2.9.6 task test";
const RUN = "npx -y deno@2.9.6 task run";

Deno.test("the README, .ci/run and the workflow give the same commands", async () => {
  for (const path of ["README.md", ".ci/run", ".github/workflows/ci.yml"]) {
    assertStringIncludes(await read(path), TEST, path);
  }
  for (const path of ["README.md", ".github/workflows/ci.yml"]) {
    assertStringIncludes(await read(path), RUN, path);
  }
});

Deno.test(".ci/run starts the tests in its own repository, without input, and hands on the exit code", async () => {
  const npx = '#!/bin/sh\necho "in $PWD: $*"\nread line && echo "read $line"\nexit 7\n';
  const files = { "bin/npx": npx, "bin/bwrap": "#!/bin/sh\n", ".ci/run": await read(".ci/run") };
  await withProject(files, async (root) => {
    for (const name of ["npx", "bwrap"]) await Deno.chmod(join(root, "bin", name), 0o755);
    const { code, stdout } = await new Deno.Command("bash", {
      args: [join(root, ".ci", "run")],
      cwd: "/",
      // A browser is named, and walls are there, so that none is looked for or installed.
      env: { PATH: `${join(root, "bin")}:${Deno.env.get("PATH")}`, BACKPROP_BROWSER: "any" },
    }).output();
    assertEquals(new TextDecoder().decode(stdout), `in ${root}: -y deno@2.9.6 task test\n`);
    assertEquals(code, 7);
  });
});

Deno.test({
  name: "the commands name the version of Deno that this repository is made for",
  ignore: Deno.env.get("BACKPROP_ANY_DENO") === "1", // the weekly workflow tries a newer one
  async fn() {
    const { stdout } = await deno(["--version"]);
    assertStringIncludes(stdout, `deno ${/deno@([\d.]+)/.exec(TEST)![1]} `);
  },
});
