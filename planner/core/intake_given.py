"""An intake's accepted children proposed to its workers by their shares: homes whole, siblings to whoever knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.core.candidates import family_of
from planner.core.holding import what_bars, what_forbids
from planner.core.intake import ACCEPTED, Intake, IntakeRow
from planner.core.intake_share import WorkerShare, shares
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Worker
from planner.core.snapshot import Snapshot

KNOWS_A_SIBLING, HAS_ROOM = "Knows a sibling", "Has room in the share"
NOBODY = "Nobody who may take the child has room left in the share"


@dataclass(frozen=True, slots=True)
class Given:
    """One child who waits, with the worker proposed and why; None where nobody can be."""

    row: IntakeRow
    worker: Worker | None
    why: str


def given_out(outlook: Outlook, found: Intake) -> tuple[Given, ...]:
    """A worker for each child who was accepted and has none, as far as the week's shares go; those of one home together.

    A home goes to who leads a sibling, else to whoever has most left of what falls on the days so far, then of the week.
    Nobody is proposed whom a fact or a rule of the policy stands against.
    """
    teams = {found.team_id} if found.team_id else outlook.team_ids
    waiting = [row for row in outlook.came_in if row.team_id in teams and _waits(outlook, row)]
    homes: dict[str, list[IntakeRow]] = {}
    for row in waiting:
        homes.setdefault(row.household, []).append(row)
    giving = _Giving(outlook, shares(outlook, found))
    return tuple(one for rows in homes.values() for one in giving.give(rows))


class _Giving:
    """Gives home after home, and knows what each worker has left."""

    def __init__(self, outlook: Outlook, made: Sequence[WorkerShare]) -> None:
        self.outlook, self.on = outlook, outlook.on
        self.snapshot: Snapshot = outlook.snapshot
        self.workers = [one.worker for one in made]
        self.of_week = {one.worker.id: one.share - len(one.taken) for one in made}
        self.so_far = {one.worker.id: _due_by(one, self.on) - len(one.taken) for one in made}

    def give(self, rows: Sequence[IntakeRow]) -> list[Given]:
        """A worker for the children of one home."""
        able = [worker for worker in self.workers if not any(self._is_against(worker, row) for row in rows)]
        siblings = [one for row in rows if row.child is not None for one in family_of(self.snapshot, row.child)]
        leads = [self.snapshot.lead(one.id, self.on) for one in siblings]
        known = {lead.worker_id for lead in leads if lead is not None}
        knowing = [worker for worker in able if worker.id in known]
        with_room = [worker for worker in able if self.of_week[worker.id] > 0]
        best = max(knowing or with_room, key=self._room, default=None)
        if best is None:
            return [Given(row, None, NOBODY) for row in rows]
        for row in rows:
            self._take(best, row)
        return [Given(row, best, KNOWS_A_SIBLING if knowing else HAS_ROOM) for row in rows]

    def _room(self, worker: Worker) -> tuple[int, int]:
        return self.so_far[worker.id], self.of_week[worker.id]

    def _take(self, worker: Worker, row: IntakeRow) -> None:
        """What is given counts towards the worker's limits for the homes after."""
        assert row.child is not None
        self.of_week[worker.id] -= 1
        self.so_far[worker.id] -= 1
        held = Allocation(id=f"given {row.child.id}", child_id=row.child.id, worker_id=worker.id, start=self.on)
        self.snapshot = self.snapshot.patched([held])

    def _is_against(self, worker: Worker, row: IntakeRow) -> bool:
        assert row.child is not None
        rules = self.outlook.policy(worker.team_id).holding
        barred = what_bars(self.snapshot, worker, row.child.id, self.on)
        return bool(barred or what_forbids(self.snapshot, rules, worker, row.child.id, self.on))


def _waits(outlook: Outlook, row: IntakeRow) -> bool:
    """Whether the child was accepted, the case is open still, and nobody leads."""
    if row.state != ACCEPTED or row.worker is not None or row.child is None:
        return False
    return outlook.snapshot.case(row.child.id, outlook.on) == row.case


def _due_by(one: WorkerShare, on: date) -> int:
    """What of a worker's share falls on the days up to one."""
    return sum(day.share for day in one.days if day.on <= on)
