/// <reference lib="deno.unstable" />
// The rule about lists as arguments: each entry takes room on the stack, and 130,000 of them overflow it.
import { placeOf } from "./where.ts";

/** Functions that are given whole lists in this way. */
const TAKES_MANY = new Set([
  "max",
  "min",
  "hypot",
  "push",
  "unshift",
  "splice",
  "concat",
  "fromCharCode",
  "apply",
]);

/** A list is not spread into the arguments of a call in `lib/`, where a user says how long it is. */
export function noSpreadOfLists(root: string): Deno.lint.Rule {
  return {
    create(context) {
      if (placeOf(root, context.filename).area !== "lib") return {};
      return {
        CallExpression(node) {
          const { callee } = node;
          if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
          const { name } = callee.property;
          const spread = node.arguments.find((argument) => argument.type === "SpreadElement");
          if (!TAKES_MANY.has(name) || (name !== "apply" && spread === undefined)) return;
          context.report({
            node: spread ?? node,
            message:
              `${name}() is given a list as its arguments; 130,000 of them are more than fit on the stack.`,
            hint: "Loop over the list; maxOf() and minOf() of lib/kernels/extremes.ts do.",
          });
        },
      };
    },
  };
}
