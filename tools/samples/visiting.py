"""Visits, made when the policy in force says they are due: most in time, some late, some tried in vain."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from planner.core.facts import facts_of
from planner.core.obligations import owed
from planner.core.policy import RuleSet
from planner.core.records import (
    Case,
    Child,
    Event,
    LegalStatus,
    Placement,
    PlanSpell,
    Record,
    Sighting,
    Suspension,
    Visit,
    VisitFrequency,
)
from planner.core.snapshot import Snapshot
from tools.samples.book import Book
from tools.samples.days import ONE, Days
from tools.samples.dice import Dice
from tools.samples.family import Family
from tools.samples.posts import Post

COURSE = (Child, Case, PlanSpell, LegalStatus, Placement, Event, VisitFrequency, Suspension)
AFTER_SCHOOL = (time(15, 30), time(16), time(16, 30), time(17))
BY_DAY = (time(9, 30), time(10), time(11), time(11, 30), time(13), time(14), time(14, 30), time(15))
IN_VAIN = ("No one at home", "Family away", "Put off at the door", "Child at a club")
NOT_ALONE = {"refused": 0.35, "not right for age and understanding": 0.45, "no private room": 0.2}


class Clocks:
    """When a child's next visit is due, asked of the policy itself."""

    def __init__(self, records: Iterable[Record], ruleset: RuleSet, days: Days) -> None:
        self.ruleset, self.calendar = ruleset, days.calendar
        self.course: dict[str, list[Record]] = {}
        for record in records:
            if isinstance(record, COURSE):
                child_id = record.id if isinstance(record, Child) else record.child_id
                self.course.setdefault(child_id, []).append(record)

    def next_due(self, child_id: str, visits: list[Record], on: date) -> date | None:
        """The earliest day on which a visit is due, as things stand on a day, or None."""
        snapshot = Snapshot([*self.course[child_id], *visits])
        found = owed(facts_of(snapshot, child_id), self.ruleset, self.calendar, on)
        days = [one.due.date() if isinstance(one.due, datetime) else one.due for one in found if one.kind == "visit" and one.due]
        return min(days, default=None)


class Visiting:
    """Makes the visits of one family after another."""

    def __init__(
        self, book: Book, dice: Dice, days: Days, clocks: Clocks, posts: list[Post], late: Callable[[date], float]
    ) -> None:
        self.book, self.dice, self.days, self.clocks, self.late = book, dice, days, clocks, late
        self.posts = {post.id: post for post in posts}
        self.busy: Counter[tuple[str, date]] = Counter()
        self.times: dict[tuple[str, date], set[time]] = {}
        self.visits: dict[str, list[Record]] = {}
        self.loggers: tuple[str, ...] = ("",)

    def visit(self, family: Family) -> None:
        """Every visit of a family, from the day it has a worker to its end."""
        assert family.ended is not None
        for child in family.children:
            self.visits[child.id] = []
        if family.inherited:
            self._before(family)
        cursor = family.received
        changes = sorted({spell.start for spell in family.spells} | {one.on for one in family.happenings if one.section_47})
        if family.suspended:
            changes = sorted({*changes, family.suspended[1]})
        is_first = True
        while cursor < family.ended:
            dues = {child.id: self.clocks.next_due(child.id, self.visits[child.id], cursor) for child in family.children}
            known = [due for due in dues.values() if due is not None]
            upcoming = [day for day in changes if day > cursor]
            if not known:
                if not upcoming:
                    return
                cursor = upcoming[0]
                continue
            on = self._day(family, cursor, min(known), is_first)
            if upcoming and upcoming[0] < on:
                cursor = upcoming[0]
                continue
            if on >= family.ended:
                return
            due_soon = [child for child in family.children if (dues[child.id] or date.max) <= on + ONE * 6]
            self._go(family, due_soon or family.children, on)
            cursor, is_first = on, False

    def _before(self, family: Family) -> None:
        """The visit made by the former worker, before the case was taken over."""
        on = self.days.after(family.received, -self.dice.number(1, 5))
        if on >= family.spells[0].start:
            self._record(family.children, on, "", "made", all_seen=True)

    def _day(self, family: Family, cursor: date, due: date, is_first: bool) -> date:
        """A working day after the cursor: up to four working days before it is due, or late."""
        soonest = self.days.after(max(cursor, family.allocated if is_first else cursor), 1 if not is_first else 0)
        if family.suspended and family.suspended[0] <= due < family.suspended[1]:
            return self.days.working(max(family.suspended[1], soonest))
        is_urgent = due <= self.days.after(cursor, 1)
        if self.dice.chance(self.late(due) * (0.1 if is_urgent else 1)):
            late = self.dice.number(1, 8) + (6 if self.dice.chance(0.2) else 0)
            return max(self.days.after(due, late), soonest)
        latest = self.days.working_before(due)
        earliest = self.days.after(latest, -4)
        options = [day for day in self._working_days(max(earliest, soonest), latest) if self._holder_is_here(family, day)]
        if not options:
            return max(latest, soonest)
        holder = family.holder(options[0])
        return min(options, key=lambda day: (self.busy[holder, day] // 2, self.dice.number(0, 99)))

    def _working_days(self, first: date, last: date) -> list[date]:
        count = (last - first).days + 1
        return [first + ONE * number for number in range(count) if self.days.calendar.is_working(first + ONE * number)]

    def _holder_is_here(self, family: Family, day: date) -> bool:
        post = self.posts.get(family.holder(day))
        return post is not None and post.is_here(day)

    def _who(self, family: Family, on: date) -> str:
        """Who goes: the lead worker, else a colleague of the team."""
        holder = self.posts.get(family.holder(on))
        if holder is not None and holder.is_here(on):
            return holder.id
        team_id = holder.worker.team_id if holder else family.team_id
        there = [post for post in self.posts.values() if post.worker.team_id == team_id and post.is_here(on)]
        return min(there, key=lambda post: (self.busy[post.id, on], post.id)).id

    def _go(self, family: Family, children: list[Child], on: date) -> None:
        worker_id = self._who(family, on)
        if self.dice.chance(0.06):
            tried = self.days.after(on, -self.dice.number(1, 3))
            if tried > family.received and self._holder_is_here(family, tried):
                self._record(children, tried, family.holder(tried), "attempted", all_seen=False)
        self._record(children, on, worker_id, "made", all_seen=len(children) == 1 or not self.dice.chance(0.05))

    def _record(self, children: list[Child], on: date, worker_id: str, status: str, all_seen: bool) -> None:
        """One trip with a sighting of each child; on a made one at most the last child is not seen."""
        self.busy[worker_id, on] += 1
        place = self.dice.weighted({"home": 0.86, "school": 0.08, "elsewhere": 0.06})
        is_in_school = any(child.school_age for child in children)
        visit = self.book.put(
            Visit,
            on=on,
            at=self._time(worker_id, on, AFTER_SCHOOL if is_in_school and place != "school" else BY_DAY),
            status=status,
            worker_id=worker_id,
            role="social worker",
            place=place,
            mode="face to face",
            standing="statutory",
            announced=self.dice.chance(0.85),
            minutes=self.dice.one((30, 45, 60, 60, 75, 90)) if status == "made" else 15,
            logged_by=self.dice.one(self.loggers),
            recorded_on=self.days.after(on, self.dice.weighted({0: 0.35, 1: 0.4, 2: 0.22, 4: 0.03})),
        )
        reason = self.dice.one(IN_VAIN)
        for place_in_family, child in enumerate(children):
            missed = status != "made" or (not all_seen and place_in_family == len(children) - 1)
            self._sight(visit, child, seen=not missed, reason=reason)

    def _time(self, worker_id: str, on: date, usual: tuple[time, ...]) -> time:
        """A usual time at which the worker is not elsewhere that day."""
        taken = self.times.setdefault((worker_id, on), set())
        free = (
            [at for at in usual if at not in taken] or [at for at in (*BY_DAY, *AFTER_SCHOOL) if at not in taken] or list(usual)
        )
        at = self.dice.one(free)
        taken.add(at)
        return at

    def _sight(self, visit: Visit, child: Child, seen: bool, reason: str) -> None:
        alone = seen and not self.dice.chance(0.05)
        sighting = self.book.put(
            Sighting,
            visit_id=visit.id,
            child_id=child.id,
            seen=seen,
            seen_alone=alone if seen else None,
            not_seen_reason="" if seen else reason,
            not_alone_reason=self.dice.weighted(NOT_ALONE) if seen and not alone else "",
            bedroom_seen=(visit.place == "home" and self.dice.chance(0.7)) if seen else None,
        )
        self.visits[child.id] += [visit, sighting]
