import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { readDockerfile } from "../../tools/setup/image/dockerfile.ts";
import { describeImage } from "../../tools/setup/image/make.ts";
import { DENO_VERSION } from "../../tools/setup/deno_version.ts";
import { ROOT } from "../../tools/setup/paths.ts";
import { requirementNames } from "../../tools/setup/pip.ts";

const { dockerfile } = await describeImage();
const read = (path: string) => Deno.readTextFile(join(ROOT, path));
const lists = [
  "tools/setup/requirements.txt",
  "tools/grading/assignments/requirements.txt",
  ".binder/requirements.txt",
];

Deno.test("readDockerfile() joins lines, fills in arguments, and refuses what it does not know", () => {
  const text =
    "FROM a:1\n# no\nARG WHO=ada\nRUN one \\\n && two\nENV A=1 \\\n    HOME=/home/${WHO}\nWORKDIR $HOME\n";
  const found = readDockerfile(text + 'COPY x y /z/\nUSER 7\nCMD ["a", "b"]\n');
  assertEquals(found.runs, ["one && two"]);
  assertEquals(found.env, { A: "1", HOME: "/home/ada" });
  assertEquals(found.folder, "/home/ada");
  assertEquals(found.copies, [{ from: ["x", "y"], to: "/z/" }]);
  assertEquals([found.base, found.user, found.command], ["a:1", "7", ["a", "b"]]);
  let message = "";
  try {
    readDockerfile("FROM a\nADD x y\n");
  } catch (error) {
    message = (error as Error).message;
  }
  assertMatch(message, /The Dockerfile says ADD, which is not known here/);
});

Deno.test("everything that the Dockerfile copies is in the repository, and git knows it", async () => {
  for (const path of dockerfile.copies.flatMap(({ from }) => from)) {
    const { code, stdout } = await new Deno.Command("git", { args: ["ls-files", "--", path], cwd: ROOT })
      .output();
    assertEquals(code, 0);
    assert(stdout.length > 0, `${path} is not in git`);
  }
});

Deno.test("the Dockerfile copies all that the programs in it import", () => {
  const copied = dockerfile.copies.flatMap(({ from }) => from);
  for (const path of ["deno.json", "deno.lock", "lib", "data", "tools", "notebooks", ".binder"]) {
    assert(copied.includes(path), path);
  }
});

Deno.test("the base image is named with a version, and nothing is fetched past the pinned lists", async () => {
  assertMatch(dockerfile.base, /^python:3\.\d+-slim-\w+$/);
  const minor = Number(/3\.(\d+)/.exec(dockerfile.base)![1]);
  assert(minor >= 11 && minor <= 14, `set-up is not tested with Python 3.${minor}`);
  const commands = [...dockerfile.runs, await read(".binder/install.sh")].join("\n");
  assert(!/\b(curl|wget)\b/.test(commands));
  const installs = commands.split("\n").filter((line) => /pip install/.test(line));
  for (const line of installs) assertMatch(line, /--no-deps/, line);
});

Deno.test("the image's Deno is the one that the repository is made for", async () => {
  const versions = [...(await read(".binder/install.sh")).matchAll(/deno==([\d.]+)/g)].map(([, version]) =>
    version
  );
  assertEquals(versions, [DENO_VERSION]);
});

Deno.test("who runs the image is not root, has a number, and may be chosen by Binder", () => {
  assertEquals(dockerfile.args, { NB_USER: "jovyan", NB_UID: "1000" });
  assertEquals(dockerfile.user, dockerfile.args.NB_UID);
  assertEquals(dockerfile.folder, dockerfile.env.HOME);
  const last = dockerfile.instructions.findLastIndex(({ name }) => name === "USER");
  assert(dockerfile.instructions.slice(last).every(({ name }) => name !== "RUN" && name !== "COPY"));
});

Deno.test("what a hub mounts a volume over holds nothing that the kernel needs", () => {
  const { HOME, ...rest } = dockerfile.env;
  for (const [name, value] of Object.entries(rest)) assert(!value.includes(HOME), name);
  for (const { to } of dockerfile.copies) assert(!to.startsWith("/home"), to);
  assertStringIncludes(dockerfile.env.DENO_DIR, "/opt/backprop/");
});

Deno.test("a Python package has the same version in each list that names it", async () => {
  const pins = new Map<string, string>();
  for (const path of lists) {
    const text = await read(path);
    for (const name of requirementNames(text)) {
      const lines = text.split("\n").filter((line) => requirementNames(line)[0] === name).map((line) =>
        /==([^ ;]+)/.exec(line)![1]
      ).sort().join(" and ");
      const before = pins.get(name);
      assert(before === undefined || before === lines, `${name} is ${before}, and ${lines} in ${path}`);
      pins.set(name, lines);
    }
  }
});
