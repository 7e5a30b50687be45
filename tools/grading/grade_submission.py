"""Grade one submission with nbgrader, in a course of its own: python grade_submission.py JOB.json

The job says where everything is; what came of it is written to the job's `result`. Student code runs in the sandboxed
kernel alone. This program reads what students wrote, but never runs it, and is itself limited in memory.
"""

import json
import logging
import os
import re
import shutil
import sys

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade
from traitlets.config.loader import PyFileConfigLoader

from execute import Sandbox
from matching import grade_id, plain
from reading import Unreadable, read
from rebuild import rebuild

#: Under this name each student stands in the course of their own.
STUDENT = "student"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def find(folder, assignment, sources):
    """The submitted notebook, by its name, else by the names of its cells. Gives it, and remarks."""
    expected = os.path.join(folder, f"{assignment}.ipynb")
    if os.path.lexists(expected):
        notebook, notes = read(expected)
        other = mistaken(notebook, assignment, sources)
        if other:
            raise Unreadable(f"{assignment}.ipynb looks like {other}: ask for the right file")
        return notebook, notes
    matches, trouble = [], []
    for name in sorted(os.listdir(folder))[:200]:
        if not name.endswith(".ipynb"):
            continue
        try:
            notebook, notes = read(os.path.join(folder, name))
        except Unreadable as error:
            trouble.append(str(error))
            continue
        other = mistaken(notebook, assignment, sources)
        if share(notebook, sources[assignment]) > 1 / 2:
            matches.append((name, notebook, notes))
        elif other:
            trouble.append(f"{name[:80]} looks like {other}")
    if len(matches) == 1:
        name, notebook, notes = matches[0]
        return notebook, [f"found under the name {name[:80]}", *notes]
    if len(matches) > 1:
        names = ", ".join(name[:80] for name, *_ in matches)
        raise Unreadable(f"{len(matches)} notebooks could be it: {names}")
    missing = f"there is no {assignment}.ipynb, nor another notebook with its cells"
    raise Unreadable("; ".join([missing, *trouble[:3]]))


def share(notebook, source):
    """Which part of the cells that nbgrader knows by name in the source is in the notebook, by name or with their text."""
    names = {grade_id(cell) for cell in notebook.cells}
    nameless = [cell for cell in notebook.cells if grade_id(cell) is None]
    ids = {cell.get("id") for cell in nameless} - {None}
    texts = {plain(cell.source) for cell in nameless}
    known = [cell for cell in source.cells if grade_id(cell)]
    there = [
        cell for cell in known if grade_id(cell) in names or cell.get("id") in ids or plain(cell.source) in texts
    ]
    return len(there) / max(len(known), 1)


def mistaken(notebook, assignment, sources):
    """The assignment that the notebook is, if it is plainly another one: most of that one's cells are there, few of this."""
    if share(notebook, sources[assignment]) >= 1 / 2:
        return None
    shares = {name: share(notebook, source) for name, source in sources.items() if name != assignment}
    best = max(shares, key=shares.get, default=None)
    return best if best and shares[best] > 1 / 2 else None


def grade(job):
    course, assignment = job["course"], job["assignment"]
    work = job["work"]
    sources = {
        name: nbformat.read(os.path.join(course, "source", name, f"{name}.ipynb"), as_version=4)
        for name in sorted(os.listdir(os.path.join(course, "source")))
    }
    source = sources[assignment]
    release = nbformat.read(os.path.join(course, "release", assignment, f"{assignment}.ipynb"), as_version=4)
    submitted, notes = find(job["submitted"], assignment, sources)
    notebook, changed = rebuild(source, release, submitted)
    notes += changed
    shutil.copyfile(os.path.join(course, "gradebook.db"), os.path.join(work, "gradebook.db"))
    folder = os.path.join(work, "submitted", STUDENT, assignment)
    os.makedirs(folder)
    nbformat.write(notebook, os.path.join(folder, f"{assignment}.ipynb"))

    config = PyFileConfigLoader(os.path.basename(job["config"]), os.path.dirname(job["config"])).load_config()
    place = CourseDirectory(config=config, root=work, assignment_id=assignment, student_id=STUDENT)
    job["given"] = {cell.id: cell.source for cell in release.cells if "id" in cell}
    Sandbox.job = job
    autograde = Autograde(coursedir=place, config=config)
    ours = {"Execute": Sandbox}
    autograde.autograde_preprocessors = [ours.get(one.__name__, one) for one in autograde.autograde_preprocessors]
    autograde.start()

    graded = nbformat.read(
        os.path.join(work, "autograded", STUDENT, assignment, f"{assignment}.ipynb"), as_version=4
    )
    with Gradebook(place.db_url, place.course_id) as gradebook:
        marks = {
            grade.name: (grade.auto_score or 0.0, grade.max_score)
            for grade in gradebook.find_submission_notebook(assignment, assignment, STUDENT).grades
        }
    given = {grade_id(cell): cell.source for cell in release.cells if grade_id(cell)}
    return {"marks": marks, "notes": notes, "cells": [tell(cell, marks, given) for cell in graded.cells]}


def tell(cell, marks, given):
    """What the page for the student needs of a cell; a check as it was handed out, so without hidden tests."""
    origin = cell.metadata.get("backprop", {}).get("from", "source")
    source = cell.source if origin == "student" else given.get(grade_id(cell), cell.source)
    told = {"id": cell.get("id"), "type": cell.cell_type, "source": source, "from": origin}
    if is_grade(cell):
        told["grade"] = grade_id(cell)
        told["points"], told["of"] = marks[grade_id(cell)]
    if cell.cell_type == "code":
        told["outputs"] = [shown(output) for output in cell.outputs[:50]]
    return told


def shown(output):
    """An output as text or as a picture: nothing that a browser would run."""
    if output.output_type == "stream":
        return {"text": ANSI.sub("", "".join(output.text))[:20000]}
    if output.output_type == "error":
        trace = "\n".join(output.traceback)
        return {"error": output.ename[:100], "message": ANSI.sub("", output.evalue)[:5000],
                "trace": ANSI.sub("", trace)[:5000]}
    data = output.data
    for kind in ("image/png", "image/svg+xml"):
        if kind in data:
            return {"picture": kind, "data": "".join(data[kind])[:1_000_000]}
    return {"text": ANSI.sub("", "".join(data.get("text/plain", "")))[:20000]}


def limit_files():
    """For this process and the sandbox: no large files, no memory images of what crashed."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000_000, 200_000_000))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # Windows


def main(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    limit_files()
    log = logging.getLogger("traitlets")
    handler = logging.StreamHandler()  # nbgrader's exceptions say little; what it writes to its log says why
    handler.setLevel(logging.ERROR)
    log.addHandler(handler)
    log.propagate = False
    try:
        result = grade(job)
        result |= {"events": job.get("events", []), "peak": job.get("peak", 0)}
    except Unreadable as error:
        result = {"unreadable": str(error)}
    part = job["result"] + ".part"
    with open(part, "w", encoding="utf-8") as file:
        json.dump(result, file)
    os.replace(part, job["result"])


if __name__ == "__main__":
    main(sys.argv[1])
