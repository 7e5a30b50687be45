import { join } from "@std/path";

/**
 * The command line of JupyterLab: our notebooks, our kernel only, nothing written beside the notebooks, no look at the
 * network.
 *
 * @param root The repository
 * @param folder What is opened, absolute
 * @param extra What a person added; it comes last, and so goes before ours
 * @param uid The user's number; the administrator must say that it is meant
 */
export function labArguments(root: string, folder: string, extra: string[], uid?: number | null): string[] {
  return [
    "-m",
    "jupyterlab",
    `--ServerApp.root_dir=${folder}`,
    "--KernelSpecManager.allowed_kernelspecs=deno",
    "--KernelSpecManager.ensure_native_kernel=False",
    "--MappingKernelManager.default_kernel_name=deno",
    `--FileCheckpoints.checkpoint_dir=${join(root, "build", "lab_checkpoints")}`,
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
    "--LabApp.extension_manager=readonly",
    ...(uid === 0 ? ["--allow-root"] : []),
    ...extra,
  ];
}
