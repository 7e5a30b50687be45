/**
 * Where the library runs: the only folder that names Deno, Node or what a browser alone has.
 *
 * A bundle for browsers takes `browser.ts` in the place of `deno.ts`.
 *
 * @module
 */
export { host } from "./deno.ts";
export { INSPECT, type Jupyter } from "./host.ts";
