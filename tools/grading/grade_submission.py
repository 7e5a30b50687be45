"""Grade one submission with nbgrader, in a course of its own: python grade_submission.py JOB.json

The job says where everything is; what came of it is written to the job's `result`. Student code runs in the sandboxed
kernel alone. This program reads what students wrote, but never runs it, and is itself limited in memory.
"""

import json
import logging
import os
import re
import shutil
import stat
import sys

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade
from traitlets.config.loader import PyFileConfigLoader

from execute import Sandbox
from rebuild import grade_id, rebuild

#: Under this name each student stands in the course of their own.
STUDENT = "student"
#: A notebook without outputs has some 100 kB; one with pictures a few MB.
LARGEST = 30e6
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Unreadable(Exception):
    """A submission in which there is nothing to grade; says why."""


def find(folder, assignment, sources):
    """The submitted notebook, by its name, else by the names of its cells. Gives it, and remarks."""
    expected = os.path.join(folder, f"{assignment}.ipynb")
    if os.path.lexists(expected):
        notebook = read(expected)
        other = mistaken(notebook, assignment, sources)
        if other:
            raise Unreadable(f"{assignment}.ipynb looks like {other}: ask for the right file")
        return notebook, []
    matches, trouble = [], []
    for name in sorted(os.listdir(folder))[:200]:
        if not name.endswith(".ipynb"):
            continue
        try:
            notebook = read(os.path.join(folder, name))
        except Unreadable as error:
            trouble.append(str(error))
            continue
        other = mistaken(notebook, assignment, sources)
        if share(notebook, sources[assignment]) > 1 / 2:
            matches.append((name, notebook))
        elif other:
            trouble.append(f"{name[:80]} looks like {other}")
    if len(matches) == 1:
        name, notebook = matches[0]
        return notebook, [f"found under the name {name[:80]}"]
    if len(matches) > 1:
        raise Unreadable(f"{len(matches)} notebooks could be it: {', '.join(name[:80] for name, _ in matches)}")
    missing = f"there is no {assignment}.ipynb, nor another notebook with its cells"
    raise Unreadable("; ".join([missing, *trouble[:3]]))


def share(notebook, source):
    """Which part of the cells that nbgrader knows by name in the source is in the notebook."""
    known = {grade_id(cell) for cell in source.cells} - {None}
    return len(known & {grade_id(cell) for cell in notebook.cells}) / max(len(known), 1)


def mistaken(notebook, assignment, sources):
    """The assignment that the notebook is, if it is plainly another one: most of that one's cells are there, few of this."""
    if share(notebook, sources[assignment]) >= 1 / 2:
        return None
    shares = {name: share(notebook, source) for name, source in sources.items() if name != assignment}
    best = max(shares, key=shares.get, default=None)
    return best if best and shares[best] > 1 / 2 else None


def read(path):
    name = os.path.basename(path)[:80]
    # What is looked at and what is opened are the same file: a link in its place is refused.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unreadable(f"{name} is a link or cannot be opened ({error.strerror})") from error
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{name} is no file")
        if about.st_size > LARGEST:
            raise Unreadable(f"{name} has {about.st_size / 1e6:.0f} MB; more than {LARGEST / 1e6:.0f} MB is not read")
        text = file.read()
    try:
        notebook = nbformat.reads(text.decode("utf-8", errors="replace"), as_version=4)
        for cell in notebook.cells:
            cell.source = "".join(cell.source)
            if cell.cell_type not in ("code", "markdown", "raw") or not isinstance(cell.metadata, dict):
                raise ValueError("an unknown kind of cell")
    except RecursionError as error:
        raise Unreadable(f"{name} is nested too deeply") from error
    except nbformat.reader.NotJSONError as error:
        raise Unreadable(f"{name} is no notebook: it cannot be read as JSON") from error
    except Exception as error:  # whatever is wrong with it, it is wrong with this one
        raise Unreadable(f"{name} is no notebook ({type(error).__name__}: {str(error)[:120]})") from error
    return notebook


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
        told["outputs"] = [plain(output) for output in cell.outputs[:50]]
    return told


def plain(output):
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
