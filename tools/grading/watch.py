"""Watches a sandbox from outside: memory, number of processes, files in the folder of its sockets, time."""

import os
import threading
import time

#: How often, in seconds. What a program can take in between is the limit's error: about 100 MB.
INTERVAL = 0.05


def descendants(pid):
    """A process and all that it started, as the system sees them; and how many threads they have."""
    found, threads, waiting = [], 0, [pid]
    while waiting and len(found) < 4096:
        current = waiting.pop()
        found.append(current)
        try:
            for task in os.listdir(f"/proc/{current}/task"):
                threads += 1
                with open(f"/proc/{current}/task/{task}/children") as children:
                    waiting += [int(child) for child in children.read().split()]
        except (OSError, ValueError):
            continue  # it has ended
    return found, threads


def resident(pids):
    """Bytes that they hold in memory together, the files that they read left out."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/status") as file:
                for line in file:
                    if line.startswith(("RssAnon:", "RssShmem:")):
                        total += int(line.split()[1]) * 1024
        except (OSError, ValueError):
            continue
    return total


class Watch(threading.Thread):
    """Kills the process `pid`, and with it its sandbox, when it takes more than it may; `reason` says of what."""

    def __init__(self, pid, folder, limits, deadline):
        super().__init__(daemon=True)
        self.pid, self.folder, self.limits, self.deadline = pid, folder, limits, deadline
        self.reason = None
        self.peak = 0
        self.is_closed = False  # nothing more is to come into the folder
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(INTERVAL):
            reason = self.look()
            if reason:
                self.kill(reason)
                return

    def look(self):
        if time.monotonic() > self.deadline:
            return f"the whole notebook took longer than {self.limits['total']} seconds"
        if resident([os.getpid()]) > self.limits["grader"] * 1e6:
            os._exit(70)  # a message that fills the grader's memory: better this process ends than another one
        pids, threads = descendants(self.pid)
        held = resident(pids)
        self.peak = max(self.peak, held)
        if held > self.limits["memory"] * 1e6:
            return f"it took more than {self.limits['memory']} MB of memory"
        if len(pids) > self.limits["processes"]:
            return f"it started more than {self.limits['processes']} processes"
        if threads > self.limits["threads"]:
            return f"it started more than {self.limits['threads']} threads"
        try:
            if self.is_closed and any(os.scandir(self.folder)):
                return "it wrote files where the kernel had its sockets"
        except OSError:
            pass
        return None

    def kill(self, reason):
        self.reason = self.reason or reason
        try:
            os.kill(self.pid, 9)
        except ProcessLookupError:
            pass

    def stop(self):
        self.over.set()
        self.join()
