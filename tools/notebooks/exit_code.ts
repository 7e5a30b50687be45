import { reportSetupError, SetupError } from "../setup/setup.ts";
import { UsageError } from "../shared/arguments.ts";

/**
 * Say why a command that executes notebooks ended early.
 *
 * @returns Its exit code: 130 if a person stopped it, 2 for a command line that cannot be understood, else 1
 */
export function exitCodeOf(error: unknown, print: (text: string) => void = console.error): number {
  if (error instanceof DOMException && error.name === "AbortError") {
    print("\nStopped. No kernel is left running.");
    return 130;
  }
  if (error instanceof UsageError) {
    print(error.message);
    return 2;
  }
  if (!(error instanceof SetupError)) print("The notebooks could not be run:");
  return reportSetupError(error, print);
}
