"""Executes a notebook in the sandboxed kernel and leaves, in each check, an error unless the kernel said “ok”."""

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

from watch import Watch

#: So often is a notebook begun anew, without the cell that ended the kernel.
RESTARTS = 4
#: Seconds for a cell of ours; the first one loads the library.
OURS = 60


class Client(NotebookClient):
    """Runs cells one by one, and believes nothing of them but errors and the kernel's replies."""

    def __init__(self, notebook, limits, **settings):
        super().__init__(notebook, **settings)
        self.limits = limits
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
        skipped, events = {}, []
        for attempt in range(RESTARTS):
            run = Run(notebook, job, skipped, deadline)
            run.to_the_end()
            events += run.events
            if run.culprit is None:
                break
            cell, reason = run.culprit
            skipped[cell] = reason
            if time.monotonic() > deadline:
                break
        for cell in notebook.cells:
            if cell.cell_type == "code":
                settle(cell, run, skipped)
        job["events"] = events
        job["peak"] = run.peak
        return notebook, resources


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

    def __init__(self, notebook, job, skipped, deadline):
        self.job, self.skipped, self.deadline = job, skipped, deadline
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.outputs, self.passed, self.cut = {}, set(), set()
        self.events, self.culprit, self.peak = [], None, 0

    def to_the_end(self):
        job, limits = self.job, self.job["limits"]
        folder = job["sockets"]
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        # Behind walls there are no ports that both sides see, only files. Windows has no walls, and no such files.
        files = {"transport": "ipc", "ip": os.path.join(folder, "k")} if job["transport"] == "ipc" else {}
        connection = os.path.join(folder, "connection.json")
        manager = AsyncKernelManager(kernel_name="deno", connection_file=connection, **files)
        instrumented = self.instrumented()
        notebook = dict_notebook(instrumented)
        client = Client(
            notebook, limits, km=manager, interrupt_on_timeout=True, allow_errors=True,
            timeout_func=lambda cell: limits["cell"] if cell.metadata["backprop"]["kind"] == "own" else OURS,
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

    def blame(self, client, watch, error, log):
        """Which cell ended the kernel, and why."""
        cell = client.current
        if cell is None:
            raise RuntimeError(f"The kernel did not start: {error}. It said: {log.text()}") from error
        name = cell.metadata["backprop"]["for"]
        if watch and watch.reason:
            reason = f"stopped: {watch.reason}"
        elif isinstance(error, DeadKernelError):
            reason = "the kernel ended in this cell"
        else:
            reason = f"the kernel broke down in this cell ({type(error).__name__})"
        self.culprit = (name, reason)
        self.events.append({"cell": name, "reason": reason})

    def instrumented(self):
        """The cells that run: those of the notebook, and around each those of ours."""
        job, cells = self.job, []

        def ours(source, cell, kind):
            new = new_code_cell(source.replace(job["placeholder"], job["nonce"]))
            new.metadata["backprop"] = {"for": cell.id, "kind": kind}
            cells.append(new)

        if job["guards"].get("begin") and self.cells:
            ours(job["guards"]["begin"], self.cells[0], "begin")
        for cell in self.cells:
            guards = job["guards"]["cells"].get(cell.metadata.get("nbgrader", {}).get("grade_id"), {})
            if cell.id in self.skipped:
                continue
            if guards.get("before"):
                ours(guards["before"], cell, "before")
            new = new_code_cell(cell.source, id=cell.id)
            new.metadata["backprop"] = {"for": cell.id, "kind": "own"}
            cells.append(new)
            if guards.get("after"):
                ours(guards["after"], cell, "after")
        return cells

    def collect(self, notebook, client):
        guards = {}
        for cell in notebook.cells:
            about = cell.metadata["backprop"]
            if about["kind"] == "own":
                self.outputs[cell.id] = cell.outputs
                if cell.id in client.passed:
                    self.passed.add(cell.id)
                if "cut" in about:
                    self.cut.add(cell.id)
                    self.events.append({"cell": cell.id, "reason": "printed more than is kept"})
                if cell.id in client.late:
                    self.events.append({"cell": cell.id, "reason": f"did not end within {self.job['limits']['cell']} seconds"})
            elif cell.id not in client.passed:
                guards.setdefault(about["for"], []).append(cell)
        # A check whose guard complains has not passed, whatever it said itself.
        for name, cells in guards.items():
            self.passed.discard(name)
            errors = [output for cell in cells for output in cell.outputs if output.output_type == "error"]
            self.outputs[name] = [*self.outputs.get(name, []), *errors]
            for error in errors:
                self.events.append({"cell": name, "reason": f"{error.ename}: {error.evalue}"[:300]})


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
