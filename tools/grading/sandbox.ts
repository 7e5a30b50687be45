// The walls around a graded kernel: bubblewrap (bwrap), which uses the namespaces of Linux and needs no rights.
import { dirname, join } from "@std/path";
import { run } from "../setup/process.ts";

/** What a kernel needs to see of this machine. */
export interface Visible {
  /** The repository; parts of it are seen as `/project`. */
  root: string;
  /** The program that runs the kernel. */
  deno: string;
  /** The npm packages that set-up has fetched. */
  npm: string;
  /** The folder of the kernel's sockets, the only one that both sides write to. */
  sockets: string;
  /** The configuration that holds inside, a file. */
  config: string;
}

/** Where things are inside. */
export const INSIDE = {
  project: "/project",
  deno: "/opt/deno",
  cache: "/cache",
  home: "/project/notebooks",
  begin: "file:///project/tools/grading/inside/begin.ts",
};

/** Parts of the repository that a notebook needs. Nothing else of it is there: not the notebooks, not the tests. */
export const PARTS = [
  ..."deno.lock lib data tools/kernel tools/shared/std tools/checks/type_errors.ts tools/grading/inside"
    .split(" "),
];
/** Shared libraries of the system, as Deno is a program like others. No programs: not even a shell. */
const SYSTEM = ["/lib", "/lib64", "/lib32", "/libx32", "/usr/lib", "/usr/lib64", "/usr/lib32"];
/** Bytes that a notebook may write, in memory, gone afterwards. */
const SCRATCH = 64 * 1024 * 1024;

/** Grading needs walls, and this machine has none. */
export class SandboxMissingError extends Error {
  override readonly name = "SandboxMissingError";
}

/** What can be relied on. */
export interface Sandbox {
  program: string;
  version: string;
}

const GET = "On Debian or Ubuntu: sudo apt install bubblewrap. On Fedora: sudo dnf install bubblewrap. " +
  "On macOS and Windows, grade in a Linux container or virtual machine (WSL 2 is one). " +
  "With --unsafe, submissions run without walls: only for code that you have read.";

/**
 * Look for bubblewrap, and try whether it may build walls here.
 *
 * @throws {SandboxMissingError} Saying what is missing and how to get it
 */
export async function findSandbox(env: Record<string, string> = Deno.env.toObject()): Promise<Sandbox> {
  const program = env.BACKPROP_BWRAP ?? "bwrap";
  if (Deno.build.os !== "linux") {
    throw new SandboxMissingError(
      `Submissions are run behind walls that only Linux has, and this is ${Deno.build.os}. ${GET}`,
    );
  }
  let version: string;
  try {
    version = (await run(program, { args: ["--version"], env })).output.trim();
  } catch {
    throw new SandboxMissingError(
      `Submissions are run behind walls that bubblewrap builds, and ${program} is not there. ${GET}`,
    );
  }
  const nothing = { root: "/", deno: "/", npm: "/", sockets: "/", config: "/" };
  const args = [...walls(nothing, true), "--ro-bind", "/", "/mnt", "--chdir", "/mnt", "--", ...trueProgram()];
  const { code, output } = await run(program, { args, env });
  if (code !== 0) {
    throw new SandboxMissingError(
      `${version} is there, but cannot build the walls that grading needs. It said: ${output.trim()}. ` +
        "It must be 0.8 or newer, and the system must allow unprivileged user namespaces " +
        `(sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns). ${GET}`,
    );
  }
  return { program, version };
}

function trueProgram(): string[] {
  const found = ["/usr/bin/true", "/bin/true"].find((path) => exists(path)) ?? "/bin/true";
  return [found];
}

/**
 * The command that runs something inside.
 *
 * @param command What to run, in the paths of the inside
 */
export function sandboxed(sandbox: Sandbox, visible: Visible, command: string[]): string[] {
  return [sandbox.program, ...walls(visible, false), "--", ...command];
}

function walls({ root, deno, npm, sockets, config }: Visible, isProbe: boolean): string[] {
  const args = [
    // New, empty: network (but for its own loopback), processes, shared memory, host name, users.
    ..."--unshare-all --unshare-user --disable-userns --die-with-parent --new-session --clearenv".split(" "),
    ..."--uid 65534 --gid 65534 --hostname sandbox --cap-drop ALL".split(" "),
  ];
  if (isProbe) {
    for (const path of ["/usr", ...SYSTEM, "/bin"]) args.push(...system(path));
    return [...args, "--proc", "/proc", "--dev", "/dev", "--size", "4096", "--tmpfs", "/scratch"];
  }
  for (const path of SYSTEM) args.push(...system(path));
  args.push("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev");
  args.push("--dir", INSIDE.deno, "--ro-bind", deno, join(INSIDE.deno, "deno"));
  for (const part of PARTS) args.push("--ro-bind", join(root, part), join(INSIDE.project, part));
  args.push("--ro-bind", config, join(INSIDE.project, "deno.json"));
  args.push("--size", `${SCRATCH}`, "--tmpfs", INSIDE.home);
  // What Deno keeps compiled there would be taken for the instructor's cells too, so nobody may write it.
  args.push("--ro-bind", npm, join(INSIDE.cache, "npm"));
  args.push("--bind", sockets, sockets);
  const env = {
    PATH: INSIDE.deno,
    HOME: INSIDE.home,
    TMPDIR: INSIDE.home,
    DENO_DIR: INSIDE.cache,
    LANG: "C.UTF-8",
    NO_COLOR: "1",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_NO_PROMPT: "1",
    BACKPROP_IMPORTS: "fixed",
  };
  for (const [name, value] of Object.entries(env)) args.push("--setenv", name, value);
  return [...args, "--chdir", INSIDE.home, "--remount-ro", "/"];
}

/** As the system has it: a folder, a link to one, or nothing. */
function system(path: string): string[] {
  try {
    if (Deno.lstatSync(path).isSymlink) return ["--symlink", Deno.readLinkSync(path), path];
    return ["--ro-bind", path, path];
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** What Jupyter is told, so that it starts the kernel behind walls, or without (`undefined`). */
export function gradingKernelspec(sandbox: Sandbox | undefined, visible: Visible): Record<string, unknown> {
  const [deno, project] = sandbox
    ? [join(INSIDE.deno, "deno"), INSIDE.project]
    : [visible.deno, visible.root];
  const command = [
    deno,
    ..."run -A --no-lock --config".split(" "),
    join(project, "deno.json"),
    join(project, "tools", "kernel", "main.ts"),
    "{connection_file}",
  ];
  return {
    argv: sandbox ? sandboxed(sandbox, visible, command) : command,
    display_name: "Deno",
    language: "typescript",
    interrupt_mode: "message",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_NO_PROMPT: "1", BACKPROP_IMPORTS: "fixed" },
  };
}

/** Where Deno keeps npm packages: the folder that holds `registry.npmjs.org`. */
export async function npmCache(deno: string, env: Record<string, string>, cwd: string): Promise<string> {
  const { output } = await run(deno, { args: ["info", "--json"], env: { ...env, NO_COLOR: "1" }, cwd });
  const { npmCache } = JSON.parse(output) as { npmCache: string };
  return npmCache ?? join(dirname(deno), "npm");
}
