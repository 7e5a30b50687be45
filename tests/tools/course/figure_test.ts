import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { drawFigure, help } from "../../../tools/course/figure.ts";
import { UsageError } from "../../../tools/shared/arguments.ts";
import { FIGURES } from "../../../tools/course/figures/list.ts";

/** Draw into a folder of its own; gives what was printed and the file. */
async function drawn(args: string[], file = "figure.svg"): Promise<{ said: string; bytes: Uint8Array }> {
  const folder = await Deno.makeTempDir();
  try {
    const said = await drawFigure([...args, "--out", join(folder, "deeper", file)]);
    return { said, bytes: await Deno.readFile(join(folder, "deeper", file)) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("every figure is drawn by its name alone, twice the same, and is named in the help", async () => {
  for (const name of Object.keys(FIGURES)) {
    const [once, again] = [await drawn([name]), await drawn([name])];
    assert(textOf(once.bytes).startsWith("<svg xmlns="), name);
    assertEquals(textOf(once.bytes), textOf(again.bytes));
    assertStringIncludes(help(), name);
    for (const option of Object.keys(FIGURES[name].options)) assertStringIncludes(help(name), `--${option}`);
  }
});

Deno.test("loss-surface starts at 6.1718 and ends near (2, 0.5); with the exercise's data at its known loss", async () => {
  const { said } = await drawn(["loss-surface", "--steps", "200"]);
  assertStringIncludes(said, "start    w 0.00000  b 0.00000  loss 6.17180");
  assertStringIncludes(said, "end      w 2.00000  b 0.50000");
  const exercise = await drawn(["loss-surface", "--data=exercise", "--steps=100"]);
  assertStringIncludes(exercise.said, "w 1.98567  b 0.50074  loss 0.00883632");
});

Deno.test("loss-surface says how many steps it took, and takes none after it has left for good", async () => {
  const { bytes } = await drawn(["loss-surface", "--steps", "7"]);
  const said = new Set(textOf(bytes).match(/\d+ steps/g)); // in words, and beside the walk
  assertEquals([...said], ["7 steps"]);
  const wild = await drawn(["loss-surface", "--steps", "900", "--learning-rate", "1.5"]);
  const [, taken] = textOf(wild.bytes).match(/>(\d+) steps/)!;
  assert(Number(taken) > 3 && Number(taken) < 100, `${taken} steps`);
  assert(!textOf((await drawn(["loss-surface", "--steps", "0"])).bytes).includes("0 steps"));
});

Deno.test("loss-surface draws a walk that leaves the map", async () => {
  const { said } = await drawn(["loss-surface", "--learning-rate", "1.5", "--b=-1"]);
  assertStringIncludes(said, "b -1.00000");
});

Deno.test("backprop-trace prints and draws the numbers of the worked example", async () => {
  const { said, bytes } = await drawn(["backprop-trace"]);
  for (const number of ["0.622459", "0.577185", "0.549592", "−0.263185", "−0.0496815"]) {
    assertStringIncludes(said, number);
  }
  assertStringIncludes(textOf(bytes), "−0.2632");
});

Deno.test("backprop-trace takes other weights, biases and activations", async () => {
  const { said } = await drawn([
    "backprop-trace",
    "--weights=1,2,3",
    "--biases=0.1",
    "--activations=relu",
    "--y=2",
  ]);
  assertStringIncludes(said, "ReLU(1.1)");
  assertStringIncludes(said, "z₃");
});

Deno.test("a file that ends in .png is a picture", async () => {
  const { bytes } = await drawn(["schedules"], "figure.png");
  assertEquals([...bytes.subarray(1, 4)], [0x50, 0x4e, 0x47]);
});

Deno.test("help is given for all figures and for one, and nothing is drawn", async () => {
  assertStringIncludes(await drawFigure(["--help"]), "loss-surface");
  assertStringIncludes(await drawFigure(["schedules", "--help"]), "--warmup");
});

Deno.test("what cannot be drawn is refused with what to write instead", async () => {
  const refused: [string[], string][] = [
    [["lossurface"], "there are loss-surface"],
    [["loss-surface", "--lr", "1"], "deno task figure loss-surface --help"],
    [["loss-surface", "--steps", "many"], 'whole number from 0 to 1000, and got "many"'],
    [["loss-surface", "--data", "iris"], "surface, exercise"],
    [["backprop-trace", "--activations", "softmax"], "sigmoid, tanh, relu"],
    [["backprop-trace", "--weights", "1,2,3", "--biases", "1,2"], "one value, or 3"],
    [["backprop-trace", "--y", "2"], "from 0 to 1"],
    [["schedules", "--out", "figure.jpg"], ".svg or .png"],
  ];
  for (const [args, says] of refused) {
    const error = await assertRejects(() => drawFigure(args), UsageError);
    assertStringIncludes(error.message, says);
  }
});
