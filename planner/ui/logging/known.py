"""What typed lines are read against on a desk, made once for every place where lines are typed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from planner.core.candidates import household_of
from planner.core.child_roll import Roll
from planner.core.records import Child
from planner.core.snapshot import Snapshot
from planner.core.visit_line import Known

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.core.visit_check import Ground
    from planner.ui.desk import Desk


class KeptRoll(QObject):
    """The roll of children of a desk, as long as the children and the teams looked at are the same."""

    def __init__(self, desk: QObject) -> None:
        super().__init__(desk)
        self._children: list[Child] = []
        self._near: frozenset[str] = frozenset()
        self._roll = Roll((), ())
        self._known: Known | None = None
        self._outlook: Outlook | None = None

    def roll(self, snapshot: Snapshot, near: frozenset[str]) -> Roll:
        """Every child of a snapshot, those `near` by initials too."""
        children = list(snapshot.all(Child).values())
        if children != self._children or near != self._near:
            self._children, self._near = children, near
            self._roll = Roll(children, near)
        return self._roll

    def known(self, desk: "Desk") -> Known:
        """What a line is read against under the outlook there is now."""
        if self._known is None or self._outlook is not desk.outlook:
            self._known, self._outlook = self._made(desk), desk.outlook
        return self._known

    def _made(self, desk: "Desk") -> Known:
        outlook, today = desk.outlook, desk.today
        if outlook is None:
            return Known(Roll((), ()), {}, lambda _child_id: (), today, desk.reference.calendar)
        snapshot = outlook.snapshot
        return Known(
            roll=self.roll(snapshot, frozenset(case.child.id for case in outlook.cases)),
            workers={worker.id: worker.name for worker in outlook.workers},
            household=lambda child_id: [child.id for child in home_of(snapshot, child_id, today)],
            today=today,
            calendar=outlook.calendar,
        )


def known_of(desk: "Desk") -> Known:
    """What a typed line is read against: every child, those of the teams looked at by initials too, and their workers."""
    kept = desk.findChild(KeptRoll) or KeptRoll(desk)
    return kept.known(desk)


def ground_of(desk: "Desk", day: date | None) -> "Ground | None":
    """What a line is held against; `day` is that of a line without one. None before the first outlook."""
    from planner.core.visit_check import Ground

    if desk.outlook is None:
        return None
    person = desk.workspace.person
    teams = frozenset(person.team_ids if person else ())
    return Ground(known_of(desk), desk.workspace.snapshot, desk.outlook, teams, day)


def home_of(snapshot: Snapshot, child_id: str, on: date) -> Sequence[Child]:
    """The child and those of the household who have an open case, whom one trip can see."""
    child = snapshot.find(Child, child_id)
    if child is None:
        return ()
    return [one for one in household_of(snapshot, child) if one.id == child_id or snapshot.case(one.id, on) is not None]
