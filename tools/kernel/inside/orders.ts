/** What the program outside asks for, one JSON object a line on standard input. */
export type Order =
  | { do: "stop"; id: number }
  | { do: "fence"; id: number; drop: boolean }
  | { do: "collect"; id: number }
  | { do: "received"; messages: number }
  | { do: "ping"; id: number }
  | { do: "names"; id: number; path: string };

/** How many reads wait, and when the last one ended. */
const listening = { reads: 0, heard: 0 };
/** Longer than any order takes; milliseconds. */
const DEAF = 800;

const read = Deno.stdin.read.bind(Deno.stdin);
const decoder = new TextDecoder();
let rest = "";

/** Cells read nothing where orders come in. */
export function keepInputFromCells(): void {
  const nothing = {
    read: () => Promise.resolve(null),
    readSync: () => null,
    readable: new ReadableStream<Uint8Array>({ start: (controller) => controller.close() }),
  };
  for (const [name, value] of Object.entries(nothing)) {
    Object.defineProperty(Deno.stdin, name, { value, configurable: true, writable: true });
  }
}

/**
 * Listen to the program outside; when it is gone, so are we.
 *
 * What V8 terminates may be this very function, as it hits whatever runs. Then it is called again, from outside; should
 * the first call be alive after all, each obeys what it reads.
 */
export async function listen(
  obey: (order: Order) => Promise<void>,
  trouble: (error: unknown) => void,
): Promise<never> {
  const buffer = new Uint8Array(64 * 1024);
  while (true) {
    listening.reads += 1;
    const count = await read(buffer).catch(() => null);
    listening.reads -= 1;
    listening.heard = performance.now();
    if (count === null) Deno.exit(0);
    const lines = (rest + decoder.decode(buffer.subarray(0, count), { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      try {
        await obey(JSON.parse(line));
      } catch (error) {
        if (!(error instanceof SyntaxError)) trouble(error);
      }
    }
  }
}

/** Notices that nobody listens any more, while a cell that hangs keeps the program outside from asking. */
export function keepListening(listenAgain: () => void): void {
  const timer = setInterval(() => {
    if (listening.reads > 0 || performance.now() - listening.heard < DEAF) return;
    listening.heard = performance.now();
    listenAgain();
  }, DEAF / 2);
  Deno.unrefTimer(timer);
}
