"""What the grader says of submitted notebooks before it runs them: python submitted.py JOB.json prints JSON."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "tools", "grading"))

import nbformat

from grade_submission import Unreadable, find
from rebuild import rebuild

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
sources = {name: nbformat.from_dict(notebook) for name, notebook in job["sources"].items()}
told = {}
for name, folder in job["folders"].items():
    try:
        submitted, notes = find(folder, job["assignment"], sources)
        told[name] = notes + rebuild(sources[job["assignment"]], nbformat.from_dict(job["release"]), submitted)[1]
    except Unreadable as error:
        told[name] = f"unreadable: {error}"
print(json.dumps(told))
