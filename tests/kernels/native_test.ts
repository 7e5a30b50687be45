// The machine's BLAS against the plain loops. Set-up installs one where there is one for the system.
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { KernelError, ones, Rng, useKernels } from "backprop";
import type { Kernels } from "../../lib/kernels/kernels.ts";
import { openBlas } from "../../lib/kernels/native/library.ts";
import { nativeKernels } from "../../lib/kernels/native/native_kernels.ts";
import { referenceKernels } from "../../lib/kernels/reference.ts";
import { absolute, anyForm, anySize, DTYPES, empty, numbers, productError } from "./support.ts";

/** Without a library there is nothing to compare; set-up puts one into .venv on every common system. */
const native = openIfThere();

function openIfThere(): Kernels | undefined {
  try {
    return nativeKernels();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return undefined;
  }
}

for (const dtype of DTYPES) {
  Deno.test({
    name: `${dtype} products by BLAS are within k roundings of the reference, in all four forms, on any size`,
    ignore: native === undefined,
    fn() {
      const rng = new Rng(dtype === "float64" ? 1 : 2);
      const epsilon = dtype === "float64" ? 2 ** -53 : 2 ** -24;
      for (let i = 0; i < 1500; i++) {
        const [m, k, n] = [anySize(rng, 200), anySize(rng, 400), anySize(rng, 100)];
        const sizes = anyForm(rng, m, k, n);
        const a = numbers(rng, dtype, m * k), b = numbers(rng, dtype, k * n);
        if (i % 5 === 0 && a.length > 0) a[a.length >> 1] = [NaN, Infinity, -0][i % 3];
        const expected = empty("float64", m * n),
          terms = empty("float64", m * n),
          got = numbers(rng, dtype, m * n);
        referenceKernels.matmul(a, b, expected, sizes);
        referenceKernels.matmul(absolute(a), absolute(b), terms, sizes);
        native!.matmul(a, b, got, sizes);
        // Twice, since in float64 the reference rounds as well.
        assertLess(productError(got, expected, terms, k, 2 * epsilon), 1, JSON.stringify(sizes));
      }
    },
  });
}

Deno.test({
  name: "native kernels are used by tensors once they are chosen",
  ignore: native === undefined,
  fn() {
    assertEquals(useKernels("native"), "wasm");
    try {
      assertEquals(ones([50, 60]).matmul(ones([60, 50])).at(49, 49), 60);
    } finally {
      assertEquals(useKernels("wasm"), "native");
    }
  },
});

Deno.test("BACKPROP_BLAS names the library; if it is none, the error says what was tried and what to do", () => {
  const before = Deno.env.get("BACKPROP_BLAS");
  try {
    for (const path of ["/nowhere/libblas.so", fromFileUrl(import.meta.url)]) {
      Deno.env.set("BACKPROP_BLAS", path);
      const error = assertThrows(() => openBlas(), KernelError, `tried ${path})`);
      assertEquals(/deno task setup/.test(error.message) && /The kernels stay/.test(error.message), true);
    }
  } finally {
    if (before === undefined) Deno.env.delete("BACKPROP_BLAS");
    else Deno.env.set("BACKPROP_BLAS", before);
  }
});
