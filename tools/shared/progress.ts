/** Settings of a {@link ProgressLine}; only `label` is needed. */
export interface ProgressOptions {
  /** What is being done, at the start of the line. */
  label: string;
  /** How much there is to do; leave out where nobody knows. */
  total?: number;
  /** What is counted: a word such as `"cells"`, or `"bytes"`, shown as kB and MB. */
  unit?: string;
  /** Where work begins, for one that was cut off and goes on; 0 unless said. */
  done?: number;
  /** Where text goes; standard output unless said. */
  write?: (text: string) => void;
  /** Whether the line may be rewritten in place; asks standard output unless said. */
  isTerminal?: boolean;
  /** Width of the terminal; asks it unless said. */
  columns?: number;
  /** A clock in milliseconds. */
  now?: () => number;
}

/** Rewriting more often than this only costs time. */
const TERMINAL_MS = 100;
/** In a log file, a line now and then. */
const LOG_MS = 5000;

/**
 * One line that says how far a job is and how long it will still take.
 *
 * In a terminal it is rewritten in place; elsewhere (a log, a pipe) a plain line appears every five seconds. The time
 * left assumes that the rest goes as fast as what was done since the start.
 *
 * @example
 * ```ts
 * import { ProgressLine } from "./progress.ts";
 *
 * const progress = new ProgressLine({ label: "Counting", total: 3, unit: "sheep" });
 * for (let sheep = 1; sheep <= 3; sheep++) progress.update(sheep);
 * progress.finish(); // Counting  3 sheep in 0.0 s
 * ```
 */
export class ProgressLine {
  readonly #options: ProgressOptions;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #terminal: boolean;
  readonly #start: number;
  readonly #first: number;
  #done: number;
  #drawnAt: number;
  #drawn = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#write = options.write ?? ((text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)));
    this.#now = options.now ?? (() => performance.now());
    this.#terminal = options.isTerminal ?? Deno.stdout.isTerminal();
    this.#start = this.#now();
    this.#first = this.#done = options.done ?? 0;
    // A terminal shows the first update at once, a log after five seconds: short jobs leave one line there.
    this.#drawnAt = this.#terminal ? -Infinity : this.#start;
  }

  /**
   * Say how much is done by now.
   *
   * @param done In units of `total`, from the beginning and not since the last update
   * @param note A few words for the end of the line
   */
  update(done: number, note = ""): void {
    this.#done = done;
    const now = this.#now();
    if (now - this.#drawnAt < (this.#terminal ? TERMINAL_MS : LOG_MS)) return;
    this.#drawnAt = now;
    this.#drawn = true;
    const facts = [this.#amounts(), this.#timeLeft(now), note].filter(Boolean).join("  ");
    const { label } = this.#options;
    if (!this.#terminal) return this.#write(`${label}  ${facts}\n`);
    this.#write(`\r${fit(label, this.#bar(), facts, this.#columns())}\x1b[K`);
  }

  /** Print a line of its own above this one. */
  say(text: string): void {
    this.clear();
    this.#write(`${text}\n`);
  }

  /** Take the line off the terminal, until the next update. */
  clear(): void {
    if (this.#terminal && this.#drawn) this.#write("\r\x1b[K");
    if (this.#terminal) this.#drawnAt = -Infinity;
    this.#drawn = false;
  }

  /** End the line: what was done, in what time, and `note`. Call it after a failure too, with a note that says so. */
  finish(note = ""): void {
    const seconds = (this.#now() - this.#start) / 1000;
    const line = [this.#options.label, `${this.#amount(this.#done)} in ${formatSeconds(seconds)}`, note];
    const text = line.filter(Boolean).join("  ");
    this.#write(this.#terminal && this.#drawn ? `\r${text}\x1b[K\n` : `${text}\n`);
  }

  /** From 0 to 1; `undefined` if nobody knows. */
  #share(): number | undefined {
    const { total } = this.#options;
    return total ? Math.min(Math.max(this.#done / total, 0), 1) : undefined;
  }

  #bar(): string {
    const share = this.#share();
    return share === undefined ? "" : "█".repeat(Math.round(20 * share)).padEnd(20, "░");
  }

  #amounts(): string {
    const share = this.#share();
    if (share === undefined) return this.#amount(this.#done);
    return `${`${Math.floor(100 * share)}%`.padStart(4)}  ${this.#amount(this.#done, this.#options.total)}`;
  }

  #amount(done: number, total?: number): string {
    const unit = this.#options.unit;
    if (unit === "bytes") {
      return total === undefined ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`;
    }
    const count = total === undefined ? `${done}` : `${done} of ${total}`;
    return unit ? `${count} ${unit}` : count;
  }

  #timeLeft(now: number): string {
    const elapsed = (now - this.#start) / 1000;
    const { total } = this.#options;
    if (!total) return `${formatSeconds(elapsed)} so far`;
    const gained = this.#done - this.#first;
    if (gained <= 0 || elapsed <= 0) return "";
    return `${formatSeconds((elapsed / gained) * Math.max(total - this.#done, 0))} left`;
  }

  #columns(): number {
    if (this.#options.columns) return this.#options.columns;
    try {
      return Deno.consoleSize().columns;
    } catch {
      return 80; // a terminal that does not tell
    }
  }
}

/**
 * One line that is narrower than the terminal: at its edge it would wrap, and could not be rewritten. What is said last
 * matters most, so the bar goes first, then the end of the label, then whatever is left over.
 */
function fit(label: string, bar: string, facts: string, columns: number): string {
  const full = [label, bar, facts].filter(Boolean).join("  ");
  if (full.length < columns) return full;
  const short = `${label}  ${facts}`;
  if (short.length < columns) return short;
  const room = Math.max(columns - 1 - facts.length - "…  ".length, 8);
  return `${label.slice(0, room)}…  ${facts}`.slice(0, columns - 1);
}

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
 *
 * @example
 * ```ts
 * import { formatSeconds } from "./progress.ts";
 *
 * console.log(formatSeconds(185)); // 3 min 05 s
 * ```
 */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (n: number) => `${n}`.padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/**
 * A size for people, in powers of ten: `512 B`, `28.9 kB`, `9.9 MB`.
 *
 * @example
 * ```ts
 * import { formatBytes } from "./progress.ts";
 *
 * console.log(formatBytes(9_912_422)); // 9.9 MB
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  for (const [size, name] of [[1e3, "kB"], [1e6, "MB"], [1e9, "GB"]] as const) {
    if (bytes < 999.95 * size) return `${(bytes / size).toFixed(1)} ${name}`;
  }
  return `${(bytes / 1e12).toFixed(1)} TB`;
}
