import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  Adam,
  BatchNorm1d,
  CheckpointError,
  type CheckpointErrorCode,
  type CheckpointParts,
  cosineSchedule,
  Dropout,
  fit,
  History,
  Linear,
  loadCheckpoint,
  parameter,
  ReduceOnPlateau,
  ReLU,
  Rng,
  saveCheckpoint,
  Sequential,
  SGD,
  Tensor,
} from "backprop";
import { blobs } from "./models.ts";

/** Runs in a folder of its own, which must be empty but for the files named when the test ends. */
async function inFolder(test: (path: (name: string) => string) => Promise<void>, left: string[] = []) {
  const folder = await Deno.makeTempDir();
  try {
    await test((name) => `${folder}/${name}`);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), left.sort());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refused(
  load: () => Promise<unknown>,
  code: CheckpointErrorCode,
  message: string,
): Promise<CheckpointError> {
  const error = await assertRejects(load, CheckpointError);
  assertEquals([error.code, error.name], [code, "CheckpointError"]);
  assertStringIncludes(error.message, message);
  return error;
}

/** A run with everything that has a state. */
function make(seed: number) {
  const rng = new Rng(seed);
  const model = new Sequential(
    new Linear(2, 8, { rng }),
    new BatchNorm1d(8),
    new ReLU(),
    new Dropout(0.3, { rng: new Rng(seed + 1) }), // a generator of its own
    new Linear(8, 2, { rng }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
  const plateau = new ReduceOnPlateau(optimizer as never, { patience: 0, factor: 0.5 });
  return { model, optimizer, rng, plateau, history: new History() };
}

const numbers = (model: Sequential) => Object.values(model.stateDict()).map(({ data }) => data);

function options(run: ReturnType<typeof make>, epochs: number) {
  return {
    optimizer: run.optimizer,
    rng: run.rng,
    history: run.history,
    epochs,
    batchSize: 6,
    validation: blobs(12, 8),
    earlyStopping: { patience: 10 },
    quiet: true,
    now: () => 0,
  };
}

Deno.test("2 epochs, save, load into new objects, 2 epochs are the bits of 4 epochs", () =>
  inFolder(async (path) => {
    const data = blobs(24);
    const whole = make(1);
    const plateauOf = (run: ReturnType<typeof make>) => ({ validationLoss }: { validationLoss?: number }) =>
      run.plateau.step(validationLoss!);
    await fit(whole.model, data, { ...options(whole, 4), onEpoch: plateauOf(whole) });

    const first = make(1);
    const onEpoch = async (row: { epoch: number; validationLoss?: number }) => {
      plateauOf(first)(row);
      if (row.epoch === 2) await saveCheckpoint(path("run"), first);
    };
    await fit(first.model, data, { ...options(first, 2), onEpoch });

    const second = make(77);
    await loadCheckpoint(path("run"), second);
    assertEquals([second.history.epochs.length, second.history.steps.length], [2, 8]);
    await fit(second.model, data, { ...options(second, 4), onEpoch: plateauOf(second) });

    assertEquals(numbers(second.model), numbers(whole.model));
    assertEquals(second.optimizer.stateDict(), whole.optimizer.stateDict());
    assertEquals(second.history.epochs, whole.history.epochs);
    assertEquals(second.history.steps, whole.history.steps);
    assertEquals(second.history.best, whole.history.best);
    assertEquals(second.plateau.stateDict(), whole.plateau.stateDict());
    assertEquals(second.rng.state, whole.rng.state);
  }, ["run"]));

Deno.test("without each part the continued run is another one: none is saved for nothing", () =>
  inFolder(async (path) => {
    const data = blobs(24);
    const schedule = cosineSchedule({ learningRate: 0.05, steps: 16 });
    const whole = make(1);
    await fit(whole.model, data, { ...options(whole, 4), earlyStopping: undefined, schedule });
    const first = make(1);
    await fit(first.model, data, { ...options(first, 2), earlyStopping: undefined, schedule });
    await saveCheckpoint(path("run"), first);
    for (const missing of ["nothing", "model", "optimizer", "rng", "history"] as const) {
      const second = make(77);
      const parts = Object.entries(second).filter(([name]) => name !== missing);
      await loadCheckpoint(path("run"), Object.fromEntries(parts));
      const epochs = missing === "history" ? 2 : 4;
      await fit(second.model, data, { ...options(second, epochs), earlyStopping: undefined, schedule });
      const same = String(numbers(second.model)) === String(numbers(whole.model));
      assertEquals(same, missing === "nothing", `without ${missing}`);
    }
  }, ["run"]));

Deno.test("the same state gives the same bytes", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path("a"), make(1));
    await saveCheckpoint(path("b"), make(1));
    assertEquals(await Deno.readFile(path("a")), await Deno.readFile(path("b")));
  }, ["a", "b"]));

Deno.test("a checkpoint replaces the former one, and takes a URL", () =>
  inFolder(async (path) => {
    const url = new URL(`file://${path("run")}`);
    await saveCheckpoint(url, { rng: new Rng(1) });
    await saveCheckpoint(url, { rng: new Rng(2) });
    const rng = new Rng(0);
    await loadCheckpoint(url, { rng });
    assertEquals(rng.random(), new Rng(2).random());
  }, ["run"]));

Deno.test("a checkpoint is of the moment of the call, however training goes on", () =>
  inFolder(async (path) => {
    const model = new Linear(2, 2, { rng: new Rng(0) });
    const before = model.weight.data.slice();
    const saving = saveCheckpoint(path("run"), { model });
    model.weight.data.fill(7);
    await saving;
    await loadCheckpoint(path("run"), { model });
    assertEquals(model.weight.data, before);
  }, ["run"]));

Deno.test("saves that overlap leave one whole file", () =>
  inFolder(async (path) => {
    const runs = Array.from({ length: 8 }, (_, i) => ({ rng: new Rng(i) }));
    await Promise.all(runs.map((run) => saveCheckpoint(path("run"), run)));
    const rng = new Rng(99);
    await loadCheckpoint(path("run"), { rng });
    const [one, ...others] = runs.filter((run) => String(run.rng.state.words) === String(rng.state.words));
    assert(one !== undefined && others.length === 0);
  }, ["run"]));

Deno.test("a model of two functions is saved by its parameters, in its dtype", () =>
  inFolder(async (path) => {
    const make = (value: number) => {
      const W = parameter([[value]], { dtype: "float32" });
      return { forward: (x: Tensor) => x.matmul(W), parameters: () => [W] };
    };
    await saveCheckpoint(path("run"), { model: make(0.1) });
    const model = make(5);
    await loadCheckpoint(path("run"), { model });
    assertEquals(model.parameters()[0].data, Float32Array.of(0.1));
    const other = parameter([[1]]);
    const wrong = { forward: (x: Tensor) => x, parameters: () => [other] };
    await refused(() => loadCheckpoint(path("run"), { model: wrong }), "mismatch", "float32");
    assertEquals(other.item(), 1);
  }, ["run"]));

Deno.test("a model can be loaded alone", () =>
  inFolder(async (path) => {
    const saved = make(1), { model } = make(2);
    await saveCheckpoint(path("run"), saved);
    await loadCheckpoint(path("run"), { model });
    assertEquals(numbers(model), numbers(saved.model));
  }, ["run"]));

Deno.test("a history with NaN and infinities comes back", () =>
  inFolder(async (path) => {
    const history = new History(), back = new History();
    const row = { learningRate: 0.1, gradientNorm: Infinity, seconds: 1 };
    history.steps.push({ epoch: 0.5, step: 1, trainLoss: NaN, ...row });
    history.stopped = { reason: "not-finite", epoch: 1, step: 1, message: "…" };
    await saveCheckpoint(path("run"), { history });
    await loadCheckpoint(path("run"), { history: back });
    assertEquals(back.stateDict(), history.stateDict());
  }, ["run"]));

Deno.test("every damaged byte is noticed, and nothing is loaded", () =>
  inFolder(async (path) => {
    const model = new Linear(1, 2, { rng: new Rng(0) });
    await saveCheckpoint(path("run"), { model });
    const bytes = await Deno.readFile(path("run"));
    const before = model.weight.data.fill(3).slice();
    const codes = new Map<string, number>();
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x80]) {
        const damaged = bytes.slice();
        damaged[at] ^= flip;
        await Deno.writeFile(path("run"), damaged);
        const error = await assertRejects(() => loadCheckpoint(path("run"), { model }), CheckpointError);
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
      }
    }
    assertEquals(model.weight.data, before);
    const { "not-a-checkpoint": foreign, "other-version": other, damaged } = Object.fromEntries(codes);
    const head = "backprop checkpoint, version 2, SHA-256 of the rest ";
    assertEquals(foreign + other, 2 * (head.length + 1)); // and the end of the line; "2" damaged to "3" is a version
    assertEquals(damaged, 2 * (bytes.length - head.length - 1));
  }, ["run"]));

Deno.test("a checkpoint cut off at any length is refused, and one with more bytes too", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path("run"), { rng: new Rng(0) });
    const bytes = await Deno.readFile(path("run"));
    const rng = new Rng(5);
    const cut = (length: number) => Deno.writeFile(path("run"), bytes.slice(0, length));
    const load = () => loadCheckpoint(path("run"), { rng });
    for (const length of [0, 3, 30, 100]) {
      await cut(length);
      await refused(load, "not-a-checkpoint", path("run"));
    }
    for (const length of [117, 200, bytes.length - 33, bytes.length - 1]) {
      await cut(length);
      await refused(load, "damaged", "Was it copied to the end?");
    }
    await Deno.writeFile(path("run"), new Uint8Array([...bytes, 0]));
    await refused(load, "damaged", "its checksum is another one");
    assertEquals(rng.random(), new Rng(5).random());
  }, ["run"]));

Deno.test("another format version is named, and a file of another kind", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path("run"), { rng: new Rng(0) });
    const text = await Deno.readTextFile(path("run"));
    await Deno.writeTextFile(path("run"), text.replace("version 2", "version 3"));
    const load = () => loadCheckpoint(path("run"), { rng: new Rng(0) });
    await refused(load, "other-version", "is in version 3 of the format; this library reads version 2");
    const first = new Uint8Array([...new TextEncoder().encode("BACKPROP"), 1, 0, 0, 0, 8, 0, 0, 0, 0xff]);
    await Deno.writeFile(path("run"), first);
    await refused(load, "other-version", "is in version 1 of the format; this library reads version 2");
    await Deno.writeTextFile(path("run"), '{"weights": [1, 2, 3]}');
    await refused(load, "not-a-checkpoint", 'it should begin with "backprop checkpoint"');
  }, ["run"]));

Deno.test("a file that says it is a checkpoint and holds something else is damaged", () =>
  inFolder(async (path) => {
    const rest = '{"rng":{"$":"Date"}}';
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(rest));
    const head = `backprop checkpoint, version 2, SHA-256 of the rest ${new Uint8Array(digest).toHex()}`;
    await Deno.writeTextFile(path("run"), `${head}\n${rest}`);
    const load = () => loadCheckpoint(path("run"), { rng: new Rng(0) });
    await refused(load, "damaged", 'unknown kind of value "Date"');
  }, ["run"]));

Deno.test("a million weights are saved and loaded in a moment, to the bit", () =>
  inFolder(async (path) => {
    const rng = new Rng(1);
    const numbers = Float32Array.from({ length: 1_000_000 }, () => rng.random() - 0.5);
    numbers.set([NaN, -0, Infinity, -Infinity, 1e-45]);
    const model = { forward: (x: Tensor) => x, parameters: () => [weights] };
    const weights = parameter(new Tensor(numbers.slice(), [1000, 1000]));
    const start = performance.now();
    await saveCheckpoint(path("run"), { model });
    weights.data.fill(0);
    await loadCheckpoint(path("run"), { model });
    const seconds = (performance.now() - start) / 1000;
    assertEquals(new Uint32Array(weights.data.slice().buffer), new Uint32Array(numbers.buffer));
    assert(seconds < 5, `it took ${seconds} s`);
  }, ["run"]));

Deno.test("a missing file, a folder and a missing part are named", () =>
  inFolder(async (path) => {
    const rng = new Rng(0);
    const error = await refused(
      () => loadCheckpoint(path("run"), { rng }),
      "missing-file",
      "does not exist",
    );
    assertEquals(error.path, path("run"));
    await Deno.mkdir(path("folder"));
    await refused(() => loadCheckpoint(path("folder"), { rng }), "unreadable", "cannot be read");
    await saveCheckpoint(path("run"), { rng, history: new History() });
    const load = () => loadCheckpoint(path("run"), { rng, model: new Linear(1, 1, { rng }) });
    await refused(load, "missing-part", 'has no part "model"; it has rng, history.');
  }, ["run", "folder"]));

Deno.test("a checkpoint that does not fit is refused, and every part is as it was", () =>
  inFolder(async (path) => {
    const saved = make(1);
    await fit(saved.model, blobs(12), options(saved, 1));
    await saveCheckpoint(path("run"), saved);
    const rng = new Rng(4);
    const wider = new Sequential(new Linear(2, 9, { rng }), new Linear(9, 2, { rng }));
    const undropped = new Sequential(
      new Linear(2, 8, { rng }),
      new BatchNorm1d(8),
      new ReLU(),
      new ReLU(),
      new Linear(8, 2, { rng }),
    );
    const wrong: [CheckpointParts, string][] = [
      [{ model: wider }, 'does not fit: its part "model"'],
      [{ model: undropped }, "saved with 1 generators, and has 0 now"],
      [{ optimizer: new SGD(wider.parameters(), { learningRate: 1 }) }, 'does not fit: its part "optimizer"'],
      [{ history: new Rng(1) }, "saved as a state, and is a rng now"],
      [{ rng: new History() }, "saved as a rng, and is a state now"],
      [{ optimizer: wider }, "saved as a state, and is a model now"],
    ];
    for (const [parts, message] of wrong) {
      // The parts that fit come first, and must be put back.
      const { model, optimizer, rng, history } = make(9);
      const good = { model, optimizer, rng, history };
      await fit(model, blobs(12, 3), { ...options({ ...make(9), ...good }, 1) });
      const [wrongName] = Object.keys(parts);
      const mixed = {
        ...Object.fromEntries(Object.entries(good).filter(([name]) => name !== wrongName)),
        ...parts,
      };
      const look = () =>
        structuredClone([
          numbers(model),
          optimizer.stateDict(),
          rng.state,
          history.steps,
          (model.layers[3] as Dropout).rng.state,
        ]);
      const before = look();
      await refused(() => loadCheckpoint(path("run"), mixed), "mismatch", message);
      assertEquals(look(), before, message);
    }
  }, ["run"]));

Deno.test("a part without a state is refused before anything is written", () =>
  inFolder(async (path) => {
    const save = (parts: unknown) => () => saveCheckpoint(path("run"), parts as CheckpointParts);
    await assertRejects(save({ x: { a: 1 } }), TypeError, 'the part "x" has no state to save');
    await assertRejects(save({ x: undefined }), TypeError, 'the part "x"');
    await assertRejects(save({ x: 5 }), TypeError, 'the part "x"');
    const odd = { stateDict: () => ({ when: new Date(0) }), loadStateDict: () => {} };
    await assertRejects(save({ odd }), TypeError, "part.odd.state.when is a Date");
  }));

Deno.test("what cannot be written leaves nothing half-written, and the former checkpoint", () =>
  inFolder(async (path) => {
    const parts = { rng: new Rng(0) };
    await refused(() => saveCheckpoint(path("no/folder/run"), parts), "unwritable", "cannot be written");
    await Deno.mkdir(path("run")); // a folder cannot be replaced by a file
    await Deno.writeTextFile(path("run/inside"), "");
    await refused(() => saveCheckpoint(path("run"), parts), "unwritable", path("run"));
  }, ["run"]));
