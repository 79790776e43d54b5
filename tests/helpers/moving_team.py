"""An invented team with children to move, to close and to hand back. Nobody here is real."""

from datetime import date, timedelta

from planner.core.checklists import ANY_TRANSFER, CLOSING, USUAL
from planner.core.flow_records import Closing, ItemDone, TransferPoint
from planner.core.records import Child, Event, Record, Setting, Team, Transfer, Worker
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import CONTRACT_ENDS_ON
from tests.helpers.people import TODAY, a_small_team

POINT = "first core group"
LONG, LEE = "long", "lee"
ENDS_ON = TODAY + timedelta(days=40)


def a_moving_team() -> Snapshot:
    """Of the small team's children: one to move today, one in ten days, one returned, one who reached the point unplanned,
    one whose core group is planned, and two ready to close, one of them with everything done. All on a child protection
    plan owe a core group, so they are to move too.
    """
    team = a_small_team()
    held = [child for child in children_of(team) if team.lead(child, TODAY) is not None]
    due, later, returned, reached, coming, done, begun = held[:7]
    records: list[Record] = [
        Team(id=LONG, name="Long term 1", function="long term"),
        Worker(id=LEE, name="Lee Lime", team_id=LONG),
        Setting(id=CONTRACT_ENDS_ON, value=ENDS_ON.isoformat()),
        TransferPoint(id="point", name=POINT, happening="core_group_held", to_function="long term", start=days(-300)),
        a_transfer("t1", due, 0, done=("Family told",)),
        a_transfer("t2", later, 10),
        a_transfer("t3", returned, -7, status="returned", decided_on=days(-3), reason="Chronology is short"),
        Event(id="e1", child_id=reached, event="core_group_held", on=days(-7)),
        Event(id="e2", child_id=coming, event="core_group_held", on=days(4), status="planned"),
        *a_closing(team, "k-done", done, -5, len(USUAL[CLOSING])),
        *a_closing(team, "k-begun", begun, -2, 1),
    ]
    return team.patched(records)


def children_of(team: Snapshot) -> list[str]:
    """The ids of its children, by reference."""
    return [child.id for child in sorted(team.all(Child).values(), key=lambda child: child.reference)]


def days(number: int) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=number)


def a_transfer(row: str, child_id: str, planned: int, **more: object) -> Transfer:
    """A transfer to the long-term team."""
    return Transfer(
        id=row,
        child_id=child_id,
        point=POINT,
        planned_on=days(planned),
        to_team_id=LONG,
        checklist=USUAL[ANY_TRANSFER],
        **more,  # type: ignore[arg-type]
    )


def a_closing(team: Snapshot, row: str, child_id: str, since: int, done: int) -> list[Record]:
    """A case marked ready so many days ago, with its first items done."""
    case = team.case(child_id, TODAY)
    assert case is not None
    items = USUAL[CLOSING]
    marked = Closing(
        id=row, child_id=child_id, case_id=case.id, ready_on=days(since), marked_by="Dev Patel", checklist=items, status="ready"
    )
    return [marked, *(ItemDone(id=f"{row}{n}", about=row, item=items[n], on=days(-1), said_by="Dev Patel") for n in range(done))]
