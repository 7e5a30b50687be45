import { KernelClient } from "../kernel/client.ts";
import { checkDenoVersion, DENO_VERSION } from "./deno_version.ts";
import { hasKernelspec } from "./kernelspec.ts";
import { childEnvironment, places } from "./paths.ts";
import { run, tail } from "./process.ts";
import { look } from "./stamp.ts";

/** One thing that was looked at. */
export interface Finding {
  what: string;
  good: boolean;
  /** What was found and, if it is not good, what to do. */
  says: string;
}

/** Look at everything, one thing after another. */
export async function* examine(): AsyncGenerator<Finding> {
  yield attempt("Deno", () => {
    checkDenoVersion(Deno.version.deno, { task: "doctor" });
    return `${DENO_VERSION}, ${Deno.build.os} ${Deno.build.arch}`;
  });
  const at = places();
  const found = look(at);
  yield {
    what: ".venv",
    good: found.stamp !== undefined && found.python === found.stamp.python,
    says: found.python
      ? `Python ${found.python}, ${found.packages} packages`
      : "not there; run: deno task setup",
  };
  const isSet = hasKernelspec(at, Deno.execPath());
  yield {
    what: "kernelspec",
    good: isSet,
    says: isSet ? at.kernelspec : "not this kernel's; run: deno task setup",
  };
  if (found.python) {
    for (const name of ["jupyterlab", "nbclient", "nbconvert"]) {
      const code = `import importlib.metadata as m; print(m.version("${name}"))`;
      const { code: status, output } = await run(at.python, {
        args: ["-c", code],
        env: childEnvironment(at, Deno.env.toObject()),
      });
      yield { what: name, good: status === 0, says: status === 0 ? output : `missing; run: deno task setup` };
    }
  }
  for (const kind of ["ours", "stock"] as const) {
    yield await startKernel(kind);
  }
}

/** Print all of it; gives whether all is good. */
export async function reportDoctor(print: (line: string) => void = console.log): Promise<boolean> {
  let all = true;
  for await (const { what, good, says } of examine()) {
    print(`${good ? "ok " : "BAD"}  ${what.padEnd(18)}${says}`);
    all &&= good;
  }
  print(all ? "\nAll is well." : "\nSomething is wrong; see the lines that begin with BAD.");
  return all;
}

function attempt(what: string, look: () => string): Finding {
  try {
    return { what, good: true, says: look() };
  } catch (error) {
    return { what, good: false, says: (error as Error).message };
  }
}

async function startKernel(kind: "ours" | "stock"): Promise<Finding> {
  const what = kind === "ours" ? "kernel" : "Deno's own kernel";
  const started = performance.now();
  const client = new KernelClient(kind);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => timer = setTimeout(() => resolve("late"), 30_000));
  const ended = client.process.status.then(({ code }) => `ended with code ${code}`);
  const answered = client.ready().then(() => client.execute("6 * 7"));
  const outcome = await Promise.race([answered, late, ended]);
  clearTimeout(timer);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const said = await client.close();
  if (typeof outcome === "object") {
    return { what, good: outcome.reply.status === "ok", says: `first cell after ${seconds} s` };
  }
  const how = outcome === "late" ? "does not answer for 30 seconds" : outcome;
  return { what, good: false, says: `${how}. It said: ${tail(said)}` };
}
