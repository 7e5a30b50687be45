import { assert, assertEquals } from "@std/assert";
import { labArguments } from "../../../tools/setup/lab_arguments.ts";

Deno.test("labArguments() opens one folder with our kernel only", () => {
  const args = labArguments("/w", "/w/work", []);
  assert(args.includes("--ServerApp.root_dir=/w/work"));
  assert(args.includes("--KernelSpecManager.allowed_kernelspecs=deno"));
});

Deno.test("labArguments() puts a person's arguments last, where they win", () => {
  assertEquals(labArguments("/w", "/w/work", ["--port=9999", "--no-browser"]).slice(-2), [
    "--port=9999",
    "--no-browser",
  ]);
});

Deno.test("labArguments() tells JupyterLab that the administrator means it, and only then", () => {
  assert(labArguments("/w", "/w/work", [], 0).includes("--allow-root"));
  assert(!labArguments("/w", "/w/work", [], 1000).includes("--allow-root"));
  assert(!labArguments("/w", "/w/work", []).includes("--allow-root"));
});
