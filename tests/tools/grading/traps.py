"""What nbgrader makes of the outputs of a check, and what it makes of them after the grader's `settle`: as JSON."""

import json
import os
import sys
import types

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "tools", "grading"))

from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from execute import settle

RESULT = {"text/plain": "2"}
CASES = {
    # A right answer that warns.
    "stderr": ([new_output("stream", name="stderr", text="careful")], True),
    # A cell that never ran, as the kernel had ended before.
    "silent": ([], False),
    # A right answer whose check ends in a value.
    "value": ([new_output("execute_result", data=RESULT)], True),
    # A wrong answer that sends a value before the check throws.
    "forged": ([new_output("execute_result", data={"text/plain": "10"}),
                new_output("error", ename="CheckError", evalue="", traceback=[])], False),
}

told = {}
for name, (outputs, passed) in CASES.items():
    cell = new_code_cell("await check();", id="check", outputs=outputs)
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 10, "grade_id": "check", "locked": True}
    plain = determine_grade(cell)[0]
    run = types.SimpleNamespace(outputs={"check": outputs}, passed={"check"} if passed else set(), cut=set())
    settle(cell, run, {})
    told[name] = [plain, determine_grade(cell)[0]]
print(json.dumps(told))
