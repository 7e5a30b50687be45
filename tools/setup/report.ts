import { SetupError } from "./errors.ts";

/**
 * Print why set-up failed: one paragraph for what a person can mend, the stack for what only a bug can cause.
 *
 * @returns The exit code of the command, 1
 */
export function reportSetupError(error: unknown, print: (text: string) => void = console.error): number {
  if (error instanceof SetupError) print(`\nSet-up cannot go on. ${error.message}`);
  else print(error instanceof Error ? error.stack ?? String(error) : String(error));
  return 1;
}
