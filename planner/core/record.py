"""What every record of a workspace is."""

from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Anything a workspace stores; `id` is 32 hex digits, or the name of a setting."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Record):
    """A record that a source may have too: `source_ids` are its ids there, each as format, table and id (`ssd cp_visits 12`).

    Several, where the source has one thing in several of its tables; none for what stands only here.
    """

    source_ids: tuple[str, ...] = ()


AnyRecord = TypeVar("AnyRecord", bound=Record)
