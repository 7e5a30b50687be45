"""The notebook that is graded: the instructor's, with the student's answers in it.

Points, checks, what checks need, and the order of all cells are the instructor's, whatever the submitted file says; a
deleted check is back. A student's are the solutions, cells that no check needs, and cells that the student added.
"""

import copy

from nbgrader.utils import is_grade, is_locked, is_solution

from matching import UNNAMED, bare, grade_id, match, name_of, plain

#: Takes the place of an answer that may be in the file, and was not found; explain.ts knows it.
NOT_FOUND = 'throw new Error("This answer could not be found in the file");'


def is_students(cell):
    """Whether a student may write into this cell of the source: a solution, or code that no check needs."""
    return is_solution(cell) or (cell.cell_type == "code" and not is_locked(cell) and not is_grade(cell))


def rebuild(source, release, submitted):
    """Put the student's answers into the source.

    `source` has the checks, `release` what a student was given instead of each solution. Gives the notebook, and a
    sentence for each kind of change that was found.
    """
    notes = Notes()
    has_windows_ends = any("\r" in cell.source for cell in submitted.cells)
    for cell in submitted.cells:
        cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
    found = match(source, release, submitted)
    strangers = [
        cell for cell, name in zip(submitted.cells, found.names)
        if name is None and cell.cell_type == "code" and cell.source.strip() and grade_id(cell) is None
    ]
    for name in found.twice:
        notes.add("twice", name)
    extra, after = {}, None  # `after`: the last cell that the source has too
    for cell, name in zip(submitted.cells, found.names):
        if name:
            after = name
        elif name is None and cell.cell_type == "code" and cell.source.strip():
            extra.setdefault(after, []).append(added(cell))
    given = {name_of(cell): cell for cell in release.cells}
    cells = extra.get(None, [])
    for original in source.cells:
        cell, name = copy.deepcopy(original), name_of(original)
        mine = is_students(original)
        cell.metadata.setdefault("backprop", {})["from"] = "student" if mine else "source"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if name in found.theirs:
            if mine:
                cell.source = found.theirs[name].source
            elif not name.startswith(UNNAMED):
                changes(notes, name, found.theirs[name], given[name], original)
        elif is_solution(original):
            # Where cells have lost their names, one of those left may be the answer: it is not empty, it is unknown.
            is_unknown = found.has_lost() and len(strangers) > 0
            notes.add("unknown" if is_unknown else "deleted exercise", name)
            cell.source = NOT_FOUND if is_unknown else given[name].source
        elif is_grade(original):
            notes.add("deleted check", name)
        elif is_locked(original):
            notes.add("deleted", name)
        cells.append(cell)
        cells += extra.get(name, [])
    for name in found.placed or found.lost:
        notes.add("placed" if found.placed else "lost", name)
    if has_windows_ends:
        notes.first(f"Windows line ends{'' if notes.sentences() else ', nothing else differs'}")
    notebook = copy.deepcopy(source)
    notebook.cells = unique(cells)
    if all(name.startswith(UNNAMED) for name in found.theirs):
        return notebook, ["nothing of this assignment is in the file: ask for the right one"]
    return notebook, notes.sentences()


class Notes:
    """Remarks, one sentence a cause."""

    #: What to say of one cell, and of several.
    KINDS = {
        "lost": ("{} had lost its nbgrader metadata", "{} had lost their nbgrader metadata"),
        "placed": ("the cells have lost their ids and metadata; {} was found by its content and place",
                   "the cells have lost their ids and metadata; {} were found by their content and place"),
        "unknown": ("{} could not be found in the file, whose cells have lost their ids and metadata: ask for the file again",
                    "{} could not be found in the file, whose cells have lost their ids and metadata: ask for the file again"),
        "twice": ("{} is there twice; the first counts", "{} are there twice; the first of each counts"),
        "deleted exercise": ("{} was deleted; the empty exercise was put back",
                             "{} were deleted; the empty exercises were put back"),
        "deleted check": ("the check {} was deleted, and put back", "the checks {} were deleted, and put back"),
        "deleted": ("{}, which checks need, was deleted, and put back",
                    "{}, which checks need, were deleted, and put back"),
        "formatted": ("{} was formatted anew; the original was used", "{} were formatted anew; the originals were used"),
        "edited": ("{} was edited; the original was used", "{} were edited; the originals were used"),
    }
    ORDER = ("unknown", "placed", "lost", "twice", "deleted exercise", "deleted check", "deleted", "formatted", "edited")

    def __init__(self):
        self.found, self.others, self.heads = {}, [], []

    def add(self, kind, name):
        self.found.setdefault(kind, []).append(name)

    def say(self, sentence):
        self.others.append(sentence)

    def first(self, sentence):
        self.heads.append(sentence)

    def sentences(self):
        told = []
        for kind in self.ORDER:
            names = list(dict.fromkeys(self.found.get(kind, [])))
            if names:
                told.append(self.KINDS[kind][min(len(names), 2) - 1].format(listed(names)))
        return self.heads + told + self.others


def listed(names):
    """“a”, “b” and “c”; of many the first three, and how many there are."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) > 5:
        return f"{', '.join(quoted[:3])} and {len(quoted) - 3} other cells"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]


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


def changes(notes, name, cell, given, original):
    """What a student changed in a cell that is not theirs, told by what they had been given."""
    known = (given.source, original.source)
    if plain(cell.source) not in map(plain, known):
        notes.add("formatted" if bare(cell.source) in map(bare, known) else "edited", name)
    theirs, ours = cell.metadata.get("nbgrader", {}), given.metadata.get("nbgrader", {})
    if not isinstance(theirs, dict):
        return
    for key, what in [("points", "points"), ("grade", "marks"), ("locked", "lock"), ("solution", "kind")]:
        if theirs and theirs.get(key) != ours.get(key):
            notes.say(f"the {what} of “{name}” were changed to {str(theirs.get(key))[:40]}; they were not used")
