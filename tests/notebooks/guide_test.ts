import { assert, assertEquals } from "@std/assert";
import { type Notebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { FOLDER, readNotebooks, readText } from "./course.ts";

const guide = await readText("guide.md");
const notebooks = await readNotebooks();

const textOf = ({ cells }: Notebook) =>
  cells.filter((cell) => cell.cell_type === "markdown").map(sourceOf).join("\n\n");
const titleOf = (notebook: Notebook) => textOf(notebook).match(/^# (.+)$/m)![1];
/** GitHub's name for a heading. */
const slug = (heading: string) =>
  heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
const slugsOf = (markdown: string) =>
  [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slug(heading));

/** Words of the glossary with the numbers of the notebooks that are said to explain them. */
const glossary = [...guide.split("## Glossary")[1].matchAll(/^\| \*\*(.+?)\*\* *\| (.+?) *\|$/gm)]
  .map(([, words, meaning]) => ({
    words,
    terms: words.split(", ").map((term) => term.replace(/^to /, "")),
    homes: [...meaning.matchAll(/\((\d\d(?:, \d\d)*)\)/g)].flatMap((match) => match[1].split(", ")),
  }));

Deno.test("every notebook stands in the guide's route, under its own title", () => {
  const route = guide.split("## The route")[1].split("\n## ")[0];
  for (const [name, notebook] of notebooks) {
    const [, number, title] = route.match(new RegExp(`\\[(\\d\\d) ([^\\]]+)\\]\\(${name}\\.ipynb\\)`)) ?? [];
    assert(title, `${name} is not in the route`);
    assertEquals(number, name.slice(0, 2));
    assert(titleOf(notebook).startsWith(title), `${name} is called "${titleOf(notebook)}", not "${title}"`);
  }
});

Deno.test("every word of the glossary says where it is explained, and that notebook speaks of it", () => {
  assert(glossary.length > 60);
  const missing = glossary.flatMap(({ words, terms, homes }) => {
    if (homes.length === 0) return [`${words}: no notebook`];
    return [...notebooks].filter(([name]) => homes.includes(name.slice(0, 2))).flatMap(([name, notebook]) =>
      terms.filter((term) => !speaksOf(textOf(notebook), term)).map((term) => `${name}: ${term}`)
    );
  });
  assertEquals(missing, []);
});

/** Whether a text has a word, in any of its forms that begin alike. */
function speaksOf(text: string, term: string): boolean {
  const stem = term.replace(/e$/, "").replaceAll(" ", "\\s+");
  return new RegExp(`(?<![\\p{L}])${stem}`, "iu").test(text);
}

Deno.test("the glossary is in alphabetical order, and has no word twice", () => {
  const words = glossary.map(({ words }) => words.toLowerCase().replace(/^to /, ""));
  assertEquals(words, [...new Set(words)].sort());
});

Deno.test("links between the texts, and from notebooks to them, lead to headings that there are", async () => {
  const texts = new Map([["guide.md", guide], ["sherpa.md", await readText("sherpa.md")]]);
  const sources = [...texts, ...[...notebooks].map(([name, notebook]) => [name, textOf(notebook)] as const)];
  let found = 0;
  for (const [name, text] of sources) {
    for (const [, file, anchor] of text.matchAll(/\]\(((?:guide|sherpa)\.md)?(?:#([\w-]+))?\)/g)) {
      const target = texts.get(file ?? name);
      if (!target) continue; // a place within a notebook
      found++;
      assert(!anchor || slugsOf(target).includes(anchor), `${name}: ${file ?? ""}#${anchor}`);
    }
  }
  assert(found >= 5);
});

Deno.test("the first notebook links to both texts", () => {
  const start = textOf(notebooks.get("00_start_here")!);
  for (const name of ["guide.md", "sherpa.md"]) {
    assert(start.includes(`](${name})`), name);
    assert(Deno.statSync(`${FOLDER}/${name}`).isFile);
  }
});
