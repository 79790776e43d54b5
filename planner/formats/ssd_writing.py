"""Writes SSD tables: what a workspace holds, as an extract in the shape of the standard safeguarding dataset."""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.core.records import Child, Team, Worker
from planner.core.snapshot import Snapshot
from planner.formats.ssd_tables import TABLES
from planner.formats.ssd_written import Tables, Written
from planner.formats.ssd_written_child import write_child

ZIPPED_ON = (2026, 11, 20, 18, 0, 0)
FULL_WEEK = 370


def tables_of(snapshot: Snapshot, as_at: date, recorded_only: bool = False) -> Tables:
    """The tables of everything known on a day; what is later is not there.

    With `recorded_only` they are as the case system would have them: without what is not yet recorded in it.
    """
    written = Written(snapshot, as_at, recorded_only)
    for child in sorted(snapshot.all(Child).values(), key=lambda child: child.reference):
        write_child(written, child)
    _write_staff(written)
    return written.tables


def _write_staff(written: Written) -> None:
    """The workers and the teams."""
    for worker_id, worker in sorted(written.snapshot.all(Worker).items()):
        written.put(
            "professionals",
            worker,
            id=written.staff(worker_id),
            staff=written.staff(worker_id),
            name=worker.name,
            swe=worker.swe_number,
            job=worker.role.capitalize(),
            team=written.team(worker.team_id),
            full_time=f"{min(sum(worker.pattern) / FULL_WEEK, 1):.2f}",
            agency=bool(worker.supplier),
        )
    for team_id, team in sorted(written.snapshot.all(Team).items()):
        written.put("department", team, id=written.team(team_id), name=team.name)


def csv_files(tables: Tables) -> Mapping[str, bytes]:
    """Each table as a CSV file in UTF-8, by its name."""
    found = {}
    for name, rows in tables.items():
        table = TABLES[name]
        text = io.StringIO()
        writer = csv.DictWriter(text, [table.heading(field) for field in table.fields], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
        found[f"{table.title}.csv"] = text.getvalue().encode()
    return found


def zipped(tables: Tables) -> bytes:
    """The tables as a zip; the same tables always give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in csv_files(tables).items():
            archive.writestr(zipfile.ZipInfo(name, ZIPPED_ON), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def write(tables: Tables, out: Path) -> None:
    """Write an extract to a folder, or to a zip where the name says so."""
    if out.suffix.casefold() == ".zip":
        out.write_bytes(zipped(tables))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, data in csv_files(tables).items():
        (out / name).write_bytes(data)
