// From AssemblyScript to WebAssembly.
import asc from "assemblyscript/asc";
import { join } from "@std/path";

/** What is built, from the project's root. */
export const KERNELS = "lib/kernels/wasm/kernels.wasm";
const SOURCES = "lib/kernels/wasm/assembly";

const OPTIONS = [
  "-O3",
  "--noAssert",
  ...["--runtime", "stub"], // nothing is allocated
  ...["--enable", "simd", "--enable", "threads"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "2", "--maximumMemory", "32768"],
  ...["--memoryBase", "4096"], // below are the control words of jobs.ts
];

/** The compiler does not accept the sources, or has something to say about them. */
export class BuildError extends Error {
  override name = "BuildError";
}

/**
 * The WebAssembly module of the fast kernels. The same sources give the same bytes.
 *
 * @param root The project's folder, absolute
 * @throws {BuildError} With the compiler's words, also if they are only a warning
 */
export async function buildKernels(root: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const { error, stdout, stderr } = await asc.main(["index.ts", "--outFile", "kernels.wasm", ...OPTIONS], {
    readFile: (name) => read(join(root, SOURCES, twin(name))),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) bytes = contents;
    },
    listFiles: () => [],
  });
  const said = `${stdout}${stderr}`.trim();
  if (error !== null || said !== "" || bytes === undefined) {
    throw new BuildError(said || error?.message || "The compiler wrote nothing.");
  }
  return bytes;
}

/** The one file that both compilers cannot share, since it reads a number's bits. */
function twin(name: string): string {
  return name.endsWith("/bits.ts") ? "bits.ts" : name;
}

function read(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return null; // the compiler tries another name
  }
}
