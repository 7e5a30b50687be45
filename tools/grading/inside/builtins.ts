/** Node's modules that a graded cell may use: they compute, and see neither memory nor messages nor other threads. */
export const HARMLESS: readonly string[] = [
  ..."assert assert/strict buffer events path path/posix path/win32 punycode querystring".split(" "),
  ..."string_decoder timers timers/promises url util/types zlib".split(" "),
];

/** Whether a cell may have it, with or without `node:` before its name. */
export function isHarmless(name: string): boolean {
  return HARMLESS.includes(name.replace(/^node:/, ""));
}
