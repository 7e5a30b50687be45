"""Executes notebooks whose cells leave errors behind that nobody catches, and counts those that go as they must.

Read from standard input, as JSON: how often, the kernel's name, and the notebooks, each a list of [source, what it says].
"""

import json
import sys

import nbformat.v4 as v4
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

job = json.load(sys.stdin)
good = told = 0
for _ in range(job["times"]):
    for cells in job["notebooks"]:
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source, _ in cells])
        try:
            NotebookClient(notebook, timeout=job["patience"], kernel_name=job["kernel"]).execute()
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            print(type(error).__name__, [cell.source[:60] for cell in notebook.cells if not cell.outputs][:1], file=sys.stderr)
            continue
        good += 1
        text = json.dumps([cell.outputs for cell in notebook.cells])
        if all(says in text for _, says in cells):
            told += 1
        elif job["kernel"] == "deno":
            print(text, file=sys.stderr)
total = job["times"] * len(job["notebooks"])
print(f"{total} executed, {good} to their end, {told} with every error told")
