import { assert, assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Adam, DTypeError, parameter, Rng, SGD, ShapeError, Tensor, tensor } from "backprop";
import { make, type OptimizerName, type Options, stepWith, weights } from "./helpers.ts";

const everyOption: [OptimizerName, Options][] = [
  ["SGD", {}],
  ["SGD", { momentum: 0.9, dampening: 0.2, weightDecay: 0.1 }],
  ["SGD", { momentum: 0.9, momentumForm: "classical", nesterov: true }],
  ["SGD", { momentum: 0.9, momentumForm: "average" }],
  ["RMSprop", {}],
  ["RMSprop", { momentum: 0.9, centered: true, weightDecay: 0.1 }],
  ["Adam", {}],
  ["Adam", { amsgrad: true, weightDecay: 0.1, betas: [0.5, 0.9] }],
  ["AdamW", { learningRate: 0.1 }],
];

Deno.test("step() changes the parameter's own numbers and records nothing", () => {
  for (const [name, options] of everyOption) {
    const w = weights([1, 2]), { data } = w;
    stepWith(make(name, [w], options), w, [1, -1]);
    assertStrictEquals(w.data, data);
    assertNotEquals([...data], [1, 2]);
    assertEquals([w.requiresGrad, w.parents.length, w.pullback], [true, 0, undefined]);
  }
});

Deno.test("step() leaves the gradient as it is, and zeroGrad() forgets it in every group", () => {
  const a = parameter([1]), b = parameter([2]);
  const optimizer = new Adam([{ parameters: [a] }, { parameters: [b] }]);
  a.mul(3).add(b.mul(4)).sum().backward();
  optimizer.step();
  assertEquals([a.grad?.item(), b.grad?.item()], [3, 4]);
  optimizer.zeroGrad();
  assertEquals([a.grad, b.grad], [undefined, undefined]);
});

Deno.test("a parameter without gradient, or one frozen since, is skipped and keeps its state", () => {
  for (const [name, options] of everyOption) {
    const run = (pause: (w: Tensor, step: () => void) => void) => {
      const w = weights([1, 2]), other = weights([1]);
      const optimizer = make(name, [w, other], options);
      stepWith(optimizer, w, [1, -1]);
      pause(w, () => stepWith(optimizer, other, [1]));
      stepWith(optimizer, w, [0.5, 2]);
      return [...w.data];
    };
    const expected = run(() => {});
    assertEquals(
      run((w, step) => {
        w.grad = undefined;
        step();
      }),
      expected,
    );
    assertEquals(
      run((w, step) => {
        w.requiresGrad = false; // its old gradient is still there
        step();
        w.requiresGrad = true;
      }),
      expected,
    );
  }
});

Deno.test("an optimizer refuses what it cannot train", () => {
  const w = weights([1]);
  const bad: [unknown, new () => Error, string][] = [
    [[], RangeError, "SGD: got no parameters"],
    [[{ parameters: [] }], RangeError, "SGD: got no parameters"],
    [[w, w], RangeError, "parameter 1 is there twice"],
    [[{ parameters: [w] }, { parameters: [w] }], RangeError, "parameter 0 is there twice"],
    [[tensor([1])], TypeError, "parameter 0 does not require a gradient"],
    [[w, w.mul(2)], TypeError, "parameter 1 is the result of an operation"],
    [w, TypeError, "expected a list of parameters, such as model.parameters(), got an object of Tensor"],
    [undefined, TypeError, "expected a list of parameters, such as model.parameters(), got undefined"],
    [[1], TypeError, "entry 0 of the parameters is 1"],
    [[null], TypeError, "entry 0 of the parameters is null"],
    [[w, { parameters: [weights([2])] }], TypeError, "entry 1 of the parameters is an object of Object"],
    [[{ parameters: [[1, 2]] }], TypeError, "entry 0 of the parameters is [1, 2]"],
  ];
  for (const [parameters, kind, message] of bad) {
    assertThrows(() => make("SGD", parameters), kind, message);
  }
});

Deno.test("two tensors on the same numbers count as one parameter given twice", () => {
  const w = weights([1, 2]);
  const alias = w.detach();
  alias.requiresGrad = true;
  assertThrows(() => new SGD([w, alias]), RangeError, "parameter 1 is there twice");
});

Deno.test("a misspelt option is an error, in a group too, and an undefined one is its default", () => {
  const lr = { lr: 0.1 } as Options;
  assertThrows(
    () => make("SGD", [weights([1])], lr),
    TypeError,
    'SGD: unknown option "lr"; it knows learningRate',
  );
  assertThrows(
    () => make("Adam", [{ parameters: [weights([1])], eps: 1 }]),
    TypeError,
    'unknown option "eps"',
  );
  assertThrows(
    () => make("SGD", [weights([1])], 0.1 as Options),
    TypeError,
    "SGD: expected an object of options",
  );
  assertEquals(new SGD([weights([1])], { learningRate: undefined, momentum: 0.5 }).learningRate, 0.001);
});

Deno.test("groups take what they do not say from the defaults", () => {
  const [a, b] = [weights([1]), weights([1])];
  const groups = [{ parameters: [a], learningRate: 0.5 }, { parameters: [b], weightDecay: 0.25 }];
  const optimizer = new SGD(groups, { learningRate: 1, momentum: 0.75 });
  const seen = optimizer.groups.map((g) => [g.learningRate, g.momentum, g.weightDecay, g.parameters.length]);
  assertEquals(seen, [[0.5, 0.75, 0, 1], [1, 0.75, 0.25, 1]]);
  assertThrows(() => new SGD([groups[0], { parameters: [b], momentum: 2 }]), RangeError, "momentum must be");
});

Deno.test("groups are copies: changing lists and options afterwards changes no optimizer, nor the defaults", () => {
  const parameters = [weights([1])], betas: [number, number] = [0.5, 0.5];
  const optimizer = new Adam(parameters, { betas });
  parameters.push(weights([2]));
  betas[0] = 0.75;
  assertEquals([optimizer.groups[0].parameters.length, optimizer.groups[0].betas], [1, [0.5, 0.5]]);
  const [a, b] = [new Adam(parameters), new Adam(parameters)];
  (a.groups[0].betas as [number, number])[0] = 0.25;
  assertEquals(b.groups[0].betas, [0.9, 0.999]);
});

Deno.test("learningRate reads the first group and sets all, unless they differ", () => {
  const optimizer = new SGD([{ parameters: [weights([1])] }, { parameters: [weights([2])] }]);
  optimizer.learningRate = 0.25;
  assertEquals(optimizer.groups.map((group) => group.learningRate), [0.25, 0.25]);
  assertThrows(
    () => optimizer.learningRate = -1,
    RangeError,
    "SGD: learningRate must be a finite number ≥ 0, got -1",
  );
  assertThrows(() => optimizer.learningRate = NaN, RangeError, "got NaN");
  optimizer.groups[1].learningRate = 0.5;
  assertEquals(optimizer.learningRate, 0.25);
  assertThrows(
    () => optimizer.learningRate = 1,
    RangeError,
    "different ones (0.25, 0.5); set groups[i].learningRate",
  );
  assertEquals(optimizer.groups.map((group) => group.learningRate), [0.25, 0.5]);
});

Deno.test("step() checks hyperparameters and gradients of all groups before it changes anything", () => {
  const [a, b] = [weights([1]), weights([1, 2])];
  const optimizer = new SGD([{ parameters: [a] }, { parameters: [b] }], { learningRate: 1, momentum: 0.5 });
  a.grad = tensor([1]);
  b.grad = tensor([[1, 1]]);
  assertThrows(() => optimizer.step(), ShapeError, "has shape [2], its gradient [1, 2]");
  b.grad = tensor([1, 1], { dtype: "float32" });
  assertThrows(() => optimizer.step(), DTypeError, "is float64, its gradient float32");
  b.grad = tensor([1, 1]);
  optimizer.groups[1].learningRate = NaN;
  assertThrows(() => optimizer.step(), RangeError, "learningRate must be a finite number ≥ 0, got NaN");
  assertEquals([...a.data, ...b.data], [1, 1, 2]);
  optimizer.groups[1].learningRate = 1;
  optimizer.step();
  assertEquals([...a.data, ...b.data], [0, 0, 1]);
});

Deno.test("an optimizer that loads a state goes on with the same bits as one that never stopped", () => {
  for (const dtype of ["float64", "float32"] as const) {
    for (const [name, options] of everyOption) {
      const rng = new Rng(5);
      const gradients = Array.from({ length: 9 }, () => [...rng.randn([3]).data]);
      const through = weights([1, -2, 3], dtype), before = weights([1, -2, 3], dtype);
      const whole = make(name, [through], options), first = make(name, [before], options);
      gradients.forEach((g) => stepWith(whole, through, g));
      gradients.slice(0, 4).forEach((g) => stepWith(first, before, g));

      const saved = first.stateDict();
      const text = JSON.stringify(
        saved,
        (_, value) => ArrayBuffer.isView(value) ? [...value as Float64Array] : value,
      );
      for (const state of [saved, JSON.parse(text)]) {
        const after = parameter(before);
        const second = make(name, [after], { learningRate: 123 }); // to be overwritten
        second.loadStateDict(state);
        gradients.slice(4).forEach((g) => stepWith(second, after, g));
        assertEquals(after.data, through.data);
        assertEquals(second.stateDict(), whole.stateDict());
      }
    }
  }
});

Deno.test("a saved state is a copy: neither side changes the other afterwards", () => {
  const w = weights([1]), other = weights([1]);
  const optimizer = new Adam([w], { betas: [0.5, 0.5] }), reader = new Adam([other]);
  stepWith(optimizer, w, [1]);
  const saved = optimizer.stateDict();
  reader.loadStateDict(saved);
  stepWith(optimizer, w, [5]);
  stepWith(reader, other, [7]);
  optimizer.groups[0].learningRate = 9;
  (optimizer.groups[0].betas as [number, number])[0] = 0.25;
  assertEquals(saved, {
    optimizer: "Adam",
    groups: [{
      parameterCount: 1,
      hyperparameters: {
        learningRate: 0.001,
        betas: [0.5, 0.5],
        epsilon: 1e-8,
        weightDecay: 0,
        amsgrad: false,
        biasCorrection: true,
      },
    }],
    parameters: [{
      steps: 1,
      buffers: { firstMoment: Float64Array.of(0.5), secondMoment: Float64Array.of(0.5) },
    }],
  });
});

Deno.test("a state that does not fit is refused, and the optimizer stays as it was", () => {
  const made = () => {
    const w = weights([1, 2]);
    const optimizer = new Adam([w]);
    stepWith(optimizer, w, [1, 1]);
    return optimizer;
  };
  // deno-lint-ignore no-explicit-any
  type Damage = (state: any) => unknown;
  const damages: [Damage, new () => Error, string][] = [
    [() => undefined, TypeError, "expected what stateDict() returned, got undefined"],
    [() => ({}), TypeError, "expected what stateDict() returned, got an object of Object"],
    [(s) => ({ ...s, optimizer: "SGD" }), TypeError, 'the state is of the optimizer "SGD", not of Adam'],
    [
      (s) => ({ ...s, groups: [...s.groups, ...s.groups] }),
      RangeError,
      "groups of [1] parameters, the state groups of [1,1]",
    ],
    [
      (s) => ({ ...s, groups: [{ ...s.groups[0], parameterCount: 2 }] }),
      RangeError,
      "the state groups of [2]",
    ],
    [(s) => ({ ...s, groups: [null] }), RangeError, "the state groups of []"],
    [(s) => ({ ...s, parameters: [] }), RangeError, "0 parameters in all"],
    [
      (s) => (delete s.groups[0].hyperparameters.betas, s),
      TypeError,
      "group 0 needs the hyperparameters amsgrad, betas",
    ],
    [(s) => (s.groups[0].hyperparameters.lr = 1, s), TypeError, "group 0 needs the hyperparameters"],
    [(s) => (s.groups[0].hyperparameters = null, s), TypeError, "group 0 needs the hyperparameters"],
    [(s) => (s.groups[0].hyperparameters.learningRate = -1, s), RangeError, "learningRate must be"],
    [(s) => (s.groups[0].hyperparameters.betas = [2, 2], s), RangeError, "betas[0] must be"],
    [
      (s) => (s.parameters[0] = null, s),
      TypeError,
      "parameter 0: steps must be an integer ≥ 0, got undefined",
    ],
    [(s) => (s.parameters[0].steps = 1.5, s), TypeError, "steps must be an integer ≥ 0, got 1.5"],
    [(s) => (s.parameters[0].steps = -1, s), TypeError, "steps must be an integer ≥ 0, got -1"],
    [
      (s) => (delete s.parameters[0].buffers.secondMoment, s),
      TypeError,
      "missing: secondMoment, unknown: none",
    ],
    [(s) => (s.parameters[0].buffers = null, s), TypeError, "missing: firstMoment, secondMoment"],
    [(s) => (s.parameters[0].buffers.velocity = [0, 0], s), TypeError, "missing: none, unknown: velocity"],
    [
      (s) => (s.parameters[0].buffers.firstMoment = [0], s),
      ShapeError,
      "firstMoment has 1 numbers; the parameter has 2",
    ],
    [(s) => (s.parameters[0].buffers.firstMoment = null, s), ShapeError, "firstMoment has undefined numbers"],
    [
      (s) => (s.parameters[0].buffers.firstMoment = [0, null], s),
      TypeError,
      "numbers only, got null at entry 1",
    ],
    [
      (s) => (s.parameters[0].buffers.firstMoment = new Float32Array(2), s),
      DTypeError,
      "is a Float32Array; the parameter is float64",
    ],
  ];
  for (const [damage, kind, message] of damages) {
    const optimizer = made();
    const before = optimizer.stateDict();
    const damaged = damage(structuredClone(before)) as ReturnType<typeof optimizer.stateDict>;
    assertThrows(() => optimizer.loadStateDict(damaged), kind, message);
    assertEquals(optimizer.stateDict(), before);
  }
});

Deno.test("a state from before the first step can be loaded", () => {
  for (const [name, options] of everyOption) {
    const [from, to] = [weights([1]), weights([1])];
    const first = make(name, [from], options), second = make(name, [to]);
    second.loadStateDict(first.stateDict());
    stepWith(first, from, [2]);
    stepWith(second, to, [2]);
    assertEquals(to.data, from.data);
  }
});

Deno.test("plain SGD remembers nothing but the number of steps", () => {
  const w = weights([1]);
  const optimizer = new SGD([w]);
  stepWith(optimizer, w, [1]);
  assertEquals(optimizer.stateDict().parameters, [{ steps: 1, buffers: {} }]);
});

Deno.test("a state with two groups is matched by order", () => {
  const build = () => {
    const [a, b] = [weights([1]), weights([2, 3])];
    return {
      a,
      b,
      optimizer: new SGD([{ parameters: [a], momentum: 0.5 }, { parameters: [b], momentum: 0.9 }]),
    };
  };
  const from = build(), to = build();
  stepWith(from.optimizer, from.b, [1, 2]);
  to.optimizer.loadStateDict(from.optimizer.stateDict());
  assertEquals(to.optimizer.stateDict(), from.optimizer.stateDict());
  assert(!("velocity" in to.optimizer.stateDict().parameters[0].buffers));
  assertEquals(to.optimizer.stateDict().parameters[1].buffers.velocity, Float64Array.of(1, 2));
});
