import { tensor } from "../tensor/create.ts";
import { lossNamed } from "./losses.ts";
import { type Stage, stageNamed } from "./network_stages.ts";
import { type TraceRecipe, valuesOf } from "./recipe.ts";
import { traceStages } from "./trace.ts";
import type { Trace } from "./trace_table.ts";
import { traceFunction } from "./value_trace.ts";

/**
 * Makes a trace again from its recipe, with the same numbers. A recipe is plain data: it can be saved as JSON, or go to
 * where the network is not, as the worksheet does that checks what a reader types.
 *
 * @param recipe `recipe` of a {@link Trace}
 * @throws {TypeError} If it is no recipe
 */
export function retrace(recipe: TraceRecipe): Trace {
  if (recipe?.kind === "function") return traceFunction(() => valuesOf(recipe), {});
  if (recipe?.kind !== "network") {
    throw new TypeError('retrace: expected the recipe of a trace: { kind: "network" or "function", … }.');
  }
  const { dtype, stages, x, end, learningRate } = recipe;
  const read = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype });
  return traceStages(
    stages.map((stage): Stage =>
      "weight" in stage
        ? {
          kind: "linear",
          weight: read(stage.weight),
          bias: stage.bias === undefined ? undefined : read(stage.bias),
        }
        : stageNamed(stage.activation, stage.negativeSlope)
    ),
    read(x),
    "y" in end ? { y: read(end.y), loss: lossNamed(end.loss) } : { gradOutput: read(end.gradOutput) },
    learningRate,
  );
}
