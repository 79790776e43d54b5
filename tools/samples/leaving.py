"""How work leaves a sample project: agreed transfer points, the contract's last day, and who leaves by the Monday or later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from planner.core.checklists import CLOSING, USUAL, checklist_for
from planner.core.flow_records import Closing, ItemDone, TransferPoint
from planner.core.records import Allocation, Case, Child, Record, Setting, Team, Transfer, Worker
from planner.core.snapshot import Snapshot
from planner.core.transfers import END_OF_CONTRACT
from planner.core.workspace_settings import CONTRACT_ENDS_ON
from tools.samples.days import ONE
from tools.samples.project import Project

_FIRST_POINT, _FIRST_CLOSING, _FIRST_HANDED, _FIRST_TICK = 0xD000, 0xD100, 0xD600, 0xDA00
_WITHIN = timedelta(days=4)
"""Whoever is closed so soon after the Monday is ready to close on it."""
_LAST_WEEKS = 13
"""Working days before a contract's end over which its cases are handed back."""

Point = tuple[str, str, str]
"""What a point is called, what it waits for, and to whom outside the work goes there; empty for a team here."""


def agree_points(project: Project, from_function: str, points: Sequence[Point], to_function: str = "") -> None:
    """The points at which work passes on from teams of a function, and the day the contract ends."""
    for number, (name, happening, to_outside) in enumerate(points):
        project.book.keep(
            TransferPoint(
                id=f"{project.book.prefix}{_FIRST_POINT + number:020x}",
                name=name,
                happening=happening,
                from_function=from_function,
                to_function="" if to_outside else to_function,
                to_outside=to_outside,
                within=10,
                start=project.days.first,
            )
        )
    project.book.keep(Setting(id=CONTRACT_ENDS_ON, value=project.days.last.isoformat()))


def ticked_by_then(project: Project, kept: list[Record]) -> list[Record]:
    """The records, with what is done of each transfer that waits as ticks of the giving worker, with their days."""
    then, found = Snapshot(kept), list[Record]()
    ticks: list[Record] = []
    for record in kept:
        if not isinstance(record, Transfer) or record.status == "accepted" or not record.done:
            found.append(record)
            continue
        worker = then.find(Worker, record.from_worker_id)
        for place, item in enumerate(record.done):
            on = project.days.working_before(project.middle - ONE * (2 + 3 * place + len(ticks) % 4))
            tick = f"{project.book.prefix}{_FIRST_TICK + len(ticks):020x}"
            ticks.append(ItemDone(id=tick, about=record.id, item=item, on=on, said_by=worker.name if worker else ""))
        found.append(replace(record, done=()))
    return [*found, *ticks]


def handed_back_by_then(project: Project, kept: list[Record], of_households: int, planned: int) -> list[Record]:
    """Transfers at the contract's end, planned by the Monday for so many of some households who are held to its last day."""
    whole, then = Snapshot(project.book.records.values()), Snapshot(kept)
    moves = chain(then.all(Transfer).values(), then.all(Closing).values())
    leaving = {one.child_id for one in moves if one.status in ("planned", "ready")}
    found: list[Record] = []
    households: dict[str, int] = {}
    for child in sorted(then.all(Child).values(), key=lambda one: one.reference):
        case, lead = then.case(child.id, project.middle), then.lead(child.id, project.middle)
        later = whole.find(Case, case.id) if case is not None else None
        if case is None or later is None or lead is None or child.id in leaving or later.outcome != "handed back":
            continue
        place = households.setdefault(child.household, len(households))
        if place % of_households < planned:
            day = project.days.after(project.days.last, -(place % _LAST_WEEKS))
            number = _FIRST_HANDED + len(found)
            found.append(_handed_back(f"{project.book.prefix}{number:020x}", then, case, lead, day))
    return found


def _handed_back(transfer_id: str, then: Snapshot, case: Case, lead: Allocation, day: date) -> Transfer:
    """One of them, to the team of the council that its kind of work goes to; a few items of its list are done."""
    items = checklist_for(then, END_OF_CONTRACT, day)
    to = "Council assessment team" if then.plan(case.child_id, day) == "assessment" else "Council long-term team"
    return Transfer(
        id=transfer_id,
        child_id=case.child_id,
        point=END_OF_CONTRACT,
        planned_on=day,
        from_team_id=case.team_id,
        to_outside=to,
        from_worker_id=lead.worker_id,
        checklist=items,
        done=items[: int(transfer_id, 16) % 3],
    )


def ready_by_then(project: Project, kept: list[Record]) -> list[Record]:
    """Closings, with what of their checklists is done, of held cases that are closed soon after the Monday."""
    whole, then = Snapshot(project.book.records.values()), Snapshot(kept)
    found: list[Record] = []
    households: dict[str, int] = {}
    for child in sorted(then.all(Child).values(), key=lambda one: one.reference):
        case, lead = then.case(child.id, project.middle), then.lead(child.id, project.middle)
        closed = whole.find(Case, case.id) if case is not None else None
        if closed is None or lead is None or not _closes_soon(project, closed):
            continue
        place = households.setdefault(child.household, len(households))
        found += _closing(project, then, closed, lead, place, len(found))
    return found


def _closes_soon(project: Project, case: Case) -> bool:
    if case.outcome != "closed" or case.ended_on is None:
        return False
    return project.middle <= case.ended_on <= project.middle + _WITHIN


def _closing(project: Project, then: Snapshot, case: Case, lead: Allocation, place: int, written: int) -> list[Record]:
    """One closing and its ticks; each household is a little further on than the next. The manager ticks what is hers."""
    worker = then.find(Worker, lead.worker_id)
    team = then.find(Team, worker.team_id) if worker is not None else None
    manager = team.manager if team is not None else ""
    items = USUAL[CLOSING]
    ready_on = project.days.working_before(project.middle - ONE * (1 + place * 5 % 11))
    done = items[: (place * 3 + 2) % (len(items) + 1)]
    said_by = worker.name if worker is not None else ""
    closing = Closing(
        id=_id(project, written),
        child_id=case.child_id,
        case_id=case.id,
        ready_on=ready_on,
        marked_by=said_by,
        checklist=items,
        closure_reason=case.closure_reason,
    )
    ticks = [
        ItemDone(
            id=_id(project, written + number),
            about=closing.id,
            item=item,
            on=ready_on,
            said_by=manager if item == items[-1] else said_by,
        )
        for number, item in enumerate(done, start=1)
    ]
    return [closing, *ticks]


def _id(project: Project, number: int) -> str:
    return f"{project.book.prefix}{_FIRST_CLOSING + number:020x}"
