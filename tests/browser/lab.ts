import { join } from "@std/path";
import { labArguments } from "../../tools/setup/lab_arguments.ts";
import { ensureSetup } from "../../tools/setup/setup.ts";
import { lines } from "../../tools/setup/process.ts";
import { notebookOf } from "../tools/kernel/notebook_of.ts";

/** A JupyterLab that runs. */
export interface Lab {
  /** Address of the notebook, with the token in it. */
  address(notebook: string): string;
}

/** What `deno task lab` says of folders: a test has others. */
const OUR_OWN = /^--FileCheckpoints\./;

/** Do something with a JupyterLab on a folder of its own that holds one notebook of these code cells. */
export async function withLab(cells: string[], body: (lab: Lab) => Promise<void>): Promise<void> {
  const { root, python, env } = await ensureSetup();
  // Inside the repository, where its deno.json holds and "backprop" is known.
  await Deno.mkdir(join(root, "build"), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: join(root, "build"), prefix: "lab_test_" });
  const port = freePort();
  try {
    await Deno.writeTextFile(join(folder, "test.ipynb"), JSON.stringify(notebookOf(cells)));
    const lab = new Deno.Command(python, {
      args: [
        ...labArguments(root, folder, [], Deno.build.os === "windows" ? undefined : Deno.uid())
          .filter((argument) => !OUR_OWN.test(argument)),
        "--no-browser",
        `--ServerApp.port=${port}`,
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=test",
        `--FileCheckpoints.checkpoint_dir=${join(folder, ".checkpoints")}`,
      ],
      env: { ...env, JUPYTERLAB_WORKSPACES_DIR: join(folder, ".workspaces") },
      clearEnv: true,
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    try {
      await untilItServes(lab.stderr);
      await untilItAnswers(port);
      await body({ address: (name) => `http://127.0.0.1:${port}/lab/tree/${name}?token=test&reset` });
    } finally {
      lab.kill("SIGTERM"); // it ends its kernels, too
      await lab.status;
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Read what it says until it says that it is there; then go on reading, so that it does not block. */
async function untilItServes(stderr: ReadableStream<Uint8Array>): Promise<void> {
  const serves = Promise.withResolvers<void>();
  const said: string[] = [];
  (async () => {
    for await (const line of lines(stderr)) {
      said.push(line);
      if (/is running at/.test(line)) serves.resolve();
    }
    serves.reject(new Error(`JupyterLab ended. It said:\n${said.slice(-20).join("\n")}`));
  })();
  await serves.promise;
}

/** It says that it is there a moment before it is. */
async function untilItAnswers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`JupyterLab said that it runs, but nothing answers at port ${port}.`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}
