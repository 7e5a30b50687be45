"""Runs cells in a sandboxed kernel, and believes nothing of them but errors and the kernel's replies."""

import os
import threading

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_output


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
