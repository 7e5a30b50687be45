import { dirname, fromFileUrl, join } from "@std/path";

/** Where set-up puts things. All of it is inside the repository, in folders that git ignores. */
export interface Places {
  /** The repository. */
  root: string;
  /** The virtual environment. */
  venv: string;
  /** Its interpreter. */
  python: string;
  /** Its programs. */
  bin: string;
  /** Everything that Jupyter would put into a home directory. */
  jupyter: string;
  /** Says that set-up came to its end, and with what. */
  stamp: string;
  /** Held while set-up works, so that two do not work at once. */
  lock: string;
  /** What pip installs. */
  requirements: string;
  /** What Deno installs. */
  denoLock: string;
  /** The folder that holds `kernel.json`. */
  kernelspec: string;
}

/** The repository that this file lies in. */
export const ROOT = dirname(dirname(dirname(fromFileUrl(import.meta.url))));

/** Every place that set-up knows, for a repository. */
export function places(root: string = ROOT, os: typeof Deno.build.os = Deno.build.os): Places {
  const venv = join(root, ".venv");
  const bin = join(venv, os === "windows" ? "Scripts" : "bin");
  return {
    root,
    venv,
    bin,
    python: join(bin, os === "windows" ? "python.exe" : "python"),
    jupyter: join(venv, "jupyter"),
    stamp: join(venv, "backprop_setup.json"),
    lock: join(root, "build", "setup.lock"),
    requirements: join(root, "tools", "setup", "requirements.txt"),
    denoLock: join(root, "deno.lock"),
    kernelspec: join(venv, "share", "jupyter", "kernels", "deno"),
  };
}

/** Settings of a person's own that would lead Python or pip out of the virtual environment. */
const UNWANTED = ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"];

/**
 * The environment of every program that set-up, the runner and the lab start: the caller's, with each folder that
 * Jupyter would make in a home directory moved into `.venv`, or to where `BACKPROP_JUPYTER` says: in the image for a
 * class, nobody can write into `.venv`.
 */
export function childEnvironment(
  at: Places,
  parent: Record<string, string>,
  os: typeof Deno.build.os = Deno.build.os,
): Record<string, string> {
  const env = { ...parent };
  for (const name of UNWANTED) delete env[name];
  const jupyter = parent.BACKPROP_JUPYTER || at.jupyter;
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  env[pathName] = [at.bin, env[pathName]].filter(Boolean).join(os === "windows" ? ";" : ":");
  return {
    ...env,
    VIRTUAL_ENV: at.venv,
    PYTHONNOUSERSITE: "1",
    PYTHONUTF8: "1",
    PIP_USER: "0",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    JUPYTER_CONFIG_DIR: join(jupyter, "config"),
    JUPYTER_DATA_DIR: join(jupyter, "data"),
    JUPYTER_RUNTIME_DIR: join(jupyter, "runtime"),
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
    JUPYTERLAB_DIR: join(at.venv, "share", "jupyter", "lab"),
    JUPYTERLAB_SETTINGS_DIR: join(jupyter, "lab", "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(jupyter, "lab", "workspaces"),
    IPYTHONDIR: join(jupyter, "ipython"),
    DENO_NO_UPDATE_CHECK: "1",
  };
}
