/**
 * A shell that waits for one thing: that this program is gone. Then it kills the kernel behind and removes its folder.
 *
 * It is told by the end of its standard input, which the system closes whatever this program died of. So it works from
 * the first moment, before anything of ours runs inside the kernel behind. Windows has no such shell.
 */
export class Watcher {
  readonly #orders: WritableStreamDefaultWriter<Uint8Array> | undefined;

  constructor() {
    if (Deno.build.os === "windows") return;
    try {
      const [program, ...args] = shell(SCRIPT);
      const child = new Deno.Command(program, {
        args,
        stdin: "piped",
        stdout: "null",
        stderr: "null",
      }).spawn();
      child.unref();
      this.#orders = child.stdin.getWriter();
    } catch {
      // no shell: the kernel behind sees by itself that its input has ended
    }
  }

  /** What to remove; to be told first. */
  guardFolder(folder: string): void {
    this.#say(folder);
  }

  /** What to kill. */
  guardProcess(pid: number): void {
    this.#say(String(pid));
  }

  /** There is nothing to guard any more. */
  dismiss(): void {
    this.#say("done");
    this.#orders?.close().catch(() => {});
  }

  #say(line: string): void {
    this.#orders?.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
  }
}

/** Signals that are meant for this program come to the shell too; it must outlive them. */
const SCRIPT = 'trap "" INT TERM HUP; read -r folder || exit; read -r pid && read -r word; ' +
  '[ "$word" = done ] && exit; [ -n "$pid" ] && kill -9 "$pid"; rm -rf "$folder"';

/**
 * The command that runs a shell script: outside this program's group of processes where the system has a program for
 * that, as Jupyter kills the whole group.
 */
export function shell(script: string, ...args: string[]): string[] {
  const command = ["sh", "-c", script, ...args];
  return hasSetsid() ? ["setsid", ...command] : command;
}

function hasSetsid(): boolean {
  return ["/usr/bin/setsid", "/bin/setsid"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}
