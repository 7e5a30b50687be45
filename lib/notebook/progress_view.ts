import { formatCount } from "../checks/format.ts";
import { escapeXml } from "../charts/text.ts";
import type { MimeBundle } from "./jupyter.ts";

/** What a progress bar shows; times in milliseconds. */
export interface ProgressState {
  label: string;
  unit: string;
  total: number;
  done: number;
  note: string;
  elapsed: number;
  /** `undefined` while there is nothing to judge by */
  left: number | undefined;
  finished: boolean;
}

// JupyterLab's and VS Code's own colours, so that the bar follows a light or dark theme; elsewhere the page's text.
const TEXT = "var(--jp-content-font-color1, var(--vscode-foreground, inherit))";
const FONT = "var(--jp-ui-font-family, system-ui, sans-serif)";
const FILL = "var(--jp-brand-color1, var(--vscode-progressBar-background, #0072B2))";

/** A bar with one line of text while running, one line when finished. */
export function renderProgress(state: ProgressState): MimeBundle {
  const text = describe(state);
  const line = `<span>${escapeXml(text)}</span>`;
  const style =
    `color:${TEXT};font-family:${FONT};font-size:13px;line-height:1.5;font-variant-numeric:tabular-nums`;
  if (state.finished) return { "text/plain": text, "text/html": `<div style="${style}">${line}</div>` };
  const percent = (share(state) * 100).toFixed(1);
  const bar =
    `<div role="progressbar" aria-label="${escapeXml(state.label)}" aria-valuemin="0" aria-valuemax="100"` +
    ` aria-valuenow="${percent}" style="height:8px;max-width:640px;margin:2px 0;border-radius:4px;overflow:hidden;` +
    `background:rgba(128,128,128,0.35)"><div style="height:8px;width:${percent}%;background:${FILL}"></div></div>`;
  return { "text/plain": text, "text/html": `<div style="${style}">${line}${bar}</div>` };
}

function describe(
  { label, unit, total, done, note, elapsed, left, finished, ...rest }: ProgressState,
): string {
  const count = `${formatCount(done)} of ${formatCount(total)} ${unit}`;
  const tail = note ? [note] : [];
  if (finished) {
    const amount = done >= total ? `${formatCount(done)} ${unit}` : `stopped after ${count}`;
    return [`${done >= total ? "✓ " : ""}${label}: ${amount} in ${formatDuration(elapsed)}`, ...tail].join(
      " · ",
    );
  }
  const percent = Math.floor(
    share({ label, unit, total, done, note, elapsed, left, finished, ...rest }) * 100,
  );
  return [
    `${label}: ${count} (${percent}%)`,
    `${formatDuration(elapsed)} gone`,
    left === undefined ? "time left: not known yet" : `about ${formatDuration(left)} left`,
    ...tail,
  ].join(" · ");
}

function share({ done, total }: ProgressState): number {
  return Math.min(1, done / total);
}

/** A duration as a person says it: "0.4 s", "12 s", "3 min 05 s", "1 h 02 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (count: number) => String(count).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
