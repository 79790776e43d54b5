"""SSD tables while they are written: rows with their ids, and what of a workspace was known on the day they speak of."""

from datetime import date
from typing import TypeVar

from planner.core.records import Allocation, Case, Child, Event, LegalStatus, Placement, PlanSpell, Record, Sourced, Team, Worker
from planner.core.sheet_text import neutral
from planner.core.snapshot import Snapshot
from planner.formats.ssd_tables import TABLES

Row = dict[str, str]
Tables = dict[str, list[Row]]
Period = TypeVar("Period", PlanSpell, LegalStatus, Placement, Allocation)
Known = tuple[Period, date, date | None]
"""A period that had begun: the record, its start, and its end as far as that had come."""

_OWN_ID = 16
"""So much of a record's id is its id in a table, where the source it came from gave it none."""


class Written:
    """The tables of what was known on a day; with `recorded_only` without visits that the case system does not have yet."""

    def __init__(self, snapshot: Snapshot, as_at: date, recorded_only: bool) -> None:
        self.snapshot = snapshot
        self.as_at = as_at
        self.recorded_only = recorded_only
        self.tables: Tables = {name: [] for name in TABLES}

    def put(self, table_name: str, record: Record, /, **values: object) -> str:
        """A row that comes of a record, by the keys it is read under; answers its id."""
        table = TABLES[table_name]
        given: dict[str, object] = {"id": self.id_of(table_name, record)} | values
        self.tables[table_name].append({table.heading(field): _cell(given.get(field.key)) for field in table.fields})
        return str(given["id"])

    def id_of(self, table_name: str, record: Record | None) -> str:
        """A record's id in a table, the source's own where it came from one; nothing for no record."""
        if record is None:
            return ""
        before = f"ssd {table_name} "
        sources = record.source_ids if isinstance(record, Sourced) else ()
        return next((one.removeprefix(before) for one in sources if one.startswith(before)), record.id[-_OWN_ID:])

    def staff(self, worker_id: str) -> str:
        """A worker's id in the tables."""
        return self.id_of("professionals", self.snapshot.find(Worker, worker_id))

    def team(self, team_id: str) -> str:
        """A team's id in the tables."""
        return self.id_of("department", self.snapshot.find(Team, team_id))

    def periods(self, kind: type[Period], child: Child) -> list[Known[Period]]:
        """The periods of a child that had begun by the day."""
        found = self.snapshot.by(kind, "child_id", child.id)
        return [(one, one.start, self._ended(one.end)) for one in found if one.start is not None and one.start <= self.as_at]

    def spells(self, child: Child, plan: str) -> list[Known[PlanSpell]]:
        """The periods of a child on one plan."""
        return [known for known in self.periods(PlanSpell, child) if known[0].plan == plan]

    def cases(self, child: Child) -> list[tuple[Case, date, date | None]]:
        """The times of work with a child that had begun by the day."""
        found = self.snapshot.by(Case, "child_id", child.id)
        return [
            (case, case.received_on, self._ended(case.ended_on))
            for case in found
            if case.received_on is not None and case.received_on <= self.as_at
        ]

    def held(self, child: Child, *names: str) -> list[tuple[Event, date]]:
        """What happened to a child by the day, of some names, oldest first."""
        events = self.snapshot.by(Event, "child_id", child.id)
        return [
            (event, event.on)
            for event in events
            if event.event in names and event.status == "held" and event.on is not None and event.on <= self.as_at
        ]

    def _ended(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.as_at else None

    def team_on(self, child: Child, on: date) -> str:
        """The id of the team that had the child's case on a day; nothing where none was open."""
        case = self.snapshot.case(child.id, on)
        return self.team(self.snapshot.team_of(case, on)) if case is not None else ""

    def lead_on(self, child: Child, on: date) -> str:
        """The id of the worker who led on a day."""
        lead = self.snapshot.lead(child.id, on)
        return self.staff(lead.worker_id) if lead is not None else ""


def covering(periods: list[Known[Period]], on: date) -> Period | None:
    """The period that held on a day, the last to begin of several; its last day counts."""
    return next((one for one, start, end in reversed(periods) if start <= on and (end is None or on <= end)), None)


def _cell(value: object) -> str:
    """A value as a database writes it, safe for a spreadsheet."""
    if value is None or value == "":
        return "NULL"
    if isinstance(value, bool):
        return "Y" if value else "N"
    return f"{value.isoformat()} 00:00:00.000" if isinstance(value, date) else neutral(str(value))
