"""The columns of Today: short ones for its lists, and whole ones for the page of rows behind a figure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from planner.core.codes import PLAN_MARKS
from planner.core.manager_queue import ToDecide
from planner.core.outlook import Outlook
from planner.core.outlook_rows import CaseDue, LateVisit, NearLimit, OpenCase
from planner.core.records import Child, Story
from planner.core.stories import Suspended, Told
from planner.core.workload import Load
from planner.ui import queue_words as queued
from planner.ui.case_words import NO_WORKER, due_day, status_tone, status_words
from planner.ui.charts.capacity_chart import TONES, LoadColumns, points, unit_of, value_words
from planner.ui.screens import today_words as words
from planner.ui.table import Column
from planner.ui.wording import list_date

CHILD, TYPE, WORKER, STATUS = 126, 70, 118, 112
WIDEST_CHILD, WIDEST_WORKER = 220, 146
Columns = tuple[Column, ...]


def case_of(row: Any) -> OpenCase:
    """The case a row speaks of: the row itself, or its `case`."""
    return row if isinstance(row, OpenCase) else row.case


def worker_name(row: Any) -> str:
    """The lead worker's name, or that there is none."""
    worker = case_of(row).worker
    return worker.name if worker else NO_WORKER


class TodayColumns:
    """Columns over the rows of one outlook; `child_words` says how a child is called just now."""

    def __init__(self, outlook: Outlook, child_words: Callable[[Child], str]) -> None:
        self.outlook = outlook
        self.child_words = child_words
        longest = max((len(child_words(case.child)) for case in outlook.cases), default=0)
        self.child_width = max(CHILD, min(WIDEST_CHILD, 22 + 8 * longest))
        self.worker_width = max(WORKER, min(WIDEST_WORKER, 22 + 7 * max((len(one.name) for one in outlook.workers), default=0)))

    # Columns that many rows share

    def child(self) -> Column:
        """Reference and initials."""
        return Column(
            "Child",
            lambda row: self.child_words(case_of(row).child),
            sort=lambda row: case_of(row).child.reference,
            strong=True,
            width=self.child_width,
        )

    def type(self) -> Column:
        """The highest plan's mark and letters."""
        return Column(
            "Type",
            lambda row: PLAN_MARKS.get(case_of(row).plan, case_of(row).plan),
            mark=lambda row: case_of(row).plan,
            width=TYPE,
        )

    def worker(self) -> Column:
        """The lead worker."""
        return Column("Worker", worker_name, width=self.worker_width)

    def team(self) -> Column:
        """The team that has the case."""
        return Column("Team", lambda row: self.outlook.team_name(case_of(row).team_id), width=140)

    def text(self, said: Callable[[Any], str], title: str = "What is known", tip: Callable[[Any], str] | None = None) -> Column:
        """A sentence, which takes the room that is left, and is given whole on hover, or with what `tip` adds."""
        return Column(title, said, stretch=True, tone=lambda _row: "text_muted", tip=tip or said, wraps=True)

    def day(self, title: str, of: Callable[[Any], date | None]) -> Column:
        """A date."""
        return Column(title, lambda row: list_date(of(row), self.outlook.on), sort=of, width=100)

    def _about(self) -> Columns:
        about = (self.child(), self.type(), self.worker())
        return (*about, self.team()) if len(self.outlook.teams) > 1 else about

    # Overdue visits

    def late_status(self) -> Column:
        """How late a visit is; one whose clock has no start is latest."""
        return Column(
            "Late",
            words.late_status,
            sort=lambda row: -(100_000 if row.days_late is None else row.days_late),
            align="right",
            width=STATUS,
            tone=lambda _row: "overdue",
        )

    def late_brief(self) -> Columns:
        """Short rows of overdue visits."""
        return (self.child(), self.type(), self.text(self._late_words, tip=self._late_tip), self.worker(), self.late_status())

    def late(self) -> Columns:
        """Whole rows of overdue visits, with every part of the story, the rule and, on hover, why."""
        return (
            *self._about(),
            self.day("Due", lambda row: due_day(row.obligation)),
            self.late_status(),
            self.text(lambda row: words.late_words(self.outlook, row, with_story=False), tip=self._late_tip),
            self._of_story("Why late", lambda story: story.why, 170),
            self._of_story("Being done", lambda story: story.action, 170),
            self._of_story("By whom", lambda story: story.owner, 104),
            self._of_story("By when", lambda story: list_date(story.by, self.outlook.on), 90),
            self.rule(),
        )

    def _of_story(self, title: str, part: Callable[[Story], str], width: int) -> Column:
        def said(row: LateVisit) -> str:
            story = words.story_of(self.outlook, row)
            return part(story) if story is not None else ""

        return Column(title, said, width=width, tip=self._late_tip)

    def _late_words(self, row: LateVisit) -> str:
        return words.late_words(self.outlook, row)

    def _late_tip(self, row: LateVisit) -> str:
        return words.late_tip(self.outlook, row)

    def put_right(self) -> Columns:
        """Whole rows of visits that were overdue on the Monday and are not now."""
        late = Column("Was late", words.late_status, sort=lambda row: row.days_late, align="right", width=STATUS)
        return (
            *self._about(),
            self.day("Was due", lambda row: due_day(row.obligation)),
            late,
            self.day("Seen", self._seen_since),
            self.text(self._rule_title, "What was owed"),
        )

    def _seen_since(self, row: LateVisit) -> date | None:
        now = self.outlook.case_of(row.case.child.id)
        return now.last_seen if now is not None else None

    def turns(self, day: str) -> Columns:
        """Whole rows of children who came or went."""
        how = Column("How", lambda row: words.turn_words(row.how), width=150)
        source = Column("Referral from", lambda row: words.source_words(row.case.case.referral_source), stretch=True)
        return (*self._about(), self.day(day, lambda row: row.on), how, source)

    def rule(self) -> Column:
        """The rule that set the date; hovering gives the sum."""
        return Column("Rule", lambda row: row.obligation.rule, width=110, tip=lambda row: self.outlook.why(row.obligation))

    # Children nobody holds

    def waiting_brief(self) -> Columns:
        """Short rows of children who wait for a worker; who holds them meanwhile stands where the worker would."""
        return (self.child(), self.type(), self._waiting_text(), self._meanwhile(), self._waiting_status())

    def waiting(self) -> Columns:
        """Whole rows of children who wait for a worker."""
        must = Column("Must have a worker", lambda row: "must have one" if row.must_have_worker else "", width=130, tone=_red)
        since = self.day("Waiting since", lambda row: row.since)
        return (
            self.child(),
            self.type(),
            self.team(),
            must,
            self._waiting_text(),
            self._meanwhile(),
            since,
            self._waiting_status(),
        )

    def _waiting_text(self) -> Column:
        def said(row: Any) -> str:
            return words.waiting_words(self.outlook, row)

        def tone(row: Any) -> str:
            return "overdue" if row.must_have_worker else "text_muted"

        return Column("What is known", said, stretch=True, tip=said, tone=tone, wraps=True)

    def _meanwhile(self) -> Column:
        return Column(
            "Held meanwhile by",
            words.meanwhile_words,
            width=self.worker_width,
            tip=lambda row: f"Held meanwhile by {words.meanwhile_words(row)}",
        )

    def _waiting_status(self) -> Column:
        return Column(
            "Waiting",
            words.waiting_status,
            sort=lambda row: row.working_days,
            align="right",
            width=STATUS,
            tone=lambda row: "overdue" if words.is_past_one_day(row) else "",
        )

    # Open cases

    def cases_brief(self, said: Callable[[OpenCase], str]) -> Columns:
        """Short rows of children, with a sentence and how the next visit stands."""
        return (self.child(), self.type(), self.text(said), self.worker(), self.next_visit_status())

    def cases(self) -> Columns:
        """Whole rows of children."""
        return (
            *self._about(),
            self.day("Referred", lambda row: case_of(row).case.received_on),
            self.day("Last seen", lambda row: case_of(row).last_seen),
            self.day("Visit due", lambda row: due_day(case_of(row).next_visit)),
            self.next_visit_status(),
        )

    def next_visit_status(self) -> Column:
        """How the next visit stands."""
        return Column(
            "Next visit",
            lambda row: status_words(case_of(row).next_visit, self.outlook.on),
            sort=lambda row: due_day(case_of(row).next_visit),
            align="right",
            width=STATUS,
            tone=lambda row: status_tone(case_of(row).next_visit),
        )

    # What is due

    def due_brief(self) -> Columns:
        """Short rows of what is due: the rule's title and when."""
        return (self.child(), self.type(), self.text(self._due_words), self.worker(), self._due_status())

    def due(self) -> Columns:
        """Whole rows of what is due."""
        title = Column("What", self._rule_title, stretch=True, tip=self._rule_title)
        return (*self._about(), title, self.day("Due", lambda row: due_day(row.obligation)), self._due_status(), self.rule())

    def _rule_title(self, row: CaseDue | LateVisit) -> str:
        rule = self.outlook.rule_of(row.obligation)
        return rule.title if rule else row.obligation.rule

    def _due_words(self, row: CaseDue) -> str:
        day = due_day(row.obligation)
        title = self._rule_title(row)
        return f"{title}. {'Was due' if day < self.outlook.on else 'Due'} {list_date(day, self.outlook.on)}" if day else title

    def _due_status(self) -> Column:
        return Column(
            "Status",
            lambda row: status_words(row.obligation, self.outlook.on),
            sort=lambda row: due_day(row.obligation),
            align="right",
            width=STATUS,
            tone=lambda row: status_tone(row.obligation),
        )

    # Assessments

    def near_brief(self) -> Columns:
        """Short rows of assessments near their limit."""
        return (self.child(), self.type(), self.text(self._near_words), self.worker(), self._near_status())

    def near(self) -> Columns:
        """Whole rows of assessments near their limit."""
        due = self.day("Due", lambda row: due_day(row.obligation))
        return (*self._about(), self.text(self._near_words), due, self._near_status(), self.rule())

    def _near_words(self, row: NearLimit) -> str:
        return words.near_words(self.outlook, row)

    def _near_status(self) -> Column:
        return Column(
            "Working day",
            lambda row: f"day {row.day} of {row.limit}",
            sort=lambda row: row.day,
            align="right",
            width=STATUS,
            tone=words.near_tone,
        )

    # What waits for the manager

    def queue_brief(self) -> Columns:
        """Short rows of what waits for the manager."""
        return (self.child(), self.type(), self.text(self._queue_words), self.worker(), self._queue_status())

    def queue(self) -> Columns:
        """Whole rows of what waits for the manager."""
        kind = Column("To decide", lambda row: queued.KINDS[row.kind], width=110)
        since = self.day("Since", lambda row: row.since)
        return (*self._about(), kind, self.text(self._queue_words), since, self._queue_status())

    def _queue_words(self, row: ToDecide) -> str:
        return queued.queue_words(self.outlook, row)

    def _queue_status(self) -> Column:
        return Column(
            "Waiting",
            queued.queue_status,
            sort=lambda row: row.working_days,
            align="right",
            width=STATUS,
            tone=lambda row: queued.queue_tone(self.outlook, row),
        )

    def told_brief(self) -> Columns:
        """Short rows of stories told before this week."""
        return (self.child(), self.type(), self.text(self._told_words), self.worker(), self._told_status())

    def told(self) -> Columns:
        """Whole rows of stories told before this week."""
        since, written = self.day("Told since", lambda row: row.since), self.day("Written", lambda row: row.story.written_on)
        by = self.day("By when", lambda row: row.story.by)
        return (*self._about(), self.text(self._told_words), since, written, by, self._told_status())

    def _told_words(self, row: Told) -> str:
        return queued.story_words(row.story, self.outlook.on)

    def _told_status(self) -> Column:
        return Column(
            "Carried",
            queued.told_status,
            sort=lambda row: row.since,
            align="right",
            width=STATUS,
            tone=lambda row: "warning" if row.is_promise_past else "",
        )

    def suspended_brief(self) -> Columns:
        """Short rows of clocks that do not run by decision."""
        return (self.child(), self.type(), self.text(self._suspended_words), self.worker(), self._suspended_status())

    def suspended(self) -> Columns:
        """Whole rows of clocks that do not run by decision."""
        by = Column("Decided by", lambda row: row.suspension.decided_by, width=140)
        start = self.day("Since", lambda row: row.suspension.start)
        return (*self._about(), self.text(self._suspended_words), by, start, self._suspended_status())

    def _suspended_words(self, row: Suspended) -> str:
        return queued.suspended_words(self.outlook, row)

    def _suspended_status(self) -> Column:
        return Column(
            "Runs again",
            queued.suspended_status,
            sort=lambda row: row.suspension.end,
            align="right",
            width=STATUS,
        )

    # Workers

    def load_brief(self) -> Columns:
        """Short rows of workers: who, what changes next, how full."""
        return (self._name(), self.text(lambda load: words.load_words(self.outlook, load)), self._value())

    def load(self) -> Columns:
        """Whole rows of workers."""
        percent = Column(
            "Full",
            lambda load: "" if load.percent is None else f"{load.percent:.0f}%",
            sort=lambda load: load.percent,
            align="right",
            width=70,
        )
        team = Column("Team", lambda load: self.outlook.team_name(load.worker.team_id), width=160)
        children = Column(
            "Children", lambda load: f"{len(load.child_ids)}", sort=lambda load: len(load.child_ids), align="right", width=80
        )
        state = Column("State", lambda load: load.state, width=110)
        return (
            self._name(),
            team,
            children,
            self.text(lambda load: words.load_words(self.outlook, load)),
            self._value(),
            percent,
            state,
        )

    def _name(self) -> Column:
        return Column("Worker", lambda row: row.worker.name, strong=True, width=max(CHILD, self.worker_width + 8))

    def _value(self) -> Column:
        return Column(
            unit_of(self.outlook.loads).capitalize(),
            value_words,
            sort=lambda load: load.used,
            align="right",
            width=STATUS,
            tone=lambda load: TONES.get(load.state, ""),
        )

    def loads_behind(self) -> LoadColumns:
        """What the parts of the caseload chart open with."""
        tenths = Column(
            unit_of(self.outlook.loads).capitalize(),
            lambda row: points(row.tenths),
            sort=lambda row: row.tenths,
            align="right",
            width=80,
        )
        each = Column(
            "Each", lambda line: points(line.each) if line.each else "", sort=lambda line: line.each, align="right", width=80
        )
        count = Column("How many", lambda line: f"{line.count}", sort=lambda line: line.count, align="right", width=80)
        label = Column("Line of the sum", lambda line: line.label, strong=True, stretch=True)
        return LoadColumns((*self.cases(), tenths), (label, count, each, tenths))

    def away(self) -> Columns:
        """Whole rows of workers who are away."""
        team = Column("Team", lambda row: self.outlook.team_name(row.worker.team_id), width=160)
        children = Column(
            "Children",
            lambda row: f"{len(self.outlook.held_by(row.worker.id))}",
            sort=lambda row: len(self.outlook.held_by(row.worker.id)),
            align="right",
            width=80,
        )
        days = self.text(lambda row: words.away_words(row.spells, self.outlook.on), "Days")
        return (self._name(), team, children, days)


def _red(_row: Load) -> str:
    return "overdue"
