import { Chart } from "../charts/chart.ts";
import { wrapText } from "../charts/text.ts";
import type { TrainingRecord } from "../train/record_training.ts";
import { LIGHT } from "./draw/colours.ts";
import { codePicture, fitPicture, numbered } from "./draw/loop_pictures.ts";
import { lossCurve } from "./draw/loss_curve.ts";
import { moved, text } from "./draw/svg.ts";
import { loopCode, STEP_NAMES, stepView } from "./models/loop_view.ts";
import { Widget } from "./widget.ts";

/**
 * A recorded training loop, to go through step by step, forward and back: which line of the loop runs, which numbers go
 * in and come out, what becomes of the model. Each turn of the loop has six steps: batch, forward pass, loss, clearing
 * the gradients, backward pass, update.
 *
 * @param record From {@link recordTraining}
 * @throws {RangeError} If nothing was recorded, or so much that the widget would be larger than 200 kB
 * @example
 * ```ts
 * import { Linear, loopStepper, lossSurfaceLine, mseLoss, recordTraining, Rng, SGD } from "backprop";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const rng = new Rng(42);
 * const model = new Linear(1, 1, { rng });
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * const record = recordTraining(model, lossSurfaceLine(), { optimizer, loss: mseLoss, batchSize: 4, iterations: 8, rng });
 * const widget = loopStepper(record); // await show(loopStepper(record));
 * assertStringIncludes(widget.alternative, "Step 6, Update");
 * ```
 */
export function loopStepper(record: TrainingRecord): Widget {
  if (!record?.iterations?.length) {
    throw new RangeError(
      "loopStepper: expected a record with at least one iteration, from recordTraining().",
    );
  }
  if ((record.curve?.inputs.length ?? 0) > 4000) {
    throw new RangeError(
      `loopStepper: expected a record of at most 4000 examples, got ${
        record.curve!.inputs.length
      }; record fewer of them.`,
    );
  }
  const views = STEP_NAMES.map((_, step) => stepView(record, step));
  const losses = record.iterations.map(({ loss }) => loss);
  const width = 760;
  const code = moved(16, 22, codePicture(loopCode(record), LIGHT));
  let y = 22 + 7 * 24 + 14;
  const words = views.map(({ title, says }, i) => {
    const lines = wrapText(says, width - 60, 13);
    const block = numbered(i + 1, [26, y - 4], LIGHT) +
      text(44, y, title, { "font-weight": 600 }) +
      lines.map((line, k) => text(44, y + 18 * (k + 1), line, { fill: LIGHT.quiet })).join("");
    y += 18 * (lines.length + 1) + 8;
    return block;
  }).join("");
  const pictures = [
    record.curve && fitPicture(record, { iteration: 0, step: 5 }, { width: 370, height: 260 }, LIGHT),
    losses.length > 1 &&
    lossCurve(
      [{ losses, colour: LIGHT.orange }],
      { width: 370, height: 260, steps: losses.length - 1 },
      LIGHT,
    ),
  ].filter((each) => typeof each === "string");
  const below = pictures.map((picture, i) => moved(i * 380, y, picture)).join("");
  const chart = new Chart({
    title: "One turn of the training loop is six steps",
    subtitle:
      `${record.model}, ${record.loss}, ${record.optimizer} with learning rate ${record.learningRate}; ` +
      `below, the first of ${record.iterations.length} recorded iterations with its numbers.`,
    alternative: "",
    width,
    height: y + (pictures.length > 0 ? 264 : 0),
    body: code + words + below,
  });
  return new Widget({
    kind: "loop_stepper",
    picture: chart.toSVG(),
    alternative:
      `The training loop of ${record.model}, first of ${record.iterations.length} recorded iterations. ` +
      views.map(({ title, says }, i) => `Step ${i + 1}, ${title}: ${says}`).join(" "),
    data: record,
  });
}
