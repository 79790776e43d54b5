"""What is said of what is late on a sample's Monday, with the tries at the door that the words speak of."""

from datetime import date
from typing import NamedTuple

from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Absence, Record, Sighting, Story, Visit, Worker
from planner.core.snapshot import Snapshot, is_away
from tools.samples.days import ONE
from tools.samples.dice import Dice
from tools.samples.project import Project

_FIRST_STORY, _FIRST_TRY = 0xF000, 0xF400
_LEAD, _COLLEAGUE = "lead", "colleague"
_TRIED = (4, 2)
"""Working days before the story was written."""


class _Why(NamedTuple):
    """Why a visit is late, what is done about it, and who tried twice in vain, if anyone did."""

    why: str
    action: str
    tried_by: str = ""


_WHY = (
    _Why("Family away since last week", "Visit agreed for this week with the school"),
    _Why("Worker away; duty tried twice", "Colleague goes on Wednesday", _COLLEAGUE),
    _Why("Nobody at home on two visits", "Manager's decision asked for; joint visit with health visitor", _LEAD),
    _Why("Seen at school, not recorded as a visit", "Worker to record it, or visit again"),
)


def stories(project: Project, dice: Dice, kept: list[Record]) -> list[Record]:
    """On half of the overdue visits: why, what is being done, by whom and by when; and the visits tried in vain."""
    on, days = project.middle, project.days
    found: list[Record] = []
    for place, row in enumerate(Outlook(Snapshot(kept), project.reference, on, on).overdue_visits):
        if place % 2:
            continue
        said = dice.one(_WHY)
        by, written_on = days.after(on, dice.number(1, 4)), days.working_before(on - ONE * dice.number(1, 5))
        found.append(
            Story(
                id=f"{project.book.prefix}{_FIRST_STORY + place:020x}",
                obligation=row.obligation.id,
                child_id=row.case.child.id,
                why=said.why,
                action=said.action,
                owner=row.case.worker.name if row.case.worker else "Team manager",
                by=by,
                written_on=written_on,
            )
        )
        if said.tried_by:
            found += _tries(project, kept, row.case, said.tried_by, written_on, _FIRST_TRY + 4 * place)
    return found


def _tries(project: Project, kept: list[Record], case: OpenCase, tried_by: str, written_on: date, first_id: int) -> list[Record]:
    """Two visits after the child was last seen, at which nobody opened."""
    seen_on = case.last_seen or case.case.received_on or date.min
    found: list[Record] = []
    for before in _TRIED:
        on = max(project.days.after(written_on, -before), project.days.after(seen_on, 1))
        visit_id, sighting_id = (f"{project.book.prefix}{first_id + len(found) + more:020x}" for more in (0, 1))
        found += [
            Visit(
                id=visit_id,
                on=on,
                status="attempted",
                worker_id=_who(kept, case, tried_by, on),
                role="social worker",
                place="home",
                minutes=15,
                recorded_on=project.days.after(on, 1),
            ),
            Sighting(id=sighting_id, visit_id=visit_id, child_id=case.child.id, seen=False, not_seen_reason="No one at home"),
        ]
    return found


def _who(kept: list[Record], case: OpenCase, tried_by: str, on: date) -> str:
    """The worker who holds the child, or the first of the team who is at work that day in their place."""
    lead = case.worker
    if lead is None or tried_by == _LEAD:
        return lead.id if lead else ""
    away = {absence.worker_id for absence in kept if isinstance(absence, Absence) and is_away(absence, on)}
    there = [one for one in kept if isinstance(one, Worker) and one.team_id == lead.team_id and one.id not in away | {lead.id}]
    return next(one.id for one in there if (one.assignment_start or on) <= on)
