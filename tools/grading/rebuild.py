"""The notebook that is graded: the instructor's, with the student's answers in it.

Points, checks, what checks need, and the order of all cells are the instructor's, whatever the submitted file says; a
deleted check is back. A student's are the solutions, cells that no check needs, and cells that the student added.
"""

import copy

from nbgrader.utils import is_grade, is_locked, is_solution


def grade_id(cell):
    """The name under which nbgrader knows a cell; None for others."""
    name = cell.metadata.get("nbgrader", {})
    name = name.get("grade_id") if isinstance(name, dict) else None
    return name if isinstance(name, str) else None


def is_students(cell):
    """Whether a student may write into this cell of the source: a solution, or code that no check needs."""
    return is_solution(cell) or (cell.cell_type == "code" and not is_locked(cell) and not is_grade(cell))


def rebuild(source, release, submitted):
    """Put the student's answers into the source.

    `source` has the checks, `release` what a student was given instead of each solution. Gives the notebook, and a
    sentence for each thing that was found changed.
    """
    notes, theirs, extra = [], {}, {}
    names = {name_of(cell) for cell in source.cells}
    by_cell_id = {cell.get("id"): name_of(cell) for cell in source.cells}
    by_text = {cell.source.strip(): name_of(cell) for cell in release.cells}  # some programs drop the ids of cells
    after = None  # the last cell that the source has too
    for cell in submitted.cells:
        name = grade_id(cell)
        if name not in names:
            name = by_cell_id.get(cell.get("id")) or by_text.get(cell.source.strip())
            if name is not None and not name.startswith(UNNAMED) and name not in theirs:
                notes.append(f"“{name}” had lost its nbgrader metadata")
        if name is not None and name not in theirs:
            theirs[name] = cell
            after = name
        elif name is not None and grade_id(cell) == name:
            notes.append(f"“{name}” is there twice; the first counts")
        elif cell.cell_type == "code" and cell.source.strip():
            extra.setdefault(after, []).append(added(cell))
    given = {name_of(cell): cell for cell in release.cells}
    cells = extra.get(None, [])
    for original in source.cells:
        cell, name = copy.deepcopy(original), name_of(original)
        mine = is_students(original)
        cell.metadata.setdefault("backprop", {})["from"] = "student" if mine else "source"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if name in theirs:
            if mine:
                cell.source = theirs[name].source
            elif not name.startswith(UNNAMED):
                notes += changes(name, theirs[name], given[name], original)
        elif is_solution(original):
            notes.append(f"“{name}” was deleted; the empty exercise was put back")
            cell.source = given[name].source
        elif is_grade(original):
            notes.append(f"the check “{name}” was deleted, and put back")
        elif is_locked(original):
            notes.append(f"“{name}”, which checks need, was deleted, and put back")
        cells.append(cell)
        cells += extra.get(name, [])
    notebook = copy.deepcopy(source)
    notebook.cells = unique(cells)
    return notebook, notes


#: How the names of cells begin that nbgrader has no name for.
UNNAMED = "cell:"


def name_of(cell):
    """nbgrader's name, else Jupyter's."""
    return grade_id(cell) or UNNAMED + str(cell.get("id"))


def added(cell):
    """A cell of the student's own: its code counts, its metadata do not."""
    cell = copy.deepcopy(cell)
    cell.metadata.clear()
    cell.metadata["backprop"] = {"from": "student"}
    cell.outputs, cell.execution_count = [], None
    return cell


def unique(cells):
    """No two cells with the same id."""
    seen = set()
    for number, cell in enumerate(cells):
        if cell.get("id") is None or cell.id in seen:
            cell["id"] = f"cell-{number}"
        seen.add(cell.id)
    return cells


def changes(name, cell, given, original):
    """What a student changed in a cell that is not theirs, told by what they had been given."""
    notes = []
    if cell.source.strip() not in (given.source.strip(), original.source.strip()):
        notes.append(f"“{name}” was edited; the original was used")
    theirs, ours = cell.metadata.get("nbgrader", {}), given.metadata.get("nbgrader", {})
    if not isinstance(theirs, dict):
        return notes
    for key, what in [("points", "points"), ("grade", "marks"), ("locked", "lock"), ("solution", "kind")]:
        if theirs and theirs.get(key) != ours.get(key):
            notes.append(f"the {what} of “{name}” were changed to {str(theirs.get(key))[:40]}; they were not used")
    return notes
