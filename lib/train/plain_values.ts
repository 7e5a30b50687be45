/** Plain values (numbers, texts, lists, records, typed arrays, tensors) as JSON beside raw bytes, and back. */

import { Tensor } from "../tensor/tensor.ts";

/** JSON with references into bytes. */
export interface Packed {
  /** The values, fit for `JSON.stringify`. */
  readonly json: unknown;
  /** The numbers of all typed arrays, each beginning at a multiple of 8 bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const ARRAYS = { Float64Array, Float32Array, Uint8Array, Uint32Array, Int32Array } as const;
type ArrayName = keyof typeof ARRAYS;
type NumberArray = InstanceType<typeof ARRAYS[ArrayName]>;
/** Numbers that JSON does not have. */
const NUMBERS: Record<string, number> = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };

/**
 * Packs values, copying everything: what happens to them later does not reach the result.
 *
 * What JSON lacks is written as a record with the key `$`: `{"$":"NaN"}`, `{"$":"Float64Array","at":0,"length":3}`.
 * A record's fields that are `undefined` are left out.
 *
 * @param name What the value is called, for the error
 * @throws {TypeError} If a value is not plain, naming where it is
 */
export function pack(value: unknown, name: string): Packed {
  const arrays: NumberArray[] = [];
  let size = 0;

  const packArray = (array: NumberArray, type: string) => {
    const at = size;
    arrays.push(array);
    size = Math.ceil((size + array.byteLength) / 8) * 8;
    return { $: type, at, length: array.length };
  };
  const visit = (value: unknown, path: string): unknown => {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (value === undefined) return { $: "undefined" };
    if (Array.isArray(value)) return value.map((entry, i) => visit(entry, `${path}[${i}]`));
    if (value instanceof Tensor) return { $: "Tensor", shape: value.shape, data: visit(value.data, path) };
    const type = Object.keys(ARRAYS).find((type) => value instanceof ARRAYS[type as ArrayName]);
    if (type) return packArray(value as NumberArray, type);
    const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
    if (prototype !== Object.prototype && prototype !== null) {
      const what = typeof value === "object"
        ? `a ${value?.constructor?.name ?? "object"}`
        : `a ${typeof value}`;
      throw new TypeError(
        `${path} is ${what}, which cannot be saved; only numbers, texts, lists, records and tensors can.`,
      );
    }
    if (Object.hasOwn(value, "$")) throw new TypeError(`${path} has a field named $, which is reserved.`);
    return Object.fromEntries(
      Object.entries(value).filter(([, field]) => field !== undefined)
        .map(([key, field]) => [key, visit(field, `${path}.${key}`)]),
    );
  };

  const json = visit(value, name);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = Math.ceil((at + array.byteLength) / 8) * 8;
  }
  return { json, bytes };
}

/**
 * Takes {@link pack} back, into new arrays.
 *
 * @throws {TypeError} If it is no packed value
 */
export function unpack({ json, bytes }: Packed): unknown {
  const visit = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(visit);
    const record = value as Record<string, unknown>;
    if (!Object.hasOwn(record, "$")) {
      return Object.fromEntries(Object.entries(record).map(([key, field]) => [key, visit(field)]));
    }
    const type = String(record.$);
    if (type === "undefined") return undefined;
    if (Object.hasOwn(NUMBERS, type)) return NUMBERS[type];
    if (type === "Tensor") return new Tensor(visit(record.data) as Tensor["data"], record.shape as number[]);
    if (!Object.hasOwn(ARRAYS, type)) throw new TypeError(`unknown kind of value "${type}"`);
    const { at, length } = record as { at: number; length: number };
    const kind = ARRAYS[type as ArrayName];
    const end = at + length * kind.BYTES_PER_ELEMENT;
    if (!Number.isInteger(at) || !Number.isInteger(length) || at < 0 || length < 0 || end > bytes.length) {
      throw new TypeError(`${type} of ${length} numbers at byte ${at} of ${bytes.length}`);
    }
    return new kind(bytes.slice(at, end).buffer);
  };
  return visit(json);
}
