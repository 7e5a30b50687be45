// What the compiler would refuse must be refused by name: cells of a notebook run without a type check.
import { assertThrows } from "@std/assert";
import {
  augmentImages,
  batches,
  evaluate,
  jitterSeries,
  moons,
  noisySine,
  Rng,
  spirals,
  split,
  tensor,
} from "backprop";

// deno-lint-ignore no-explicit-any -- as in a cell
const untyped = (x: unknown): any => x;
const rng = new Rng(1);
const data = { inputs: tensor([[1], [2], [3]]), targets: tensor([1, 2, 3]) };
const size = { height: 1, width: 1, rng };

const refusals: [what: string, f: () => unknown, says: string][] = [
  [
    "batches: drop_last",
    () => batches(data, untyped({ batchSize: 2, drop_last: true })),
    "it knows batchSize, rng, dropLast.",
  ],
  ["split: no generator", () => split(data, untyped({ validation: 1 })), "expected a generator that chooses"],
  [
    "split: test_size",
    () => split(data, untyped({ test_size: 0.2, rng })),
    'split: unknown option "test_size"',
  ],
  [
    "augmentImages: a misspelt limit",
    () => augmentImages(data.inputs, untyped({ ...size, shfit: 1 })),
    'unknown option "shfit"',
  ],
  [
    "augmentImages: no generator",
    () => augmentImages(data.inputs, untyped({ height: 1, width: 1 })),
    "expected a generator",
  ],
  [
    "jitterSeries: a misspelt limit",
    () => jitterSeries(data.inputs, untyped({ rng, nosie: 1 })),
    'unknown option "nosie"',
  ],
  [
    "jitterSeries: no generator",
    () => jitterSeries(data.inputs, untyped({ noise: 1 })),
    "expected a generator",
  ],
  ["moons: n", () => moons(untyped({ n: 10 })), "moons: unknown option"],
  [
    "spirals: count",
    () => spirals(untyped({ count: 10 })),
    "it knows classes, perClass, turns, noise, seed, rng, dtype.",
  ],
  ["noisySine: n", () => noisySine(untyped({ n: 10 })), "noisySine: unknown option"],
  [
    "evaluate: no targets",
    () => evaluate({ forward: (x) => x }, untyped({ inputs: data.inputs })),
    "evaluate: expected a dataset",
  ],
  [
    "evaluate: a misspelt option",
    () => evaluate({ forward: (x) => x }, data, untyped({ metric: {} })),
    "it knows loss, metrics.",
  ],
];
for (const [what, f, says] of refusals) {
  Deno.test(`${what} is refused by name`, () => {
    assertThrows(f, TypeError, says);
  });
}
