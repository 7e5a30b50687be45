"""One run of a plan: a kernel, from the first cell to the last or to the kernel's end."""

import json
import os
import subprocess

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from kernel_client import Client, Tail, an_error
from phases import Planned
from watch import Watch
from words import chain

#: Seconds for the cell of ours that comes first: it loads the library.
BEGIN = 60
#: What cells of ours call; inside/guard_name.ts says the same.
GUARD = "__backprop_guard"


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
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "deno", "display_name": "Deno", "language": "typescript"}})
