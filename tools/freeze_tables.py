"""Write the record tables as they are now into the first migration; only while no version has been released.

Run: python -m tools.freeze_tables
"""

import textwrap
from datetime import date, datetime, time
from pathlib import Path

from planner.core.records import RECORDS
from planner.store.cells import fields_of
from planner.store.migrating import SCRIPTS

FIRST = Path(SCRIPTS) / "versions" / "revision_0001.py"
WORDS = {str: "text", int: "integer", bool: "truth", date: "day", time: "time", datetime: "moment", tuple: "text"}


def table_lines() -> str:
    """The record tables, a line for each: its name, then its columns with their types, `?` where they may be empty."""
    lines = []
    for kind in RECORDS:
        columns = [f"{field.name}:{WORDS[field.plain]}{'?' if field.optional else ''}" for field in fields_of(kind).values()]
        lines.append(textwrap.fill(" ".join([kind, *columns]), 120, subsequent_indent="    ", break_on_hyphens=False))
    return "\n".join(lines)


def main() -> None:
    """Replace the text between the marks of the migration."""
    text = FIRST.read_text(encoding="utf-8")
    before, rest = text.split('RECORD_TABLES = """\n')
    after = rest.split('"""', 1)[1]
    FIRST.write_text(f'{before}RECORD_TABLES = """\n{table_lines()}\n"""{after}', encoding="utf-8")


if __name__ == "__main__":
    main()
