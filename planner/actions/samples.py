"""The sample projects: fixed data sets of invented children and workers, read from the resources and put into a workspace."""

import json
import lzma
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from planner.actions.workspace import Clock, Workspace
from planner.core.errors import Refused
from planner.core.records import RECORDS, Person, Record
from planner.paths import resource
from planner.store.keys import DEFAULT_COST, Cost

SAMPLE_PASSPHRASE = "only invented children"
"""Sample projects hold nothing real, so their passphrase is no secret."""
SAMPLES = {"southampton": "Southampton sample project", "newcastle": "Newcastle sample project"}
"""The sample projects by the name a person types."""


@dataclass(frozen=True, slots=True)
class SampleData:
    """A sample project: its records, the day it takes for today, and the person who works in it."""

    records: tuple[Record, ...]
    today: date
    person: Person
    title: str


def sample_records(name: str, whole: bool = False) -> SampleData:
    """A sample project up to a Monday in its middle, or `whole` on its last day. Raises Refused for an unknown name."""
    if name not in SAMPLES:
        raise Refused(f"There is no sample project “{name}”. Choose southampton or newcastle.")
    data = json.loads(lzma.decompress(resource(f"samples/{name}{'-whole' if whole else ''}.json.xz").read_bytes()))
    unpacking = _Unpacking(data["prefix"], date.fromisoformat(data["origin"]))
    records = [record for kind, columns in data["tables"].items() for record in unpacking.rows(RECORDS[kind], columns)]
    person = next(record for record in records if isinstance(record, Person))
    return SampleData(tuple(records), date.fromisoformat(data["today"]), person, data["title"])


def sample_workspace(
    path: Path,
    name: str,
    *,
    device_name: str,
    clock: Clock,
    whole: bool = False,
    passphrase: str = SAMPLE_PASSPHRASE,
    cost: Cost = DEFAULT_COST,
) -> Workspace:
    """Make a workspace of a sample project at a path where there is none. Raises as `Workspace.create` does."""
    sample = sample_records(name, whole)
    return Workspace.create(
        path,
        passphrase,
        name=sample.title,
        person=sample.person,
        device_name=device_name,
        clock=clock,
        cost=cost,
        records=sample.records,
    )


class _Unpacking:
    """Makes records of the columns of a sample file: days are counted from its first, ids in order of writing."""

    def __init__(self, prefix: str, origin: date) -> None:
        self.prefix = prefix
        self.origin = origin

    def rows(self, kind: type[Record], columns: dict[str, list[Any]]) -> list[Record]:
        """The records of one table; a column that is not there holds the field's default."""
        names = tuple(columns)
        values = [self._values(written_as, column) for written_as, column in columns.values()]
        return [kind(**dict(zip(names, row, strict=True))) for row in zip(*values, strict=True)]

    def _values(self, written_as: str, column: list[Any]) -> list[Any]:
        if written_as == "days":
            days = {number: self.origin + timedelta(days=number) for number in set(column) if number is not None}
            return [days.get(number) for number in column]
        if written_as == "minutes":
            return [None if minutes is None else time(*divmod(minutes, 60)) for minutes in column]
        if written_as == "ids":
            return [self._id(number) for number in column]
        if written_as == "id lists":
            return [tuple(self._id(number) for number in numbers) for numbers in column]
        return [tuple(value) for value in column] if written_as == "lists" else column

    def _id(self, number: int | str | None) -> Any:
        return f"{self.prefix}{number:020x}" if isinstance(number, int) else number
