"""Takes the answers out of texts: part of what nbgrader does to make the release version."""

import re

from nbgrader.preprocessors import NbGraderPreprocessor

FOLDED = re.compile(r"<details><summary>(?P<title>.*?)</summary>.*?</details>\n*", re.DOTALL)
LATER = "_The answer comes with your marks._\n\n"


class ClearAnswers(NbGraderPreprocessor):
    """In text cells with the tag "answer", what is folded goes, except for hints.

    Model answers of exercises that are graded are tagged so. The others stay: nobody gets points for them.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "markdown" and "answer" in cell.metadata.get("tags", []):
            cell.source = FOLDED.sub(self._without_answer, cell.source).rstrip("\n")
        return cell, resources

    @staticmethod
    def _without_answer(folded):
        return folded[0] if folded["title"].lstrip().startswith("Hint") else LATER
