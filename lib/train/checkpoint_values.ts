/** Plain values (numbers, texts, lists, records, typed arrays, tensors) as JSON, exact to the bit, and back. */

import { kindOf } from "../checks/values.ts";
import { Tensor } from "../tensor/tensor.ts";

const ARRAYS = { Float64Array, Float32Array, Uint8Array, Uint32Array, Int32Array };

/**
 * JSON of a value. What JSON lacks is a record with the key `$`: `{"$":"number","is":"NaN"}`, or
 * `{"$":"Float32Array","base64":"zczMPQ=="}` with the bytes of the numbers, little-endian. A field that is `undefined`
 * is left out.
 *
 * @param name What the value is called, for the error
 * @throws {TypeError} If a value is not plain, naming where it is
 */
export function encodeValue(value: unknown, name: string): string {
  return JSON.stringify(plain(value, name));
}

function plain(value: unknown, path: string): unknown {
  if (Object.is(value, -0)) return { $: "number", is: "-0" };
  if (typeof value === "number") return Number.isFinite(value) ? value : { $: "number", is: String(value) };
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((entry, i) => plain(entry, `${path}[${i}]`));
  if (value instanceof Tensor) return { $: "Tensor", shape: value.shape, data: plain(value.data, path) };
  if (ArrayBuffer.isView(value) && value.constructor.name in ARRAYS) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { $: value.constructor.name, base64: bytes.toBase64() };
  }
  if (!isRecord(value)) {
    const can = "only numbers, texts, lists, records and tensors can";
    throw new TypeError(`${path} is ${kindOf(value)}, which cannot be saved; ${can}.`);
  }
  if ("$" in value) throw new TypeError(`${path} has a field named $, which is reserved.`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([key, field]) => [key, plain(field, `${path}.${key}`)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/**
 * Takes {@link encodeValue} back.
 *
 * @throws {TypeError | RangeError | SyntaxError} If it is not such a text
 */
export function decodeValue(json: string): unknown {
  return JSON.parse(json, (_, value) => {
    if (!Object.hasOwn(value ?? {}, "$")) return value;
    if (value.$ === "number") return Number(value.is);
    if (value.$ === "Tensor") return new Tensor(value.data, value.shape);
    if (!Object.hasOwn(ARRAYS, value.$)) throw new TypeError(`unknown kind of value "${value.$}"`);
    return new ARRAYS[value.$ as keyof typeof ARRAYS](Uint8Array.fromBase64(value.base64).buffer);
  });
}
