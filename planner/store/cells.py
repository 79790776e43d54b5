"""A record's fields as cells: canonical JSON text, the one form in which the journal keeps and hashes a value."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime, time
from functools import cache, partial
from itertools import repeat
from json.encoder import encode_basestring
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from planner.core.records import RECORDS, Record

DELETED = "_deleted"
"""The cell that says a row is deleted; no record has it as a field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record kind: its plain type (`tuple` for tuples), whether it may be None, and its default."""

    name: str
    plain: type
    optional: bool
    default: Any


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """The fields of a kind of record but its id, in order."""
    record = RECORDS[kind]
    hints = get_type_hints(record)
    return {
        field.name: _field(field.name, hints[field.name], None if field.default is MISSING else field.default)
        for field in fields(record)
        if field.name != "id"
    }


def _field(name: str, hint: Any, default: Any) -> Field:
    choices = [choice for choice in get_args(hint) if choice is not NoneType] if get_origin(hint) is not tuple else []
    optional = NoneType in get_args(hint)
    inner = choices[0] if optional else hint
    return Field(name, get_origin(inner) or inner, optional, default)


def _moment_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted: Callable[[str], str] = encode_basestring
_ENCODERS: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    time: time.isoformat,
    datetime: _moment_text,
}
_DECODERS: dict[type, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
    tuple: tuple,
}


def encoded(value: Any) -> str:
    """The canonical text of a value: JSON, dates and times as ISO text, moments in UTC."""
    # The commonest kinds go past the general encoder, which takes ten times as long to set itself up.
    if type(value) is str:
        return _quoted(value)
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is tuple:
        return listed(value)
    encoder = _ENCODERS.get(type(value))
    return _JSON(value if encoder is None else encoder(value))


def listed(values: tuple[Any, ...]) -> str:
    """The canonical text of a tuple; most are of texts alone."""
    try:
        return f"[{','.join(map(_quoted, values))}]"
    except TypeError:
        return _JSON(values)


def decoded(field: Field, text: str) -> Any:
    """The value of a field from its canonical text."""
    # What is quoted and has no backslash says itself.
    value = text[1:-1] if text[0] == '"' and "\\" not in text else json.loads(text)
    decoder = _DECODERS.get(field.plain)
    return value if value is None or decoder is None else decoder(value)


@cache
def defaults_of(kind: str) -> dict[str, str]:
    """The canonical text of each field's default."""
    return {name: encoded(field.default) for name, field in fields_of(kind).items()}


def stated_cells(kind: str, record: Record) -> dict[str, str]:
    """The cells of a record that differ from their defaults; an insertion writes every column, these in so many words."""
    found = {}
    for name, field in fields_of(kind).items():
        value = getattr(record, name)
        if value != field.default:
            found[name] = encoded(value)
    return found


def changed_cells(kind: str, before: Record, after: Record) -> dict[str, str]:
    """The cells of `after` that differ from `before`."""
    found = {}
    for name in fields_of(kind):
        value = getattr(after, name)
        if value != getattr(before, name):
            found[name] = encoded(value)
    return found


def record_of(kind: str, row: str, texts: Mapping[str, str]) -> Record:
    """The record of these cells; a cell that is not named has its default, one this version does not know is left out."""
    known = fields_of(kind)
    values = {name: decoded(known[name], text) for name, text in texts.items() if name in known}
    return RECORDS[kind](id=row, **values)


def records_inserted(kind: str, lines: Mapping[str, tuple[str, str]]) -> dict[str, Record]:
    """As `record_of`, many at once: the records of insertions, by row, each given as its columns and their texts in lines."""
    by_columns: dict[str, list[str]] = defaultdict(list)
    for row, (columns, _) in lines.items():
        by_columns[columns].append(row)
    found: dict[str, Record] = {}
    for columns, rows in by_columns.items():
        texts = zip(*(lines[row][1].split("\n") for row in rows), strict=True)
        told = dict(zip(columns.split(" "), texts, strict=True)) if columns else {}
        cells = (
            map(cache(partial(decoded, field)), told[name]) if name in told else repeat(field.default)
            for name, field in fields_of(kind).items()
        )
        found |= zip(rows, records_of_cells(kind, zip(rows, *cells, strict=False)), strict=True)
    return found


def records_of_cells(kind: str, rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
    """The records of these rows: the id and every field, in order.

    Each is filled slot by slot: all fields are there, so the checks and defaults of the constructor have nothing to add, and
    take twice as long.
    """
    record = RECORDS[kind]
    setters = [getattr(record, name).__set__ for name in ("id", *fields_of(kind))]
    for row in rows:
        made = object.__new__(record)
        for set_field, value in zip(setters, row, strict=True):
            set_field(made, value)
        yield made
