import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { kernelspec } from "../../tools/setup/kernelspec.ts";
import { places, ROOT } from "../../tools/setup/paths.ts";
import { exists } from "../../tools/setup/stamp.ts";

/** A file of VS Code: JSON in which whole lines may be comments. */
function read(path: string): Record<string, unknown> {
  return JSON.parse(Deno.readTextFileSync(join(ROOT, ".vscode", path)).replace(/^\s*\/\/.*$/gm, ""));
}

const settings = read("settings.json");
const { recommendations } = read("extensions.json") as { recommendations: string[] };
/** A path in a setting, as one of this repository. */
const pathOf = (name: string) =>
  String(settings[name]).replace("${workspaceFolder}/", "").replace(/^\.\//, "");

Deno.test("VS Code is told of the configuration, the notebooks and the Python that set-up makes", () => {
  assertEquals(settings["deno.enable"], true);
  assert(exists(join(ROOT, pathOf("deno.config"))));
  assertEquals(settings["jupyter.notebookFileRoot"], "${fileDirname}"); // the author's notebooks and a learner's
  assertEquals(join(ROOT, pathOf("python.defaultInterpreterPath")), places(ROOT, "linux").python);
});

Deno.test("every extension that a setting belongs to is recommended, and the README names them", () => {
  const owners: Record<string, string> = {
    deno: "denoland.vscode-deno",
    jupyter: "ms-toolsai.jupyter",
    python: "ms-python.python",
  };
  for (const name of Object.keys(settings)) {
    const owner = owners[name.split(".")[0]];
    if (owner) assert(recommendations.includes(owner), `${name}: ${owner} is not recommended`);
  }
  const formatters = [
    settings["notebook.defaultFormatter"],
    Object(settings["[typescript]"])["editor.defaultFormatter"],
  ];
  for (const formatter of formatters) assert(recommendations.includes(formatter), formatter);
  const readme = Deno.readTextFileSync(join(ROOT, "README.md"));
  for (const name of ["Jupyter", "Python", "Deno"]) assertStringIncludes(readme, name);
});

Deno.test("what is hidden from VS Code's search and watching is made by tasks, or built", () => {
  const ignored = Deno.readTextFileSync(join(ROOT, ".gitignore")).split("\n").map((line) =>
    line.replace(/\/$/, "")
  );
  const hidden = ["files.watcherExclude", "files.exclude", "search.exclude"].flatMap((name) =>
    Object.keys(Object(settings[name]))
  );
  for (const pattern of hidden) {
    const path = pattern.replace(/^\*\*\//, "").replace(/\/\*\*$/, "");
    assert(ignored.includes(path) || exists(join(ROOT, path)), pattern);
  }
});

Deno.test("notebooks say in their metadata which kernel VS Code takes without being asked", () => {
  const spec = kernelspec(places(ROOT), Deno.execPath());
  for (const { name } of Deno.readDirSync(join(ROOT, "notebooks"))) {
    if (!name.endsWith(".ipynb")) continue;
    const { metadata } = JSON.parse(Deno.readTextFileSync(join(ROOT, "notebooks", name)));
    assertEquals(
      [metadata.kernelspec.name, metadata.kernelspec.display_name],
      ["deno", spec.display_name],
      name,
    );
    assertEquals(metadata.kernelspec.language ?? metadata.language_info?.name, "typescript", name);
  }
});
