// The prose part of notebooks/sherpa.md: which section of which notebook it speaks of, and which cells it names.

/** What the script has for one section of a notebook. */
export interface SherpaSection {
  /** As the notebook writes it, without the marks. */
  heading: string;
  /** The cells with which it begins and ends. */
  cells: string[];
  /** What is printed in bold at the beginning of its points: `Goal`, `Ask` … */
  points: string[];
  /** Exercises that it sends to. */
  exercises: string[];
}

/** The part of the script that belongs to a notebook. */
export interface SherpaPart {
  /** File name of the notebook, without ending. */
  notebook: string;
  sections: SherpaSection[];
}

/**
 * The parts of `sherpa.md`, one for each notebook, as far as tools need them.
 *
 * A part begins with a heading such as `## 02 Backpropagation` and links to its notebook; a section with
 * `### 1. Which of all these weights?` and a line that begins with `Cells` or `Cell`.
 */
export function readRoute(markdown: string): SherpaPart[] {
  const parts = markdown.split(/^## (?=\d\d )/m).slice(1).map((part) => part.split(/^## /m)[0]);
  return parts.map((part) => ({
    notebook: part.match(/\]\((\d\d_\w+)\.ipynb\)/)?.[1] ?? "",
    sections: part.split(/^### /m).slice(1).map(readSection),
  }));
}

function readSection(section: string): SherpaSection {
  const [heading, ...lines] = section.split("\n");
  const rest = lines.join("\n");
  const exercises = rest.match(/^- \*\*Exercises:\*\*([^]*?)(?=^- |^$)/m)?.[1] ?? "";
  return {
    heading,
    cells: codeSpans(lines.find((line) => /^Cells? `/.test(line))?.split(/\. |\.$/)[0] ?? ""),
    points: [...rest.matchAll(/^- \*\*([^*:]+?)(?::| when)?\*\*/gm)].map((match) => match[1]),
    exercises: codeSpans(exercises.split(".")[0]),
  };
}

/** Cells that the text names with their notebook, such as `02 ten-slopes`: the notebook's number and the cell's id. */
export function namedCells(markdown: string): { number: string; cell: string }[] {
  return [...markdown.matchAll(/`(\d\d) ([a-z0-9-]+)`/g)].map(([, number, cell]) => ({ number, cell }));
}

const codeSpans = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
