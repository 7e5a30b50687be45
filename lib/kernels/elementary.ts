/**
 * Our own exp, log, pow, tanh, sin … instead of those of `Math`.
 *
 * The built-in ones are allowed to differ between processors and between versions of the engine. These use
 * only `+ − × ÷ √`, which IEEE 754 defines to the last bit, so a notebook prints the same digits everywhere.
 *
 * The method is the classical one: reduce the argument to a short interval, sum a Taylor series there, and
 * carry the rounding error of the largest terms along in a second number (see `tails.ts`), so that the result
 * is within 1 ulp (unit in the last place) of the true value.
 */

export { exp, expm1, logistic, tanh } from "./exponentials.ts";
export { log, log1p, softplus } from "./logarithms.ts";
export { pow } from "./powers.ts";
export { cos, sin } from "./trigonometry.ts";
