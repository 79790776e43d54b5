"""A table as comma-separated values, UTF-8 with a mark so that spreadsheets read it as such; no cell can become a formula."""

import csv
import io

from planner.core.sheet_text import neutral
from planner.reports.plain_table import PlainTable


def csv_bytes(table: PlainTable) -> bytes:
    """The lines about the table, an empty line, the headings and the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in (table.title, *table.about):
        writer.writerow([neutral(line)])
    writer.writerow([])
    writer.writerow([neutral(heading) for heading in table.headings])
    writer.writerows([neutral(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")
