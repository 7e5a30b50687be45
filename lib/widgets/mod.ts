/**
 * Pictures that a reader can operate: a static picture first, then a script that brings it to life.
 *
 * This floor stands between the charts, whose colours and numbers it uses, and the notebook, which shows it. What runs in
 * the reader's browser is in `browser/`; `deno task widgets` bundles it, with the tensors, losses, optimizers and traces
 * that it computes with, into `built/`. So a widget computes with the code that the course explains, and never with a
 * second version of it. `models/` and `draw/` serve both sides: the cell, and the browser.
 *
 * @module
 */

export { descentPlayground, type DescentPlaygroundOptions } from "./descent_playground.ts";
export { landscape3d, type Landscape3dOptions } from "./landscape_3d.ts";
export { loopStepper } from "./loop_stepper.ts";
export type { LinePoints } from "./options.ts";
export { surfaceExplorer, type SurfaceExplorerOptions } from "./surface_explorer.ts";
export { traceWorksheet, type TraceWorksheetOptions } from "./trace_worksheet.ts";
export { Widget, type WidgetParts } from "./widget.ts";
