"""What an import comes to, row by row, and the records it would put; the preview and the step are made from the same one."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, cast

from planner.core.codes import ALLOCATION_ROLES, EVENTS, LEGAL_STATUSES, PLACEMENT_TYPES, PLANS
from planner.core.date_words import plain_date
from planner.core.found import FoundChild, Problem
from planner.core.records import (
    KINDS,
    Allocation,
    AnyRecord,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Sighting,
    SourceRead,
    Visit,
)
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import NAMES_ALLOWED

WORDS = {
    "child": "child",
    "case": "case",
    "plan_spell": "plan",
    "legal_status": "legal status",
    "placement": "placement",
    "event": "event",
    "visit": "visit",
    "sighting": "visit",
    "allocation": "allocation",
    "worker": "worker",
    "team": "team",
}
"""What a person calls each kind of record that an import writes."""


_TITLES: dict[type[Record], tuple[str, dict[str, str]]] = {
    PlanSpell: ("plan", PLANS),
    LegalStatus: ("code", LEGAL_STATUSES),
    Placement: ("type", PLACEMENT_TYPES),
    Event: ("event", EVENTS),
}
"""The field by which records of a kind are named, and the words of its codes."""

_UNTOLD = frozenset(("source_ids", "visit_id"))
"""Fields whose change is nothing to a person."""


class PreviewRow(NamedTuple):
    """One line of the preview. `kind` is `new`, `changed`, `same`, `duplicate`, `refused` or `ask`.

    `about` is a child's reference or a worker's or team's name; `what` the kind of record in words; for a change `field`,
    `before` and `after` say which. `place` is the row of the source. `put` is the kind and id of the record the line would
    put, `of` names that record (`Assessment`), and `code` is that of the problem the line tells of; `cell` is the key by which
    the cell it tells of can be corrected.
    """

    kind: str
    what: str
    about: str
    place: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    message: str = ""
    code: str = ""
    put: tuple[str, str] = ("", "")
    of: str = ""
    cell: str = ""


@dataclass(slots=True)
class Ledger:
    """Gathers records to put and the rows that tell of them. `before` is the day the workspace's figures spoke of until now.

    `told` are the source's children; `taken_apart` what was made of a visit to several of whom some had it on another day.
    """

    snapshot: Snapshot
    source: str
    format: str
    as_at: date
    before: date | None
    new_id: Callable[[], str]
    puts: dict[tuple[type[Record], str], Record] = field(default_factory=dict)
    rows: list[PreviewRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    assumed: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    same: int = 0
    names: dict[str, str] = field(default_factory=dict)
    told: Sequence[FoundChild] = ()
    taken_apart: dict[tuple[str, date], Visit] = field(default_factory=dict)
    _days_there: dict[str, date] = field(default_factory=dict)
    _first_there: date | None = None

    def add(self, record: Record, about: str, place: str, words: str) -> None:
        """A record that was not here."""
        kind = KINDS[type(record)]
        self.puts[type(record), record.id] = record
        if name := getattr(record, "name", ""):
            self.names[record.id] = name
        self.added[kind] += 1
        self.rows.append(PreviewRow(kind="new", what=WORDS[kind], about=about, place=place, after=words, put=(kind, record.id)))

    def change(self, before: Record, after: Record, about: str, place: str, message: str = "") -> None:
        """A record that is here and now says something else; nothing where it does not."""
        if before == after:
            self.keep()
            return
        kind = KINDS[type(before)]
        differing = [name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
        told = [name for name in differing if name not in _UNTOLD]
        if told and (type(before), before.id) not in self.puts:
            self.changed[kind] += 1
        if not told:
            self.keep()
        self.puts[type(after), after.id] = after
        for name in told:
            old, new = getattr(before, name), getattr(after, name)
            row = PreviewRow(
                kind="changed",
                what=WORDS[kind],
                about=about,
                place=place,
                field=_field_words(name),
                before=self.words(name, old),
                after=self.words(name, new),
                message=message,
                put=(kind, after.id),
                of=self._title(before),
            )
            self.rows.append(row)

    def keep(self) -> None:
        """Something the source says and the workspace has already."""
        self.same += 1

    def note(self, kind: str, what: str, about: str, place: str, message: str, code: str, value: str = "") -> None:
        """Something that needs a person's eye: a row of the preview, and a problem of the receipt."""
        sheet, _, number = place.rpartition(", row ")
        self.rows.append(PreviewRow(kind=kind, what=what, about=about, place=place, message=message, code=code))
        self.problems.append(
            Problem(
                file=self.source,
                sheet=sheet,
                row=int(number) if number.isdigit() else None,
                value=value,
                code=code,
                message=message,
                outcome={"refused": "refused", "ask": "ask"}.get(kind, "accepted"),
            )
        )

    def told_puts(self) -> set[tuple[str, str]]:
        """The kinds and ids of the records whose change a person is told of."""
        return {row.put for row in self.rows if row.put[0]}

    @property
    def has_names(self) -> bool:
        """Whether children's names may be kept here: the council's choice."""
        return self.snapshot.setting(NAMES_ALLOWED) == "yes"

    def now(self, record: AnyRecord) -> AnyRecord:
        """A record that is here, as this import leaves it so far."""
        return cast("AnyRecord", self.puts.get((type(record), record.id), record))

    def day_there(self, ids: Iterable[str]) -> date | None:
        """The day of the source's visit under one of these ids; None where it tells of none."""
        days = self._visits_there()
        return next((days[one] for one in ids if one in days), None)

    def first_visit_there(self) -> date:
        """The day of the source's oldest visit that has an id; it may hold nothing from before."""
        if self._first_there is None:
            self._first_there = min(self._visits_there().values(), default=date.max)
        return self._first_there

    def _visits_there(self) -> dict[str, date]:
        """The days of all visits of the source by their ids."""
        if not self._days_there:
            visits = (visit for child in self.told for visit in child.visits)
            self._days_there = {one: visit.on for visit in visits for one in visit.source_ids}
        return self._days_there

    def last_read(self) -> date | None:
        """The day a source of this format spoke of last, before this one's; a tracker beside the case system has its own."""
        reads = self.snapshot.all(SourceRead).values()
        days = (read.as_at for read in reads if read.format == self.format and read.as_at is not None)
        return max((day for day in days if day < self.as_at), default=None)

    def is_own(self, child: Child) -> bool:
        """Whether a child here came from this kind of source."""
        return is_of(child, self.format)

    def words(self, name: str, value: object) -> str:
        """A field's value for a person: dates in words, ids as the names they stand for."""
        if isinstance(value, date):
            return plain_date(value)
        if name.endswith("_id") and isinstance(value, str):
            return self._named(value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return "" if value is None else str(value)

    def _title(self, record: Record) -> str:
        """Which plan, event or visit a record is, and whose allocation."""
        if isinstance(record, Sighting):
            visit = self.snapshot.find(Visit, record.visit_id)
            return f"Visit of {plain_date(visit.on)}" if visit is not None and visit.on is not None else ""
        if isinstance(record, Allocation):
            return f"{ALLOCATION_ROLES.get(record.role, record.role)} {self._named(record.worker_id)}".rstrip()
        found = next((one for kind, one in _TITLES.items() if isinstance(record, kind)), None)
        code = str(getattr(record, found[0])) if found is not None else ""
        return found[1].get(code, code) if found is not None else ""

    def _named(self, row: str) -> str:
        if row in self.names:
            return self.names[row]
        for kind in KINDS:
            if "name" in kind.__dataclass_fields__ and (found := self.snapshot.find(kind, row)) is not None:
                return str(getattr(found, "name", ""))
        return ""


def is_of(child: Child, format_: str) -> bool:
    """Whether a child here came from a source of a format."""
    return child.source.partition(" ")[0] == format_


def _field_words(name: str) -> str:
    """A record's field for a person: `ended_on` is `ended on`."""
    return "date" if name == "on" else name.removesuffix("_id").replace("_", " ")
