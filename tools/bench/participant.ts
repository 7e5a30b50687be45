// A program that takes part in the benchmark: started once, then asked again and again.
import { join } from "@std/path";
import { ROOT } from "../setup/paths.ts";
import { lines } from "../setup/process.ts";
import type { Peers } from "./install.ts";
import type { BenchRequest } from "./request.ts";

/** Who takes part. */
export type Name = "wasm" | "native" | "reference" | "PyTorch" | "NumPy" | "TensorFlow.js";

/** One of them, running. */
export class Participant {
  /** Its version, as it says itself. */
  version = "";
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: AsyncGenerator<string>;

  private constructor(readonly name: Name, program: string, args: string[], env: Record<string, string>) {
    const options = {
      args,
      env,
      clearEnv: true,
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    } as const;
    this.#child = new Deno.Command(program, options).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#answers = lines(this.#child.stdout);
  }

  /**
   * Start one; it is ready to be asked when this returns.
   *
   * @param threads How many threads it may compute with
   * @returns `undefined` if it is not installed
   */
  static async start(name: Name, threads: number, peers: Peers): Promise<Participant | undefined> {
    const how = commandFor(name, threads, peers);
    if (how === undefined) return undefined;
    // NumPy's and our BLAS, and PyTorch's two ways of using threads.
    const count = String(threads);
    const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...inherited } = Deno.env.toObject(); // everyone at their best
    const env = {
      ...inherited,
      OPENBLAS_NUM_THREADS: count,
      OMP_NUM_THREADS: count,
      MKL_NUM_THREADS: count,
    };
    const participant = new Participant(name, how.program, how.args, env);
    participant.version = String((await participant.#next()).version);
    return participant;
  }

  /** Have it do something; gives what it measured. */
  async ask(request: BenchRequest): Promise<number> {
    await this.#input.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    const { seconds, bytes } = await this.#next();
    return Number(seconds ?? bytes);
  }

  /** End it. */
  async stop(): Promise<void> {
    await this.#input.close();
    await this.#answers.return(undefined);
    await this.#child.status;
  }

  async #next(): Promise<Record<string, unknown>> {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.name} ended in the middle of the benchmark; what it said is above.`);
    return JSON.parse(value);
  }
}

function commandFor(
  name: Name,
  threads: number,
  peers: Peers,
): { program: string; args: string[] } | undefined {
  const script = (file: string) => join(ROOT, "tools", "bench", "peers", file);
  switch (name) {
    case "PyTorch":
      return peers.python
        ? { program: peers.python, args: [script("pytorch.py"), String(threads)] }
        : undefined;
    case "NumPy":
      return peers.python ? { program: peers.python, args: [script("numpy_by_hand.py")] } : undefined;
    case "TensorFlow.js": {
      const args = [script("tensorflow.mjs"), peers.npm ?? "", peers.scratch, String(threads)];
      return peers.npm ? { program: "node", args } : undefined;
    }
    default:
      return {
        program: Deno.execPath(),
        args: ["run", "--allow-all", "--no-check", script("ours.ts"), name, String(threads)],
      };
  }
}
