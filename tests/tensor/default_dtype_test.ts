import { assertEquals, assertThrows } from "@std/assert";
import {
  BatchNorm1d,
  type DType,
  exerciseLine,
  friedman,
  gradCheck,
  leastSquares,
  Linear,
  lossSurfaceLine,
  mlp,
  moons,
  Network,
  noisySine,
  oneHot,
  Rng,
  setDefaultDType,
  spirals,
  Tensor,
  tensor,
  Value,
  xor,
  zeros,
} from "backprop";

/** Runs `f` under another default, which does not leak out of it. */
function under<T>(dtype: DType, f: () => T): T {
  const before = setDefaultDType(dtype);
  try {
    return f();
  } finally {
    setDefaultDType(before);
  }
}

const rng = () => new Rng(3);
type Options = { dtype?: DType };
const MADE: Record<string, (options: Options) => Tensor[]> = {
  tensor: (o) => [tensor([0.1, 0.2], o)],
  zeros: (o) => [zeros([2], o)],
  oneHot: (o) => [oneHot([0, 1], 2, o)],
  randn: (o) => [rng().randn([3], o)],
  Linear: (o) => new Linear(2, 3, { rng: rng(), ...o }).parameters(),
  mlp: (o) => mlp([2, 3, 1], { rng: rng(), ...o }).parameters(),
  BatchNorm1d: (o) => Object.values(new BatchNorm1d(2, o).stateDict()),
  Network: (o) => {
    const { layers } = new Network([2, 3, 2], { rng: rng(), ...o });
    return layers.flatMap(({ weights, biases }) => [weights, biases]);
  },
  ...Object.fromEntries(
    [exerciseLine, friedman, lossSurfaceLine, moons, noisySine, spirals, xor].map((make) => [
      make.name,
      (o: Options) => Object.values(make(o)).filter((x) => x instanceof Tensor),
    ]),
  ),
};

for (const [name, make] of Object.entries(MADE)) {
  Deno.test(`setDefaultDType() gives ${name} the bits of the option, which wins over it`, () => {
    const look = (tensors: Tensor[]) => tensors.map(({ dtype, data }) => [dtype, [...data]]);
    assertEquals(look(under("float32", () => make({}))), look(make({ dtype: "float32" })));
    assertEquals(look(under("float32", () => make({ dtype: "float64" }))), look(make({})));
  });
}

Deno.test("setDefaultDType() returns the former default, and refuses what is no dtype", () => {
  assertEquals(under("float32", () => setDefaultDType("float32")), "float32");
  assertEquals(tensor(1).dtype, "float64");
  assertThrows(() => setDefaultDType("float16" as never), RangeError, 'must be one of "float64", "float32"');
  assertEquals(tensor(1).dtype, "float64");
});

Deno.test("what is measured in 64 bits is so under any default", () => {
  const x = tensor([[1, 1], [1, 2], [1, 3]]), y = tensor([[1], [2], [2]]);
  assertEquals(under("float32", () => leastSquares(x, y).toArray()), leastSquares(x, y).toArray());
  const w = tensor([0.3, 0.2]);
  assertEquals(under("float32", () => gradCheck((w) => w.tanh(), [w]).ok), true);
  assertEquals(under("float32", () => new Value(0.1).mul(3).data), 0.1 * 3);
});
