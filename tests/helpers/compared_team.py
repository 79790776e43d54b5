"""A small invented team, child by child, and an outlook on it, for tests that compare workers."""

from datetime import date, timedelta

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.records import Allocation, Case, Child, PlanSpell, Record, Team, Worker
from planner.core.snapshot import Snapshot

MONDAY = date(2026, 11, 23)


def days(number: int) -> date:
    """A day so many days from that Monday."""
    return MONDAY + timedelta(days=number)


def a_child(
    name: str, plan: str = "cin", worker: str = "", *, family: str = "", household: str = "", ago: int = 1
) -> list[Record]:
    """The records of one open case, received so many days ago, waiting or led by a worker since then."""
    start = days(-ago)
    found: list[Record] = [
        Child(id=name, reference=f"C{name}", initials="A.B.", born=date(2020, 1, 1), family=family, household=household),
        Case(id=f"case {name}", child_id=name, team_id="t", received_on=start, passed_to_team_on=start),
        PlanSpell(id=f"plan {name}", child_id=name, plan=plan, start=start),
    ]
    if worker:
        found.append(Allocation(id=f"held {name}", child_id=name, worker_id=worker, start=start, reason="Room"))
    return found


def a_team(*more: Record, workers: int = 3) -> list[Record]:
    """One team of full-time workers w1, w2, ..., and what else is given."""
    found: list[Record] = [Team(id="t", name="Team 1")]
    found += [Worker(id=f"w{number}", name=f"Worker {number}", team_id="t") for number in range(1, workers + 1)]
    return [*found, *more]


def an_outlook(*records: Record, on: date = MONDAY) -> Outlook:
    """An outlook on records; of two with one id the later counts."""
    latest = {(type(record), record.id): record for record in records}
    return Outlook(Snapshot(latest.values()), reference(), on, MONDAY)
