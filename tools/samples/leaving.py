"""How work leaves a sample project: agreed transfer points, the contract's last day, and who is ready to close by the Monday."""

from datetime import timedelta

from planner.core.checklists import CLOSING, USUAL
from planner.core.flow_records import Closing, ItemDone, TransferPoint
from planner.core.records import Allocation, Case, Child, Record, Setting, Team, Worker
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import CONTRACT_ENDS_ON
from tools.samples.days import ONE
from tools.samples.project import Project

_FIRST_POINT, _FIRST_CLOSING = 0xD000, 0xD100
_POINTS = (
    ("first core group", "core_group_held"),
    ("first child in need meeting", "cin_meeting_held"),
    ("first looked-after review", "lac_review_held"),
)
_WITHIN = timedelta(days=4)
"""Whoever is closed so soon after the Monday is ready to close on it."""


def agree_points(project: Project, from_function: str, to_outside: str) -> None:
    """The points at which work passes to the council's own teams, and the day the contract ends."""
    for number, (name, happening) in enumerate(_POINTS):
        project.book.keep(
            TransferPoint(
                id=f"{project.book.prefix}{_FIRST_POINT + number:020x}",
                name=name,
                happening=happening,
                from_function=from_function,
                to_outside=to_outside,
                within=10,
                start=project.days.first,
            )
        )
    project.book.keep(Setting(id=CONTRACT_ENDS_ON, value=project.days.last.isoformat()))


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
