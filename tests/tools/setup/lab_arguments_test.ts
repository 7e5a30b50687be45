import { assert, assertEquals } from "@std/assert";
import { labArguments } from "../../../tools/setup/lab_arguments.ts";

Deno.test("labArguments() opens our notebooks with our kernel only", () => {
  const args = labArguments("/w", []);
  assert(args.includes("--ServerApp.root_dir=/w/notebooks"));
  assert(args.includes("--KernelSpecManager.allowed_kernelspecs=deno"));
});

Deno.test("labArguments() puts a person's arguments last, where they win", () => {
  assertEquals(labArguments("/w", ["--port=9999", "--no-browser"]).slice(-2), [
    "--port=9999",
    "--no-browser",
  ]);
});

Deno.test("labArguments() tells JupyterLab that the administrator means it, and only then", () => {
  assert(labArguments("/w", [], 0).includes("--allow-root"));
  assert(!labArguments("/w", [], 1000).includes("--allow-root"));
  assert(!labArguments("/w", []).includes("--allow-root"));
});
