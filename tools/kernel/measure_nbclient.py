"""Run cells back to back through nbclient, which stops listening when the kernel says that it is idle.

Usage: python measure_nbclient.py CELLS. Prints how many cells lack an output, and the time a cell.
"""

import sys
import time

import nbformat
from nbclient import NotebookClient

KINDS = [
    (lambda i: f"{i} * 2", ["execute_result"]),
    (lambda i: f'console.log("line {i}")', ["stream"]),
    (lambda i: f"await Deno.jupyter.display({{ i: {i} }})", ["display_data"]),
    (lambda i: f'throw new Error("no {i}")', ["error"]),
    (
        lambda i: f"console.log({i}); await Deno.jupyter.display({{ i: {i} }}); {i}",
        ["stream", "display_data", "execute_result"],
    ),
]


def main(count):
    kinds = [KINDS[i % len(KINDS)] for i in range(count)]
    cells = [nbformat.v4.new_code_cell(code(i)) for i, (code, _) in enumerate(kinds)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "deno", "display_name": "Deno"}})
    client = NotebookClient(notebook, kernel_name="deno", allow_errors=True, record_timing=False)
    client.log.setLevel("CRITICAL")
    started = time.monotonic()
    client.execute()
    seconds = time.monotonic() - started
    shown = [[output["output_type"] for output in cell.outputs] for cell in notebook.cells]
    lost = sum(types != expected for types, (_, expected) in zip(shown, kinds))
    print(f"{lost} of {count} cells without all their outputs; {1000 * seconds / count:.1f} ms a cell (mean)")


main(int(sys.argv[1]))
