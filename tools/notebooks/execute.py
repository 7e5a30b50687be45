"""Execute one notebook in a fresh kernel and tell what happens, one JSON object a line.

Usage: python execute.py JOB, where JOB is a JSON object with `input`, `output`, `cwd`, `timeout` (seconds a cell) and
`goOn` (whether to run the cells after one that failed).

The lines, on standard output, are the events of events.ts. The executed notebook goes to `output`, also when a cell
failed. Whoever started this program holds its standard input open: when that closes, or on SIGINT or SIGTERM, the
kernel is stopped and the program ends. On Linux the kernel also ends when this program is killed outright.
"""

import asyncio
import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
import time
import uuid
from queue import Empty

import nbformat
from jupyter_client.utils import ensure_async
from jupyter_core.paths import jupyter_runtime_dir
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError, DeadKernelError

# The kernel must not write between our lines: keep standard output for ourselves, give it standard error.
EVENTS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def tell(event, **details):
    print(json.dumps({"event": event, **details}), file=EVENTS, flush=True)


class PatientClient(NotebookClient):
    """A client that goes on listening for a moment when the kernel says that it is idle.

    The stock Deno kernel sends some outputs only after that, and they would be lost. The project's own never does.
    """

    quiet_period = 0.12  # seconds without a message; 0.1 was enough for every one of 200 cells
    patient = True
    stopping = False

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        while self.patient:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=self.quiet_period))
            except Empty:
                return
            if message["parent_header"].get("msg_id") == parent_msg_id:
                with contextlib.suppress(CellExecutionComplete):
                    self.process_message(message, cell, cell_index)


ATTEMPTS = 3
"""How often a kernel is started that does not come up, and how long one may take to answer once it was there."""
REPLY_SECONDS = 20


def end_with_parent():
    """Runs in the kernel's process before it starts: on Linux, ask to be killed when this program dies."""
    with contextlib.suppress(Exception):
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def results_of(cell):
    """The named numbers that a cell displayed."""
    found = {}
    for output in cell.get("outputs", []):
        values = output.get("metadata", {}).get("backprop", {}).get("results")
        found.update(values if isinstance(values, dict) else {})
    return found


async def start(client, cwd):
    """
    Start a kernel; gives what it says of itself.

    Jupyter chooses free ports and lets the kernel take them a little later. Now and then another program is faster: a
    kernel that does not come up is started again, with other ports.
    """
    os.makedirs(jupyter_runtime_dir(), exist_ok=True)
    options = {"preexec_fn": end_with_parent} if sys.platform == "linux" else {}
    for attempt in range(ATTEMPTS):
        client.km = client.create_kernel_manager()
        client.km.connection_file = os.path.join(jupyter_runtime_dir(), f"kernel-{uuid.uuid4()}.json")
        try:
            await client.async_start_new_kernel(cwd=cwd, **options)
            tell("kernel", pid=client.km.provisioner.pid, connection=client.km.connection_file)
            await client.async_start_new_kernel_client()
            return await ensure_async(client.kc.kernel_info(reply=True, timeout=REPLY_SECONDS))
        except (RuntimeError, TimeoutError):
            if attempt == ATTEMPTS - 1 or client.stopping:
                raise
            if client.km is not None:
                await client._async_cleanup_kernel()


async def execute(notebook, client, cwd, go_on):
    """Run cell after cell, until one fails unless told to go on; whatever happens, the kernel is gone at the end."""
    client.reset_execution_trackers()
    try:
        info = await start(client, cwd)
        client.patient = info["content"]["implementation"] != "backprop"
        notebook.metadata["language_info"] = info["content"]["language_info"]
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            tell("cellStart", cell=index)
            started = time.monotonic()
            failure = await execute_cell(client, cell, index)
            seconds = round(time.monotonic() - started, 3)
            cell.metadata["backprop"] = {**cell.metadata.get("backprop", {}), "seconds": seconds}
            tell("cellDone", cell=index, seconds=seconds, results=results_of(cell))
            if failure:
                tell("error", cell=index, id=cell.get("id", ""), source=cell.source, **failure)
                if not go_on or failure["name"] == "KernelDied":
                    return
    finally:
        if client.km is not None:
            await client._async_cleanup_kernel()


async def execute_cell(client, cell, index):
    """Run a cell; gives nothing, or what went wrong."""
    try:
        await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
    except CellExecutionError as error:
        # Of a syntax error the kernel says only that it failed; explain.ts finds out why.
        frames = [output["traceback"] for output in cell.outputs if output["output_type"] == "error"]
        traceback = [line for line in (frames[-1] if frames else []) if line]
        return {"name": error.ename, "message": error.evalue, "traceback": traceback, "reported": bool(frames)}
    except CellTimeoutError:
        return problem("Timeout", f"the cell ran for {client.timeout} seconds and was stopped")
    except DeadKernelError:
        if client.stopping:  # nbclient takes a cancelled task for a dead kernel
            raise asyncio.CancelledError from None
        return problem("KernelDied", "the kernel ended while it ran the cell")
    return None


def problem(name, message):
    return {"name": name, "message": message, "traceback": [], "reported": False}


def stop_on_request(task, client):
    """Cancel the task on SIGINT, SIGTERM, or when nobody holds our standard input any more."""
    loop = asyncio.get_running_loop()

    def stop():
        client.stopping = True
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows has no such handlers
            loop.add_signal_handler(number, stop)

    def watch():
        while os.read(0, 4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=watch, daemon=True).start()


def write(notebook, path):
    """Into a neighbour first, which then takes the name: nobody sees half a notebook."""
    part = f"{path}.{os.getpid()}.part"
    with open(part, "w", encoding="utf-8", newline="\n") as file:
        nbformat.write(notebook, file)
    os.replace(part, path)


async def main(job):
    notebook = nbformat.read(job["input"], as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    total = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells)
    tell("start", cells=total)
    client = PatientClient(
        notebook,
        kernel_name="deno",
        timeout=job["timeout"],
        startup_timeout=60,
        iopub_timeout=60,
        coalesce_streams=True,
        record_timing=False,
        shutdown_kernel="immediate",
    )
    client.log.setLevel("CRITICAL")
    task = asyncio.ensure_future(execute(notebook, client, job["cwd"], job.get("goOn", False)))
    stop_on_request(task, client)
    await task
    write(notebook, job["output"])
    tell("end")


if __name__ == "__main__":
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    try:
        asyncio.run(main(json.loads(sys.argv[1])))
    except (asyncio.CancelledError, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:  # an unreadable notebook, or a kernel that does not start
        tell("failed", message=f"{type(error).__name__}: {error}")
        sys.exit(1)
