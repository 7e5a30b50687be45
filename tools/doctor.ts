/**
 * Say what is installed, which versions, whether the kernel starts, and how long it takes: `deno task doctor`.
 *
 * @module
 */
import { reportDoctor } from "./doctor/examine.ts";

if (import.meta.main) Deno.exit(await reportDoctor() ? 0 : 1);
