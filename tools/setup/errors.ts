/** What set-up cannot do without, and how to get it: the message is all that a person is shown. */
export class SetupError extends Error {
  override name = "SetupError";
}

/** There is no Python at all. */
export class PythonMissingError extends SetupError {
  override name = "PythonMissingError";
}

/** Every Python at hand is older than the oldest that Jupyter runs on. */
export class PythonTooOldError extends SetupError {
  override name = "PythonTooOldError";
}

/** There is a Python, but without `venv` or `ensurepip`, as Debian ships it. */
export class VenvMissingError extends SetupError {
  override name = "VenvMissingError";
}

/** A package index did not answer. */
export class OfflineError extends SetupError {
  override name = "OfflineError";
}

/** Another Deno than the one this project is tested with. */
export class DenoVersionError extends SetupError {
  override name = "DenoVersionError";
}

/** No room on the disk for the packages. */
export class DiskFullError extends SetupError {
  override name = "DiskFullError";
}

/** pip or Deno failed for a reason that set-up does not know; the message quotes it. */
export class InstallError extends SetupError {
  override name = "InstallError";
}

/**
 * Turn the operating system's "no space left" into a {@link DiskFullError}; any other error comes back as it is.
 *
 * @param error What was thrown
 * @param where The folder that was being written
 */
export function explainDiskFull(error: unknown, where: string): unknown {
  if (error instanceof SetupError) return error;
  const code = (error as { code?: string } | null)?.code;
  if (code !== "ENOSPC" && !looksLikeFullDisk(String(error))) return error;
  return diskFull(where);
}

/** Whether some program's output says that the disk is full, in the words of Linux, macOS or Windows. */
export function looksLikeFullDisk(output: string): boolean {
  return /no space left on device|ENOSPC|disk quota exceeded|not enough space on the disk/i.test(output);
}

/** The sentence for a full disk. */
export function diskFull(where: string): DiskFullError {
  return new DiskFullError(
    `The disk that holds ${where} (or the one for temporary files) is full. Set-up needs about 400 MB there: ` +
      "free some space and run the same command again.",
  );
}
