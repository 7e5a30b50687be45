const PROT_READ = 1, MAP_SHARED = 1, O_RDONLY = 0;
const LIBRARIES: Partial<Record<typeof Deno.build.os, string[]>> = {
  linux: ["libc.so.6", `libc.musl-${Deno.build.arch}.so.1`],
  darwin: ["libSystem.B.dylib"],
};

/**
 * A number that the program outside changes at any time, even while this one is in a loop: the beginning of a file, as
 * memory. Where the system has no such thing, a number that never changes; then loops are terminated by V8.
 */
export function shareMemory(): Int32Array {
  const path = Deno.env.get("BACKPROP_STOP_FILE");
  Deno.env.delete("BACKPROP_STOP_FILE");
  for (const libc of path ? LIBRARIES[Deno.build.os] ?? [] : []) {
    try {
      const { symbols } = Deno.dlopen(libc, {
        open: { parameters: ["buffer", "i32"], result: "i32" },
        mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
        close: { parameters: ["i32"], result: "i32" },
      });
      const file = symbols.open(new TextEncoder().encode(`${path}\0`), O_RDONLY);
      if (file < 0) continue;
      const place = symbols.mmap(null, 4n, PROT_READ, MAP_SHARED, file, 0n);
      symbols.close(file);
      const failed = Deno.UnsafePointer.value(place) === 0xffff_ffff_ffff_ffffn;
      if (place && !failed) return new Int32Array(Deno.UnsafePointerView.getArrayBuffer(place, 4));
    } catch {
      // another C library
    }
  }
  return new Int32Array(1);
}
