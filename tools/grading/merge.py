"""Put the marks of all submissions into one gradebook of nbgrader: python merge.py JOB.json

The gradebook is made anew from the course's, in this one process, so no two writers meet. It opens with
`nbgrader formgrader`, `nbgrader export` and whatever else reads gradebooks.
"""

import json
import os
import shutil
import sys

from nbgrader.api import Gradebook



def tell(notebook, comment):
    """Put an instructor's comment where nbgrader's formgrader shows it: at its check, or at the first solution."""
    names = [one.name for one in notebook.comments]
    place = next((one for one in notebook.comments if one.name == comment["check"]), None)
    place = place or (notebook.comments[0] if names else None)
    if place is not None:
        text = comment["text"] if not comment["check"] or place.name == comment["check"] else f"{comment['check']}: {comment['text']}"
        place.manual_comment = " ".join(filter(None, [place.manual_comment, text]))


with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
part = job["gradebook"] + ".part"
shutil.copyfile(os.path.join(job["course"], "gradebook.db"), part)
with Gradebook(f"sqlite:///{part}", job["course_id"]) as gradebook:
    for row in job["rows"]:
        gradebook.update_or_create_student(row["student"])
        if row["status"] == "not handed in" and not row.get("byHand"):
            continue
        gradebook.update_or_create_submission(row["assignment"], row["student"])
        notebook = gradebook.find_submission_notebook(row["assignment"], row["assignment"], row["student"])
        for grade in notebook.grades:
            grade.auto_score = row["points"].get(grade.name, 0)
            grade.needs_manual_grade = False
        for comment in row.get("comments", []):
            tell(notebook, comment)
        # nbgrader has no points of a whole notebook: they go to its first check.
        if row.get("extra") and notebook.grades:
            notebook.grades[0].extra_credit = row["extra"]
        gradebook.db.commit()
os.replace(part, job["gradebook"])
