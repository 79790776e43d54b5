"""What an import comes to, row by row, and the records it would put; the preview and the step are made from the same one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from planner.core.date_words import plain_date
from planner.core.found import Problem
from planner.core.records import KINDS, Child, Record
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One line of the preview. `kind` is `new`, `changed`, `same`, `duplicate`, `refused` or `ask`.

    `about` is a child's reference or a worker's or team's name; `what` the kind of record in words; for a change `field`,
    `before` and `after` say which. `place` is the row of the source. `put` is the kind and id of the record the line would
    put, and `code` that of the problem the line tells of.
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


@dataclass(slots=True)
class Ledger:
    """Gathers records to put and the rows that tell of them. `before` is the day the workspace's figures spoke of until now."""

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

    def add(self, record: Record, about: str, place: str, words: str) -> None:
        """A record that was not here."""
        kind = KINDS[type(record)]
        self.puts[type(record), record.id] = record
        self.names[record.id] = str(getattr(record, "name", ""))
        self.added[kind] += 1
        self.rows.append(PreviewRow(kind="new", what=WORDS[kind], about=about, place=place, after=words, put=(kind, record.id)))

    def change(self, before: Record, after: Record, about: str, place: str, message: str = "") -> None:
        """A record that is here and now says something else; nothing where it does not."""
        if before == after:
            self.keep()
            return
        kind = KINDS[type(before)]
        if (type(before), before.id) not in self.puts:
            self.changed[kind] += 1
        self.puts[type(after), after.id] = after
        for name in before.__dataclass_fields__:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
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

    @property
    def has_names(self) -> bool:
        """Whether children's names may be kept here: the council's choice."""
        return self.snapshot.setting(NAMES_ALLOWED) == "yes"

    def is_own(self, child: Child) -> bool:
        """Whether a child here came from this kind of source."""
        return child.source.partition(" ")[0] == self.format

    def words(self, name: str, value: object) -> str:
        """A field's value for a person: dates in words, ids as the names they stand for."""
        if isinstance(value, date):
            return plain_date(value)
        if name.endswith("_id") and isinstance(value, str):
            return self._named(value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return "" if value is None else str(value)

    def _named(self, row: str) -> str:
        if row in self.names:
            return self.names[row]
        for kind in KINDS:
            if "name" in kind.__dataclass_fields__ and (found := self.snapshot.find(kind, row)) is not None:
                return str(getattr(found, "name", ""))
        return ""


def _field_words(name: str) -> str:
    """A record's field for a person: `ended_on` is `ended on`."""
    return name.removesuffix("_id").replace("_", " ")
