"""Writes invented SSD extracts: `python -m tools.ssd_extract OUT [--project newcastle] [--whole] [--children N]`.

The children are those of a sample project, as its case system would have them on the Friday before its day; with more
wanted than it has, all of them again under other ids. OUT is a folder, or a file that ends in .zip.
"""

import argparse
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from planner.actions.samples import SAMPLES, sample_records
from planner.core.records import Record
from planner.core.snapshot import Snapshot
from planner.formats.ssd_writing import tables_of, write
from planner.formats.ssd_written import Row, Tables


def many(tables: Tables, children: int) -> Tables:
    """As many children as wanted: the tables' own, then the same again under other ids. Workers and teams stay."""
    order = [row["pers_person_id"] for row in tables["person"]]
    times = -(-children // len(order))
    whose = {row["clae_cla_id"]: row["clae_person_id"] for row in tables["cla_episodes"]}
    wanted = [set(order) if (turn + 1) * len(order) <= children else set(order[: children % len(order)]) for turn in range(times)]
    found: Tables = {name: rows for name, rows in tables.items() if name in ("professionals", "department")}
    for name, rows in tables.items():
        if name not in found:
            found[name] = [
                _again(name, row, turn) for turn in range(times) for row in rows if _person(row, whose) in wanted[turn]
            ]
    return found


def _person(row: Row, whose: Mapping[str, str]) -> str:
    """Whose a row is; a review is that of its period of care."""
    for key, value in row.items():
        if key.endswith("_person_id"):
            return value
    return whose[row["clar_cla_id"]]


def _again(name: str, row: Row, turn: int) -> Row:
    """A row of the copies of a turn: every id but those of workers and teams gets the turn's number."""
    if not turn:
        return row
    return {key: f"{value}-{turn}" if value and _is_own_id(key) else value for key, value in row.items()}


def _is_own_id(key: str) -> bool:
    return key.endswith("_id") and not any(word in key for word in ("worker", "team", "professional", "role"))


def sample_tables(records: Iterable[Record], today: date) -> Tables:
    """The tables of a sample's records on the Friday before its day."""
    return tables_of(Snapshot(records), today - timedelta(days=(today.weekday() - 4) % 7 or 7), recorded_only=True)


def main() -> None:
    """Write one extract and say how many rows it has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--project", choices=sorted(SAMPLES), default="newcastle")
    parser.add_argument("--whole", action="store_true", help="the finished project, on its last day")
    parser.add_argument("--children", type=int, help="how many children; as many as the project has, if not said")
    options = parser.parse_args()
    sample = sample_records(options.project, options.whole)
    tables = sample_tables(sample.records, sample.today)
    if options.children:
        tables = many(tables, options.children)
    write(tables, options.out)
    print(f"{options.out}: {len(tables['person']):,} children, {sum(map(len, tables.values())):,} rows")


if __name__ == "__main__":
    main()
