"""How fast an SSD extract is imported, beside the bare read of the same files by pandas and by csv, in the same run.

    PYTHONPATH=. python benchmarks/import.py [--largest 10000] [--annex-a]

Invented children: the whole of the larger sample project with about eight visits each, and for more of them the same again
under other ids. Ours is all of it, end to end: read in a process apart, looked at, imported as one step into a real
encrypted file and committed, then imported again to nothing. The peers only read the files into memory. With `--annex-a`
an Annex A workbook is measured too, beside the bare read by python-calamine.
"""

import argparse
import csv
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import pandas as pd
from python_calamine import CalamineWorkbook

from planner.actions.imports import import_found, preview
from planner.actions.samples import sample_records
from planner.actions.workspace import Workspace
from planner.core.records import Person
from planner.formats.apart import read_apart
from planner.formats.choosing import FORMATS
from planner.formats.ssd_writing import write
from planner.store.keys import Cost
from tools.ssd_extract import many, sample_tables

SIZES = (1_200, 10_000)
TARGETS = {1_200: 3.0, 10_000: 20.0}
PASSPHRASE = "violet kettle morning"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, and of processor time, processes apart included: on a busy computer only the second says much."""

    clock: float
    processor: float

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.clock + other.clock, self.processor + other.processor)


def timed(call: Callable[[], Answer]) -> tuple[Answer, Taken]:
    """What a call answers, and how long it took."""
    began, worked = perf_counter(), sum(os.times()[:4])
    answer = call()
    return answer, Taken(perf_counter() - began, sum(os.times()[:4]) - worked)


def row(what: str, taken: Taken, peer: Taken | None = None, target: float = 0.0) -> None:
    """Print one figure, as a ratio to the peer where there is one."""
    ratio = f"{taken.processor / peer.processor:8.1f} times the peer" if peer else ""
    aim = f"   at most {target:g} s" if target else ""
    print(f"  {what:<48}{taken.clock:8.2f} s{taken.processor:8.2f} s CPU{ratio}{aim}")


def with_pandas(path: Path) -> int:
    """Read every table of a zip to a frame; the rows there are."""
    with zipfile.ZipFile(path) as archive:
        return sum(len(pd.read_csv(archive.open(name), dtype=str)) for name in archive.namelist())


def with_csv(path: Path) -> int:
    """Read every table of a zip to lists; the rows there are, headings included."""
    with zipfile.ZipFile(path) as archive:
        texts = (io.StringIO(archive.read(name).decode()) for name in archive.namelist())
        return sum(len(list(csv.reader(text))) for text in texts)


def with_calamine(path: Path) -> int:
    """Read every sheet of a workbook to lists; the rows there are."""
    workbook = CalamineWorkbook.from_path(str(path))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def a_workspace(path: Path) -> Workspace:
    """An empty encrypted file whose key costs next to nothing."""
    return Workspace.create(
        path,
        PASSPHRASE,
        name="Benchmark",
        person=Person(id="f" * 32, name="Sample Maker"),
        device_name="here",
        clock=lambda: datetime.now(UTC),
        cost=Cost(memory_kib=64, passes=1, lanes=1),
    )


def measure(format: Any, source: Path, folder: Path, peer: Taken, target: float) -> None:
    """Read, look at, import, take back and import again."""
    workspace = a_workspace(folder / f"{source.stem}.planner")
    found, reading = timed(lambda: read_apart(format, source))
    as_at = found.as_at
    assert as_at is not None
    seen, looking = timed(lambda: preview(workspace.snapshot, found, as_at))
    _, saving = timed(lambda: workspace.perform("Import", import_found, found, as_at, seen=seen).result())
    again, nothing = timed(lambda: workspace.perform("Import", import_found, found, as_at).result().result)
    assert not again.added
    assert not again.changed
    row("read in a process apart", reading, peer)
    row("what it would do", looking, peer)
    row("imported as one step and committed", saving, peer)
    row("end to end", reading + looking + saving, peer, target)
    row("the same file again, which changes nothing", nothing, peer)
    print(f"  {sum(seen.added.values()):,} records of {len(found.children):,} children")
    workspace.close()


def main() -> None:
    """Measure each size up to the largest asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="leave out sizes above this many children")
    parser.add_argument("--annex-a", action="store_true", help="measure an Annex A workbook of 1,200 children too")
    options = parser.parse_args()
    sample = sample_records("newcastle", whole=True)
    tables = sample_tables(sample.records, sample.today)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (size for size in SIZES if size <= options.largest):
            source = folder / f"{size}.zip"
            write(many(tables, size), source)
            print(f"SSD extract of {size:,} children")
            lines, bare = timed(lambda source=source: with_csv(source))
            row(f"csv.reader, bare read of {lines:,} rows", bare)
            _, peer = timed(lambda source=source: with_pandas(source))
            row("pandas.read_csv, bare read (the peer)", peer)
            measure(FORMATS[1], source, folder, peer, TARGETS[size])
        if options.annex_a:
            from tests.helpers.annex_a_workbook import a_service, write_workbook

            book = write_workbook(folder / "annex a.xlsx", a_service(1_200))
            print("Annex A workbook of 1,200 children")
            _, peer = timed(lambda: with_calamine(book))
            row("python-calamine, bare read (the peer)", peer)
            measure(FORMATS[0], book, folder, peer, TARGETS[1_200])


if __name__ == "__main__":
    main()
