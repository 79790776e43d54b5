"""Tables in the shape of an SSD extract, with invented children, written for tests."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planner.formats.ssd_tables import TABLES

AS_AT = date(2026, 11, 20)
START = date(2026, 9, 1)
Rows = Sequence[Mapping[str, Any]]


def a_child(reference: str = "70001", **tables: Rows) -> dict[str, Rows]:
    """One child with an open episode and a worker, and whatever other tables say of it; rows get the child's id."""
    own: dict[str, Rows] = {
        "person": [{"forename": "Ivy", "surname": "Invented", "born": date(2015, 5, 4)}],
        "cin_episodes": [{"start": START, "nfa": "N", "source": "6", "team": "T1"}],
        "involvements": [{"worker": "P1", "role": "ALLOCATED CASE WORKER", "start": START, "team": "T1"}],
    } | tables
    filled: dict[str, Rows] = {name: [{"person": reference} | dict(row) for row in rows] for name, rows in own.items()}
    return filled | {
        "professionals": [
            {"id": "P1", "name": "Lou Invented", "swe": "SW12345"},
            {"id": "P2", "name": "Max Invented", "swe": "SW2"},
        ],
        "department": [{"id": "T1", "name": "Locality"}],
    }


def csv_text(name: str, rows: Rows, *, renamed: Mapping[str, str] | None = None, without: Sequence[str] = ()) -> str:
    """A table as CSV; rows by the keys the planner reads them under, ids made where there are none."""
    table = TABLES[name]
    fields = [field for field in table.fields if field.key not in without]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([(renamed or {}).get(field.key, table.heading(field)) for field in fields])
    for number, row in enumerate(rows, start=1):
        given = {"id": f"{name}-{number}"} | dict(row)
        writer.writerow([_cell(given.get(field.key)) for field in fields])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, date):
        return f"{value.isoformat()} 00:00:00.000"
    return "NULL" if value is None else str(value)


def write_extract(folder: Path, tables: Mapping[str, Rows], encoding: str = "utf-8") -> Path:
    """Write tables to a folder of CSV files, or to a zip where the name says so."""
    files = {f"{TABLES[name].title}.csv": csv_text(name, rows).encode(encoding) for name, rows in tables.items()}
    if folder.suffix == ".zip":
        with zipfile.ZipFile(folder, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return folder
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
