"""What runs in the second phase of grading, and what is said of it: python phases.py prints JSON."""

import json
import os
import sys
import types

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "tools", "grading"))

from nbformat.v4 import new_code_cell

from phases import hidden_plan, open_plan, said_of


def cell(name, source, **nbgrader):
    made = new_code_cell(source, id=name)
    if nbgrader:
        made.metadata["nbgrader"] = {"grade_id": name, "grade": False, "solution": False, "locked": False} | nbgrader
    return made


def plan(answer, passed=("check-a", "check-b")):
    cells = [
        cell("help", "const help = 1;", locked=True),
        cell("demo", "const shown = 2;"),
        cell("other-demo", "const hidden = shown;"),
        cell("idle", "const never = 3;"),
        cell("edited", "const mine = 4;"),
        cell("a", answer, solution=True),
        cell("check-a", "open a", grade=True, locked=True),
        cell("check-b", "open b", grade=True, locked=True),
        cell("check-c", "open c", grade=True, locked=True),
    ]
    guards = {
        "cells": {"help": {"open": "help"}, "check-a": {"open": "open a", "full": "full a"},
                  "check-b": {"open": "open b"}, "check-c": {"open": "open c", "full": "full c"}},
        "declares": {"demo": ["shown"], "other-demo": ["hidden"], "idle": ["never"]},
    }
    given = {one.id: one.source for one in cells} | {"edited": "const given = 4;"}
    runs, checks = hidden_plan(cells, guards, given, set(passed), {})
    return [f"{one.id}: {one.source}" for one in runs], [check.id for check in checks], [
        one.source for one in open_plan(cells, guards)
    ][-3:]


def error(name, text):
    return types.SimpleNamespace(ename=name, evalue=text)


SAYABLE = ["elsewhere", "the 2 is missing"]
told = {
    "plain": plan("f()"),
    "mentions": plan("f(hidden)"),
    "none": plan("f()", ()),
    "said": [
        said_of(error("CheckError", "✗ elsewhere\n  expected: -8\n  got: 4\n  likely slip: the 2 is missing\n  hint: SEEN"), None, SAYABLE),
        said_of(error("CheckError", "✗ SEEN\n  likely slip: SEEN"), None, SAYABLE),
        said_of(error("SEEN", "SEEN"), None, SAYABLE),
        said_of(error("TamperError", "SEEN"), None, SAYABLE),
        said_of(None, None, SAYABLE),
        said_of(error("SEEN", "SEEN"), "the kernel ended in this cell", SAYABLE),
    ],
}
print(json.dumps(told))
