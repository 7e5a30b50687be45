// What Linux says of processes, in /proc.

/** Every process that a process has started, and that those have started; those that have ended do not count. */
export async function descendants(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for await (const { name } of Deno.readDir("/proc")) {
    const parent = /^\d+$/.test(name) ? await parentOf(Number(name)) : undefined;
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const found = [pid];
  for (const at of found) for (const [child, parent] of parents) if (parent === at) found.push(child);
  return found.slice(1);
}

/** Which process started this one; `undefined` if it is gone, or only its exit code is left. */
export async function parentOf(pid: number): Promise<number | undefined> {
  const [, state, parent] = (await statusOf(pid)) ?? [];
  return parent === undefined || state === "Z" || state === "X" ? undefined : Number(parent);
}

/** Memory of some processes together, in bytes; what they share counts once. */
export async function memoryOf(pids: number[]): Promise<number> {
  const texts = await Promise.all(
    pids.map((pid) => Deno.readTextFile(`/proc/${pid}/smaps_rollup`).catch(() => "")),
  );
  return texts.reduce((sum, text) => sum + 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0), 0);
}

/** Seconds of processor time that some processes have taken, with those of their children that have ended. */
export async function processorTimeOf(pids: number[]): Promise<number> {
  const all = await Promise.all(pids.map(statusOf));
  // Ticks of a hundredth of a second: own and system's, then both of children that were waited for.
  return all.reduce(
    (sum, fields) => sum + (fields ? fields.slice(12, 16).reduce((a, b) => a + Number(b), 0) / 100 : 0),
    0,
  );
}

/** The fields of `/proc/PID/stat`: the number, the state, the parent …, without the program's name. */
async function statusOf(pid: number): Promise<string[] | undefined> {
  const text = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
  const end = text.lastIndexOf(")");
  return end < 0 ? undefined : [String(pid), ...text.slice(end + 2).split(" ")];
}
