"""What is owed on a day, under which rule, and why; the one definition of overdue."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty: one subject, one rule, the record that started it and the record it counts from.

    `due` is a date, a local date and time where the rule counts hours, or None (a clock with no start, or a check).
    `started_by` and `counts_from` are record ids, or a name of the fact where there is no record.
    """

    id: str
    subject: str
    subject_id: str
    rule: str
    kind: str
    due: date | datetime | None
    book_by: date | None
    state: str
    started_by: str
    counts_from: str
    last: date | None = None
