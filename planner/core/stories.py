"""The stories of what is overdue: the newest of each, how long it has been carried, and what has none or is not agreed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.obligations import Obligation
from planner.core.outlook_rows import CaseDue, OpenCase
from planner.core.records import Story, Suspension
from planner.core.snapshot import Snapshot, holds

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

OUT = frozenset({"allocation", "supervision"})
"""Kinds of duty that stand in lists of their own, and are not told as the story of a child."""


@dataclass(frozen=True, slots=True)
class Told:
    """The newest story of an overdue duty: `since` is the day of the first one, `weeks` how many of them it was carried."""

    case: OpenCase
    obligation: Obligation
    story: Story
    since: date
    weeks: int
    is_promise_past: bool

    @property
    def is_agreed(self) -> bool:
        """Whether the manager agreed it as it stands now."""
        return self.story.agreed_on is not None


@dataclass(frozen=True, slots=True)
class Suspended:
    """A clock that does not run by decision."""

    case: OpenCase
    suspension: Suspension


def stories_of(snapshot: Snapshot, obligation: str, on: date) -> tuple[Story, ...]:
    """Every story of an obligation (its id) that was written by a day, oldest first."""
    return tuple(story for story in snapshot.by(Story, "obligation", obligation) if (story.written_on or on) <= on)


def told_of(outlook: "Outlook", case: OpenCase, obligation: Obligation) -> Told | None:
    """The story of an overdue duty as it stands on the day looked at, or None."""
    told = stories_of(outlook.snapshot, obligation.id, outlook.on)
    if not told:
        return None
    story, since = told[-1], told[0].written_on or outlook.on
    past = story.by is not None and story.by < outlook.on
    return Told(case, obligation, story, since, (outlook.on - since).days // 7, past)


def overdue_duties(outlook: "Outlook") -> tuple[CaseDue, ...]:
    """Everything overdue that a story is told of: a child's duties but those with a list of their own, latest first."""
    return tuple(
        CaseDue(case, one)
        for one in outlook.obligations
        if one.state == "overdue" and one.kind not in OUT and (case := outlook.case_of(one.subject_id)) is not None
    )


def overdue_without_story(outlook: "Outlook") -> tuple[CaseDue, ...]:
    """What is overdue and nobody has said why."""
    return tuple(row for row in outlook.overdue_duties if told_of(outlook, row.case, row.obligation) is None)


def told_stories(outlook: "Outlook") -> tuple[Told, ...]:
    """The stories of what is overdue, in order of what is latest."""
    found = (told_of(outlook, row.case, row.obligation) for row in outlook.overdue_duties)
    return tuple(told for told in found if told is not None)


def stories_to_carry(outlook: "Outlook") -> tuple[Told, ...]:
    """Stories that were last told in an earlier week, and whose duty is still overdue: to be carried on, or told anew."""
    monday = outlook.on - timedelta(days=outlook.on.weekday())
    return tuple(told for told in outlook.told_stories if (told.story.written_on or outlook.on) < monday)


def suspended_clocks(outlook: "Outlook") -> tuple[Suspended, ...]:
    """The suspensions that hold on the day for open cases, those that end first at the head, those without an end last."""
    rows = [
        Suspended(case, one)
        for case in outlook.cases
        for one in outlook.snapshot.by(Suspension, "child_id", case.child.id)
        if holds(one, outlook.on)
    ]
    return tuple(sorted(rows, key=lambda row: (row.suspension.end or date.max, row.case.child.reference)))
