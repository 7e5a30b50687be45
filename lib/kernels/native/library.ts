/** Finds a BLAS (Basic Linear Algebra Subprograms) on this machine and opens it. */

import { host } from "../../host/mod.ts";
import { KernelError } from "../errors.ts";

/** cblas_sgemm and cblas_dgemm, as C sees them: order, transpositions, m, n, k, α, A, lda, B, ldb, β, C, ldc. */
const SYMBOLS = {
  sgemm: gemm("f32"),
  dgemm: gemm("f64"),
  // OpenBLAS has these two, others have not.
  getThreads: { parameters: [], result: "i32", optional: true },
  setThreads: { parameters: ["i32"], result: "void", optional: true },
} as const;

function gemm<Scalar extends "f32" | "f64">(scalar: Scalar) {
  return {
    parameters: [
      ...["i32", "i32", "i32", "i32", "i32", "i32"] as const,
      ...[scalar, "buffer", "i32", "buffer", "i32", scalar, "buffer", "i32"] as const,
    ],
    result: "void",
  } as const;
}

/** A BLAS that is open. */
export interface Blas extends Readonly<ReturnType<typeof open>> {
  /** Where it is. */
  readonly path: string;
}

/** A library that may be there, and what stands before the names of its functions. */
interface Candidate {
  readonly path: string | URL;
  readonly prefix: string;
}

/**
 * Opens the first BLAS there is of: the one that the environment variable `BACKPROP_BLAS` names; Accelerate, on macOS;
 * the OpenBLAS of the Python package scipy-openblas32 in `.venv`; the system's OpenBLAS.
 *
 * @throws {KernelError} If there is none
 */
export function openBlas(): Blas {
  const tried = new Set<string>();
  for (const { path, prefix } of candidates()) {
    try {
      return { path: String(path), ...open(path, prefix) };
    } catch {
      tried.add(String(path)); // not there, for another processor, without these functions, or not permitted
    }
  }
  throw new KernelError(
    `useKernels("native"): no BLAS library could be opened (tried ${
      [...tried].join(", ")
    }). "deno task setup" puts one ` +
      `into .venv where there is one for the system; or install OpenBLAS with the system's package manager, or set ` +
      `BACKPROP_BLAS to the path of a library that has cblas_sgemm. The kernels stay as they were.`,
  );
}

function open(path: string | URL, prefix: string) {
  return host.openLibrary(path, {
    sgemm: { ...SYMBOLS.sgemm, name: `${prefix}cblas_sgemm` },
    dgemm: { ...SYMBOLS.dgemm, name: `${prefix}cblas_dgemm` },
    getThreads: { ...SYMBOLS.getThreads, name: `${prefix}openblas_get_num_threads` },
    setThreads: { ...SYMBOLS.setThreads, name: `${prefix}openblas_set_num_threads` },
  });
}

function* candidates(): Generator<Candidate> {
  const own = host.variable("BACKPROP_BLAS");
  if (own) {
    yield { path: own, prefix: "" };
    yield { path: own, prefix: "scipy_" };
    return;
  }
  if (host.system === "darwin") {
    yield { path: "/System/Library/Frameworks/Accelerate.framework/Accelerate", prefix: "" };
  }
  for (const path of wheels()) yield { path, prefix: "scipy_" };
  if (host.system === "windows") yield { path: "libopenblas.dll", prefix: "" };
  else if (host.system === "darwin") {
    yield { path: "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", prefix: "" };
  } else for (const path of ["libopenblas.so.0", "libopenblas.so"]) yield { path, prefix: "" };
}

/** The library inside the Python package scipy-openblas32, if set-up has put it into `.venv`. */
function* wheels(): Generator<URL> {
  const venv = host.place(".venv/");
  const unix = new URL("lib/", venv); // with a folder for the version of Python
  const places = [...host.names(unix).map((python) => new URL(`${python}/`, unix)), new URL("Lib/", venv)];
  for (const place of places) {
    const files = new URL("site-packages/scipy_openblas32/lib/", place);
    for (const name of host.names(files)) {
      if (/^(lib)?scipy_openblas.*\.(so|dylib|dll)$/.test(name)) yield new URL(name, files);
    }
  }
}
