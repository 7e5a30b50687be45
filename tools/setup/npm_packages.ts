import { join } from "@std/path";
import { ProgressLine } from "../shared/progress.ts";
import { diskFull, InstallError, looksLikeFullDisk, OfflineError, type SetupError } from "./errors.ts";
import { run, tail } from "./process.ts";
import type { Places } from "./paths.ts";
import { exists } from "./stamp.ts";

/**
 * Bring every npm package of `deno.lock` into Deno's cache, so that nothing later needs the network. With all of them
 * there it takes 30 ms, so it is asked each time: the cache may have been emptied, or belong to another user.
 *
 * @throws {SetupError} If there is no network, no room, or the lock file does not fit `deno.json`
 */
export async function cacheNpmPackages(at: Places, deno: string, env: Record<string, string>): Promise<void> {
  const total = Object.keys(JSON.parse(await Deno.readTextFile(at.denoLock)).npm ?? {}).length;
  let progress: ProgressLine | undefined;
  let done = 0;
  const { code, output } = await run(deno, {
    args: ["install", "--frozen"],
    cwd: at.root,
    env: { ...env, NO_COLOR: "1" },
    onLine: (line) => {
      if (!/^Download .*\.tgz$/.test(line)) return;
      progress ??= new ProgressLine({ label: "Fetching npm packages", total, unit: "packages" });
      progress.update(++done);
    },
  });
  progress?.finish(code === 0 ? "" : "failed");
  if (code !== 0) throw explainDenoInstall(output, at.root);
  // The kernel and its type warnings go without the lock file, for cells may import what is not in it. Then Deno asks the
  // registry for each package's list of versions, which is not among what was installed from the lock file.
  const loaded = ["lib/mod.ts", "tools/kernel/main.ts", "tools/kernel/inside/mod.ts"]
    .filter((path) => exists(join(at.root, path)));
  if (loaded.length === 0) return;
  const cached = await run(deno, { args: ["cache", "--no-lock", ...loaded], cwd: at.root, env });
  if (cached.code !== 0) throw explainDenoInstall(cached.output, at.root);
}

/** What the output of a failed `deno install` means for a person. */
export function explainDenoInstall(output: string, root: string): SetupError {
  if (looksLikeFullDisk(output)) return diskFull(`Deno's cache (or ${root})`);
  if (/lockfile is out of date/i.test(output)) {
    return new InstallError(
      "deno.lock does not fit deno.json: a package was added or its version changed. " +
        "Run `deno install` once and commit deno.lock with deno.json.",
    );
  }
  if (
    /error sending request|client error|dns error|timed? ?out|connection (?:refused|reset)|unreachable/i.test(
      output,
    )
  ) {
    return new OfflineError(
      "Deno could not reach the npm registry, where the packages named in deno.json come from. Connect to the internet " +
        "and run the same command again (behind a proxy, set HTTPS_PROXY first; a mirror goes into NPM_CONFIG_REGISTRY).",
    );
  }
  return new InstallError(
    `Deno could not fetch the packages that deno.json names. It said:\n${tail(output)}`,
  );
}
