import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { emptyReport } from "../../../../tools/notebooks/report.ts";
import { ensureSetup } from "../../../../tools/setup/setup.ts";
import { aboutNotebook, renderIndex } from "../../../../tools/course/site/index_page.ts";
import { drawMaths, fontsInUse } from "../../../../tools/course/site/maths.ts";
import { adaptLinks, renderPage } from "../../../../tools/course/site/page.ts";
import { buildSite } from "../../../../tools/course/site/site.ts";

const markdown = (source: string | string[]) => ({ cell_type: "markdown", source });

Deno.test("aboutNotebook() takes the first heading and the first paragraph, without marks", () => {
  const about = aboutNotebook({
    cells: [
      markdown([
        "# Real *digits*\n",
        "\n",
        "> A quote\n",
        "\n",
        "A **net\n",
        "work** and a **layer** with\n",
        "[links](x.md) and `code`.\n",
      ]),
      markdown("Later."),
    ],
  }, "05");
  assertEquals(about, { title: "Real digits", description: "A net work and a layer with links and code." });
});

Deno.test("aboutNotebook() falls back on the file's name for a notebook without text", () => {
  assertEquals(aboutNotebook({ cells: [] }, "05_digits"), { title: "05_digits", description: "" });
});

Deno.test("adaptLinks() leads to pages for notebooks and texts, to files for files, and leaves the rest", () => {
  const adapted = (target: string) => adaptLinks(`<a href="${target}">x</a>`).match(/href="(.*?)"/)![1];
  assertEquals(adapted("04_chain.ipynb#Why"), "04_chain.html#Why");
  assertEquals(adapted("guide.md#in-pairs"), "guide.html#in-pairs");
  assertEquals(adapted("../README.md"), "../../notebooks/../README.md");
  assertEquals(adapted("../lib/mod.ts"), "../../notebooks/../lib/mod.ts");
  for (
    const target of [
      "#here",
      "mailto:ada@example.org",
      "https://example.org/a.ipynb",
      "data:text/plain,a",
      "/a.md",
    ]
  ) {
    assertEquals(adapted(target), target);
  }
});

Deno.test("drawMaths() draws fractions, sums, matrices and aligned lines, with MathML and fonts inside", async () => {
  const formulas = [
    String.raw`\frac{\partial L}{\partial z}`,
    String.raw`\sum_{n=1}^{N} \log \hat{y}_n \odot \text{mask}`,
    String.raw`\begin{bmatrix} 1 &amp; 2 \\ 3 &amp; 4 \end{bmatrix}`,
    String.raw`\begin{aligned} z &amp;= XW + b \\ a &amp;= \mathbb{R}^\top \end{aligned}`,
  ];
  const html = formulas.map((tex) => `<p><span class="tex display">${tex}</span></p>`).join("");
  const { html: drawn, css, problems } = await drawMaths(html);
  assertEquals(problems, []);
  assertEquals(drawn.match(/<math /g)?.length, formulas.length);
  assert(!drawn.includes('class="tex'));
  assertStringIncludes(css, "data:font/woff2;base64,");
  assert(!/url\((?!data:)/.test(css), "nothing is loaded from elsewhere");
});

Deno.test("drawMaths() names a formula that cannot be drawn, and shows its source", async () => {
  const { html, problems } = await drawMaths('<span class="tex">\\nosuchthing</span>');
  assertEquals(problems.length, 1);
  assertStringIncludes(problems[0], "nosuchthing");
  assertStringIncludes(html, "nosuchthing");
});

Deno.test("drawMaths() adds no style sheet to a page without formulas", async () => {
  assertEquals(await drawMaths("<p>a</p>"), { html: "<p>a</p>", css: "", problems: [] });
});

Deno.test("fontsInUse() keeps the fonts of classes on the page, and drops the others", () => {
  const css =
    ".katex{font:normal 1em KaTeX_Main}.katex .mathbb{font-family:KaTeX_AMS}.katex .x{font-weight:700}";
  const face = (family: string, weight: number) => `@font-face{font-family:${family};font-weight:${weight}}`;
  const plain = fontsInUse(css, '<span class="katex mord">');
  assertEquals([plain(face("KaTeX_Main", 400)), plain(face("KaTeX_AMS", 400))], [true, false]);
  assertEquals([plain(face("KaTeX_Main", 700)), plain(face("KaTeX_Size1", 400))], [false, false]);
  const bold = fontsInUse(css, '<span class="katex"><span class="mathbb x">');
  assertEquals([bold(face("KaTeX_AMS", 400)), bold(face("KaTeX_Main", 700))], [true, true]);
});

Deno.test("renderPage() escapes titles and links to the neighbours", () => {
  const previous = { name: "04_chain", title: "Chains & <rules>" };
  const html = renderPage({ title: "a < b", body: "", css: [], previous });
  assertStringIncludes(html, "<title>a &lt; b · backprop</title>");
  assertStringIncludes(html, 'href="04_chain.html">← Chains &amp; &lt;rules&gt;</a>');
});

Deno.test("renderIndex() shows results and failures, and links only to pages that there are", () => {
  const good = { ...emptyReport("04"), cells: 3, results: { testAccuracy: 0.9791 } };
  const bad = { ...emptyReport("05"), errors: [{ cell: -1, cellId: "", message: "no <notebook>\nmore" }] };
  const entries = [good, bad].map((report) => ({ report, title: `Title ${report.name}`, description: "" }));
  const html = renderIndex(entries, new Set(["04"]));
  assertStringIncludes(html, '<a href="04.html">Title 04</a>');
  assertStringIncludes(html, "97.9%");
  assertStringIncludes(html, "Failed: no &lt;notebook&gt;</p>");
  assert(!html.includes('href="05.html"'));
  assert(!html.includes('class="texts"'));
  const withGuide = renderIndex(entries, new Set(), [{ name: "guide", title: "Guide & more" }]);
  assertStringIncludes(withGuide, '<a href="guide.html">Guide &amp; more</a>');
});

Deno.test("buildSite() makes pages that show pictures, text and errors, and load nothing from anywhere", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [executed, output] = [join(folder, "executed"), join(folder, "site")];
    await Deno.mkdir(executed);
    await Deno.mkdir(output);
    await Deno.writeTextFile(join(output, "99_gone.html"), "of a notebook that was renamed");
    const data = (data: Record<string, unknown>) => ({ output_type: "display_data", metadata: {}, data });
    const code = (source: string, ...outputs: unknown[]) => ({
      cell_type: "code",
      id: crypto.randomUUID().slice(0, 8),
      metadata: {},
      execution_count: 1,
      source,
      outputs,
    });
    const svg =
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0"/></svg>';
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        {
          id: "m",
          metadata: {},
          ...markdown("# Digits\n\n<details><summary>Hint</summary>\n\n$x^2$\n\n</details>"),
        },
        code("const a: number = 1;", data({ "image/svg+xml": svg, "text/plain": "A loss curve that falls" })),
        code("b", data({ "image/png": "iVBORw0=\n", "text/html": "<b>no</b>", "text/plain": "Nine digits" })),
        code("c", data({ "application/vnd.of-nobody+json": { a: 1 } })),
        code("d", { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v < w"] }),
      ],
    };
    const source = join(folder, "05_digits.ipynb");
    for (const path of [source, join(executed, "05_digits.ipynb")]) {
      await Deno.writeTextFile(path, JSON.stringify(notebook));
    }
    const text =
      "# A guide\n\n## In pairs: you & me\n\n[there](05_digits.ipynb), `05 m`\n\n```json\n[1 < 2]\n```\n";
    await Deno.writeTextFile(join(folder, "guide.md"), text);
    const reports = [{ ...emptyReport("05_digits"), cells: 4 }];
    const { index, problems } = await buildSite(await ensureSetup(), reports, {
      executed,
      output,
      sources: [source],
    });
    assertEquals(problems, []);
    assertEquals([...Deno.readDirSync(output)].map(({ name }) => name).sort(), [
      "05_digits.html",
      "curriculum.html",
      "guide.html",
      "index.html",
    ]);
    const guide = await Deno.readTextFile(join(output, "guide.html"));
    assertStringIncludes(guide, "<title>A guide · backprop</title>");
    assertStringIncludes(guide, '<h2 id="in-pairs-you--me">In pairs: you &amp; me</h2>');
    assertStringIncludes(guide, '<a href="05_digits.html">there</a>');
    assertStringIncludes(guide, '<a href="05_digits.html#cell-1"><code>05 m</code></a>');
    assertStringIncludes(guide, '<pre class="json">[1 &lt; 2]');
    assertStringIncludes(await Deno.readTextFile(index), '<a href="05_digits.html">Digits</a>');
    assertStringIncludes(await Deno.readTextFile(index), '<a href="guide.html">A guide</a>');
    const html = await Deno.readTextFile(join(output, "05_digits.html"));
    assertMatch(html, /<svg [^>]*role="img" aria-label="A loss curve that falls"/);
    assert(!html.includes("<?xml"));
    assertStringIncludes(html, '<img src="data:image/png;base64,iVBORw0=" alt="Nine digits">');
    assertStringIncludes(html, "E: v &lt; w");
    assertMatch(html, /<details><summary>Hint<\/summary>[^]*<math [^]*<\/details>/);
    assertMatch(html, /class="kd?">const<\/span>/);
    const loads = html.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"|url\((?!data:)[^)]*\)|@import[^;]*/g);
    assertEquals(loads, null);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
