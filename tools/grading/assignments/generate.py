"""Make the release version of assignments with nbgrader, and tell what happens, one JSON object a line.

Usage: python generate.py JOB, where JOB is a JSON object with `config` (nbgrader_config.py), `root` (the course's
folder, with source/ASSIGNMENT/*.ipynb in it) and `assignments` (their names).

It writes release/ASSIGNMENT/*.ipynb and gradebook.db below `root`: the gradebook keeps the hidden tests and the
originals of locked cells, and is what grading begins with.
"""

import json
import logging
import os
import sys

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader


def tell(event, **details):
    print(json.dumps({"event": event, **details}), flush=True)


class Complaints(logging.Handler):
    """Keeps what nbgrader complains of: its exceptions only say that there was something."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.said = []

    def emit(self, record):
        self.said.append(record.getMessage())

    def reason(self):
        """The first that says something; of a stack trace, its last line."""
        said = [text for text in self.said if not text.startswith("There was an error processing")]
        return said[0].strip().split("\n")[-1] if said and said[0].startswith("Traceback") else (said or ["?"])[0]


def main(job):
    log = logging.getLogger("traitlets")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    complaints = Complaints()
    log.addHandler(complaints)
    config = PyFileConfigLoader(os.path.basename(job["config"]), os.path.dirname(job["config"])).load_config()
    for name in job["assignments"]:
        complaints.said.clear()
        course = CourseDirectory(config=config, root=job["root"], assignment_id=name)
        try:
            GenerateAssignment(coursedir=course, config=config).start()
        except (NbGraderException, SystemExit):
            tell("refused", assignment=name, message=complaints.reason())
            continue
        tell("done", assignment=name)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
