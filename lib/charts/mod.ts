/**
 * Charts: rows in, a picture with a text alternative out. Re-exported by `lib/mod.ts`.
 *
 * @module
 */

export type { CurveChartOptions } from "./curve_chart.ts";
export { accuracyChart, type AccuracyChartOptions, type AccuracyRow } from "./accuracy_chart.ts";
export { barChart, type BarChartOptions, type BarRow } from "./bar_chart.ts";
export { Chart, type ChartParts } from "./chart.ts";
export { classChart, type ClassChartOptions } from "./class_chart.ts";
export { confusionChart, type ConfusionChartOptions } from "./confusion_chart.ts";
export { digitGrid, type DigitGridOptions, type DigitImage } from "./digit_grid.ts";
export { ChartDataError } from "./errors.ts";
export { finderChart, type FinderChartOptions } from "./finder_chart.ts";
export { functionChart, type FunctionChartOptions, type FunctionCurve } from "./function_chart.ts";
export { graphChart, type GraphChartOptions } from "./graph_chart.ts";
export { histogramChart, type HistogramChartOptions, type HistogramGroup } from "./histogram_chart.ts";
export { landscapeChart, type LandscapeChartOptions } from "./landscape_chart.ts";
export { lineChart, type LineChartOptions, type LineRow } from "./line_chart.ts";
export { lossChart, type LossChartOptions, type LossRow } from "./loss_chart.ts";
export type { ChartMark, ChartPoint } from "./xy_plot.ts";
export type { ChartOptions, SizedChartOptions } from "./read.ts";
export { runChart, type RunChartOptions, type RunRow } from "./run_chart.ts";
export { sideBySide, type SideBySideOptions } from "./side_by_side.ts";
export { surfaceChart } from "./surface_chart.ts";
export type { SurfaceChartOptions } from "./surface_options.ts";
export { traceChart } from "./trace_chart.ts";
