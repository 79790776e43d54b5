"""What every record of a workspace is."""

from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Anything a workspace stores; `id` is 32 hex digits, or the name of a setting."""

    id: str


AnyRecord = TypeVar("AnyRecord", bound=Record)
