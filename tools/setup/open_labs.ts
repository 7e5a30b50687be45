import { join } from "@std/path";

/** As much of what a running Jupyter server tells about itself as we look at. */
interface Server {
  pid: number;
  root_dir: string;
  url: string;
}

/**
 * The addresses of JupyterLabs that are open on a folder.
 *
 * @param runtime Where Jupyter's servers leave their `jpserver-PID.json`
 * @param folder Absolute
 */
export async function openLabs(runtime: string, folder: string): Promise<string[]> {
  const addresses: string[] = [];
  try {
    for await (const { name } of Deno.readDir(runtime)) {
      if (!/^jpserver-\d+\.json$/.test(name)) continue;
      const server: Partial<Server> = JSON.parse(await Deno.readTextFile(join(runtime, name)));
      if (server.root_dir === folder && await answers(server.url)) addresses.push(server.url!);
    }
  } catch {
    // no server has ever run, or one is just leaving
  }
  return addresses;
}

/** A server that was killed leaves its file behind. */
async function answers(url: string | undefined): Promise<boolean> {
  try {
    const answer = await fetch(new URL("api", url), { signal: AbortSignal.timeout(1000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
