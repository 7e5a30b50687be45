"""Executes a notebook in the sandboxed kernel and leaves, in each check, an error unless the kernel said “ok”.

It runs twice. First without hidden tests: all that a student is shown comes from there. Then, in a new kernel, what the
hidden tests need, with them: from there comes whether a check passed, and which of the titles that are known beforehand
it failed at. So whatever student code reads while hidden tests are near, nothing that it says is shown to anybody.
"""

import json
import os
import subprocess
import threading
import time

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_output

from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade

from matching import grade_id
from phases import Planned, hidden_plan, open_plan, said_of
from watch import Watch
from words import chain

#: So often is a notebook begun anew, without the cell that ended the kernel.
RESTARTS = 4
#: Seconds for the cell of ours that comes first: it loads the library.
BEGIN = 60
#: What cells of ours call; inside/guard_name.ts says the same.
GUARD = "__backprop_guard"


class Client(NotebookClient):
    """Runs cells one by one, and believes nothing of them but errors and the kernel's replies."""

    def __init__(self, notebook, limits, is_quiet, **settings):
        super().__init__(notebook, **settings)
        self.limits = limits
        self.is_quiet = is_quiet
        self.current = None
        self.passed, self.late = set(), set()
        self.shown = 0
        self.total = 0
        self.on_excess = lambda reason: None
        self.on_cell_start = self.cell_starts
        self.on_cell_executed = self.cell_ends

    def cell_starts(self, cell, cell_index):
        self.current, self.shown = cell, 0

    def cell_ends(self, cell, cell_index, execute_reply):
        content = execute_reply["content"]
        names = {content.get("ename"), *(output.get("ename") for output in cell.outputs)}
        if "KernelEnded" in names:  # said by the part of the kernel that is still there
            raise DeadKernelError("Kernel ended")
        if "CellTimeoutError" in names:
            self.late.add(cell.id)
            kept = [output for output in cell.outputs if output.output_type != "error"]
            cell.outputs = [*kept, an_error(content["ename"], content["evalue"])]
            return
        failed = any(output.output_type == "error" for output in cell.outputs)
        if content["status"] == "ok" and not failed:
            self.passed.add(cell.id)
        elif not failed:
            cell.outputs.append(an_error(content.get("ename", "Error"), content.get("evalue", ""),
                                         content.get("traceback") or []))

    def process_message(self, msg, cell, cell_index):
        content = msg.get("content", {})
        if msg.get("msg_type") in ("stream", "display_data", "execute_result", "update_display_data", "error"):
            size = sum(len(str(part)) for part in pieces(content))
            self.shown += size
            self.total += size
            if self.total > self.limits["output"] * 1e6:
                self.on_excess(f"the notebook printed more than {self.limits['output']} MB")
            if self.shown > self.limits["cell_output"] * 1e6 and msg["msg_type"] != "error":
                cell.metadata.setdefault("backprop", {})["cut"] = self.shown
                return None
        if self.is_quiet and msg.get("msg_type") not in ("error", "status", "execute_input"):
            return None  # what is said where hidden tests run is not kept
        if str(msg.get("msg_type")).startswith(("comm", "clear_output")):
            return None  # a widget could take the outputs of other cells; nothing of a check is taken back
        return super().process_message(msg, cell, cell_index)


def pieces(content):
    """The parts of a message that may be large."""
    for key in ("text", "evalue"):
        if key in content:
            yield content[key]
    data = content.get("data")
    yield from data.values() if isinstance(data, dict) else []
    traceback = content.get("traceback")
    yield from traceback if isinstance(traceback, list) else []


def an_error(name, value, traceback=()):
    return new_output("error", ename=str(name), evalue=str(value), traceback=[str(line) for line in traceback] or [f"{name}: {value}"])


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


class Run:
    """One kernel, from the first cell to the last or to the kernel's end."""

    count = 0  # of all runs of this program

    def __init__(self, job, plan, deadline, is_quiet):
        self.job, self.plan, self.deadline, self.is_quiet = job, plan, deadline, is_quiet
        self.outputs, self.passed, self.cut = {}, set(), set()
        self.events, self.culprit, self.peak = [], None, 0

    def to_the_end(self):
        job, limits = self.job, self.job["limits"]
        folder = self.folder()
        # Behind walls there are no ports that both sides see, only files. Windows has no walls, and no such files.
        files = {"transport": "ipc", "ip": os.path.join(folder, "k")} if job["transport"] == "ipc" else {}
        connection = os.path.join(folder, "connection.json")
        manager = AsyncKernelManager(kernel_name="deno", connection_file=connection, **files)
        notebook = dict_notebook(self.cells())
        client = Client(
            notebook, limits, self.is_quiet, km=manager, interrupt_on_timeout=True, allow_errors=True,
            timeout_func=lambda cell: BEGIN if cell.metadata["backprop"]["kind"] == "begin" else limits["cell"],
            startup_timeout=min(120, limits["total"]), iopub_timeout=10, raise_on_iopub_timeout=False,
            store_widget_state=False, record_timing=False,
            error_on_timeout={"ename": "CellTimeoutError", "evalue": f"stopped after {limits['cell']} seconds",
                              "traceback": []},
        )
        log = Tail()
        watch = None
        try:
            with client.setup_kernel(stdout=subprocess.DEVNULL, stderr=log.write_end):
                log.close_write_end()
                watch = Watch(manager.provisioner.pid, folder, limits, self.deadline)
                client.on_excess = watch.kill
                for index, cell in enumerate(notebook.cells):
                    client.execute_cell(cell, index)
                    if index == 0:
                        self.begun(cell, client, watch)
        except (DeadKernelError, CellTimeoutError, RuntimeError, OSError) as error:
            self.blame(client, watch, error, log)
        finally:
            if watch:
                watch.stop()
                self.peak = watch.peak
            log.close()
        if watch and watch.reason and self.culprit is None:
            self.blame(client, watch, None, log)
        self.collect(notebook, client)

    def folder(self):
        """A new folder for the kernel's sockets, which the kernel will see: nothing of an earlier run is in it."""
        Run.count += 1
        folder = os.path.join(self.job["sockets"], str(Run.count))
        os.mkdir(folder)
        text = json.dumps(self.job["kernelspec"]).replace(json.dumps(self.job["sockets"])[1:-1], json.dumps(folder)[1:-1])
        with open(self.job["kernelfile"], "w", encoding="utf-8") as file:
            file.write(text)
        return folder

    def begun(self, cell, client, watch):
        """Before the first cell of a student: no word was drawn in vain, and nobody else can connect to the kernel."""
        if cell.id not in client.passed:
            said = [f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"]
            raise GuardError(f"The guard did not begin: {said}")
        for name in os.listdir(watch.folder):
            os.unlink(os.path.join(watch.folder, name))
        watch.is_closed = True

    def blame(self, client, watch, error, log):
        """Which cell ended the kernel, and why."""
        cell = client.current
        if cell is None or cell.metadata["backprop"]["kind"] == "begin":
            raise RuntimeError(f"The kernel did not start: {error}. It said: {log.text()}") from error
        name = cell.id
        if watch and watch.reason:
            reason = f"stopped: {watch.reason}"
        elif isinstance(error, DeadKernelError):
            reason = "the kernel ended in this cell"
        else:
            reason = f"the kernel broke down in this cell ({type(error).__name__})"
        self.culprit = (name, reason)
        self.events.append({"cell": name, "reason": reason})

    def cells(self):
        """The cells that run, each call of the guard with a word of its own, in the order in which it expects them."""
        begin = Planned("backprop-begin", self.job["guards"]["begin"], "begin")
        mark = self.job["placeholder"]
        plan = [begin, *self.plan]
        words = chain(sum(one.source.count(mark) for one in plan if one.kind != "student"))
        cells = []
        for one in plan:
            source = one.source
            if one.kind != "student":
                first, *rest = source.split(mark)
                source = first + "".join(next(words) + part for part in rest)
            cell = new_code_cell(source, id=one.id)
            cell.metadata["backprop"] = {"kind": one.kind}
            cells.append(cell)
        return cells

    def collect(self, notebook, client):
        for cell in notebook.cells[1:]:
            about = cell.metadata["backprop"]
            self.outputs[cell.id] = [plainly(output) for output in cell.outputs]
            if cell.id in client.passed:
                self.passed.add(cell.id)
            if "cut" in about:
                self.cut.add(cell.id)
                self.events.append({"cell": cell.id, "reason": "printed more than is kept"})
            if cell.id in client.late:
                self.events.append({"cell": cell.id, "reason": f"did not end within {self.job['limits']['cell']} seconds"})
            if about["kind"] == "check" and not self.is_quiet:
                for output in self.outputs[cell.id]:
                    if output.output_type == "error" and output.ename == "TamperError":
                        self.events.append({"cell": cell.id, "reason": f"TamperError: {output.evalue}"[:300]})


class GuardError(Exception):
    """The part of the grader that is in the kernel does not work: nobody can be graded."""


def plainly(output):
    """A kernel that was ended and came back knows no guard; the error says so."""
    if output.output_type == "error" and GUARD in output.evalue:
        return an_error("TamperError", "the kernel was ended and started again by a cell")
    return output


def dict_notebook(cells):
    from nbformat.v4 import new_notebook

    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "deno", "display_name": "Deno", "language": "typescript"}})


class Tail:
    """The last words of the kernel's log: read all the time, so that it never fills anything."""

    def __init__(self):
        read, self.write_end = os.pipe()
        self.kept = b""
        self.file = os.fdopen(read, "rb", buffering=0)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()
        self.closed = False

    def read(self):
        while part := self.file.read(65536):
            self.kept = (self.kept + part)[-4000:]

    def close_write_end(self):
        if not self.closed:
            self.closed = True
            os.close(self.write_end)

    def close(self):
        self.close_write_end()  # what is left of the sandbox may hold its end for a moment yet

    def text(self):
        self.thread.join(timeout=0.5)
        return self.kept.decode(errors="replace").strip()
