// A page with every widget, to look at them.
import {
  descentPlayground,
  landscape3d,
  Linear,
  loopStepper,
  lossSurfaceLine,
  mseLoss,
  recordTraining,
  Rng,
  Sequential,
  SGD,
  Sigmoid,
  surfaceExplorer,
  type Trace,
  trace,
  traceWorksheet,
  type TrainingRecord,
  type Widget,
} from "backprop";

/** Every widget, as the course shows it, by its kind. */
export function allWidgets(): Record<string, Widget> {
  return {
    surface_explorer: surfaceExplorer(),
    landscape_3d: landscape3d(),
    descent_playground: descentPlayground(),
    loop_stepper: loopStepper(exampleRecord()),
    trace_worksheet: traceWorksheet(exampleTrace()),
  };
}

/** Eight turns of the loop for a line. */
export function exampleRecord(): TrainingRecord {
  const rng = new Rng(42);
  const model = new Linear(1, 1, { rng });
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  return recordTraining(model, lossSurfaceLine(), {
    optimizer,
    loss: mseLoss,
    batchSize: 4,
    iterations: 8,
    rng,
  });
}

/** A network of two neurons, σ and σ, with w = ½ and b = 0: x = y = 1, and one update. */
export function exampleTrace(): Trace {
  const half = () => {
    const layer = new Linear(1, 1, { rng: new Rng(0) });
    layer.weight.data[0] = 0.5;
    return layer;
  };
  return trace(new Sequential(half(), new Sigmoid(), half(), new Sigmoid()), 1, 1, { learningRate: 0.1 });
}

/** A page that shows some widgets one below the other, in the colours that the reader's system asks for. */
export function galleryPage(widgets: readonly Widget[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The widgets</title>
<link rel="icon" href="data:,">
<style>
body { max-width: 900px; margin: 12px auto; padding: 0 8px; font-family: system-ui, sans-serif }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }
</style>
</head>
<body>
${widgets.map((widget) => widget.toHTML()).join("\n<hr>\n")}
</body>
</html>
`;
}
