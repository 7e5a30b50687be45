import { fromFileUrl, join } from "@std/path";
import type { Environment } from "../setup/ensure.ts";
import { ensureExtraPackages } from "../setup/extra_packages.ts";

const HERE = fromFileUrl(new URL(".", import.meta.url));

/** The configuration of nbgrader, for its `--config`. */
export const NBGRADER_CONFIG = join(HERE, "nbgrader_config.py");

/**
 * Install nbgrader into `build/grading/packages`, once, beside the packages of `.venv` which it shares.
 *
 * @returns The environment in which `.venv`'s Python finds it: `python -m nbgrader …`
 * @throws {SetupError} If there is no network, no room, or no Python 3.11
 */
export function ensureNbgrader(environment: Environment): Promise<Record<string, string>> {
  return ensureExtraPackages(environment, {
    label: "nbgrader",
    requirements: join(HERE, "requirements.txt"),
    folder: join(environment.root, "build", "grading", "packages"),
    python: [3, 11],
  });
}
