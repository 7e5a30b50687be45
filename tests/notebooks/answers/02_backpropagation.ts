import type { Attempts } from "../attempts.ts";

const backward = (body: string) => `const order = topological(root);\n${body}`;
const visit = (body: string) => `const visit = (node: Scalar) => {\n${body}\n};\nvisit(root);`;
const LINES = ["z1: 1.1", "a1: 0.75026", "z2: -0.92539", "yHat: 0.28386", "L: 0.33388", "dz2: 0.28386"];
const layer = (dZ: string) =>
  `const dZ = ${dZ};\nreturn { dX: dZ.matmul(W.transpose()), dW: X.transpose().matmul(dZ), db: dZ.sum({ axis: 0 }) };`;
const RIGHT_DZ = "dA.mul(A).mul(A.neg().add(1))";
const compare = (error: string, measured = "(above - below) / (2 * h)") =>
  `for (let i = 0; i < x.size; i++) {
    const before = x.data[i];
    x.data[i] = before + h; const above = loss();
    x.data[i] = before - h; const below = loss();
    x.data[i] = before; const here = loss();
    const measured = ${measured}, claimed = gradient.data[i];
    ${error}
  }`;

/** Answers to the exercises of 02, and what their checks must say. */
export const attempts: Attempts = {
  "exercise-operations": [
    {
      did: "sub made of add and mul",
      answer: [[
        "return new Scalar(a.data - b.data, [a, b], (g) => [g, -g]);",
        "return add(a, mul(b, new Scalar(-1)));",
      ]],
      passes: "all",
    },
    {
      did: "sub with both lists the other way round",
      answer: [["[a, b], (g) => [g, -g]", "[b, a], (g) => [-g, g]"]],
      passes: "all",
    },
    {
      did: "relu as a product",
      answer: [[
        "new Scalar(Math.max(a.data, 0), [a], (g) => [a.data > 0 ? g : 0])",
        "mul(a, new Scalar(a.data > 0 ? 1 : 0))",
      ]],
      passes: "all",
    },
    {
      did: "ln has no parents",
      answer: [["(log(a.data), [a],", "(log(a.data), [],"]],
      says: "a is not among its parents",
    },
    {
      did: "sub has exchanged parents",
      answer: [["[a, b], (g) => [g, -g]", "[b, a], (g) => [g, -g]"]],
      says: "its parents are [b, a]",
    },
    {
      did: "sub has one parent",
      answer: [["[a, b], (g) => [g, -g]", "[a], (g) => [g]"]],
      says: "b is not among its parents",
    },
    { did: "sub has a twice", answer: [["[a, b], (g)", "[a, a], (g)"]], says: "b is not among its parents" },
    {
      did: "relu of a copy",
      answer: [["(Math.max(a.data, 0), [a],", "(Math.max(a.data, 0), [new Scalar(a.data)],"]],
      says: "a is not among its parents",
    },
    {
      did: "sigmoid has no parents and no pullback",
      answer: [["new Scalar(out, [a], (g) => [g * out * (1 - out)])", "new Scalar(out)"]],
      says: "a is not among its parents",
    },
    {
      did: "no brackets",
      answer: [["(g) => [g / a.data]", "(g) => g / a.data as never"]],
      says: "in brackets",
    },
    { did: "one gradient for two", answer: [["[g, -g]", "[g]"]], says: "one gradient for each parent" },
    {
      did: "two gradients for one",
      answer: [["[g / a.data]", "[g / a.data, 0]"]],
      says: "one gradient for each parent",
    },
    {
      did: "numbers",
      answer: [["new Scalar(log(a.data), [a], (g) => [g / a.data])", "log(a.data) as never"]],
      says: "return new Scalar",
    },
    { did: "nothing", answer: ["", "", "", ""], says: "return new Scalar" },
    {
      did: "sub: no sign",
      slip: "raising b lowers the difference: what sign has its slope?",
      answer: [["[g, -g]", "[g, g]"]],
    },
    {
      did: "sub: both signs",
      slip: "raising a raises the difference, raising b lowers it",
      answer: [["[g, -g]", "[-g, g]"]],
    },
    { did: "sub: no upstream", slip: "the upstream gradient g is missing", answer: [["[g, -g]", "[1, -1]"]] },
    {
      did: "sub: b − a",
      slip: "the sign is flipped: a minus too many or too few?",
      answer: [["a.data - b.data", "b.data - a.data"]],
    },
    {
      did: "ln: no upstream",
      slip: "the upstream gradient g is missing",
      answer: [["g / a.data", "1 / a.data"]],
    },
    { did: "ln: times a", slip: "times a; the slope is 1/a", answer: [["g / a.data", "g * a.data"]] },
    {
      did: "ln: its value",
      slip: "times the logarithm itself; its slope is 1/a",
      answer: [["g / a.data", "g * log(a.data)"]],
    },
    { did: "ln: exp", answer: [["g / a.data", "g / log(a.data)"]] },
    {
      did: "ln: base 2",
      slip:
        "every entry is 1/ln 2 = 1.4427 times the expected one: log2 where the natural log (Math.log) is meant?",
      answer: [["new Scalar(log(a.data)", "new Scalar(Math.log2(a.data)"]],
    },
    {
      did: "relu: passes all",
      slip: "nothing is held back where a is negative",
      answer: [["a.data > 0 ? g : 0", "g"]],
    },
    {
      did: "relu: its value",
      slip: "times the ReLU, not times its slope (1 or 0)",
      answer: [["a.data > 0 ? g : 0", "g * Math.max(a.data, 0)"]],
    },
    {
      did: "relu: no upstream",
      slip: "the upstream gradient g is missing",
      answer: [["a.data > 0 ? g : 0", "a.data > 0 ? 1 : 0"]],
    },
    { did: "relu: ≥", answer: [["a.data > 0 ? g", "a.data >= 0 ? g"]] },
    {
      did: "relu: looks at g",
      slip: "it looks at g; a decides what is held back",
      answer: [["a.data > 0 ? g", "g > 0 ? g"]],
    },
    { did: "relu: abs", answer: [["Math.max(a.data, 0)", "Math.abs(a.data)"]] },
    {
      did: "sigmoid: no upstream",
      slip: "the upstream gradient g is missing",
      answer: [["g * out * (1 - out)", "out * (1 - out)"]],
    },
    {
      did: "sigmoid: of a",
      slip: "σ′ is made from the output σ(a), not from a",
      answer: [["g * out * (1 - out)", "g * a.data * (1 - a.data)"]],
    },
    {
      did: "sigmoid: only σ",
      slip: "only σ, where σ·(1 − σ) belongs",
      answer: [["g * out * (1 - out)", "g * out"]],
    },
    {
      did: "sigmoid: 1 − σ",
      slip: "only 1 − σ, where σ·(1 − σ) belongs",
      answer: [["g * out * (1 - out)", "g * (1 - out)"]],
    },
    {
      did: "sigmoid: as tanh",
      slip: "1 − σ² is the form for tanh",
      answer: [["g * out * (1 - out)", "g * (1 - out * out)"]],
    },
    { did: "sigmoid: σ twice", answer: [["logistic(a.data)", "logistic(logistic(a.data))"]] },
    { did: "sigmoid: tanh", answer: [["logistic(a.data)", "tanh(a.data)"]] },
  ],
  "exercise-topological": [
    {
      did: "with a stack",
      answer: `const stack: [Scalar, boolean][] = [[root, false]];
        while (stack.length > 0) {
          const [node, done] = stack.pop()!;
          if (done) order.push(node);
          else if (!seen.has(node)) {
            seen.add(node);
            stack.push([node, true]);
            for (const parent of node.parents.toReversed()) stack.push([parent, false]);
          }
        }`,
      passes: "all",
    },
    { did: "no memory", answer: visit("for (const p of node.parents) visit(p);\norder.push(node);") },
    {
      did: "itself first",
      answer: visit(
        "if (seen.has(node)) return;\nseen.add(node);\norder.push(node);\nfor (const p of node.parents) visit(p);",
      ),
    },
    {
      did: "root missing",
      answer: visit(
        "for (const p of node.parents) {\nif (seen.has(p)) continue;\nseen.add(p);\nvisit(p);\norder.push(p);\n}",
      ),
    },
    { did: "root only", answer: "order.push(root);" },
    { did: "nothing", answer: "" },
    { did: "parents only", answer: "order.push(...root.parents, root);" },
    {
      did: "layer by layer",
      answer:
        "let next = [root];\nwhile (next.length > 0) {\nfor (const n of next) if (!seen.has(n)) { seen.add(n); order.push(n); }\nnext = next.flatMap((n) => [...n.parents]);\n}\norder.reverse();",
    },
    {
      did: "never remembers",
      answer: visit(
        "if (seen.has(node)) return;\nfor (const p of node.parents) visit(p);\norder.push(node);",
      ),
    },
    {
      did: "remembers too late",
      answer: visit(
        "for (const p of node.parents) visit(p);\nif (!seen.has(node)) order.push(node);\nseen.add(node);",
      ),
    },
    { did: "root is not visited", answer: "const visit = (node: Scalar) => order.push(node);" },
  ],
  "exercise-backward": [
    {
      did: "a loop with an index",
      answer: backward(
        "for (const n of order) if (n.parents.length) n.grad = 0;\nroot.grad = 1;\nfor (let k = order.length - 1; k >= 0; k--) {\nconst parts = order[k].pullback(order[k].grad);\norder[k].parents.forEach((p, i) => p.grad += parts[i]);\n}",
      ),
      passes: "all",
    },
    {
      did: "=",
      slip: "the last contribution overwrote the others: += instead of =",
      answer: [[".grad += g", ".grad = g"]],
    },
    {
      did: "pullback(1)",
      slip: "a number hands on node.pullback(node.grad), not pullback(1)",
      answer: [["pullback(node.grad)", "pullback(1)"]],
    },
    {
      did: "forwards",
      slip: "nothing arrived at a: begin with 1 at the root, and go through all of the order, from its end",
      answer: [["order.toReversed()", "order"]],
    },
    {
      did: "root stays 0",
      slip: "nothing arrived at a: begin with 1 at the root, and go through all of the order, from its end",
      answer: [["root.grad = 1;", ""]],
    },
    {
      did: "root counts up",
      slip: "the root gets 1, not 1 more than it had",
      answer: [["root.grad = 1;", "root.grad += 1;"], ["node.grad = 0", "node.grad += 0"]],
    },
    {
      did: "resets nothing",
      slip: "numbers with parents must start at 0 in every call",
      answer: [["for (const node of order) if (node.parents.length > 0) node.grad = 0;", ""]],
    },
    {
      did: "resets all",
      slip: "leaves must keep what they had",
      answer: [["if (node.parents.length > 0) ", ""]],
    },
    { did: "resets leaves", answer: [["node.parents.length > 0", "node.parents.length === 0"]] },
    {
      did: "path by path",
      answer:
        "const order = topological(root);\nfor (const n of order) if (n.parents.length) n.grad = 0;\npathByPath(root, 1);",
    },
    {
      did: "depth first, at once",
      slip: "a number passed on before everything had arrived",
      answer:
        "root.grad = 1;\nconst go = (n: Scalar) => n.pullback(n.grad).forEach((g, i) => { n.parents[i].grad += g; go(n.parents[i]); });\ngo(root);",
    },
    {
      did: "once a parent",
      slip: "called for each parent; once gives all parts",
      answer: [[
        "node.pullback(node.grad).forEach((g, i) => node.parents[i].grad += g)",
        "node.parents.forEach((p, i) => p.grad += node.pullback(node.grad)[i])",
      ]],
    },
    {
      did: "root only",
      slip: "nothing arrived at a: begin with 1 at the root, and go through all of the order, from its end",
      answer: "root.grad = 1;\nroot.pullback(1).forEach((g, i) => root.parents[i].grad += g);",
    },
    {
      did: "nothing",
      slip: "nothing arrived at a: begin with 1 at the root, and go through all of the order, from its end",
      answer: "",
    },
  ],
  "exercise-trace": [
    { did: "more digits", answer: [["1.1,", "1.1000,"]], passes: "all" },
    { did: "z1 without its bias", answer: [["z1: 1.1,", "z1: 1.4,"]], says: "every line is right" },
    { did: "dz2 wrong sign", answer: [["dz2: 0.28386", "dz2: -0.28386"]], says: "every line is right" },
    { did: "no slope", answer: [["dz1: -0.07978", "dz1: -0.42579"]], says: "every line is right" },
    { did: "w1 for x", answer: [["dw1: -0.15956", "dw1: -0.05585"]], says: "every line is right" },
    { did: "half of the lines", answer: `return { ${LINES.join(", ")} };`, says: "twelve lines" },
    { did: "none", answer: "return {};", says: "twelve lines" },
    { did: "base 10", answer: [["L: 0.33388", "L: 0.145"]], says: "every line is right" },
  ],
  "exercise-layer": [
    { did: "slope first", answer: layer("A.mul(A.neg().add(1)).mul(dA)"), passes: "all" },
    {
      did: "plain arrays",
      answer: layer(RIGHT_DZ).replace(" }", "} as never").replace(
        /return \{.*$/,
        "const t = (x: Tensor) => x.toArray();\nreturn { dX: t(dZ.matmul(W.transpose())), dW: t(X.transpose().matmul(dZ)), db: t(dZ.sum({ axis: 0 })) } as never;",
      ),
      says: "expected a Tensor, got an array",
    },
    {
      did: "only db is an array",
      answer: layer(RIGHT_DZ).replace(
        "db: dZ.sum({ axis: 0 })",
        "db: dZ.sum({ axis: 0 }).toArray() as never",
      ),
      says: "expected a Tensor, got an array",
    },
    {
      did: "typed array",
      answer: layer(RIGHT_DZ).replace("db: dZ.sum({ axis: 0 })", "db: dZ.sum({ axis: 0 }).data as never"),
      says: "expected a Tensor, got an array",
    },
    {
      did: "a list of three",
      answer: layer(RIGHT_DZ).replace("return {", "const { dX, dW, db } = {") +
        "\nreturn [dX, dW, db] as never;",
      says: "return { dX, dW, db }",
    },
    {
      did: "other names",
      answer: layer(RIGHT_DZ).replace("dW: X", "dw: X") + "",
      says: "return { dX, dW, db }",
    },
    { did: "no slope", slip: "the slope of the sigmoid is missing: dZ first", answer: layer("dA") },
    { did: "only A", answer: layer("dA.mul(A)") },
    { did: "only 1 − A", answer: layer("dA.mul(A.neg().add(1))") },
    { did: "1 − A²", answer: layer("dA.mul(A.square().neg().add(1))") },
    {
      did: "A came in",
      slip: "A came out; what went in is X",
      answer: layer(RIGHT_DZ).replace("X.transpose()", "A.transpose()"),
    },
    {
      did: "W not transposed",
      slip: "dZ goes through Wᵀ, not through W",
      answer: layer(RIGHT_DZ).replace("W.transpose()", "W"),
    },
    { did: "X not transposed", answer: layer(RIGHT_DZ).replace("X.transpose()", "X") },
    {
      did: "dZ is dX",
      slip: "on its way to X the gradient goes through the weights, too",
      answer: layer(RIGHT_DZ).replace("dZ.matmul(W.transpose())", "dZ"),
    },
    {
      did: "mean over the batch",
      slip: "every entry is 1/4 of the expected one, and 4 is the batch size: divided by N once too often?",
      answer: layer(RIGHT_DZ).replace("sum({", "mean({"),
    },
    {
      did: "db not summed",
      slip: "the shape is [4, 3], expected [3]: the sum over the first axis is missing",
      answer: layer(RIGHT_DZ).replace(".sum({ axis: 0 })", ""),
    },
    {
      did: "db over columns",
      slip: "the shape is [4], expected [3]",
      answer: layer(RIGHT_DZ).replace("axis: 0", "axis: 1"),
    },
    {
      did: "dW divided by N",
      slip: "every entry is 1/4 of the expected one, and 4 is the batch size: divided by N once too often?",
      answer: layer(RIGHT_DZ).replace("matmul(dZ),", "matmul(dZ).div(4),"),
    },
    {
      did: "dX from dA",
      slip: "the slope of the sigmoid is missing: dZ first",
      answer: layer(RIGHT_DZ).replace("dZ.matmul(W", "dA.matmul(W"),
    },
    {
      did: "dW transposed",
      slip: "the right numbers, transposed: check the order of the factors in the matrix product",
      answer: layer(RIGHT_DZ).replace("X.transpose().matmul(dZ)", "dZ.transpose().matmul(X)"),
    },
    {
      did: "sign",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: layer("dA.mul(A).mul(A.sub(1))"),
    },
    { did: "nothing", answer: "return {} as never;", says: "return { dX, dW, db }" },
  ],
  "exercise-gradient-check": [
    {
      did: "claimed minus measured",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
      ),
      passes: "all",
    },
    {
      did: "the difference",
      slip: "the difference itself; divide by the larger size",
      answer: compare("worst = Math.max(worst, Math.abs(measured - claimed));"),
    },
    {
      did: "by the measured one",
      slip: "divided by the measured one, which is not the larger here",
      answer: compare(
        "if (measured) worst = Math.max(worst, Math.abs(measured - claimed) / Math.abs(measured));",
      ),
    },
    {
      did: "by the claimed one",
      slip: "divided by the claimed one, not by the larger",
      answer: compare(
        "if (claimed) worst = Math.max(worst, Math.abs(measured - claimed) / Math.abs(claimed));",
      ),
    },
    {
      did: "by the sum of both",
      slip: "divided by the sum of both sizes, as some books do",
      answer: compare(
        "const s = Math.abs(measured) + Math.abs(claimed);\nif (s) worst = Math.max(worst, Math.abs(measured - claimed) / s);",
      ),
    },
    {
      did: "by their mean",
      slip: "divided by the mean of both sizes, not by the larger",
      answer: compare(
        "const s = (Math.abs(measured) + Math.abs(claimed)) / 2;\nif (s) worst = Math.max(worst, Math.abs(measured - claimed) / s);",
      ),
    },
    {
      did: "of norms",
      slip: "one error of all together; take each entry by itself",
      answer: "let d = 0, p = 0, q = 0;\n" +
        compare("d += (measured - claimed) ** 2; p += measured ** 2; q += claimed ** 2;") +
        "\nworst = Math.sqrt(d) / (Math.sqrt(p) + Math.sqrt(q));",
    },
    {
      did: "the mean error",
      slip: "the mean of the errors; the largest is wanted",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst += Math.abs(measured - claimed) / s / x.size;",
      ),
    },
    {
      did: "the sum of errors",
      slip: "the sum of the errors; the largest is wanted",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst += Math.abs(measured - claimed) / s;",
      ),
    },
    {
      did: "the last one",
      slip: "the last error replaced a larger one",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.abs(measured - claimed) / s;",
      ),
    },
    {
      did: "0/0",
      answer: compare(
        "worst = Math.max(worst, Math.abs(measured - claimed) / Math.max(Math.abs(measured), Math.abs(claimed)));",
      ),
    },
    {
      did: "no sizes",
      answer: compare(
        "const s = Math.max(measured, claimed);\nif (s) worst = Math.max(worst, (claimed - measured) / s);",
      ),
    },
    {
      did: "the larger, with signs",
      answer: compare(
        "const s = Math.max(measured, claimed);\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / Math.abs(s));",
      ),
    },
    {
      did: "one-sided",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
        "(above - here) / h",
      ),
    },
    {
      did: "no 2",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
        "(above - below) / h",
      ),
    },
    {
      did: "a fixed h",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
      ).replaceAll("+ h", "+ 1e-5").replaceAll("- h", "- 1e-5").replace("2 * h", "2e-5"),
    },
    {
      did: "not put back",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
      ).replace("x.data[i] = before; const here", "const here"),
    },
    {
      did: "put back by adding",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
      ).replace("x.data[i] = before + h", "x.data[i] += h").replace(
        "x.data[i] = before - h",
        "x.data[i] -= 2 * h",
      ).replace("x.data[i] = before;", "x.data[i] += h;"),
    },
    {
      did: "the first entry",
      answer: compare(
        "const s = Math.max(Math.abs(measured), Math.abs(claimed));\nif (s) worst = Math.max(worst, Math.abs(claimed - measured) / s);",
      ).replace("i < x.size", "i < 1"),
    },
    { did: "nothing", answer: "" },
  ],
  "exercise-paths": [
    { did: "by hand", answer: "return { da: 3 * 3 + 3, db: 14 };", passes: "all" },
    { did: "no + a", slip: "the path through + a is missing", answer: [["da: 12", "da: 9"]] },
    { did: "only + a", slip: "the path through a·b is missing", answer: [["da: 12", "da: 3"]] },
    { did: "no upstream", slip: "the upstream gradient b is missing", answer: [["da: 12", "da: 4"]] },
    { did: "exchanged", answer: "return { da: 14, db: 12 };" },
    {
      did: "no inner b",
      slip: "the path through the inner product is missing",
      answer: [["db: 14", "db: 8"]],
    },
    {
      did: "no outer b",
      slip: "the path through the outer product is missing",
      answer: [["db: 14", "db: 6"]],
    },
    { did: "db is a·b", answer: [["db: 14", "db: 48"]] },
    {
      did: "no names",
      slip: "it is undefined: is a return missing, an entry, or its name?",
      answer: "return [12, 14] as never;",
    },
  ],
  "exercise-tanh": [
    { did: "2s and 2(1 − s)", answer: "return 2 * s * 2 * (1 - s);", passes: "all" },
    { did: "by tanh", answer: "const t = 2 * s - 1;\nreturn 1 - t * t;", passes: "all" },
    { did: "one 2", slip: "a factor 2 is missing: there are two", answer: "return 2 * s * (1 - s);" },
    { did: "no 2", slip: "both factors 2 are missing", answer: "return s * (1 - s);" },
    { did: "1 − s²", slip: "s is σ(2z), not tanh z", answer: "return 1 - s * s;" },
    {
      did: "eight",
      slip: "every entry is twice the expected one: is a ½ missing?",
      answer: "return 8 * s * (1 - s);",
    },
    {
      did: "sign",
      slip: "every sign is flipped: a minus too many or too few?",
      answer: "return 4 * s * (s - 1);",
    },
    { did: "tanh itself", answer: "return 2 * s - 1;" },
    { did: "the largest", answer: "return 1;" },
    { did: "s is z", answer: "return 1 - tanh(s) ** 2;" },
    { did: "σ of s", answer: "return 4 * logistic(s) * (1 - logistic(s));" },
  ],
  "exercise-depth": [
    {
      did: "Math.pow",
      answer: "return { unchanged: 1, thousandth: Math.pow(0.001, 1 / 10) };",
      passes: "all",
    },
    { did: "rounded", answer: "return { unchanged: 1, thousandth: 0.501 };", passes: "all" },
    { did: "a sigmoid's", answer: "return { unchanged: 4, thousandth: 0.501 };" },
    {
      did: "a tenth",
      slip: "ten weights multiply; they do not add up",
      answer: "return { unchanged: 1, thousandth: 0.0001 };",
    },
    {
      did: "a thousandth",
      slip: "that is for a chain of one unit",
      answer: "return { unchanged: 1, thousandth: 0.001 };",
    },
    { did: "the other way", answer: "return { unchanged: 1, thousandth: 1.995 };" },
    { did: "minus one", answer: "return { unchanged: -1, thousandth: 0.501 };" },
    { did: "exchanged", answer: "return { unchanged: 0.501, thousandth: 1 };" },
    { did: "other names", answer: "return { same: 1, thousandth: 0.501 } as never;" },
    { did: "ln", answer: "return { unchanged: 0, thousandth: 0.501 };" },
  ],
};
