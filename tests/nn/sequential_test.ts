import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  crossEntropyGradient,
  crossEntropyLoss,
  Dropout,
  DTypeError,
  Linear,
  Module,
  Network,
  ReLU,
  Residual,
  Rng,
  Sequential,
  ShapeError,
  type Tensor,
  zeros,
} from "backprop";

const rng = new Rng(42);
const classifier = () =>
  new Sequential(new Linear(784, 128, { rng }), new ReLU(), new Linear(128, 10, { rng }));

Deno.test("summary() counts 101,632 weights and 138 biases for 784-128-10, and says the shapes", () => {
  assertEquals(
    classifier().summary(),
    [
      "layer                  output     weights   biases",
      "1  Linear(784 → 128)   [N, 128]   100,352      128",
      "2  ReLU()              [N, 128]         0        0",
      "3  Linear(128 → 10)    [N, 10]      1,280       10",
      "total                  101,770    101,632      138",
    ].join("\n"),
  );
  assertEquals(Deno.inspect(classifier()), classifier().summary());
});

Deno.test("summary() follows shapes through every layer, and counts what is frozen", () => {
  class Doubled extends Module {
    forward(x: Tensor): Tensor {
      return x;
    }
    backward(g: Tensor): Tensor {
      return g;
    }
  }
  const frozen = new Linear(6, 4, { rng });
  frozen.freeze();
  const model = new Sequential(
    new Dropout(0.2, { rng }),
    new Linear(3, 6, { rng }),
    new BatchNorm1d(6),
    new Residual(new Sequential(new Linear(6, 6, { rng }), new ReLU())),
    frozen,
    new Doubled(),
    new Sequential(new Linear(4, 2, { rng, bias: false })),
  );
  const lines = model.summary().split("\n");
  const cells = lines.map((line) => line.trim().split(/ {3,}/));
  assertEquals(cells.slice(1, -1), [
    ["1  Dropout(0.2)", "[N, ?]", "0", "0"],
    ["2  Linear(3 → 6)", "[N, 6]", "18", "6"],
    ["3  BatchNorm1d(6)", "[N, 6]", "6", "6"],
    ["4  Residual(Sequential(2 layers))", "[N, 6]", "36", "6"],
    ["5  Linear(6 → 4)", "[N, 4]", "24", "4"],
    ["6  Doubled()", "[N, ?]", "0", "0"],
    ["7  Sequential(1 layer)", "[N, 2]", "8", "0"],
    ["total", "114", "92", "22"],
  ]);
  assertEquals(lines.at(-1), "frozen: 28 of them");
});

Deno.test("the same weights give the same logits as in the forward-only Network", () => {
  const network = new Network([4, 6, 3], { rng: new Rng(5) });
  const rng = new Rng(5), x = new Rng(6).randn([7, 4]);
  const model = new Sequential(new Linear(4, 6, { rng }), new ReLU(), new Linear(6, 3, { rng }));
  assertEquals(model.forward(x).toArray(), network.forward(x).toArray());
});

Deno.test("twenty examples can be learned by heart, with gradients by hand", () => {
  const rng = new Rng(1), x = rng.randn([20, 5]), labels = rng.integers(0, 3, 20);
  const model = new Sequential(new Linear(5, 32, { rng }), new ReLU(), new Linear(32, 3, { rng }));
  for (let step = 0; step < 300; step++) {
    model.zeroGrad();
    model.backward(crossEntropyGradient(model.forward(x), labels));
    for (const p of model.parameters()) {
      p.data.forEach((w, i) => p.data[i] = w - 0.3 * (p.grad?.data[i] ?? NaN));
    }
  }
  assertEquals(crossEntropyLoss(model.forward(x), labels).item() < 0.05, true);
});

Deno.test("an error names the layer and both shapes, and keeps its type", () => {
  const model = new Sequential(new Linear(128, 60, { rng }), new ReLU(), new Linear(64, 10, { rng }));
  const error = assertThrows(() => model.forward(zeros([32, 128])), ShapeError);
  assertEquals(error.message, "layer 3, Linear(64 → 10): expected input [N, 64], got shape [32, 60].");
  assertStringIncludes(error.stack ?? "", error.message); // what a notebook shows
  assertThrows(
    () => model.forward(zeros([32, 128], { dtype: "float32" })),
    DTypeError,
    "layer 1, Linear(128 → 60): ",
  );
});

Deno.test("an error from a nested layer names the way to it", () => {
  const inner = new Sequential(new ReLU(), new Linear(3, 2, { rng }));
  assertThrows(
    () => new Sequential(new ReLU(), inner).forward(zeros([5, 4])),
    ShapeError,
    "layer 2, Sequential(2 layers): layer 2, Linear(3 → 2): expected input [N, 3], got shape [5, 4]",
  );
});

Deno.test("backward() names the layer, too", () => {
  const model = classifier();
  assertThrows(
    () => model.backward(zeros([2, 10])),
    TypeError,
    "layer 3, Linear(128 → 10): backward() came before forward()",
  );
  model.forward(zeros([2, 784]));
  assertThrows(
    () => model.backward(zeros([1, 10])),
    ShapeError,
    "layer 3, Linear(128 → 10): backward() expected ∂L/∂output in the shape of the last output, [2, 10], got [1, 10]",
  );
});

Deno.test("what is thrown and cannot be given another message passes as it is", () => {
  class Aborts extends Module {
    forward(): Tensor {
      throw new DOMException("stopped", "AbortError"); // its message is read-only
    }
    backward(): Tensor {
      throw new Error("unused");
    }
  }
  assertThrows(() => new Sequential(new Aborts()).forward(zeros([1])), DOMException, "stopped");
  class Throws extends Module {
    forward(): Tensor {
      throw "a string";
    }
    backward(): Tensor {
      throw new SyntaxError("keep $& and $1");
    }
  }
  const model = new Sequential(new Throws());
  const caught = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
  assertEquals(caught(() => model.forward(zeros([1]))), "a string");
  const error = assertThrows(() => model.backward(zeros([1])), SyntaxError);
  assertEquals(error.message, "layer 1, Throws(): keep $& and $1");
  assertStringIncludes(error.stack ?? "", "layer 1, Throws(): keep $& and $1");
});

Deno.test("Sequential says what it cannot be made of", () => {
  const relu = new ReLU();
  assertThrows(() => new Sequential(), RangeError, "expected at least one layer");
  const list = [relu] as unknown as Module;
  assertThrows(
    () => new Sequential(list),
    TypeError,
    "layer 1 to be a Module, got an array; write new Sequential(a, b, c)",
  );
  assertThrows(
    () => new Sequential(Math.abs as unknown as Module),
    TypeError,
    "layer 1 to be a Module, got function",
  );
});
