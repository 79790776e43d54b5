"""What Today shows of an outlook: its figures and its lists in order of need, each with the rows that make its number."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from planner.core.manager_queue import ToDecide, is_for
from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away, OpenCase
from planner.core.records import Child, Person, Worker
from planner.core.since_monday import SinceMonday
from planner.ui.case_words import due_day
from planner.ui.charts.bars import Behind
from planner.ui.queue_words import count_by_kind, last_seen_words
from planner.ui.screens import today_words as words
from planner.ui.screens.today_columns import TodayColumns
from planner.ui.widgets.section_list import Section
from planner.ui.widgets.stat_strip import Figure
from planner.ui.wording import count_words, full_date, list_date

FORTNIGHT_DAYS = 11
"""From a Monday to the Friday of the week after, in days added."""


@dataclass(frozen=True, slots=True)
class AwayWorker:
    """A worker with at least one day away in the fortnight, and those spells."""

    worker: Worker
    spells: tuple[Away, ...]


def fortnight_from(on: date) -> tuple[date, date]:
    """The Monday of the week looked at and the Friday of the week after; from a weekend, of the weeks to come."""
    monday = on - timedelta(days=on.weekday()) if on.weekday() < 5 else on + timedelta(days=7 - on.weekday())
    return monday, monday + timedelta(days=FORTNIGHT_DAYS)


class TodayFigures:
    """The figures and lists of one outlook for a person. Every number here is the length of the rows that stand with it."""

    def __init__(self, outlook: Outlook, child_words: Callable[[Child], str], person: Person | None) -> None:
        self.outlook = outlook
        self.person = person
        self.columns = TodayColumns(outlook, child_words)

    # The strip

    def doors(self) -> dict[str, tuple[Figure, Behind]]:
        """Each figure of the strip with what it opens, in order."""
        made = (self._overdue, self._with_no_worker, self._near_limit, self._over_capacity, self._away)
        return {figure.key: (figure, behind) for figure, behind in (make() for make in made)}

    def _overdue(self) -> tuple[Figure, Behind]:
        rows = self.outlook.overdue_visits
        days = [row.days_late for row in rows if row.days_late is not None]
        detail = f"Longest {count_words(max(days), 'day')}" if days else "Never seen" if rows else "None past its date"
        return self._door(
            "overdue",
            "overdue visit" if len(rows) == 1 else "overdue visits",
            detail,
            "overdue",
            Behind("Overdue visits", self.columns.late(), rows),
        )

    def _with_no_worker(self) -> tuple[Figure, Behind]:
        rows = self.outlook.waiting
        past = sum(1 for row in rows if words.is_past_one_day(row))
        detail = f"{past:,} past 1 working day" if rows else "Every child has a worker"
        behind = Behind("Children with no worker", self.columns.waiting(), rows)
        return self._door("waiting", "with no worker", detail, "overdue" if past else "warning", behind)

    def _near_limit(self) -> tuple[Figure, Behind]:
        rows = self.outlook.assessments_near_limit
        friday = self.outlook.on + timedelta(days=max(0, 4 - self.outlook.on.weekday()))
        this_week = sum(1 for row in rows if (day := due_day(row.obligation)) is not None and self.outlook.on <= day <= friday)
        past = sum(1 for row in rows if row.day > row.limit)
        detail = f"{this_week:,} due this week" + (f", {past:,} past it" if past else "")
        behind = Behind("Assessments near their limit", self.columns.near(), rows)
        return self._door(
            "assessments",
            "assessment near limit" if len(rows) == 1 else "assessments near limit",
            detail if rows else "None within 10 working days",
            "warning",
            behind,
        )

    def _over_capacity(self) -> tuple[Figure, Behind]:
        rows, without = self.outlook.over_capacity, len(self.outlook.no_capacity)
        detail = f"{without:,} more {'has' if without == 1 else 'have'} no capacity" if without else "Nobody is without capacity"
        return self._door("capacity", "over capacity", detail, "warning", Behind("Over capacity", self.columns.load(), rows))

    def _away(self) -> tuple[Figure, Behind]:
        rows = self.away_workers()
        detail = f"On some day to {list_date(fortnight_from(self.outlook.on)[1], self.outlook.on)}"
        return self._door("away", "away", detail, "text", Behind("Away in the next two weeks", self.columns.away(), rows))

    def _door(self, key: str, noun: str, detail: str, tone: str, behind: Behind) -> tuple[Figure, Behind]:
        return Figure(key, len(behind.rows), noun, detail, tone), behind

    def away_workers(self) -> tuple[AwayWorker, ...]:
        """Workers with a day away in the fortnight, by name; court, duty and study are not away."""
        spells: dict[str, list[Away]] = {}
        for spell in self.outlook.away(*fortnight_from(self.outlook.on)):
            if spell.kind == "away":
                spells.setdefault(spell.worker.id, []).append(spell)
        rows = [AwayWorker(found[0].worker, tuple(found)) for found in spells.values()]
        return tuple(sorted(rows, key=lambda row: (row.worker.name, row.worker.id)))

    # Since last Monday

    def changes(self, since: SinceMonday) -> dict[str, tuple[str, Behind]]:
        """What changed since last Monday, by key: a noun, and the rows it counts."""
        monday = list_date(since.monday, self.outlook.on)
        columns = self.columns
        return {
            "new": ("new", Behind(f"New since {monday}", columns.turns("From"), since.new)),
            "closed": ("closed or moved on", Behind(f"Closed or moved on since {monday}", columns.turns("On"), since.closed)),
            "newly late": ("newly late", Behind(f"Newly late since {monday}", columns.late(), since.newly_late)),
            "put right": ("put right", Behind(f"Put right since {monday}", columns.put_right(), since.put_right)),
        }

    # The lists

    def sections(self) -> tuple[Section, ...]:
        """The lists in order of need; those without rows and without a sentence are not shown."""
        return (
            self._overdue_visits(),
            self._no_worker(),
            self._queue(),
            self._queue_of_others(),
            self._in_name_only(),
            self._not_yet_seen(),
            self._section_47(),
            self._assessments(),
            self._reviews(),
            self._over_or_without(),
            self._nearly_full(),
            self._without_story(),
            self._to_carry(),
            self._suspended(),
            self._not_known(),
        )

    def _overdue_visits(self) -> Section:
        rows = self.outlook.overdue_visits
        brief, full = self.columns.late_brief(), self.columns.late()
        return Section("overdue", "Overdue visits", f"{len(rows):,}", brief, full, rows, self.none_overdue(), most=5)

    def none_overdue(self) -> str:
        """The sentence where no visit is overdue, with the next that falls due."""
        days = [day for case in self.outlook.cases if (day := due_day(case.next_visit)) is not None and day >= self.outlook.on]
        if not days:
            return "No visits are overdue, and none is due."
        return f"No visits are overdue. The next is due on {full_date(min(days))}."

    def _no_worker(self) -> Section:
        rows = self.outlook.waiting
        families = len({row.case.child.family or row.case.child.household or row.case.child.id for row in rows})
        count = count_words(len(rows), "child", "children")
        if families < len(rows):
            count += f" in {count_words(families, 'family', 'families')}"
        empty = "Every child has a worker. New cases appear here until someone takes them."
        return Section("waiting", "No worker", count, self.columns.waiting_brief(), self.columns.waiting(), rows, empty)

    def _in_name_only(self) -> Section:
        def said(case: OpenCase) -> str:
            return f"{last_seen_words(case, self.outlook.on)}. Worker away"

        return self._children(
            "name only",
            "Held in name only",
            self.outlook.held_in_name_only,
            said,
            "The worker of these children is away for two weeks or more.",
        )

    def _not_yet_seen(self) -> Section:
        rows = self.outlook.not_seen_in_assessment
        return self._children("not seen", "Not yet seen in assessment", rows, partial(words.unseen_words, self.outlook))

    def _children(
        self, key: str, heading: str, rows: tuple[OpenCase, ...], said: Callable[[OpenCase], str], note: str = ""
    ) -> Section:
        count = count_words(len(rows), "child", "children")
        return Section(key, heading, count, self.columns.cases_brief(said), self.columns.cases(), rows, note=note)

    def _section_47(self) -> Section:
        return self._due("conferences", "Section 47 enquiries and conferences", self.outlook.section_47_and_conferences)

    def _reviews(self) -> Section:
        return self._due("reviews", "Reviews due", self.outlook.reviews_due)

    def _due(self, key: str, heading: str, rows: tuple[Any, ...], note: str = "") -> Section:
        return Section(key, heading, f"{len(rows):,}", self.columns.due_brief(), self.columns.due(), rows, note=note)

    def _assessments(self) -> Section:
        rows = self.outlook.assessments_near_limit
        limit = rows[0].limit if rows else 45
        heading = f"Assessments near {limit} working days"
        empty = "No assessment is within 10 working days of its limit."
        return Section("assessments", heading, f"{len(rows):,}", self.columns.near_brief(), self.columns.near(), rows, empty)

    def _queue(self) -> Section:
        """What the person at the desk may decide."""
        note = "Open a row to decide it here. Its menu (Shift+F10) opens the child."
        return self._decisions("queue", "For you to decide", self._mine, note, 5)

    def _queue_of_others(self) -> Section:
        rows = tuple(row for row in self.outlook.manager_queue if not is_for(self.person, row))
        heading = "For other managers to decide" if self._mine else "For the manager to decide"
        return self._decisions("queue of others", heading, rows, "", 3)

    @cached_property
    def _mine(self) -> tuple[ToDecide, ...]:
        return tuple(row for row in self.outlook.manager_queue if is_for(self.person, row))

    def _decisions(self, key: str, heading: str, rows: tuple[ToDecide, ...], note: str, most: int) -> Section:
        brief, full = self.columns.queue_brief(), self.columns.queue()
        return Section(key, heading, count_by_kind(rows), brief, full, rows, note=note, most=most)

    def _without_story(self) -> Section:
        note = "Nobody has said why these are late. What is late stays late; the story says what is done about it."
        return self._due("no story", "Overdue without a story", self.outlook.overdue_without_story, note)

    def _to_carry(self) -> Section:
        rows = self.outlook.stories_to_carry
        brief, full = self.columns.told_brief(), self.columns.told()
        note = "Told before this week and still late. Open a row to carry it on, or to tell it anew."
        return Section("carry", "Stories to carry on", f"{len(rows):,}", brief, full, rows, note=note)

    def _suspended(self) -> Section:
        rows = self.outlook.suspended_clocks
        brief, full = self.columns.suspended_brief(), self.columns.suspended()
        return Section(
            "suspended", f"{'Clock' if len(rows) == 1 else 'Clocks'} suspended by decision", f"{len(rows):,}", brief, full, rows
        )

    def _over_or_without(self) -> Section:
        rows = (*self.outlook.over_capacity, *self.outlook.no_capacity)
        return replace(
            self._workers("capacity", "Over capacity or without it", rows), empty="Nobody is over capacity or without it."
        )

    def _nearly_full(self) -> Section:
        return self._workers("nearly full", "Nearly full", self.outlook.nearly_full)

    def _workers(self, key: str, heading: str, rows: tuple[Any, ...]) -> Section:
        return Section(key, heading, count_words(len(rows), "worker"), self.columns.load_brief(), self.columns.load(), rows)

    def _not_known(self) -> Section:
        note = "The case system's figures cannot say whether these were done, so none is counted as overdue."
        return self._due("unknown", "Not known", self.outlook.unknown, note)
