/** Whatever a learner's cell may hand over, read as numbers with a shape, or as a sentence about what it is instead. */

import { formatValue } from "../checks/format.ts";
export { formatValue } from "../checks/format.ts";
import type { Numbers } from "../tensor/shape.ts";
import { formatShape } from "../slips/shape_slips.ts";

export { closeTo } from "../tensor/closeness.ts";
export type { Numbers } from "../tensor/shape.ts";
export { formatIndex } from "../tensor/shape.ts";
export { formatShape } from "../slips/shape_slips.ts";

/** Why a value cannot be read as numbers: a clause that follows "it is", e.g. "undefined: does …". */
export interface NotNumbers {
  readonly problem: string;
}

/** Reads a number, a typed array, arrays nested to any depth, or a tensor (`{ data, shape }`). */
export function readNumbers(value: unknown): Numbers | NotNumbers {
  if (typeof value === "number") return { data: [value], shape: [] };
  if (value === undefined) return { problem: "undefined: is a return missing, an entry, or its name?" };
  if (value === null) return { problem: "null: was it ever computed?" };
  if (typeof value === "function") {
    return {
      problem: `a function${value.name ? `, ${value.name}` : ""}: call it, with its arguments in parentheses`,
    };
  }
  if (typeof value !== "object") {
    return { problem: `of type ${typeof value}, not a number: ${String(value)}` };
  }
  if (isNumericArray(value)) return { data: value, shape: [value.length] };
  if (Array.isArray(value)) return readNested(value);
  const { data, shape, then } = value as { data?: unknown; shape?: unknown; then?: unknown };
  if (typeof then === "function") return { problem: "a promise: write await before the call" };
  if (isList(data) && Array.isArray(shape) && shape.every((length) => typeof length === "number")) {
    return { data: data as ArrayLike<number>, shape };
  }
  const keys = Object.keys(value).slice(0, 5).join(", ");
  return { problem: `an object${keys ? ` with ${keys}` : ""}, not numbers` };
}

/** Reads an array level by level; all entries of a level must have the same shape. */
function readNested(values: readonly unknown[]): Numbers | NotNumbers {
  const data: number[] = [];
  let first: readonly number[] | undefined;
  for (let at = 0; at < values.length; at++) {
    const entry = readNumbers(values[at]);
    if ("problem" in entry) return { problem: `an array whose entry [${at}] is ${entry.problem}` };
    first ??= entry.shape;
    if (entry.shape.join() !== first.join()) {
      return {
        problem: `a ragged array: entry [0] has shape ${formatShape(first)}, ` +
          `but entry [${at}] has ${formatShape(entry.shape)}`,
      };
    }
    for (let i = 0; i < entry.data.length; i++) data.push(entry.data[i]);
  }
  return { data, shape: [values.length, ...(first ?? [])] };
}

/** All numbers of a small array, nested; the first few of a large one. */
export function formatNumbers({ data, shape }: Numbers): string {
  if (shape.length === 0) return formatValue(data[0]);
  if (data.length > 24) {
    const first = Array.from({ length: 6 }, (_, i) => formatValue(data[i])).join(", ");
    return `${first}, … (${data.length} numbers, shape ${formatShape(shape)})`;
  }
  const nest = (axis: number, start: number, size: number): string => {
    if (axis === shape.length) return formatValue(data[start]);
    const step = shape[axis] === 0 ? 0 : size / shape[axis];
    return `[${
      Array.from({ length: shape[axis] }, (_, k) => nest(axis + 1, start + k * step, step)).join(", ")
    }]`;
  };
  return nest(0, 0, data.length);
}

function isNumericArray(value: object): value is ArrayLike<number> & object {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array);
}

function isList(value: unknown): boolean {
  return typeof value === "object" && value !== null && (Array.isArray(value) || isNumericArray(value));
}
