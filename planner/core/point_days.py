"""When a child reached the agreed transfer points, and when those still ahead are to be expected: one look at its course."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.outlook_rows import OpenCase
from planner.core.records import Event, Placement

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

PLACED = "placement"
AHEAD = timedelta(days=14)
"""So long ahead a point is known of: two weeks' notice."""


@dataclass(slots=True)
class PointDays:
    """The first day on which each thing happened in the open case; and, of what has not, the day it is planned for or owed by."""

    reached: dict[str, date] = field(default_factory=dict)
    expected: dict[str, date] = field(default_factory=dict)


class PointFinder:
    """Finds the days of one outlook's children; what a rule counts is looked up once."""

    def __init__(self, outlook: "Outlook", happenings: frozenset[str]) -> None:
        self.outlook = outlook
        self.happenings = happenings
        self._counted: dict[tuple[str, str], frozenset[str]] = {}

    def days_of(self, case: OpenCase) -> PointDays:
        """The days of a child's open case, up to two weeks from the day looked at."""
        found = PointDays()
        if not self.happenings:
            return found
        since, on = case.case.received_on or date.min, self.outlook.on
        booked: set[str] = set()
        for event in self.outlook.snapshot.by(Event, "child_id", case.child.id):
            if event.event not in self.happenings or event.on is None or event.on < since:
                continue
            if event.status == "held" and event.on <= on:
                found.reached.setdefault(event.event, event.on)
            elif event.status == "planned":
                booked.add(event.event)
                if event.on <= on + AHEAD:
                    found.expected.setdefault(event.event, event.on)
        if PLACED in self.happenings:
            self._placed(case, since, found)
        self._owed(case, since, self.happenings - booked - found.reached.keys(), found)
        return found

    def _placed(self, case: OpenCase, since: date, found: PointDays) -> None:
        for stay in self.outlook.snapshot.by(Placement, "child_id", case.child.id):
            if stay.start is not None and since <= stay.start <= self.outlook.on:
                found.reached.setdefault(PLACED, stay.start)

    def _owed(self, case: OpenCase, since: date, ahead: frozenset[str], found: PointDays) -> None:
        """What nobody has planned is expected on the day by which a rule asks for it."""
        if not ahead:
            return
        for one in self.outlook.owed_to(case.child.id):
            due = one.due_on
            if due is None or one.state == "unknown" or not since <= due <= self.outlook.on + AHEAD:
                continue
            for happening in self._counts(case.team_id, one.rule) & ahead:
                found.expected[happening] = min(due, found.expected.get(happening, due))

    def _counts(self, team_id: str, rule_id: str) -> frozenset[str]:
        key = team_id, rule_id
        if key not in self._counted:
            rule = self.outlook.policy(team_id).ruling(rule_id, (self.outlook.on,), False)
            self._counted[key] = rule.counts.event & self.happenings if rule is not None else frozenset()
        return self._counted[key]
