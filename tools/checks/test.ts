/**
 * Checks everything: `deno task test`.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { type Answer, understand } from "../shared/arguments.ts";
import { runSteps, type Step } from "./testing/runner.ts";
import { allSteps } from "./testing/steps.ts";

const root = fromFileUrl(new URL("../..", import.meta.url));

function help(steps: Step[]): string {
  const list = steps.map(({ name, title }) => `  ${name.padEnd(11)}${title}`).join("\n");
  return `deno task test [--only STEPS] [--no-coverage]

Sets up and checks everything; ends with a line "N passed, N failed" and exit code 0 or 1.
What each step printed is in build/logs/.

  --only unit,notebooks   only these steps (and set-up)
  --no-coverage           do not measure which lines of lib/ the tests run
  --help                  this text

Steps:
${list}`;
}

/** The steps that the arguments ask for, or an explanation for whoever typed them. */
export function chooseSteps(args: string[]): { steps: Step[] } | Answer {
  const options = { only: { type: "string" }, "no-coverage": { type: "boolean" } } as const;
  const understood = understand(args, {
    task: "test",
    help: help(allSteps({ root, coverage: true })),
    options,
  });
  if (!("values" in understood)) return understood;
  const { values } = understood;
  const steps = allSteps({ root, coverage: !values["no-coverage"] });
  if (values.only === undefined) return { steps };
  const wanted = new Set(values.only.split(",").map((name) => name.trim()));
  const unknown = [...wanted].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const names = steps.map(({ name }) => name).join(", ");
    return { text: `There is no step "${unknown.join('", "')}". The steps are ${names}.`, code: 2 };
  }
  return { steps: steps.filter(({ name }) => name === "setup" || wanted.has(name)) };
}

if (import.meta.main) {
  const chosen = chooseSteps(Deno.args);
  if ("text" in chosen) {
    console.log(chosen.text);
    Deno.exit(chosen.code);
  }
  const { failed } = await runSteps(chosen.steps, { root });
  Deno.exit(failed === 0 ? 0 : 1);
}
