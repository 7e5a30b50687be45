import type { Attempts } from "../attempts.ts";

const stable = (body: string) => `const m = Math.max(...z);\nlet sum = 0;\n${body}`;

/** Answers to the exercises of 01, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-mse": [
    {
      did: "only knows what the visible check asks",
      answer: "return prediction.size === 4 ? 1.125 : 25.25 / 3;",
      passes: "visible",
    },
    { did: "with a power", answer: "return prediction.sub(target).pow(2).mean().item();", passes: "all" },
    { did: "a tensor of one number", answer: [[".item()", " as never"]], passes: "all" },
    { did: "the library's", answer: "return mseLoss(prediction, target).item();", passes: "all" },
    { did: "the sum", slip: "the 1/n is missing", answer: [[".mean()", ".sum()"]] },
    {
      did: "/4",
      slip: "divided by 4; there may be more or fewer",
      answer: [[".mean().item()", ".sum().item() / 4"]],
    },
    { did: "the root", slip: "no root: that is the RMSE", answer: [[".mean()", ".mean().sqrt()"]] },
    { did: "MAE", slip: "that is the MAE", answer: [[".square()", ".abs()"]] },
    {
      did: "square of the mean",
      slip: "square first, then take the mean",
      answer: [[".square().mean()", ".mean().square()"]],
    },
    { did: "no square", answer: [[".square()", ""]] },
    {
      did: "half",
      slip: "half of it: some books have a ½ in front, we have none",
      answer: [[".item()", ".item() / 2"]],
    },
    { did: "divided twice", answer: [[".item()", ".item() / prediction.size"]] },
    { did: "added", answer: [["sub", "add"]] },
    { did: "divided by n − 1", answer: [[".mean().item()", ".sum().item() / (prediction.size - 1)"]] },
    { did: "squares apart", answer: "return prediction.square().sub(target.square()).mean().item();" },
    {
      did: "the median",
      answer: "return [...prediction.sub(target).square().data].sort((a, b) => a - b)[1];",
    },
    {
      did: "signs",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: "return (prediction as any - (target as any)) ** 2;",
    },
    {
      did: "not summed",
      slip: "the shape is [4], expected a single number: the mean over all entries is missing",
      answer: [[".mean().item()", " as never"]],
    },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: [["return ", ""]],
    },
    { did: "Huber", answer: "return huberLoss(prediction, target).item();" },
  ],
  "exercise-mse-gradient": [
    {
      did: "an array",
      answer: [[".div(prediction.size)", ".div(prediction.size).toArray() as never"]],
      passes: "all",
    },
    { did: "the length from the shape", answer: [["prediction.size", "prediction.shape[0]"]], passes: "all" },
    {
      did: "divided by 4",
      slip: "divided by 4; there may be more or fewer",
      answer: [["prediction.size", "4"]],
    },
    { did: "no 2", slip: "the 2 from the square is missing", answer: [[".mul(2)", ""]] },
    { did: "no 2/n", slip: "the factor 2/n is missing", answer: [[".mul(2).div(prediction.size)", ""]] },
    {
      did: "no 1/n",
      slip:
        "every entry is 4 times the expected one, and 4 is the batch size: is the mean over the batch (1/N) missing?",
      answer: [[".div(prediction.size)", ""]],
    },
    {
      did: "square stays",
      slip: "the slope of r² is 2r: no square is left",
      answer: [[".mul(2)", ".square().mul(2)"]],
    },
    {
      did: "wanted minus predicted",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: "return target.sub(prediction).mul(2).div(prediction.size);",
    },
    {
      did: "the mean",
      slip: "the shape is a single number, expected [4]: were the entries summed that should stay apart?",
      answer: [[".div(prediction.size)", ".mean()"]],
    },
    {
      did: "the sum",
      slip: "the shape is a single number, expected [4]: were the entries summed that should stay apart?",
      answer: [[".div(prediction.size)", ".div(prediction.size).sum()"]],
    },
    { did: "half", slip: "the slope of r² is 2r, not r/2", answer: [[".mul(2)", ".mul(0.5)"]] },
    { did: "of MAE", answer: "return prediction.sub(target).sign().div(prediction.size);" },
    {
      did: "divided twice",
      slip: "every entry is 1/4 of the expected one, and 4 is the batch size: divided by N once too often?",
      answer: [[".div(prediction.size)", ".div(prediction.size).div(prediction.size)"]],
    },
    {
      did: "twice the 2",
      slip: "every entry is twice the expected one: is a ½ missing?",
      answer: [[".mul(2)", ".mul(4)"]],
    },
    {
      did: "signs",
      slip: "the signs + − * / do not work on tensors: use the methods add, sub, mul, div (and matmul)",
      answer: "return 2 * (prediction as any - (target as any)) / prediction.size as never;",
    },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: [["return ", ""]],
    },
  ],
  "exercise-point": [
    { did: "as numbers", answer: "return { r: -2, L: 4, dw: -8, db: -4 };", passes: "all" },
    {
      did: "target minus output",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: "return { r: 2, L: 4, dw: -8, db: -4 };",
    },
    { did: "forgot b", answer: "return { r: -3, L: 9, dw: -12, db: -6 };" },
    {
      did: "twice r for L",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: "return { r: -2, L: -4, dw: -8, db: -4 };",
    },
    { did: "half r²", answer: "return { r: -2, L: 2, dw: -8, db: -4 };" },
    {
      did: "no x",
      slip: "∂L/∂w lacks a factor: 2r and dr/dw = x both count",
      answer: "return { r: -2, L: 4, dw: -4, db: -4 };",
    },
    {
      did: "no 2",
      slip: "every entry is half of the expected one: is a factor 2 missing, or a ½ too many?",
      answer: "return { r: -2, L: 4, dw: -4, db: -2 };",
    },
    {
      did: "signs",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: "return { r: -2, L: 4, dw: 8, db: 4 };",
    },
    { did: "exchanged", slip: "the two are exchanged", answer: "return { r: -2, L: 4, dw: -4, db: -8 };" },
    {
      did: "x twice",
      slip: "∂L/∂w has a factor too many: 2r, and x once",
      answer: "return { r: -2, L: 4, dw: -16, db: -4 };",
    },
    {
      did: "x on both",
      slip: "∂L/∂b has a factor too many: dr/db = 1",
      answer: "return { r: -2, L: 4, dw: -8, db: -8 };",
    },
    {
      did: "r · x, r",
      slip: "every entry is half of the expected one: is a factor 2 missing, or a ½ too many?",
      answer: "return { r: -2, L: 4, dw: -4, db: -2 };",
    },
    { did: "nothing for db", answer: "return { r: -2, L: 4, dw: -8 } as never;" },
    { did: "other names", answer: "return { r: -2, loss: 4, dw: -8, db: -4 } as never;" },
    { did: "an array", answer: "return [-2, 4, -8, -4] as never;" },
  ],
  "exercise-bce": [
    {
      did: "one log for both",
      answer: "return y.mul(p).add(y.neg().add(1).mul(p.neg().add(1))).log().mean().neg().item();",
      passes: "all",
    },
    { did: "a tensor", answer: [[".neg().item()", ".neg() as never"]], passes: "all" },
    {
      did: "no sign",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: [[".mean().neg()", ".mean()"]],
    },
    { did: "sum", slip: "the mean over the examples is missing", answer: [[".mean()", ".sum()"]] },
    { did: "/4", slip: "divided by 4; there may be more or fewer", answer: [[".mean()", ".sum().div(4)"]] },
    { did: "no term for no", slip: "the term for no is missing", answer: [["ifYes.add(ifNo)", "ifYes"]] },
    { did: "no term for yes", slip: "the term for yes is missing", answer: [["ifYes.add(ifNo)", "ifNo"]] },
    { did: "subtracted", answer: [["ifYes.add(ifNo)", "ifYes.sub(ifNo)"]] },
    {
      did: "ln p in both",
      slip: "the term for no needs ln(1 − p)",
      answer: [["p.neg().add(1).log()", "p.log()"]],
    },
    {
      did: "y and 1 − y exchanged",
      slip: "yes and no are exchanged",
      answer: [["y.mul(p.log())", "y.neg().add(1).mul(p.log())"], [
        "y.neg().add(1).mul(p.neg()",
        "y.mul(p.neg()",
      ]],
    },
    {
      did: "log of y",
      slip: "the logarithm belongs to p, not to y",
      answer: "return p.mul(y.log()).add(p.neg().add(1).mul(y.neg().add(1).log())).mean().neg().item();",
    },
    { did: "MSE", slip: "that is the mean squared error", answer: "return mseLoss(p, y).item();" },
    {
      did: "log2",
      slip: "it is 1/ln 2 = 1.4427 times what is expected: log2 where the natural log (Math.log) is meant?",
      answer: [[".item()", ".item() / Math.LN2"]],
    },
    { did: "1 − p without neg", answer: [["p.neg().add(1).log()", "p.add(1).log()"]] },
    { did: "1 − ln p", answer: [["p.neg().add(1).log()", "p.log().neg().add(1)"]] },
    { did: "swapped arguments", answer: "return binaryCrossEntropyLoss(y, p).item();" },
    {
      did: "log of the mean",
      answer: "return y.mul(p).add(y.neg().add(1).mul(p.neg().add(1))).mean().log().neg().item();",
    },
    { did: "from logits", answer: "return binaryCrossEntropyWithLogitsLoss(p, y).item();" },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: [["return ", ""]],
    },
  ],
  "exercise-stable": [
    {
      did: "log softmax",
      answer: stable("for (const v of z) sum += exp(v - m);\nreturn -(z[right] - m - log(sum));"),
      passes: "all",
    },
    { did: "the library's", answer: "return crossEntropyLoss(tensor([z]), [right]).item();", passes: "all" },
    {
      did: "no shift",
      slip: "3 of 4 entries are infinite: look for a division by zero, log(0), or exp of a large number",
      answer: "let sum = 0;\nfor (const v of z) sum += exp(v);\nreturn log(sum) - z[right];",
    },
    {
      did: "no shift, quotient",
      slip:
        "2 of 4 entries are NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: "let sum = 0;\nfor (const v of z) sum += exp(v);\nreturn -log(exp(z[right]) / sum);",
    },
    {
      did: "shift, quotient",
      slip: "1 of 4 entries are infinite: look for a division by zero, log(0), or exp of a large number",
      answer: stable("for (const v of z) sum += exp(v - m);\nreturn -log(exp(z[right] - m) / sum);"),
    },
    {
      did: "clipped",
      slip: "1 of 4 entries are infinite: look for a division by zero, log(0), or exp of a large number",
      answer: "let sum = 0;\nfor (const v of z) sum += exp(Math.min(v, 700));\nreturn log(sum) - z[right];",
    },
    { did: "m not added", slip: "m was taken off and must be added again", answer: [["m + log", "log"]] },
    {
      did: "z[right] not subtracted",
      slip: "minus the logit of the right class",
      answer: [[" - z[right]", ""]],
    },
    { did: "added", slip: "z[right] is to be subtracted, not added", answer: [["- z[right]", "+ z[right]"]] },
    {
      did: "p",
      slip: "that is the probability, not −ln of it",
      answer: stable("for (const v of z) sum += exp(v - m);\nreturn exp(z[right] - m) / sum;"),
    },
    {
      did: "ln p",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: stable("for (const v of z) sum += exp(v - m);\nreturn z[right] - m - log(sum);"),
    },
    {
      did: "class 0 always",
      slip: "that is for class 0, whatever the right one is",
      answer: [["z[right]", "z[0]"]],
    },
    { did: "the sum", answer: [["m + log(sum) - z[right]", "sum"]] },
    {
      did: "log2",
      slip: "it is 1/ln 2 = 1.4427 times what is expected: log2 where the natural log (Math.log) is meant?",
      answer: stable("for (const v of z) sum += exp(v - m);\nreturn (m + log(sum) - z[right]) / Math.LN2;"),
    },
    { did: "no log", answer: [["log(sum)", "sum"]] },
    { did: "exp of m − v", answer: [["value - m", "m - value"]] },
    {
      did: "smallest",
      slip: "2 of 4 entries are infinite: look for a division by zero, log(0), or exp of a large number",
      answer: [["Math.max", "Math.min"]],
    },
    { did: "largest wins", answer: "return Math.max(...z) - z[right];" },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: [["return ", ""]],
    },
  ],
  "exercise-kl": [
    { did: "as a difference", answer: "return crossEntropy(p, q) - entropy(p);", passes: "all" },
    { did: "a quotient apart", answer: [["log(pk / q[k])", "(log(pk) - log(q[k]))"]], passes: "all" },
    {
      did: "exchanged",
      slip: "p and q are exchanged",
      answer: [["pk * log(pk / q[k])", "(q[k] === 0 ? 0 : q[k] * log(q[k] / pk))"]],
    },
    { did: "cross-entropy", slip: "the entropy is still in it", answer: "return crossEntropy(p, q);" },
    { did: "entropy", slip: "that is the entropy", answer: "return entropy(p);" },
    { did: "not weighted", slip: "each logarithm counts p[k] times", answer: [["pk * log", "log"]] },
    {
      did: "weighted by q",
      slip: "each logarithm counts p[k] times, not q[k]",
      answer: [["pk * log(pk / q[k])", "q[k] * log(pk / q[k])"]],
    },
    {
      did: "sign",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: [["log(pk / q[k])", "log(q[k] / pk)"]],
    },
    {
      did: "bits",
      slip: "it is 1/ln 2 = 1.4427 times what is expected: log2 where the natural log (Math.log) is meant?",
      answer: [["return sum", "return sum / Math.LN2"]],
    },
    { did: "mean", slip: "a sum, not a mean", answer: [["return sum", "return sum / p.length"]] },
    {
      did: "no skip",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: [["pk === 0 ? 0 : ", ""]],
    },
    {
      did: "skips q",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: [["pk === 0", "q[k] === 0"]],
    },
    {
      did: "difference",
      slip: "it is NaN: look for 0/0, the log of a negative number, or an index outside an array",
      answer: [["pk / q[k]", "pk - q[k]"]],
    },
    { did: "squared", answer: "return p.reduce((sum, pk, k) => sum + (pk - q[k]) ** 2, 0);" },
    {
      did: "an epsilon",
      answer: [["pk === 0 ? 0 : pk * log(pk / q[k])", "pk * log((pk + 1e-3) / (q[k] + 1e-3))"]],
    },
    {
      did: "no return",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: [["return ", ""]],
    },
  ],
};
