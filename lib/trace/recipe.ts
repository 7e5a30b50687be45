/** What a trace was made from, as plain data: enough to make it again elsewhere, such as in a reader's browser. */

import { Value } from "../autograd/value.ts";
import type { DType } from "../tensor/dtype.ts";
import type { NestedNumbers } from "../tensor/tensor.ts";
import type { Stage } from "./network_stages.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A piece of a network, as plain data. */
export type StageRecipe =
  | { readonly weight: NestedNumbers; readonly bias?: NestedNumbers }
  | { readonly activation: "sigmoid" | "tanh" | "relu" | "leakyRelu"; readonly negativeSlope?: number };

/** What {@link trace} was given. */
export interface NetworkRecipe {
  /** A network. */
  readonly kind: "network";
  /** float64 or float32. */
  readonly dtype: DType;
  /** Its layers in order. */
  readonly stages: readonly StageRecipe[];
  /** `[N, D]` */
  readonly x: NestedNumbers;
  /** Like the output, with the loss that compares them; or ∂L/∂output in their place. */
  readonly end: {
    readonly y: NestedNumbers;
    readonly loss:
      | "mseLoss"
      | "binaryCrossEntropyLoss"
      | "binaryCrossEntropyWithLogitsLoss"
      | "crossEntropyLoss";
  } | { readonly gradOutput: NestedNumbers };
  /** η, if there are lines for updates. */
  readonly learningRate?: number;
}

/** What a formula of scalar values computed, node by node, the result last. */
export interface FunctionRecipe {
  /** A formula. */
  readonly kind: "function";
  /** A leaf has a number; the others have an operation on earlier nodes, or on constants. */
  readonly nodes: readonly {
    readonly label?: string;
    readonly data?: number;
    readonly operation?: string;
    readonly of?: readonly (number | { readonly constant: number })[];
  }[];
}

/** What a trace was made from; plain data, which {@link retrace} makes the trace from again. */
export type TraceRecipe = NetworkRecipe | FunctionRecipe;

/** The recipe of a network's trace. */
export function networkRecipe(
  stages: readonly Stage[],
  x: Tensor,
  end: { y: Tensor; loss: Extract<NetworkRecipe["end"], { y: unknown }>["loss"] } | { gradOutput: Tensor },
  learningRate: number | undefined,
): NetworkRecipe {
  return {
    kind: "network",
    dtype: x.dtype,
    stages: stages.map((stage): StageRecipe =>
      stage.kind === "linear"
        ? { weight: stage.weight.toArray(), ...(stage.bias && { bias: stage.bias.toArray() }) }
        : {
          activation: stage.name,
          ...(stage.negativeSlope !== undefined && { negativeSlope: stage.negativeSlope }),
        }
    ),
    x: x.toArray(),
    end: "y" in end ? { y: end.y.toArray(), loss: end.loss } : { gradOutput: end.gradOutput.toArray() },
    ...(learningRate !== undefined && { learningRate }),
  };
}

/** The recipe of a formula's trace, from its values in the order in which they were computed. */
export function functionRecipe(order: readonly Value[]): FunctionRecipe {
  const index = new Map(order.map((node, i) => [node, i]));
  return {
    kind: "function",
    nodes: order.map((node) => ({
      ...(node.label !== undefined && { label: node.label }),
      ...(node.parents.length === 0 ? { data: node.data } : {
        operation: node.operation,
        of: node.parents.map((parent) => index.get(parent) ?? { constant: parent.data }),
      }),
    })),
  };
}

/** The values of a formula, computed anew; the result. */
export function valuesOf({ nodes }: FunctionRecipe): Value {
  const values: Value[] = [];
  for (const { label, data, operation = "", of = [] } of nodes) {
    const [a, b] = of.map((operand) => typeof operand === "number" ? values[operand] : operand.constant);
    const value = data !== undefined ? new Value(data) : apply(operation, a, b);
    value.label = label;
    values.push(value);
  }
  return values[values.length - 1];
}

/** The operation of that name; a constant stands on the left only in a formula such as 1 − a, made of two values. */
function apply(operation: string, a: Value | number, b: Value | number | undefined): Value {
  const left = a instanceof Value ? a : new Value(a);
  if (operation.startsWith("pow ")) return left.pow(Number(operation.slice(4)));
  switch (operation) {
    case "add":
    case "sub":
    case "mul":
    case "div":
      return left[operation](b!);
    case "neg":
    case "exp":
    case "log":
    case "relu":
    case "tanh":
    case "sigmoid":
      return left[operation]();
  }
  throw new TypeError(`retrace: there is no operation "${operation}".`);
}
