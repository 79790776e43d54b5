"""What fell due in a period, of the children some teams held on its day: met, missed, still open from before, or left out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.core.duty_history import PastClock, past_clocks
from planner.core.facts import Facts, facts_of
from planner.core.obligations import is_knowable, is_overdue, obligation_id
from planner.core.outlook import Outlook
from planner.core.policy import RuleSet
from planner.core.records import Case, Child, Worker
from planner.core.sources import holds_history
from planner.core.stories import stories_of
from planner.measures.period import Period
from planner.measures.tally import Counted, Tally

BEFORE_KNOWN = "fell due before the planner knew the child, and the source does not say whether it was done"
NO_START = "has no date to measure by, because the start of the plan is not known"
SUSPENDED = "suspended by a manager's decision"


@dataclass(slots=True)
class Sums:
    """Rows on their way to a tally."""

    rows: list[Counted] = field(default_factory=list)
    earlier: list[Counted] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def tally(self) -> Tally:
        """The tally: rows by the day due or done, then by the child; a row with no day stands first."""
        return Tally(
            tuple(sorted(self.rows, key=_order)),
            tuple(sorted(self.earlier, key=_order)),
            tuple(sorted(self.left_out.items())),
        )


def _order(row: Counted) -> tuple[date, str, str]:
    return row.due_on or row.done_on or date.min, row.child.reference, row.what


class PeriodDuties:
    """The duties of a period as known on the outlook's day, for its teams.

    A duty is the team's that held the child on the day it fell due, so that a month's figure stays as it was when a child
    moves on. What is known is what the records say up to the day looked at.
    """

    def __init__(self, outlook: Outlook, period: Period) -> None:
        self.outlook = outlook
        self.period = period
        self._facts: dict[str, Facts] = {}
        self._clocks: dict[tuple[str, str], list[PastClock]] = {}

    @cached_property
    def children(self) -> tuple[Child, ...]:
        """The children with a case open at some time from the start of the period to its end, or the day looked at."""
        snapshot, last = self.outlook.snapshot, min(self.period.last_day, self.outlook.on)
        open_then = {
            case.child_id
            for case in snapshot.all(Case).values()
            if case.received_on is not None
            and case.received_on <= last
            and (case.ended_on is None or case.ended_on > self.period.start)
        }
        return tuple(child for child in snapshot.all(Child).values() if child.id in open_then)

    def due(self, kind: str, is_asked: Callable[[PastClock], bool]) -> Tally:
        """Every duty of a kind, of those asked about, that fell due in the period and whose day has come."""
        sums = Sums()
        for child in self.children:
            for clock in self.clocks(child, kind):
                if is_asked(clock):
                    self._judge(sums, child, clock, kind)
        return sums.tally()

    def clocks(self, child: Child, kind: str) -> list[PastClock]:
        """The intervals of a child's duties of a kind, up to the day looked at."""
        if (child.id, kind) not in self._clocks:
            rules, calendar, on = self.rules(child), self.outlook.calendar, self.outlook.on
            self._clocks[child.id, kind] = past_clocks(self.facts(child), rules, calendar, on, kind)
        return self._clocks[child.id, kind]

    def facts(self, child: Child) -> Facts:
        """What the rules know of the child."""
        if child.id not in self._facts:
            self._facts[child.id] = facts_of(self.outlook.snapshot, child.id)
        return self._facts[child.id]

    def rules(self, child: Child) -> RuleSet:
        """The rules of the team that has the child on the day looked at, or had it last; they carry their own dates."""
        cases = [case for case in self.outlook.snapshot.by(Case, "child_id", child.id) if case.received_on is not None]
        case = next((one for one in reversed(cases) if (one.received_on or date.max) <= self.outlook.on), None)
        if case is None:
            return self.outlook.policy("")
        day = self.outlook.on
        if case.ended_on is not None and case.ended_on <= day:
            day = date.fromordinal(max(case.ended_on.toordinal() - 1, (case.received_on or day).toordinal()))
        return self.outlook.policy(self._held(child, day)[1] or case.team_id)

    def is_ours(self, child: Child, day: date) -> bool:
        """Whether one of the teams looked at had the child on a day."""
        team_id = self._held(child, day)[1]
        return bool(team_id) and (not self.outlook.team_ids or team_id in self.outlook.team_ids)

    def row(self, child: Child, clock: PastClock, day: date, is_met: bool) -> Counted:
        """The row of an interval that is judged by a day: the worker is the one who then held the child."""
        about = obligation_id(child.id, clock.rule, clock.started_by, clock.counts_from)
        told = stories_of(self.outlook.snapshot, about, self.outlook.on)
        rule = self.rules(child).version(clock.rule, day)
        until = clock.met_on or clock.ended_on or self.outlook.on
        return Counted(
            child,
            self._held(child, day)[0],
            rule.title if rule is not None else clock.rule,
            clock.due,
            clock.met_on,
            clock.ended_on,
            is_met,
            max(0, (until - clock.due).days) if clock.due is not None else None,
            told[-1] if told else None,
        )

    def left_out(self, child: Child, clock: PastClock) -> str:
        """Why an interval that falls in the period is in no figure; empty where it is in one."""
        facts, due = self.facts(child), clock.due
        if clock.reason:
            return f"{SUSPENDED}: {_heading(clock.reason)}"
        if due is None or due.toordinal() >= facts.tracked_from:
            return ""
        rule = self.rules(child).version(clock.rule, due)
        is_past_lost = rule is not None and rule.kind in ("visit", "review") and not holds_history(facts.source)
        is_known = rule is None or (is_knowable(rule, facts.source) and not is_past_lost)
        return "" if is_known else BEFORE_KNOWN

    # One interval

    def _judge(self, sums: Sums, child: Child, clock: PastClock, kind: str) -> None:
        on, due = self.outlook.on, clock.due
        is_running = clock.met_on is None and clock.ended_on is None
        is_open = is_running and is_overdue(due, on) and not self._is_paused(child, clock, kind)
        if due is None:
            self._judge_dateless(sums, child, clock, is_open)
        elif due in self.period and not (clock.ended_on is not None and clock.ended_on <= due):
            # What was met ahead of its day waits for that day as what is still open does, or a month half gone would look good.
            has_come = due <= on if clock.met_on is not None else is_overdue(due, on)
            if has_come and self.is_ours(child, due):
                self._judge_dated(sums, child, clock, is_open)
        elif is_open and due < self.period.start and self.is_ours(child, on):
            sums.earlier.append(self.row(child, clock, on, False))

    def _judge_dateless(self, sums: Sums, child: Child, clock: PastClock, is_open: bool) -> None:
        """A clock nobody knows the start of is overdue until it is met, and then no one can say whether that was in time."""
        if is_open and self.is_ours(child, self.outlook.on):
            sums.rows.append(self.row(child, clock, self.outlook.on, False))
        elif clock.met_on in self.period and clock.met_on is not None and self.is_ours(child, clock.met_on):
            sums.left_out[NO_START] += 1

    def _judge_dated(self, sums: Sums, child: Child, clock: PastClock, is_open: bool) -> None:
        assert clock.due is not None
        why = self.left_out(child, clock)
        if not why:
            sums.rows.append(self.row(child, clock, clock.due, clock.is_met_in_time))
            return
        sums.left_out[why] += 1
        rule = self.rules(child).version(clock.rule, clock.due)
        if is_open and rule is not None and is_knowable(rule, self.facts(child).source):
            sums.earlier.append(self.row(child, clock, self.outlook.on, False))

    def _is_paused(self, child: Child, clock: PastClock, kind: str) -> bool:
        day = self.outlook.on.toordinal()
        return any(
            pause.start <= day < pause.end and pause.rule in ("", clock.rule) and pause.kind in ("", kind)
            for pause in self.facts(child).pauses
        )

    def _held(self, child: Child, day: date) -> tuple[Worker | None, str]:
        """Who led the child on a day, and the team that had it then; an empty text where no case was open."""
        snapshot = self.outlook.snapshot
        case = snapshot.case(child.id, day)
        lead = snapshot.lead(child.id, day) if case is not None else None
        worker = snapshot.find(Worker, lead.worker_id) if lead is not None else None
        return worker, worker.team_id if worker is not None else snapshot.team_of(case, day) if case is not None else ""


def _heading(reason: str) -> str:
    """What a suspension's reason is at the head of it; what follows in the person's own words stays with the child."""
    return reason.partition(".")[0].partition(";")[0].strip().casefold()
