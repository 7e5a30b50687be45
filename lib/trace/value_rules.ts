/** The operations of scalar values: how each is written, and its local derivatives. */

import { formatValue } from "../checks/format.ts";
import type { Value } from "../autograd/value.ts";
import { pow } from "../kernels/elementary.ts";
import { FLOAT64 } from "../tensor/dtype.ts";
import { tensor } from "../tensor/create.ts";
import { slope } from "../tensor/elementwise.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How one operation is written: templates with a and b for its operands and o for its result. */
export interface Rule {
  readonly formula: string;
  readonly latex: string;
  readonly compute: (a: Tensor, b: Tensor) => Tensor;
  /** ∂o/∂a, and ∂o/∂b if there is a b. */
  readonly locals: readonly {
    readonly formula: string;
    readonly latex: string;
    readonly compute: (a: Tensor, b: Tensor, o: Tensor) => Tensor;
  }[];
}

const one = { formula: "1", latex: "1", compute: (a: Tensor) => a.mul(0).add(1) };
const minusOne = { formula: "(−1)", latex: "(-1)", compute: (a: Tensor) => a.mul(0).sub(1) };

const RULES: Record<string, Rule> = {
  add: { formula: "a + b", latex: "a+b", compute: (a, b) => a.add(b), locals: [one, one] },
  sub: { formula: "a − b", latex: "a-b", compute: (a, b) => a.sub(b), locals: [one, minusOne] },
  mul: {
    formula: "a·b",
    latex: "a\\cdot b",
    compute: (a, b) => a.mul(b),
    locals: [{ formula: "b", latex: "b", compute: (_a, b) => b }, {
      formula: "a",
      latex: "a",
      compute: (a) => a,
    }],
  },
  div: {
    formula: "a/b",
    latex: "\\frac{a}{b}",
    compute: (a, b) => a.div(b),
    locals: [
      { formula: "1/b", latex: "\\frac{1}{b}", compute: (a, b) => a.mul(0).add(1).div(b) },
      {
        formula: "(−a/b²)",
        latex: "\\left(-\\frac{a}{b^2}\\right)",
        compute: (a, b) => a.neg().div(b.mul(b)),
      },
    ],
  },
  neg: { formula: "−a", latex: "-a", compute: (a) => a.neg(), locals: [minusOne] },
  exp: {
    formula: "exp(a)",
    latex: "e^{a}",
    compute: (a) => a.exp(),
    locals: [{ formula: "o", latex: "o", compute: (a, _b, o) => slope("exp", a, o) }],
  },
  log: {
    formula: "ln(a)",
    latex: "\\ln(a)",
    compute: (a) => a.log(),
    locals: [{ formula: "1/a", latex: "\\frac{1}{a}", compute: (a, _b, o) => slope("log", a, o) }],
  },
  relu: {
    formula: "ReLU(a)",
    latex: "\\operatorname{ReLU}(a)",
    compute: (a) => a.relu(),
    locals: [{ formula: "[a > 0]", latex: "[a>0]", compute: (a, _b, o) => slope("relu", a, o) }],
  },
  tanh: {
    formula: "tanh(a)",
    latex: "\\tanh(a)",
    compute: (a) => a.tanh(),
    locals: [{ formula: "(1 − o²)", latex: "(1-{o}^2)", compute: (a, _b, o) => slope("tanh", a, o) }],
  },
  sigmoid: {
    formula: "σ(a)",
    latex: "\\sigma(a)",
    compute: (a) => a.sigmoid(),
    locals: [{ formula: "o·(1 − o)", latex: "o(1-o)", compute: (a, _b, o) => slope("sigmoid", a, o) }],
  },
};

/** An exponent as it is written: ², ⁻¹, or ^0.5. */
function raise(n: number): string {
  if (!Number.isInteger(n)) return `^${formatValue(n)}`;
  return [...String(n)].map((sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]).join("");
}

/** aⁿ, whose n is part of the operation's name. */
function power(n: number): Rule {
  const raised = (x: Tensor, exponent: number) => tensor(pow(x.data[0], exponent), FLOAT64);
  const text = formatValue(n);
  return {
    formula: `a${raise(n)}`,
    latex: `a^{${text}}`,
    compute: (a) => raised(a, n),
    locals: [{
      formula: n === 2 ? "2·a" : `${text}·a${raise(n - 1)}`,
      latex: n === 2 ? "2\\,a" : `${text}\\,{a}^{${formatValue(n - 1)}}`,
      compute: (a) => raised(a, n - 1).mul(n),
    }],
  };
}

/** The rule of the operation that made a value. */
export function ruleOf({ operation = "" }: Value): Rule {
  const rule = operation.startsWith("pow ") ? power(Number(operation.slice(4))) : RULES[operation];
  if (rule) return rule;
  throw new TypeError(`traceFunction: there is no line for the operation "${operation}".`);
}

/** `"a·b"` with the letters standing alone replaced. */
export function substitute(template: string, text: Record<string, string | undefined>): string {
  return template.replace(/(?<![\w\\{])[abo](?!\w)|(?<=\{)[abo](?=\})/g, (letter) => text[letter] ?? letter);
}
