/** What the library needs of the program that it runs in, whether that is Deno or a page in a browser. */
export interface Host {
  /** The place of a file or folder of this project, by its path from the project's root: `"data/"`. */
  place(path: string): URL;
  /** A person's path as a place, and a place as a person would write it. */
  toURL(path: string): URL;
  /** See `toURL`. */
  toPath(place: URL): string;

  /** The bytes of a file. */
  read(place: string | URL): Promise<Uint8Array<ArrayBuffer>>;
  /** The same without waiting, for files of the library itself. */
  readNow(place: URL): Uint8Array<ArrayBuffer>;
  /** Writes a file: all of it, or none, and then a file that had the name before is as it was. */
  write(place: string | URL, bytes: Uint8Array): Promise<void>;
  /**
   * Keeps a small text in the folder of a learner's own notebooks; does nothing where the notebook is not in one.
   */
  keep(name: string, text: string): Promise<void>;
  /** A text that was kept: `""` if there is none yet, `undefined` where the notebook is not a learner's own. */
  kept(name: string): Promise<string | undefined>;
  /** The names in a folder, in order; none if it cannot be read. */
  names(folder: URL): string[];
  /** Whether an error of these says that the file does not exist. */
  isMissing(error: unknown): boolean;

  /**
   * Starts threads that take jobs of the fast kernels from shared memory, for ever. They do not keep the program alive.
   *
   * @returns A function that ends them
   */
  startThreads(module: WebAssembly.Module, memory: WebAssembly.Memory, count: number): () => void;
  /** Opens a library of C functions. */
  openLibrary<Symbols extends Deno.ForeignLibraryInterface>(
    path: string | URL,
    symbols: Symbols,
  ): Deno.DynamicLibrary<Symbols>["symbols"];
  /** The operating system. */
  readonly system: "linux" | "darwin" | "windows" | "browser" | "other";
  /** A variable of the environment; `undefined` if it is not set, or may not be read. */
  variable(name: string): string | undefined;

  /** A value as text for a person. */
  inspect(value: unknown, limits?: { depth?: number; iterableLimit?: number }): string;
  /** The notebook's kernel; `undefined` outside a notebook. */
  jupyter(): Jupyter | undefined;
}

/** How to send messages to the notebook's front end. */
export interface Jupyter {
  /** Sends one message of Jupyter's protocol to every front end. */
  broadcast(messageType: string, content: Record<string, unknown>): Promise<void>;
}

/** The name of the method by which `console.log` and cells that end with a value ask an object for its text. */
export const INSPECT: unique symbol = Symbol.for("Deno.customInspect");
