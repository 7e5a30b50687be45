import { DenoVersionError } from "./errors.ts";

/** The one version that everything here is tested with. */
export const DENO_VERSION = "2.9.6";

/**
 * Refuse another Deno than {@link DENO_VERSION}.
 *
 * @param actual The version that runs
 * @param options.task The task that was asked for, named in the advice
 * @param options.allowAny Let it pass (the environment variable `BACKPROP_ANY_DENO=1`)
 * @returns A notice to print when another version was let through, else `undefined`
 * @throws {DenoVersionError} If the version differs and `allowAny` is not set
 *
 * @example
 * ```ts
 * import { checkDenoVersion } from "./deno_version.ts";
 *
 * console.log(checkDenoVersion("2.9.6")); // undefined
 * ```
 */
export function checkDenoVersion(
  actual: string,
  options: { task?: string; allowAny?: boolean } = {},
): string | undefined {
  if (actual === DENO_VERSION) return undefined;
  if (options.allowAny) {
    return `This is Deno ${actual}; the project is tested with ${DENO_VERSION} only. Going on, as BACKPROP_ANY_DENO asks.`;
  }
  throw new DenoVersionError(
    `This is Deno ${actual}, and the project is tested with Deno ${DENO_VERSION} only. ` +
      `With Node at hand, say: npx -y deno@${DENO_VERSION} task ${options.task ?? "run"}. ` +
      `Without it: deno upgrade --version ${DENO_VERSION}. ` +
      "To try this one all the same, set the environment variable BACKPROP_ANY_DENO=1.",
  );
}
