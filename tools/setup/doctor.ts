/**
 * Say what is installed, which versions, whether the kernel starts, and how long it takes: `deno task doctor`.
 *
 * @module
 */
import { readArguments } from "../shared/arguments.ts";
import { reportDoctor } from "./examine.ts";

const HELP = `Say what is installed, in which versions, whether the kernel starts, and how long it takes.

  deno task doctor

  --help   Show this

It changes nothing. Exits with 1 if something is wrong: that line begins with BAD, and says what to do.`;

if (import.meta.main) {
  readArguments({ task: "doctor", help: HELP });
  Deno.exit(await reportDoctor() ? 0 : 1);
}
