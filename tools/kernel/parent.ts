import process from "node:process";

/** How often to look, in milliseconds. */
const INTERVAL = 1000;

/**
 * Call `orphaned` when the program that started this one has ended without saying so.
 *
 * Unix gives an orphan another parent. Windows keeps the old number, which then names no process. Jupyter tells its own
 * number too, which shows whether it ended before this program could look.
 */
export function watchParent(orphaned: () => void): void {
  const parent = Deno.ppid;
  const jupyter = Number(Deno.env.get("JPY_PARENT_PID") ?? 0);
  const hasMoved = () => Deno.build.os === "windows" ? !isAlive(parent) : Deno.ppid !== parent;
  const wasLate = parent === 1 && jupyter > 1 && !isAlive(jupyter);
  const isGone = () => wasLate || hasMoved();
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    orphaned();
  }, INTERVAL);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === "EPERM"; // another user's is alive all the same
  }
}
