import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { parse } from "yaml";
import { describeImage } from "../../tools/setup/image/make.ts";
import { ROOT } from "../../tools/setup/paths.ts";
import { exists } from "../../tools/setup/stamp.ts";
import { imageTest, withUser } from "./image.ts";

/** The part of the values that says how a learner's server is started. */
interface SingleUser {
  uid: number;
  cmd: string;
  defaultUrl: string;
  memory: { guarantee: string; limit: string };
  storage: {
    homeMountPath: string;
    extraVolumes: { name: string; persistentVolumeClaim: { readOnly: boolean } }[];
    extraVolumeMounts: { name: string; mountPath: string; readOnly: boolean }[];
  };
  lifecycleHooks: { postStart: { exec: { command: string[] } } };
}

const read = (path: string) => Deno.readTextFileSync(join(ROOT, path));
const valuesOf = (path: string) => parse(read(path)) as { singleuser: SingleUser };
const { singleuser } = valuesOf(".binder/jupyterhub.yaml");
const { singleuser: release } = valuesOf(".binder/jupyterhub-release.yaml");
const { dockerfile, project } = await describeImage();

Deno.test("the hub's values and the Dockerfile agree on the user, the home and where things are", () => {
  assertEquals(String(singleuser.uid), dockerfile.args.NB_UID);
  assertEquals(singleuser.storage.homeMountPath, dockerfile.env.HOME);
  for (const { lifecycleHooks, defaultUrl } of [singleuser, release]) {
    const { command } = lifecycleHooks.postStart.exec, to = command.at(-1)!;
    assert(["sh", "/opt/backprop/.deno/bin/deno"].includes(command[0]), command[0]);
    // In the image, a path of the project is below /opt/backprop; here it is below the repository.
    for (const path of command.slice(1).filter((argument) => argument.startsWith("/opt/backprop/"))) {
      assert(exists(join(ROOT, path.slice("/opt/backprop".length))), path);
    }
    assert(to.startsWith(`${dockerfile.env.HOME}/`), to);
    assertEquals(defaultUrl, `/lab/tree/${to.slice(dockerfile.env.HOME.length + 1)}`);
  }
});

Deno.test("the shared folder with assignments is read-only in each place that can say so", () => {
  const [volume] = release.storage.extraVolumes, [mount] = release.storage.extraVolumeMounts;
  assertEquals(volume.name, mount.name);
  assertEquals([volume.persistentVolumeClaim.readOnly, mount.readOnly], [true, true]);
  assertEquals(release.lifecycleHooks.postStart.exec.command[2], mount.mountPath);
});

Deno.test("the hub that the values are for is of the same release as the server in the image", () => {
  const hub = /whose hub is JupyterHub (\d+\.\d+)/.exec(read(".binder/jupyterhub.yaml"))![1];
  assertMatch(
    read(".binder/requirements.txt"),
    new RegExp(`^jupyterhub==${hub.replace(".", "\\.")}\\.\\d+$`, "m"),
  );
});

Deno.test("what a learner may take is more than what was measured, as the instructor's page has it", () => {
  const page = read(".binder/README.md");
  const bytes = (text: string) => Number(/^\d+/.exec(text)![0]) * (text.endsWith("G") ? 1e9 : 1e6);
  const measured = [...page.matchAll(/^\| \d\d_\w+ +\| (\d+) MB +\| (\d+) MB/gm)].map(([, idle, most]) => ({
    idle: 1e6 * Number(idle),
    most: 1e6 * Number(most),
  }));
  assertEquals(
    measured.length,
    [...Deno.readDirSync(join(ROOT, "notebooks"))].filter(({ name }) => name.endsWith(".ipynb")).length,
  );
  const server = 1e6 * Number(/^\| server, no notebook open +\| (\d+) MB/m.exec(page)![1]);
  for (const { idle, most } of measured) {
    assert(server + idle < bytes(singleuser.memory.guarantee));
    assert(server + 2 * most < bytes(singleuser.memory.limit)); // two notebooks that train at once
  }
});

imageTest(
  "each start brings the notebooks that are missing, without solutions, and leaves a learner's work",
  (image) =>
    withUser(image, async ({ run, home }) => {
      const here = (path: string) =>
        path.replace("/opt/backprop", project).replace(dockerfile.env.HOME, home);
      const [program, ...args] = singleuser.lifecycleHooks.postStart.exec.command.map(here);
      const start = async () => {
        const { code, stderr } = await run(program, ...args);
        assertEquals(code, 0, stderr);
      };
      await start();
      const [mine, gone] = ["01_loss_functions.ipynb", "02_backpropagation.ipynb"].map((name) =>
        join(args.at(-1)!, name)
      );
      assert(!(await Deno.readTextFile(gone)).includes("BEGIN SOLUTION"));
      await Deno.writeTextFile(mine, "my work");
      await Deno.remove(gone);
      await start();
      assertEquals(await Deno.readTextFile(mine), "my work");
      assert(exists(gone));
    }),
);
