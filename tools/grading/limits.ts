/** How much one submission may take. */
export interface Limits {
  /** Seconds for a cell; Stop comes then, and the next cell runs. */
  cell: number;
  /** Seconds for the whole notebook. */
  total: number;
  /** MB that the sandbox may hold, all of its processes together. */
  memory: number;
  /** Processes in the sandbox, the kernel's own three among them. */
  processes: number;
  /** Threads of these processes; a kernel has some thirty, and eight more where it computes in parallel. */
  threads: number;
  /** MB that a cell may print; the rest is left out. */
  cell_output: number;
  /** MB that the notebook may print; then it is stopped. */
  output: number;
  /** MB that the program that grades may hold. */
  grader: number;
  /** Seconds after `total` when that program itself is killed. */
  patience: number;
}

/** Generous for an honest notebook. */
export const LIMITS: Limits = {
  cell: 60,
  total: 900,
  memory: 2500,
  processes: 24,
  threads: 250,
  cell_output: 1,
  output: 150,
  grader: 1500,
  patience: 60,
};
