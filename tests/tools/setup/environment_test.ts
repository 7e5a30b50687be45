import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { checkDenoVersion, DENO_VERSION } from "../../../tools/setup/deno_version.ts";
import {
  DenoVersionError,
  DiskFullError,
  explainDiskFull,
  OfflineError,
} from "../../../tools/setup/errors.ts";
import { kernelspec } from "../../../tools/setup/kernelspec.ts";
import { withLock } from "../../../tools/setup/lock.ts";
import { explainDenoInstall } from "../../../tools/setup/npm_packages.ts";
import { childEnvironment, places } from "../../../tools/setup/paths.ts";
import { reportSetupError } from "../../../tools/setup/report.ts";
import { fromFileUrl, join } from "@std/path";

Deno.test("checkDenoVersion() refuses another Deno with the command that runs the right one", () => {
  assertEquals(checkDenoVersion(DENO_VERSION), undefined);
  const error = assertThrows(() => checkDenoVersion("2.5.0", { task: "lab" }), DenoVersionError);
  assertStringIncludes(error.message, `npx -y deno@${DENO_VERSION} task lab`);
  assertStringIncludes(error.message, "2.5.0");
});

Deno.test("checkDenoVersion() lets another Deno pass with a notice when a person insists", () => {
  assertStringIncludes(checkDenoVersion("3.0.0", { allowAny: true }) ?? "", "3.0.0");
});

Deno.test("childEnvironment() moves every folder of Jupyter's into .venv", () => {
  const at = places("/w", "linux");
  const env = childEnvironment(at, { HOME: "/home/ada", PATH: "/usr/bin" }, "linux");
  const folders = Object.entries(env).filter(([name]) =>
    /^(JUPYTER.*_DIR|JUPYTERLAB_DIR|IPYTHONDIR)$/.test(name)
  );
  assertEquals(folders.length, 7);
  for (const [name, folder] of folders) assert(folder.startsWith(at.venv), `${name}=${folder}`);
  assertEquals(env.HOME, "/home/ada");
});

Deno.test("childEnvironment() puts Jupyter's folders where BACKPROP_JUPYTER says, where .venv cannot be written to", () => {
  const env = childEnvironment(places("/w", "linux"), { PATH: "", BACKPROP_JUPYTER: "/tmp/j" }, "linux");
  assertEquals([env.JUPYTER_RUNTIME_DIR, env.IPYTHONDIR], ["/tmp/j/runtime", "/tmp/j/ipython"]);
  assertEquals(env.JUPYTERLAB_DIR, "/w/.venv/share/jupyter/lab");
});

Deno.test("childEnvironment() puts the virtual environment's programs first, on Windows too", () => {
  assertEquals(
    childEnvironment(places("/w", "linux"), { PATH: "/usr/bin" }, "linux").PATH,
    "/w/.venv/bin:/usr/bin",
  );
  const at = places("/w", "windows");
  assertEquals(childEnvironment(at, { Path: "C:\\x" }, "windows").Path, `${at.bin};C:\\x`);
  assert(at.python.endsWith("python.exe") && at.python.includes("Scripts"));
});

Deno.test("childEnvironment() drops a person's settings that lead out of the virtual environment", () => {
  const parent = { PYTHONPATH: "/evil", PYTHONHOME: "/evil", PIP_TARGET: "/evil", JUPYTER_PATH: "/evil" };
  const env = childEnvironment(places("/w", "linux"), parent, "linux");
  assertEquals(Object.values(env).filter((value) => value.includes("evil")), []);
});

Deno.test("kernelspec() starts the given Deno, stops by message and prints no colour codes", () => {
  const spec = kernelspec(places("/w"), "/opt/deno");
  const argv = spec.argv as string[];
  assertEquals([argv[0], argv[1], argv.at(-1)], ["/opt/deno", "run", "{connection_file}"]);
  assertEquals(argv.at(-2), join("/w", "tools", "kernel", "main.ts"));
  assertEquals([spec.language, spec.interrupt_mode], ["typescript", "message"]);
  assertEquals((spec.env as Record<string, string>).NO_COLOR, "1");
});

Deno.test("explainDenoInstall() tells a stale lock file, a missing network and a full disk apart", () => {
  assertStringIncludes(
    explainDenoInstall("error: The lockfile is out of date.", "/w").message,
    "deno install",
  );
  const offline = explainDenoInstall(
    "error: error sending request for url: client error (Connect): dns error",
    "/w",
  );
  assertEquals(offline.name, "OfflineError");
  assertEquals(explainDenoInstall("No space left on device (os error 28)", "/w").name, "DiskFullError");
  assertStringIncludes(explainDenoInstall("error: something else", "/w").message, "something else");
});

Deno.test("explainDiskFull() leaves every other error as it is", () => {
  const other = new TypeError("no");
  assertEquals(explainDiskFull(other, "/w"), other);
  const full = Object.assign(new Error("write failed"), { code: "ENOSPC" });
  assertEquals(explainDiskFull(full, "/w") instanceof DiskFullError, true);
});

Deno.test("reportSetupError() prints a sentence for what a person can mend, and no stack", () => {
  const printed: string[] = [];
  assertEquals(reportSetupError(new OfflineError("Connect."), (text) => printed.push(text)), 1);
  assertEquals(printed, ["\nSet-up cannot go on. Connect."]);
});

Deno.test("withLock() lets one process work at a time, and says to the other that it waits", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "build", "setup.lock");
  const log: string[] = [];
  const code = `
    import { withLock } from ${JSON.stringify(new URL("../../../tools/setup/lock.ts", import.meta.url).href)};
    await withLock(${JSON.stringify(path)}, () => {}, async () => {
      console.log("has it");
      await new Promise((done) => Deno.stdin.read(new Uint8Array(1)).then(done));
    });`;
  try {
    const script = join(folder, "other.ts");
    await Deno.writeTextFile(script, code);
    const config = fromFileUrl(new URL("../../../deno.json", import.meta.url));
    const other = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "-A", "--config", config, script],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = other.stdout.getReader();
    await reader.read(); // the other process has the lock
    const waits = Promise.withResolvers<void>();
    const mine = withLock(path, () => waits.resolve(), () => Promise.resolve(void log.push("mine")));
    await waits.promise;
    log.push("other lets go");
    await other.stdin.close();
    await mine;
    await reader.cancel();
    await other.status;
    assertEquals(log, ["other lets go", "mine"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
