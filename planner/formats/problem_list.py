"""The list of problems as a file to hand to whoever can mend them: places and sentences, and no value of any cell."""

import csv
import io
from collections.abc import Iterable

from planner.core.found import Problem
from planner.core.sheet_text import neutral

HEADINGS = ("File", "Sheet", "Row", "Column", "Heading", "What", "Sentence", "Outcome")


def problem_list(problems: Iterable[Problem]) -> str:
    """The problems as CSV, by place. A sentence stands only beside a problem of a cell: others may name a child or a worker."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in problems:
        row = "" if one.row is None else str(one.row)
        sentence = one.message if one.column else ""
        cells = (one.file, one.sheet, row, one.column, one.heading, one.code.replace("-", " "), sentence, one.outcome)
        writer.writerow([neutral(cell) for cell in cells])
    return text.getvalue()
