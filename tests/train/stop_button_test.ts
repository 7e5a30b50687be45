import { assert, assertEquals, assertMatch } from "@std/assert";
import { fit, Linear, moons, Rng, Sequential, SGD } from "backprop";
import { stopButton } from "../../lib/train/stop_button.ts";

const KEY = Symbol.for("backprop.stop");

/** Does something where there is a Stop button as in a notebook. */
async function withButton(body: (press: () => void, obeyed: () => number) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let handled = 0;
  const hook = { signal: controller.signal, handled: () => void handled++ };
  Object.defineProperty(globalThis, KEY, { value: hook, configurable: true });
  try {
    await body(() => controller.abort(), () => handled);
  } finally {
    delete (globalThis as { [name: symbol]: unknown })[KEY];
  }
}

Deno.test("stopButton() is the caller's signal where there is no notebook", () => {
  assertEquals(stopButton().signal, undefined);
  const { signal } = new AbortController();
  assertEquals(stopButton(signal).signal, signal);
});

Deno.test("stopButton() joins both signals, and says that it obeyed only if the button was pressed", () =>
  withButton((press, obeyed) => {
    const own = new AbortController();
    const stop = stopButton(own.signal);
    own.abort();
    assert(stop.signal!.aborted);
    stop.obeyed();
    assertEquals(obeyed(), 0);
    press();
    stop.obeyed();
    assertEquals(obeyed(), 1);
    return Promise.resolve();
  }));

Deno.test("fit() returns its history when Stop is pressed, and says so to the notebook", () =>
  withButton(async (press, obeyed) => {
    const rng = new Rng(1);
    const model = new Sequential(new Linear(2, 2, { rng }));
    const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
    const onStep = ({ step }: { step: number }) => step === 3 && press();
    const options = { optimizer, epochs: 5, batchSize: 16, rng, onStep, quiet: true };
    const history = await fit(model, moons(), options);
    assertEquals([history.steps.length, history.stopped?.reason, obeyed()], [3, "aborted", 1]);
    assertMatch(history.stopped!.message, /^Stopped by request at step 3/);
  }));
