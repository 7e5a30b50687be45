// Tests of the image as a folder of this machine, which the step "image" of the test command makes.
import { join } from "@std/path";
import { describeImage, type Image, isMade } from "../../tools/setup/image/make.ts";
import { ROOT } from "../../tools/setup/paths.ts";

const isThere = await isMade();

/**
 * A test with the image. Where it is not made (there is no network, or only some tests are run) the test is ignored,
 * which is said; on a machine that runs tests unattended (`CI` is set) it fails.
 */
export function imageTest(name: string, body: (image: Image) => Promise<void>): void {
  if (Deno.build.os !== "linux") return Deno.test({ name, ignore: true, fn() {} }); // as the image is
  const isUnattended = Boolean(Deno.env.get("CI"));
  if (!isThere && !isUnattended) console.log(`Not run: ${name}. It needs what deno task image makes.`);
  Deno.test({
    name,
    ignore: !isThere && !isUnattended,
    async fn() {
      if (!isThere) throw new Error("The image is not made. Run: deno task image");
      await body(await describeImage());
    },
  });
}

/** A user of the image: an empty home, and what runs in it. */
export interface User {
  home: string;
  /** The whole environment: the image's, no other. */
  env: Record<string, string>;
  /** Whether nothing can be written into the image, and no network be reached, whatever the program does. */
  isShutIn: boolean;
  /** Run a program as one is run in the image; gives what it said. */
  run(program: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

/**
 * Do something with an empty home. Programs have no network and cannot write into the image; where the system does not
 * let us shut them in like this, they have a proxy that is not there for a network.
 */
export async function withUser(image: Image, body: (user: User) => Promise<void>): Promise<void> {
  // Far from the repository, where no deno.json lies above.
  const home = await Deno.makeTempDir({ prefix: "image_home_" });
  const nowhere = "http://127.0.0.1:9";
  const env = {
    ...image.env,
    HOME: home,
    BACKPROP_JUPYTER: join(home, ".backprop_jupyter"), // users of this machine share its /tmp
    LANG: "C.UTF-8",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: "127.0.0.1,localhost",
  };
  const before = await wall(image);
  try {
    await body({
      home,
      env,
      isShutIn: before.length > 0,
      async run(program, ...args) {
        const [first, ...rest] = [...before, program, ...args];
        const command = new Deno.Command(first, {
          args: rest,
          env,
          clearEnv: true,
          cwd: home,
          stdin: "null",
        });
        const { code, stdout, stderr } = await command.output();
        const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
        return { code, stdout: text(stdout), stderr: text(stderr) };
      },
    });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** Switches the loopback device on, which a new network has, but switched off. */
const LOOPBACK_ON = `import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 0x41))`;

/** What is put before a command to shut it in; nothing where that is not allowed. */
async function wall({ folder, project }: Image): Promise<string[]> {
  const script =
    `set -e; mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; "$2" -c "$3"; shift 3; exec "$@"`;
  const python = join(project, ".venv", "bin", "python");
  const rights = Deno.uid() === 0 ? [] : ["--map-root-user"];
  const command = [
    "unshare",
    ...rights,
    "--mount",
    "--net",
    "sh",
    "-c",
    script,
    "sh",
    folder,
    python,
    LOOPBACK_ON,
  ];
  const works = await new Deno.Command(command[0], { args: [...command.slice(1), "true"], stderr: "null" })
    .output()
    .then(({ success }) => success, () => false);
  if (!works) console.log("The image is not shut in: this system does not let us (unshare).");
  return works ? command : [];
}

/** Every file of a folder with its size and time of change: two are the same if nothing was written between. */
export async function snapshot(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isSymlink) continue;
    if (isDirectory) { for (const [key, value] of await snapshot(path)) found.set(key, value); }
    else {
      const { size, mtime } = await Deno.stat(path);
      found.set(path.slice(ROOT.length), `${size} ${mtime?.getTime()}`);
    }
  }
  return found;
}
