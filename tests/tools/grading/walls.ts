import { findSandbox, type Sandbox } from "../../../tools/grading/sandbox.ts";

const found = await findSandbox().catch((error: Error) => error);
if (found instanceof Error) console.log(`Tests that grade submissions are left out: ${found.message}`);

/**
 * A test that grades submissions behind walls. Where there are none it is ignored, which is said; on a Linux machine that
 * runs tests unattended (`CI` is set) it fails. Other systems have no such walls.
 */
export function wallTest(name: string, body: (sandbox: Sandbox) => Promise<void>): void {
  Deno.test({
    name,
    ignore: found instanceof Error && (Deno.build.os !== "linux" || !Deno.env.get("CI")),
    sanitizeOps: false,
    sanitizeResources: false,
    fn() {
      if (found instanceof Error) throw found;
      return body(found);
    },
  });
}
