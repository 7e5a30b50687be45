import { libc } from "./libc.ts";

/**
 * On Linux, have the system kill this process when its parent dies, even in an endless loop.
 *
 * Elsewhere the end of standard input does it, as soon as the cell lets the event loop turn.
 */
export function dieWithParent(): void {
  if (Deno.build.os !== "linux") return;
  const PR_SET_PDEATHSIG = 1, SIGKILL = 9n;
  libc({ prctl: { parameters: ["i32", "u64", "u64", "u64", "u64"], result: "i32" } })
    ?.prctl(PR_SET_PDEATHSIG, SIGKILL, 0n, 0n, 0n);
}
