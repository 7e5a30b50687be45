import { join } from "@std/path";

/**
 * A short text that changes when a file does: SHA-256 over the names and contents of all files in these places.
 *
 * Links are not followed; a file that is larger than `LARGEST` counts with its size and date.
 *
 * @param places Files and folders; what is missing counts as missing
 * @param more Anything else that matters
 */
export async function fingerprint(places: string[], more = ""): Promise<string> {
  const lines: string[] = [more];
  for (const place of places) await look(place, "", lines);
  return await digest(new TextEncoder().encode(lines.join("\n")));
}

const LARGEST = 50e6;

async function look(path: string, name: string, lines: string[]): Promise<void> {
  let about: Deno.FileInfo;
  try {
    about = await Deno.lstat(path);
  } catch {
    lines.push(`${name} missing`);
    return;
  }
  if (about.isDirectory) {
    const names = (await Array.fromAsync(Deno.readDir(path))).map((entry) => entry.name).sort();
    for (const entry of names) {
      if (entry === "__pycache__" || entry === ".ipynb_checkpoints") continue;
      await look(join(path, entry), `${name}/${entry}`, lines);
    }
  } else if (!about.isFile || about.size > LARGEST) {
    lines.push(`${name} ${about.isSymlink ? "link" : "special"} ${about.size} ${about.mtime?.getTime()}`);
  } else {
    lines.push(`${name} ${await digest(await Deno.readFile(path))}`);
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
