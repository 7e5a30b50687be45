"""What the grader says of submitted notebooks before it runs them, and the answers that it finds: python submitted.py JOB.json prints JSON."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "tools", "grading"))

import nbformat
from nbgrader.utils import is_solution

from grade_submission import find
from reading import Unreadable
from rebuild import rebuild

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
sources = {name: nbformat.from_dict(notebook) for name, notebook in job["sources"].items()}
told = {}
for name, folder in job["folders"].items():
    try:
        submitted, notes = find(folder, job["assignment"], sources)
        notebook, changed = rebuild(sources[job["assignment"]], nbformat.from_dict(job["release"]), submitted)
        answers = {cell.id: cell.source for cell in notebook.cells if is_solution(cell)}
        told[name] = {"notes": notes + changed, "answers": answers}
    except Unreadable as error:
        told[name] = {"notes": f"unreadable: {error}", "answers": {}}
print(json.dumps(told))
