"""Turn executed notebooks and Markdown files into the inside of pages, one JSON object a line: `{"name": …, "html": …}`.

Usage: python export.py FOLDER FILE…, where FOLDER is what links and pictures in text cells are relative to.

Formulas come out as `<span class="tex">…</span>`, or with the class `display` too; maths.ts draws them.
"""

import json
import pathlib
import re
import sys
from html import escape

import nbformat
from jinja2 import pass_context
from mistune import HTMLRenderer
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

HERE = pathlib.Path(__file__).parent

# Best first. What is not here, such as the numbers for the report, is not shown.
KINDS = [
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "text/html",
    "text/markdown",
    "text/latex",
    "text/plain",
]


class Renderer(IPythonRenderer):
    """Text cells to HTML, with formulas left for maths.ts."""

    def inline_math(self, body):
        return f'<span class="tex">{escape(body, quote=False)}</span>'

    def block_math(self, body):
        return f'<span class="tex display">{escape(body, quote=False)}</span>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    # nbconvert would parse HTML piece by piece to embed pictures, and so close a <details> before its text.
    def block_html(self, html):
        return HTMLRenderer.block_html(self, html)

    def inline_html(self, html):
        return HTMLRenderer.inline_html(self, html)


class TextRenderer(Renderer):
    """Markdown files to HTML: with the names of headings that links to them use, and JSON left for sherpa_page.ts."""

    def heading(self, text, level, **attrs):
        words = re.sub(r"<[^>]*>|&\w+;|[^\w\s-]", "", text).strip().lower()
        name = re.sub(r"\s", "-", words)
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def block_code(self, code, info=None):
        if info == "json":
            return f'<pre class="json">{escape(code, quote=False)}</pre>\n'
        return super().block_code(code, info)


class PageExporter(HTMLExporter):
    """nbconvert's HTML exporter with our template and without its last step, which rewrites all of the HTML."""

    def default_filters(self):
        yield from super().default_filters()
        yield "markdown2html", self.markdown_to_html
        yield "highlight_code", Highlight2HTML(pygments_lexer="typescript", parent=self)
        yield "best_kind", best_kind
        yield "inline_svg", inline_svg
        yield "one_line", lambda text: "".join(text.split())

    def from_notebook_node(self, nb, resources=None, **options):
        return TemplateExporter.from_notebook_node(self, nb, resources, **options)

    @pass_context
    def markdown_to_html(self, context, source):
        renderer = Renderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=True,
            path=context["resources"]["metadata"]["path"],
            anchor_link_text="#",
        )
        return MarkdownWithMath(renderer=renderer).render(source)


def best_kind(data):
    """The kind of output that a page shows, of those that a cell offers."""
    return next((kind for kind in KINDS if kind in data), None)


def inline_svg(svg, description):
    """SVG as part of the page: without the head of a file, and with a name that a screen reader can say."""
    svg = svg[max(svg.find("<svg"), 0):]
    start, rest = svg.split(">", 1) if ">" in svg else (svg, "")
    if not re.search(r"\srole=", start):
        start += ' role="img"'
    named = re.search(r"\saria-label(ledby)?=", start) or rest.lstrip().startswith("<title")
    if not named:
        start += f' aria-label="{escape(description or "Picture")}"'
    return f"{start}>{rest}"


def main(folder, files):
    exporter = PageExporter(template_name="template", extra_template_basedirs=[str(HERE)])
    for path in map(pathlib.Path, files):
        if path.suffix == ".md":
            html = MarkdownWithMath(renderer=TextRenderer(escape=False, path=folder)).render(path.read_text("utf-8"))
        else:
            resources = {"metadata": {"name": path.stem, "path": folder}}
            html, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4), resources)
        print(json.dumps({"name": path.stem, "html": html}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
