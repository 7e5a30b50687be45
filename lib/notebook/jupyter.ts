/** The one place that touches the kernel; everything else in this folder asks here. */

import { host, type Jupyter } from "../host/mod.ts";

/** What a cell may show, by MIME type: front ends choose the richest form they can draw. */
export type MimeBundle = Record<string, unknown>;

let substitute: { kernel: Jupyter | undefined } | undefined;

/** The kernel this code runs in, or `undefined` outside a notebook (a test, a program in the terminal). */
export function kernel(): Jupyter | undefined {
  return substitute ? substitute.kernel : host.jupyter();
}

/**
 * Runs `body` as if inside `kernel` (`undefined`: outside any), for tests.
 */
export async function withKernel<T>(kernel: Jupyter | undefined, body: () => T | Promise<T>): Promise<T> {
  const before = substitute;
  substitute = { kernel };
  try {
    return await body();
  } finally {
    substitute = before;
  }
}

/**
 * Waits until the kernel has sent what was shown so far.
 *
 * The stock kernel sends outputs through one queue and "the cell is done" through another; a front end that stops
 * listening when a cell is done loses outputs that come later. A short timer lets them overtake.
 */
export function settle(milliseconds = 10): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, kernel() ? milliseconds : 0));
}
