"""The records of a project as they are drawn, each with an id in order of writing."""

from hashlib import sha256
from typing import TypeVar

from planner.core.records import Record

Kind = TypeVar("Kind", bound=Record)


class Book:
    """Everything written so far, by id."""

    def __init__(self, name: str) -> None:
        self.prefix = sha256(f"sample project {name}".encode()).hexdigest()[:12]
        self.records: dict[str, Record] = {}

    def put(self, kind: type[Kind], /, **fields: object) -> Kind:
        """Write a new record and return it."""
        record = kind(id=f"{self.prefix}{len(self.records) + 1:020x}", **fields)
        self.records[record.id] = record
        return record

    def keep(self, record: Record) -> None:
        """Write a record that has its id, in place of the one that had it."""
        self.records[record.id] = record

    def all(self, kind: type[Kind]) -> list[Kind]:
        """The records of one kind in order of writing."""
        return [record for record in self.records.values() if isinstance(record, kind)]
