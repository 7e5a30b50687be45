import { dirname } from "@std/path";

/**
 * Do something while no other process does it. The operating system lets go of the lock when a process ends, however it
 * ends, so a set-up that was killed blocks nobody.
 *
 * @param path The lock file; it is made, and stays
 * @param onWait Called once if another process is at it
 */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await Deno.mkdir(dirname(path), { recursive: true });
  using file = await Deno.open(path, { create: true, write: true });
  if (!await file.tryLock(true)) {
    onWait();
    await file.lock(true);
  }
  try {
    return await work();
  } finally {
    await file.unlock();
  }
}
