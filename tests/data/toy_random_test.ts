import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { exerciseLine, friedman, moons, noisySine, type Random, Rng, spirals } from "backprop";

for (const make of [exerciseLine, friedman, moons, noisySine, spirals]) {
  const inputsAndTargets = (options: Random) => {
    const { inputs, targets } = make(options);
    return [inputs.toArray(), targets instanceof Uint8Array ? [...targets] : targets.toArray()];
  };

  Deno.test(`${make.name}() takes a seed or a generator, alike, and 42 without either`, () => {
    assertEquals(inputsAndTargets({ seed: 7 }), inputsAndTargets({ rng: new Rng(7) }));
    assertEquals(inputsAndTargets({}), inputsAndTargets({ seed: 42 }));
    assertNotEquals(inputsAndTargets({ seed: 7 }), inputsAndTargets({ seed: 8 }));
    const rng = new Rng(7);
    make({ rng });
    assertNotEquals(rng.random(), new Rng(7).random()); // the caller's generator has gone on
  });

  Deno.test(`${make.name}() refuses both, and what is no generator`, () => {
    assertThrows(
      () => make({ seed: 1, rng: new Rng(1) }),
      TypeError,
      `${make.name}: expected seed or rng, got both`,
    );
    assertThrows(() => make({ rng: Math as never }), TypeError, "expected rng to be a generator");
    assertThrows(() => make(7 as never), TypeError, "expected an object of options, got 7");
  });
}
