/** A place in a stack, as V8 gives it. */
interface CallSite {
  toString(): string;
}

/**
 * Have stack traces tell cells apart: they then say `backprop-cell-7:2:9`, which the program outside turns into the
 * line of the learner's cell. Deno's own say `<anonymous>:2:9` of every cell.
 */
export function nameCellsInStacks(): void {
  const settings = Error as unknown as { prepareStackTrace?: (error: Error, sites: CallSite[]) => string };
  settings.prepareStackTrace = (error, sites) => {
    const frames = sites.map((site) => `\n    at ${site}`).join("");
    try {
      return `${Error.prototype.toString.call(error)}${frames}`;
    } catch {
      return `Error${frames}`; // its name or message cannot be read
    }
  };
}
