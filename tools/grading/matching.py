"""Which submitted cell is which of the instructor's: by name, by id, by text, and by place."""

import difflib
import re
import unicodedata

from nbgrader.utils import is_solution

#: How the names of cells begin that nbgrader has no name for.
UNNAMED = "cell:"
#: Two cells that have so much of their text in common are versions of one.
ALIKE = 0.4
DECLARED = re.compile(r"^\s*(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+([A-Za-z_$][\w$]*)", re.M)


def grade_id(cell):
    """The name under which nbgrader knows a cell; None for others."""
    name = cell.metadata.get("nbgrader", {})
    name = name.get("grade_id") if isinstance(name, dict) else None
    return name if isinstance(name, str) else None


def name_of(cell):
    """nbgrader's name, else Jupyter's."""
    return grade_id(cell) or UNNAMED + str(cell.get("id"))


def plain(text):
    """A text without what editors change by themselves: line ends, spaces at the ends of lines, forms of accents."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def bare(text):
    """A text without what formatters change: spaces, line breaks, commas before a bracket, kinds of quotation marks."""
    dense = re.sub(r"\s+", "", plain(text)).replace("'", '"').replace(";", "")
    return re.sub(r",(?=[)\]}])", "", dense)


class Match:
    """What was found of a notebook."""

    def __init__(self):
        #: The submitted cell by the name of the instructor's.
        self.theirs = {}
        #: For each submitted cell, in order: the name of the instructor's that it is; None for the student's own; or
        #: False for a second copy.
        self.names = []
        #: Names that are there twice.
        self.twice = []
        #: Names of cells that had lost their metadata, and of those which were found by their place.
        self.lost, self.placed = [], []

    def has_lost(self):
        """Whether the file has lost what tells its cells apart."""
        return len(self.lost) > 0


def match(source, release, submitted):
    """Find the instructor's cells in a submitted notebook. `release` is what the student was given."""
    found = Match()
    names = {name_of(cell) for cell in source.cells}
    by_cell_id = {cell.get("id"): name_of(cell) for cell in source.cells}
    by_text = {}
    for cell in release.cells:  # some programs drop the ids of cells
        by_text.setdefault((cell.cell_type, plain(cell.source)), name_of(cell))
    for cell in submitted.cells:
        name = grade_id(cell)
        is_lost = name not in names
        if is_lost:
            name = by_cell_id.get(cell.get("id")) or by_text.get((cell.cell_type, plain(cell.source)))
        if name is not None and name not in found.theirs:
            found.theirs[name] = cell
            found.names.append(name)
            if is_lost and not name.startswith(UNNAMED):
                found.lost.append(name)
        elif name is not None and not is_lost:
            found.names.append(False)
            found.twice.append(name)
        else:
            found.names.append(None)
    by_place(found, release, submitted)
    return found


def by_place(found, release, submitted):
    """Find solutions that have neither name nor id, nor the text that was handed out: between cells that were found."""
    order = [name_of(cell) for cell in release.cells]
    for index, cell in enumerate(release.cells):
        name = order[index]
        if name in found.theirs or not is_solution(cell):
            continue
        # The nearest cells before and after that were found enclose it.
        before = next((at for at in places(found, reversed(order[:index]))), -1)
        after = next((at for at in places(found, order[index + 1:]) if at > before), len(submitted.cells))
        candidates = [
            (likeness(cell.source, submitted.cells[at].source), -at)
            for at in range(before + 1, after)
            if found.names[at] is None and submitted.cells[at].cell_type == "code" and grade_id(submitted.cells[at]) is None
        ]
        best, at = max(candidates, default=(0, 0))
        if best < ALIKE:
            continue
        found.names[-at], found.theirs[name] = name, submitted.cells[-at]
        found.lost.append(name)
        found.placed.append(name)


def places(found, names):
    return (found.names.index(name) for name in names if name in found.theirs)


def likeness(given, text):
    """From 0 to 1, how much an answer looks like what was given: names that it declares count most."""
    wanted = set(DECLARED.findall(given))
    shared = len(wanted & set(DECLARED.findall(text))) / len(wanted) if wanted else 0
    return max(shared, difflib.SequenceMatcher(None, bare(given)[:2000], bare(text)[:2000], autojunk=False).ratio())
