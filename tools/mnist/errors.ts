/**
 * Why a file did not arrive.
 *
 * - `network`: no connection, or it broke off
 * - `refused`: the server answered, but not with the file
 * - `checksum`: something arrived, but not MNIST
 * - `disk`: it could not be written
 * - `npm`: the npm client is missing or failed
 */
export type DownloadErrorKind = "network" | "refused" | "checksum" | "disk" | "npm";

/** A download that failed; the message is a sentence for the person at the terminal. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";

  constructor(readonly kind: DownloadErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Error numbers for a full disk or an exhausted quota, as Deno reports them on Linux, macOS and Windows. */
const FULL = /ENOSPC|EDQUOT|No space left|not enough space|quota exceeded|os error (28|112|122)\b/i;

/**
 * The sentence for a failed write, whatever the system called it.
 *
 * @param error What the file system threw
 * @param path The file that was being written
 */
export function diskError(error: unknown, path: string): DownloadError {
  const code = (error as { code?: string } | null)?.code ?? "";
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (FULL.test(`${code} ${message}`)) {
    return new DownloadError(
      "disk",
      `The disk is full: no room for ${path}. Free 100 MB and run this again.`,
      options,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new DownloadError("disk", `No permission to write ${path}.`, options);
  }
  return new DownloadError("disk", `${path} cannot be written: ${message}`, options);
}
