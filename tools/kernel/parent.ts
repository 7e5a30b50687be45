import process from "node:process";

/** How often to look, in milliseconds. */
const INTERVAL = 1000;

/**
 * Call `orphaned` when the program that started this one has ended without saying so.
 *
 * Unix gives an orphan another parent. Windows keeps the old number, which then names no process.
 */
export function watchParent(orphaned: () => void): void {
  const parent = Deno.ppid;
  const isGone = () => Deno.build.os === "windows" ? !isAlive(parent) : Deno.ppid !== parent;
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    orphaned();
  }, INTERVAL);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
