import { backpropTrace } from "./backprop_trace.ts";
import type { Figure } from "./figure.ts";
import { gradientDepth } from "./gradient_depth.ts";
import { lossSurface } from "./loss_surface.ts";
import { optimizerPaths } from "./optimizer_paths.ts";
import { schedules } from "./schedules.ts";

/** Every figure by the name that is typed. */
export const FIGURES: Record<string, Figure> = {
  "loss-surface": lossSurface,
  "backprop-trace": backpropTrace,
  "optimizer-paths": optimizerPaths,
  "gradient-depth": gradientDepth,
  "schedules": schedules,
};
