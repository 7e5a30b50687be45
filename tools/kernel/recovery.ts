import type { InnerKernel } from "./inner.ts";
import { log } from "./log.ts";

/** How often each of the two is tried. */
const MOST = 20;

/**
 * After a cell was stopped: see to it that nothing of that hits the next one.
 *
 * A termination that came a moment too late is still pending, and would end whatever runs next: so something runs that
 * may be ended. It may also have ended the part of ours inside that listens: so that is asked, and begun anew if it
 * does not answer. And V8's terminations leave Deno's event loop at rest until it is asked for something.
 */
export async function recover(inner: InnerKernel): Promise<void> {
  await inner.interrupted();
  for (let i = 0; i < MOST; i++) {
    const reply = await inner.evaluate("void 0", 1000);
    if (reply?.status === "ok") break;
  }
  for (let i = 0; i < MOST; i++) {
    if (await inner.ping(i === 0 ? 400 : 200)) return;
    await inner.evaluate("__backprop_listen()", 1000);
  }
  log("the kernel behind does not listen any more");
}
