import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { stripVTControlCharacters } from "node:util";
import { copyForLearner } from "../../tools/grading/assignments/learner.ts";
import { DENO_VERSION } from "../../tools/setup/deno_version.ts";
import { notebookOf } from "../tools/kernel/notebook_of.ts";
import { imageTest, snapshot, withUser } from "./image.ts";

/** As nbformat has it. */
interface Cell {
  outputs: { text?: string | string[]; data: unknown }[];
}

const CELLS = [
  'import { crossEntropyLoss, loadMnist, lossChart, show, tensor } from "backprop";\nconsole.log(Deno.cwd())',
  "await loadMnist();",
  "console.log(crossEntropyLoss(tensor([[2, 1, 0.1]]), [0]).item().toFixed(4));",
  "await show(lossChart([{ epoch: 1, trainLoss: 1 }, { epoch: 2, trainLoss: 0.5 }]));",
];

imageTest(
  "these tests are worth something: who is shut in cannot write into the image, or reach a network",
  (image) =>
    withUser(image, async ({ run, isShutIn }) => {
      if (!isShutIn) return; // said when it was tried
      const { code, stderr } = await run("touch", join(image.project, "deno.json"));
      assertEquals(code, 1);
      assertStringIncludes(stderr, "Read-only file system");
      const reach = "import socket; socket.create_connection(('192.0.2.1', 80), 2)";
      assertStringIncludes((await run("python", "-c", reach)).stderr, "Network is unreachable");
    }),
);

imageTest(
  "the kernel is found with an empty home, and lies outside of it",
  (image) =>
    withUser(image, async ({ run, home }) => {
      const { code, stdout, stderr } = await run("jupyter", "kernelspec", "list", "--json");
      assertEquals(code, 0, stderr);
      const { kernelspecs } = JSON.parse(stdout);
      assertEquals(Object.keys(kernelspecs), ["deno"]);
      assert(kernelspecs.deno.resource_dir.startsWith(image.project), kernelspecs.deno.resource_dir);
      assert(!kernelspecs.deno.resource_dir.startsWith(home));
      const [deno] = kernelspecs.deno.spec.argv;
      assert(deno.startsWith(image.project), `${deno} is not in the image`);
    }),
);

imageTest(
  "the image has the Deno of this repository, Jupyter, and what hubs and Binder start",
  (image) =>
    withUser(image, async ({ run }) => {
      assertMatch(
        (await run("deno", "--version")).stdout,
        new RegExp(`^deno ${DENO_VERSION.replaceAll(".", "\\.")} `),
      );
      for (
        const program of [
          image.dockerfile.command[0],
          "jupyter-notebook",
          "jupyterhub-singleuser",
          "jupyter-lab",
          "nbgrader",
        ]
      ) {
        const { code, stdout, stderr } = await run(program, "--version");
        assertEquals(code, 0, stderr);
        assertMatch(stdout, /\d+\.\d+/, program);
      }
      const { stdout } = await run("which", "deno", "jupyter");
      for (const path of stdout.trim().split("\n")) assertStringIncludes(path, image.project);
    }),
);

imageTest(
  "a learner's Jupyter shows none of nbgrader's pages, which are for instructors",
  (image) =>
    withUser(image, async ({ run }) => {
      const server = await run("jupyter", "server", "extension", "list");
      const told = stripVTControlCharacters(server.stdout + server.stderr);
      assertMatch(told, /nbgrader\.server_extensions\.formgrader\s+disabled/);
      assert(!/nbgrader\S*\s+enabled/.test(told), told);
      assertMatch(told, /nbgitpuller\s+enabled/);
      const lab = await run("jupyter", "labextension", "list");
      assertMatch(stripVTControlCharacters(lab.stdout + lab.stderr), /@jupyter\/nbgrader v\S+\s+disabled/);
    }),
);

imageTest(
  "every Python package in the image fits the others",
  (image) =>
    withUser(image, async ({ run }) => {
      const { stdout } = await run("python", "-m", "pip", "check");
      // These are left out on purpose (tools/setup/overrides.txt, tools/grading/assignments/requirements.txt).
      const complaints = stdout.split("\n").filter((line) =>
        line && !/requires (ipykernel|rfc3987-syntax), which is not installed/.test(line) &&
        !/^nbgrader \S+ requires (ipython|ipywidgets), which is not installed/.test(line) &&
        !/^No broken requirements/.test(line)
      );
      assertEquals(complaints, []);
    }),
);

imageTest(
  "a notebook in an empty home runs to its end without network, and nothing is written into the image",
  (image) =>
    withUser(image, async ({ run, home }) => {
      const before = await snapshot(image.folder);
      await Deno.writeTextFile(join(home, "test.ipynb"), JSON.stringify(notebookOf(CELLS)));
      const { code, stdout, stderr } = await run(
        "jupyter",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--stdout",
        "test.ipynb",
      );
      assertEquals(code, 0, stderr);
      const outputs = JSON.parse(stdout).cells.map(({ outputs: [{ text, data }] }: Cell) =>
        text === undefined ? JSON.stringify(data) : [text].flat().join("")
      );
      assertEquals(outputs[0], `${home}\n`); // cells run in the notebook's own folder
      assertMatch(outputs[1], /^train .*30596/m); // the data is there
      assertEquals(outputs[2], "0.4170\n");
      assertMatch(outputs[3], /<svg/);
      assertEquals(await snapshot(image.folder), before);
    }),
);

imageTest(
  "the image has everything that learners are handed, so that assignments can be made in it",
  async (image) => {
    const folder = await Deno.makeTempDir({ prefix: "image_learner_" });
    try {
      await copyForLearner(image.project, folder);
      assert((await Deno.stat(join(folder, "tools", "kernel", "main.ts"))).isFile);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

imageTest(
  "deno task setup finds everything done, and the tasks of the project run",
  (image) =>
    withUser(image, async ({ run }) => {
      const { code, stdout, stderr } = await run("deno", "task", "--cwd", image.project, "setup");
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, "was there already");
    }),
);
