"""A small invented team for tests of actions, and the least a passphrase may cost."""

from datetime import date
from typing import Any

from planner.core.records import Allocation, Case, Child, PlanSpell, Record, Setting, Team, Worker
from planner.core.workspace_settings import SAMPLE_TODAY
from planner.store.keys import Cost

TODAY = date(2026, 11, 23)
STARTED = date(2026, 9, 1)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def a_team() -> list[Record]:
    """Two workers; C1 and C2 are held by Ada, C3 by nobody."""
    workers = [Worker(id="ada", name="Ada Amber", team_id="t"), Worker(id="ben", name="Ben Blue", team_id="t")]
    children = [Child(id=f"c{n}", reference=f"C{n}", initials=f"{n}.X.", family="f" if n < 3 else "") for n in (1, 2, 3)]
    cases = [Case(id=f"k{n}", child_id=f"c{n}", team_id="t", received_on=STARTED, passed_to_team_on=STARTED) for n in (1, 2, 3)]
    spells = [PlanSpell(id=f"p{n}", child_id=f"c{n}", plan="cp", start=STARTED) for n in (1, 2, 3)]
    held = [Allocation(id=f"a{n}", child_id=f"c{n}", worker_id="ada", start=STARTED) for n in (1, 2)]
    return [
        Team(id="t", name="Team 1"),
        Setting(id=SAMPLE_TODAY, value=TODAY.isoformat()),
        *workers,
        *children,
        *cases,
        *spells,
        *held,
    ]


def put_all(step: Any, records: list[Record]) -> None:
    for record in records:
        step.put(record)
