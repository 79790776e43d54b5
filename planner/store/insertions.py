"""Many new rows at once: the texts of their cells, the operations that insert them, and their tables' rows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import compress
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Dialect

from planner.core.records import Child, Record
from planner.store.bulk import Writing, ready_columns
from planner.store.cells import Field, encoded, fields_of, listed
from planner.store.lines import Content, Lines, Who
from planner.store.operations import INSERT
from planner.store.projection import ready_records, values_of
from planner.store.schema import operation as operation_table


class Stating:
    """Says records in the canonical texts of their cells, a column of many at once."""

    def __init__(self) -> None:
        self._text_of: dict[type, Callable[[Any], str]] = {str: encode_basestring, date: cache(encoded), tuple: listed}

    def stated(self, kind: str, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
        """For each record the columns that an insertion of it states, and their texts, as an operation's line has them."""
        fields = fields_of(kind)
        names = sorted(fields)
        for texts in zip(*(self._column(fields[name], values_of(records, name)) for name in names), strict=True):
            yield " ".join(compress(names, texts)), "\n".join(filter(None, texts))

    def _column(self, field: Field, values: Sequence[Any]) -> Sequence[str | None]:
        """The canonical texts of a column; None where a value is the default, which an insertion does not state."""
        default, kinds = field.default, set(map(type, values))
        defaults = values.count(default)
        if defaults == len(values):
            return [None] * defaults
        texts = list(map(self._text_of.get(kinds.pop(), encoded) if len(kinds) == 1 else encoded, values))
        return [None if value == default else text for value, text in zip(values, texts, strict=True)] if defaults else texts


def ready_insertions(dialect: Dialect, lines: Lines, who: Who, stating: Stating, kind: str, records: Sequence[Record]) -> Writing:
    """What writes new rows, of which there are some, with an operation for each."""
    columns, texts = zip(*stating.stated(kind, records), strict=True)
    children, teams = zip(*map(about, records), strict=True)
    content = Content(values_of(records, "id"), children, teams, columns, texts)
    journalled = ready_columns(dialect, operation_table, lines.made(who, INSERT, kind, content))
    projected = ready_records(dialect, kind, records)

    def write(connection: Connection) -> None:
        journalled(connection)
        projected(connection)

    return write


def about(record: Record) -> tuple[str, str]:
    """The child and the team that a record speaks of, where it names them."""
    child = record.id if isinstance(record, Child) else getattr(record, "child_id", "")
    return child, getattr(record, "team_id", "")
