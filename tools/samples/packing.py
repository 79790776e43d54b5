"""A sample project packed for the product: tables by column, days counted from the first, ids counted in order."""

import json
import lzma
from collections import defaultdict
from dataclasses import fields
from datetime import date, time
from typing import Any

from planner.core.records import KINDS, Record


def written(records: list[Record], prefix: str, origin: date, head: dict[str, Any]) -> bytes:
    """The records as the JSON that `actions.samples` reads; a column in which every value is the default is left out."""
    tables: dict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        tables[type(record)].append(record)
    columns = {KINDS[kind]: _columns(rows, prefix, origin) for kind, rows in tables.items()}
    text = json.dumps({**head, "prefix": prefix, "origin": origin.isoformat(), "tables": columns}, separators=(",", ":"))
    return text.encode()


def packed(text: bytes) -> bytes:
    """The JSON compressed, as it ships."""
    return lzma.compress(text, format=lzma.FORMAT_XZ, check=lzma.CHECK_SHA256, preset=9 | lzma.PRESET_EXTREME)


def _columns(rows: list[Record], prefix: str, origin: date) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for field in fields(rows[0]):
        values = [getattr(row, field.name) for row in rows]
        if any(value != field.default for value in values):
            columns[field.name] = _column(values, prefix, origin)
    return columns


def _column(values: list[Any], prefix: str, origin: date) -> list[Any]:
    """How the values are written, and the values: days and ids as numbers, times as minutes; None stays None."""
    present = [value for value in values if value not in (None, "", ())]
    if any(isinstance(value, date) for value in present):
        return ["days", [None if value is None else (value - origin).days for value in values]]
    if any(isinstance(value, time) for value in present):
        return ["minutes", [None if value is None else value.hour * 60 + value.minute for value in values]]
    if any(isinstance(value, tuple) for value in present):
        are_ids = any(_is_id(one, prefix) for value in present for one in value)
        return ["id lists" if are_ids else "lists", [[_numbered(one, prefix) for one in value] for value in values]]
    if any(_is_id(value, prefix) for value in present):
        return ["ids", [_numbered(value, prefix) for value in values]]
    return ["plain", values]


def _is_id(value: Any, prefix: str) -> bool:
    return isinstance(value, str) and len(value) == 32 and value.startswith(prefix)


def _numbered(value: Any, prefix: str) -> Any:
    """The number of an id; anything else as it is."""
    return int(value[len(prefix) :], 16) if _is_id(value, prefix) else value
