const NAMES: Partial<Record<typeof Deno.build.os, string[]>> = {
  linux: ["libc.so.6", `libc.musl-${Deno.build.arch}.so.1`],
  darwin: ["libSystem.B.dylib"],
};

/** Functions of the system's C library; `undefined` where there is none that we know. */
export function libc<const S extends Deno.ForeignLibraryInterface>(
  functions: S,
): Deno.StaticForeignLibraryInterface<S> | undefined {
  for (const name of NAMES[Deno.build.os] ?? []) {
    try {
      return Deno.dlopen(name, functions).symbols;
    } catch {
      // another C library
    }
  }
  return undefined;
}
