"""What runs in the two phases of grading, and what a student may hear of the second."""

import re
from dataclasses import dataclass

from nbgrader.utils import is_grade

from matching import grade_id

NAMES = re.compile(r"[A-Za-z_$][\w$]*")


@dataclass
class Planned:
    """A cell that will run."""

    id: str
    source: str
    #: `check`; `locked`, another one of the instructor's; `student`; or `begin`.
    kind: str


def open_plan(cells, guards):
    """All cells, the checks without their hidden tests."""
    return [planned(cell, guards, "open") for cell in cells]


def planned(cell, guards, version):
    ours = guards["cells"].get(grade_id(cell))
    if ours is None:
        return Planned(cell.id, cell.source, "student")
    return Planned(cell.id, ours.get(version, ours["open"]), "check" if is_grade(cell) else "locked")


def hidden_plan(cells, guards, given, passed, skipped):
    """What must run so that hidden tests can, and the checks that have some: those that have passed so far.

    Left out are cells that are as they were handed out (`given`: the source by the cell's id), that no check needs, and
    none of whose names any other cell that runs mentions; most of a notebook's time is spent in these.
    """
    checks = [
        cell for cell in cells if cell.id in passed and "full" in guards["cells"].get(grade_id(cell), {})
    ]
    if not checks:
        return [], []
    last = max(cells.index(cell) for cell in checks)
    before = [cell for cell in cells[: last + 1] if cell.id not in skipped]
    wanted, rest = [], []
    for cell in before:
        is_check = is_grade(cell) and cell not in checks
        is_idle = grade_id(cell) is None and cell.source.strip() == given.get(cell.id, "").strip()
        (rest if is_check or is_idle else wanted).append(cell)
    # What the instructor's cells need is locked, and wanted already, but for what other checks have made.
    todo, by_ours, by_others = wanted, set(), set()
    while todo:
        for cell in todo:
            names = NAMES.findall(planned(cell, guards, "full").source)
            (by_ours if grade_id(cell) in guards["cells"] else by_others).update(names)
        todo = [
            cell for cell in rest
            if set(guards["declares"].get(cell.id, [])) & (by_ours | by_others if is_grade(cell) else by_others)
        ]
        wanted = wanted + todo
        rest = [cell for cell in rest if cell not in todo]
    return [planned(cell, guards, "full") for cell in before if cell in wanted], checks


def said_of(output, stopped, sayable):
    """What a student hears of hidden tests that did not pass: an error's name, its text, and a remark for the instructor.

    Only what was known before any student code ran: the error itself may say anything.
    """
    if stopped:
        return "Stopped", stopped, None
    name = output.ename if output else "NotRun"
    if name == "CellTimeoutError":
        return name, "stopped, with other inputs than those that you see", None
    lines = ["✗ other inputs than those that you see"]
    if name == "CheckError":
        title, *rest = output.evalue.split("\n")
        if title.removeprefix("✗ ") in sayable:
            lines[0] = "✗ " + title.removeprefix("✗ ")
        for line in rest:
            key, _, text = line.strip().partition(": ")
            if key in ("likely slip", "hint") and text in sayable:
                lines.append(f"  {key}: {text}")
    if not any(line.startswith("  hint: ") for line in lines):
        lines.append("  hint: this check also tries inputs that it does not show; compute a case of your own by hand")
    remark = "its hidden tests were tampered with" if name == "TamperError" else None
    return "CheckError", "\n".join(lines), remark
