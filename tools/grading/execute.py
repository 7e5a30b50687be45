"""Executes a notebook in the sandboxed kernel and leaves, in each check, an error unless the kernel said “ok”.

It runs twice. First without hidden tests: all that a student is shown comes from there. Then, in a new kernel, what the
hidden tests need, with them: from there comes whether a check passed, and which of the titles that are known beforehand
it failed at. So whatever student code reads while hidden tests are near, nothing that it says is shown to anybody.
"""

import time

from nbformat.v4 import new_output

from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

from kernel_client import an_error
from matching import grade_id
from one_run import Run
from phases import hidden_plan, open_plan, said_of

#: So often is a notebook begun anew, without the cell that ended the kernel.
RESTARTS = 4


class Sandbox(Execute):
    """Takes the place of nbgrader's `Execute`."""

    job = None  # set by grade_submission.py

    def preprocess(self, notebook, resources):
        job = self.job
        deadline = time.monotonic() + job["limits"]["total"]
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        seen = Phase(job, open_plan(cells, job["guards"]), deadline)
        job["events"], job["peak"] = seen.events, seen.run.peak
        plan, checks = hidden_plan(cells, job["guards"], job["given"], seen.run.passed, seen.skipped)
        if checks:
            self.try_hidden(job, seen, plan, checks, deadline)
        for cell in cells:
            settle(cell, seen.run, seen.skipped)
        return notebook, resources

    def try_hidden(self, job, seen, plan, checks, deadline):
        """Take the points of checks whose hidden tests do not pass."""
        hidden = Phase(job, plan, deadline, is_quiet=True)
        job["peak"] = max(job["peak"], hidden.run.peak)
        known = {(event["cell"], event["reason"]) for event in seen.events}
        job["events"] += [event for event in hidden.events if (event["cell"], event["reason"]) not in known]
        for cell in checks:
            if cell.id in hidden.run.passed:
                continue
            seen.run.passed.discard(cell.id)
            output = next((output for output in hidden.run.outputs.get(cell.id, []) if output.output_type == "error"), None)
            name, text, event = said_of(output, hidden.skipped.get(cell.id), job["guards"]["sayable"][grade_id(cell)])
            seen.run.outputs[cell.id] = [*seen.run.outputs.get(cell.id, []), an_error(name, text)]
            if event:
                job["events"].append({"cell": cell.id, "reason": event})


class Phase:
    """Runs of a plan, begun anew without the cell that ended the kernel; `run` is the last of them."""

    def __init__(self, job, plan, deadline, is_quiet=False):
        self.skipped, self.events = {}, []
        for _ in range(RESTARTS):
            self.run = Run(job, [one for one in plan if one.id not in self.skipped], deadline, is_quiet)
            self.run.to_the_end()
            self.events += self.run.events
            if self.run.culprit is None:
                break
            cell, reason = self.run.culprit
            self.skipped[cell] = reason
            if time.monotonic() > deadline:
                break


def settle(cell, run, skipped):
    """The outputs that nbgrader sees: a check has an error, or it passed and nothing can be misread."""
    cell.outputs = run.outputs.get(cell.id, [])
    if cell.id in skipped:
        cell.outputs = cell.outputs[:20] + [an_error("Stopped", skipped[cell.id])]
    elif cell.id not in run.passed and cell.source.strip():
        if not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(an_error("NotRun", "this cell did not run to its end"))
    if cell.id in run.cut:
        cell.outputs.append(new_output("stream", name="stdout", text="… the rest of the output was left out\n"))
    if not is_grade(cell):
        return
    kept = []
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"  # a warning is no mistake; nbgrader gives 0 points for any text on stderr
        if output.output_type == "execute_result":
            output = new_output("display_data", data=output.data)  # nbgrader takes a last value for partial credit
        kept.append(output)
    cell.outputs = kept
