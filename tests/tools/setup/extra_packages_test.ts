import { assertEquals } from "@std/assert";
import { areAmong } from "../../../tools/setup/extra_packages.ts";

const LIST = "# nbgrader\nnbgrader==0.9.6\njupyter-core==5.9.1 ; python_version > '3'\n";

Deno.test("packages are installed if each is there in the version of the list", () => {
  const there = ["nbgrader-0.9.6.dist-info", "jupyter_core-5.9.1.dist-info", "mako-1.0.dist-info"];
  assertEquals(areAmong(there, LIST), true);
  assertEquals(areAmong(there.slice(1), LIST), false);
  assertEquals(areAmong(["nbgrader-0.9.5.dist-info", ...there.slice(1)], LIST), false);
});
