import type { Outcome } from "../../../tools/kernel/client.ts";

/** What a cell shows: its printed text, its value, and `name: message` of an error, one after another. */
export function shown({ outputs }: Pick<Outcome, "outputs">): string {
  return outputs.map(({ type, content }) => {
    if (type === "stream") return content.text;
    if (type === "error") return `${content.ename}: ${content.evalue}`;
    if (type === "clear_output") return "[cleared]";
    return (content.data as Record<string, string>)["text/plain"];
  }).join("");
}
