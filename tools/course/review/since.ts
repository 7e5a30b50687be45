// What notebooks were known to say and show at another commit: for a reviewer, whose pull request has accepted it already.
import { join } from "@std/path";
import { UsageError } from "../../shared/arguments.ts";
import { GOLDEN } from "./golden.ts";

/**
 * Put the goldens of a commit into a folder, from where they are read as those of a project.
 *
 * @param root The project's folder
 * @param commit What git calls it, such as `main` or `HEAD^1`
 * @param folder It is made anew
 * @throws {UsageError} If there is no such commit here, or no git
 */
export async function goldensAt(root: string, commit: string, folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const path = GOLDEN.replaceAll("\\", "/");
  const files = (await git(root, commit, ["ls-tree", "-r", "-z", "--name-only", commit, "--", path])).split(
    "\0",
  );
  for (const file of files.filter(Boolean)) {
    const target = join(folder, file);
    await Deno.mkdir(join(target, ".."), { recursive: true });
    await Deno.writeFile(target, await gitBytes(root, commit, ["show", `${commit}:${file}`]));
  }
}

const git = async (...given: Parameters<typeof gitBytes>) =>
  new TextDecoder().decode(await gitBytes(...given));

async function gitBytes(root: string, commit: string, args: string[]): Promise<Uint8Array> {
  const command = new Deno.Command("git", { args, cwd: root, stdin: "null" });
  const { success, stdout, stderr } = await command.output().catch(() => {
    throw new UsageError("--since asks git what was known before, and git is not installed.");
  });
  if (success) return stdout;
  const said = new TextDecoder().decode(stderr).trim();
  throw new UsageError(
    `git knows no commit ${commit} here (${said}). A shallow clone has only the last ones.`,
  );
}
