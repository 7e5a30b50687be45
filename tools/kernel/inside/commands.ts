type Options = Deno.CommandOptions;
type Print = (text: string, isError: boolean) => void;

/** Shows what a program writes. */
export let printOutput: Print = () => {};

const STREAMS = ["stdout", "stderr"] as const;

/**
 * Have programs that cells start write below their cell where they would write to the terminal of the kernel, which
 * nobody sees; and have them read nothing, as on the kernel's own input its orders come.
 */
export function takeOverCommands(print: Print): void {
  printOutput = print;
  const Original = Deno.Command;

  class Command extends Original {
    readonly #shown: Set<string>;
    readonly #options: Options;

    constructor(program: string | URL, options: Options = {}) {
      super(program, quiet(options));
      this.#options = options;
      this.#shown = new Set(STREAMS.filter((name) => options[name] === "inherit"));
      this.#spawning = () => new Original(program, quiet(options, true));
    }

    readonly #spawning: () => Deno.Command;

    override async output(): Promise<Deno.CommandOutput> {
      const output = await super.output();
      return this.#show(output);
    }

    override outputSync(): Deno.CommandOutput {
      return this.#show(super.outputSync());
    }

    override spawn(): Deno.ChildProcess {
      // Here, unlike in output(), what is not said is inherited.
      const shown = STREAMS.filter((name) => (this.#options[name] ?? "inherit") === "inherit");
      return showStreams(this.#spawning().spawn(), shown, print);
    }

    #show(output: Deno.CommandOutput): Deno.CommandOutput {
      for (const name of STREAMS) {
        if (!this.#shown.has(name)) continue;
        print(new TextDecoder().decode(output[name]), name === "stderr");
        Object.defineProperty(output, name, { get: () => notPiped(name) });
      }
      return output;
    }
  }

  Object.defineProperty(Command, "name", { value: "Command" });
  Object.defineProperty(Deno, "Command", {
    value: Command,
    configurable: true,
    writable: true,
    enumerable: true,
  });
}

/** Show what a program writes, while it runs. */
function showStreams(
  child: Deno.ChildProcess,
  names: readonly (typeof STREAMS)[number][],
  print: Print,
): Deno.ChildProcess {
  const ends = names.map(async (name) => {
    const decoder = new TextDecoder();
    for await (const bytes of child[name]) print(decoder.decode(bytes, { stream: true }), name === "stderr");
    Object.defineProperty(child, name, { get: () => notPiped(name) });
  });
  const ended = child.status;
  // What it has written is shown before it is said to have ended.
  const status = ends.length === 0 ? ended : Promise.all(ends).then(() => ended);
  Object.defineProperty(child, "status", { value: status, configurable: true });
  return child;
}

function notPiped(name: string): never {
  throw new TypeError(`Cannot get '${name}': '${name}' is not piped`);
}

/** The same options without what is inherited from the kernel. */
function quiet(options: Options, isSpawned = false): Options {
  const changed = { ...options };
  if ((options.stdin ?? "inherit") === "inherit") changed.stdin = "null";
  for (const name of STREAMS) {
    if ((options[name] ?? (isSpawned ? "inherit" : "piped")) === "inherit") changed[name] = "piped";
  }
  return changed;
}
