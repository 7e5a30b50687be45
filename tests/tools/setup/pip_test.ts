import { assert, assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";
import { DiskFullError, InstallError, OfflineError } from "../../../tools/setup/errors.ts";
import { explainPip, InstallCounter, packageName, requirementNames } from "../../../tools/setup/pip.ts";

const REQUIREMENTS = `# pinned
anyio==4.16.0
jupyter-core==5.9.1
pywinpty==3.1.2 ; os_name == 'nt'
tornado==6.5.10 ; python_full_version < '3.11'
tornado==6.6.1 ; python_full_version >= '3.11'
`;

Deno.test("requirementNames() counts a package once, whatever its lines for several Pythons", () => {
  assertEquals(requirementNames(REQUIREMENTS), ["anyio", "jupyter-core", "pywinpty", "tornado"]);
});

Deno.test("packageName() reads one name out of all the ways in which pip writes it", () => {
  const ways = [
    "jupyter_core-5.9.1.dist-info",
    "/opt/x/Jupyter_Core-5.9.1-py3-none-any.whl",
    "jupyter.core==5.9.1",
  ];
  for (const way of [...ways, "jupyter-core", "jupyter_core ; os_name == 'nt'"]) {
    assertEquals(packageName(way), "jupyter-core");
  }
  assertEquals(packageName("python_json_logger-4.2.0.dist-info"), "python-json-logger");
});

Deno.test("InstallCounter follows pip from nothing to all packages, never backwards", () => {
  const counter = new InstallCounter(REQUIREMENTS);
  assertEquals(counter.total, 4);
  const seen: number[] = [];
  const hear = (line: string) => {
    counter.hear(line);
    seen.push(counter.done([]));
  };
  hear("Ignoring pywinpty: markers 'os_name == \"nt\"' don't match your environment");
  hear("Collecting anyio==4.16.0 (from -r requirements.txt (line 2))");
  hear("  Downloading anyio-4.16.0-py3-none-any.whl (134 kB)");
  hear("Processing /opt/files/jupyter_core-5.9.1-py3-none-any.whl (from -r requirements.txt (line 3))");
  hear("Collecting tornado==6.6.1 (from -r requirements.txt (line 6))");
  hear("Installing collected packages: tornado, jupyter-core, anyio");
  for (const done of [1, 2, 3]) {
    seen.push(counter.done(["anyio-4.16.0", "tornado-6.6.1", "jupyter_core-5.9.1"].slice(0, done)));
  }
  assertEquals(seen, seen.toSorted((a, b) => a - b));
  assertEquals(seen, [1, 1, 1, 2, 2, 2, 3, 3, 4]); // half for a package that has come, half for one that is unpacked
});

Deno.test("InstallCounter does not count pip itself or packages of a person's own", () => {
  const counter = new InstallCounter(REQUIREMENTS);
  assertEquals(counter.done(["pip-24.0.dist-info", "numpy-2.0.dist-info"]), 0);
});

Deno.test("InstallCounter says that the index does not answer while pip tries again", () => {
  const counter = new InstallCounter(REQUIREMENTS);
  const note = counter.hear(
    "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'X'",
  );
  assertStringIncludes(note ?? "", "does not answer");
});

Deno.test("explainPip() tells a full disk, a missing network and other failures apart", () => {
  const full = explainPip(
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    "/w",
  );
  assertInstanceOf(full, DiskFullError);
  const offline = explainPip(
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: Failed to establish a new " +
      "connection: [Errno -3] Temporary failure in name resolution'\nERROR: No matching distribution found for anyio",
    "/w",
  );
  assertInstanceOf(offline, OfflineError);
  assertStringIncludes(offline.message, "PIP_INDEX_URL");
  const other = explainPip("Collecting x\nERROR: No matching distribution found for anyio==4.16.0\n", "/w");
  assertInstanceOf(other, InstallError);
  assertStringIncludes(other.message, "No matching distribution found for anyio==4.16.0");
});

Deno.test("the pinned list has an exact version in every line, and every package that set-up asks for", async () => {
  const folder = new URL("../../../tools/setup/", import.meta.url);
  const pinned = await Deno.readTextFile(new URL("requirements.txt", folder));
  for (const line of pinned.trim().split("\n")) {
    assert(/^[a-z0-9-]+==[0-9][0-9.a-z]*( ; [a-z_]+ .+)?$/.test(line), line);
  }
  const asked = requirementNames(await Deno.readTextFile(new URL("requirements.in", folder)));
  const names = requirementNames(pinned);
  assertEquals(asked.filter((name) => !names.includes(name)), []);
});
