/**
 * Refuses an option that does not exist. A notebook cell runs without a type check, so a misspelt one would silently
 * leave its default in place.
 *
 * @param owner Named in the error
 * @param names What there is
 * @throws {TypeError} If there is another one, or no options at all
 */
export function checkNames(owner: string, names: readonly string[], options: object): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `${owner}: expected an object of options, got ${options === null ? "null" : typeof options}.`,
    );
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw new TypeError(`${owner}: unknown option "${name}"; it knows ${names.join(", ")}.`);
    }
  }
}
