"""The three lists of the Transfers page: their columns, and the views of each with the rows it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.checklists import Item
from planner.core.closing import ReadyToClose, Stuck
from planner.core.codes import CLOSURE_REASONS, PLAN_MARKS
from planner.core.hand_back import TO_CLOSE, HandBack
from planner.core.transfers import PLANNED, RETURNED, TO_PLAN, ToMove, destination, week_of
from planner.ui.case_words import NO_WORKER
from planner.ui.table import Column
from planner.ui.wording import list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

NOWHERE = "not said yet"


@dataclass(frozen=True, slots=True)
class View:
    """One choice of a list's rows, and what is said where it has none."""

    title: str
    has: Callable[[Any], bool]
    empty: str


MOVE_VIEWS = (
    View("All", lambda row: True, "Nothing is to move. Agree transfer points, or plan a transfer from a child's menu."),
    View("To decide", lambda row: row.is_to_decide, "No transfer waits to be accepted or returned today."),
    View("Due in two weeks", lambda row: row.is_due, "Nothing is to move in the next two weeks."),
    View("Nothing planned", lambda row: row.state == TO_PLAN, "Every child who reaches an agreed point has a transfer planned."),
    View("Returned", lambda row: row.state == RETURNED, "No transfer has been returned and not planned again."),
)
CLOSE_VIEWS = (
    View("All", lambda row: True, "No case is marked ready to close. Mark one from a child's menu."),
    View("Checklist done", lambda row: not row.open_items, "No case has its whole checklist done."),
    View("Items open", lambda row: bool(row.open_items), "Every case here has its whole checklist done."),
)
HAND_BACK_VIEWS = (
    View("All", lambda row: True, "No case is open."),
    View("Nowhere to go yet", lambda row: not row.to, "Every open case has somewhere to go."),
    View("Something missing", lambda row: bool(row.missing), "Nothing is missing for any of these cases."),
    View("To close", lambda row: row.to == TO_CLOSE, "No case here is to be closed."),
)


def state_words(row: ToMove) -> str:
    """`To decide`, `Planned`, `Returned`, or `Nothing planned`."""
    if row.is_to_decide:
        return "To decide"
    return "Nothing planned" if row.state == TO_PLAN else row.state.capitalize()


def state_tag(row: ToMove) -> str:
    """The fill behind the state."""
    if row.state == PLANNED:
        return "warning" if row.is_to_decide else "neutral"
    return "neutral" if row.state == TO_PLAN and row.reached_on is None else "warning"


def to_words(outlook: "Outlook", row: ToMove) -> str:
    """Where the work goes, as planned or as the agreement has it."""
    if row.transfer is not None:
        return destination(outlook.snapshot, row.transfer) or NOWHERE
    agreed = row.agreed
    return (
        (agreed.to_outside or agreed.to_function) if agreed is not None and (agreed.to_outside or agreed.to_function) else NOWHERE
    )


def done_words(items: tuple[Item, ...]) -> str:
    """`2 of 4`; nothing where there is no checklist yet."""
    return f"{sum(item.is_done for item in items)} of {len(items)}" if items else ""


def _share(items: tuple[Item, ...]) -> float | None:
    return sum(item.is_done for item in items) / len(items) if items else None


def week_words(day: date | None, on: date) -> str:
    """The Monday of a day's week, `23 Nov`; nothing where there is no day."""
    monday = week_of(day)
    return list_date(monday, on).split(" ", 1)[1] if monday is not None else ""


class TransferColumns:
    """The columns over the rows of one outlook."""

    def __init__(self, desk: "Desk", outlook: "Outlook") -> None:
        self.desk = desk
        self.outlook = outlook

    def _about(self) -> tuple[Column, ...]:
        return (
            Column(
                "Child",
                lambda row: self.desk.child_words(row.case.child),
                sort=lambda row: row.case.child.reference,
                strong=True,
                width=124,
            ),
            Column("Type", lambda row: PLAN_MARKS.get(row.case.plan, row.case.plan), mark=lambda row: row.case.plan, width=66),
            Column("Worker", lambda row: row.case.worker.name if row.case.worker else NO_WORKER, width=128),
        )

    def _day(self, title: str, of: Callable[[Any], date | None], width: int = 94) -> Column:
        return Column(title, lambda row: list_date(of(row), self.outlook.on), sort=of, width=width)

    def to_move(self) -> tuple[Column, ...]:
        """What is to move, by the week of its meeting."""
        return (
            Column("Week of", lambda row: week_words(row.by, self.outlook.on), sort=lambda row: week_of(row.by), width=76),
            *self._about(),
            Column("At", lambda row: row.point[:1].upper() + row.point[1:], width=152, stretch=True, tip=lambda row: row.point),
            *self._from(),
            Column("To", self._to, width=136, stretch=True, tip=self._to),
            Column(
                "Planned", self._by, sort=lambda row: row.by, width=106, tone=lambda row: "" if row.transfer else "text_muted"
            ),
            Column("State", state_words, width=124, tag=state_tag),
            Column("Done", lambda row: done_words(row.items), sort=lambda row: _share(row.items), align="right", width=56),
            Column(
                "Waiting",
                lambda row: f"{row.working_days:,}" if row.working_days else "",
                sort=lambda row: row.working_days,
                align="right",
                width=62,
                tip=lambda row: "Working days since the point was reached, or its planned day passed",
            ),
        )

    def _from(self) -> tuple[Column, ...]:
        """The giving team, where several are looked at or work comes from another."""
        if len(self.outlook.teams) < 2 and all(row.case.team_id in self.outlook.team_ids for row in self.outlook.to_move):
            return ()
        return (Column("From", lambda row: self.outlook.team_name(row.case.team_id), width=110, stretch=True),)

    def _by(self, row: ToMove) -> str:
        """The day planned; without a plan, by when the agreement asks for the move."""
        day = list_date(row.by, self.outlook.on)
        return day if row.transfer is not None or not day else f"by {day}"

    def _to(self, row: ToMove) -> str:
        words = to_words(self.outlook, row)
        return words[:1].upper() + words[1:]

    def ready(self) -> tuple[Column, ...]:
        """What is ready to close, with what is open."""
        return (
            *self._about(),
            self._day("Ready since", lambda row: row.closing.ready_on),
            Column(
                "Stuck",
                lambda row: f"{row.working_days:,}",
                sort=lambda row: row.working_days,
                align="right",
                width=56,
                tip=lambda row: "Working days since it was marked ready",
            ),
            Column("Done", lambda row: done_words(row.items), sort=lambda row: _share(row.items), align="right", width=56),
            Column("Not done yet", _open_words, width=220, stretch=True, tone=lambda row: "text_muted", tip=_open_words),
            Column("Reason", lambda row: row.closing.closure_reason, width=66, tip=_reason_words),
        )

    def hand_back(self) -> tuple[Column, ...]:
        """Every open case, where it goes and what is missing."""
        return (
            *self._about(),
            Column(
                "Goes to",
                lambda row: row.to or NOWHERE.capitalize(),
                sort=lambda row: row.to or None,
                width=150,
                stretch=True,
                tone=lambda row: "" if row.to else "warning",
            ),
            Column("Week of", lambda row: week_words(row.on, self.outlook.on), sort=lambda row: row.week_on, width=66),
            self._day("Day", lambda row: row.on),
            Column("Missing", lambda row: f"{len(row.missing)}", sort=lambda row: len(row.missing), align="right", width=62),
            Column("What is missing", _missing_words, width=220, stretch=True, tone=lambda row: "text_muted", tip=_missing_words),
        )

    def stuck(self) -> tuple[Column, ...]:
        """Workers with cases ready to close, and how long the longest has been stuck."""
        return (
            Column("Worker", lambda row: row.worker.name if row.worker else NO_WORKER, strong=True, width=180),
            Column("Ready to close", lambda row: f"{len(row.rows):,}", sort=lambda row: len(row.rows), align="right", width=120),
            Column("Longest, working days", _longest_words, sort=lambda row: row.longest, align="right", width=160),
            Column("Children", self._children, width=300, stretch=True, tip=self._children),
        )

    def _children(self, row: Stuck) -> str:
        return ", ".join(self.desk.child_words(one.case.child) for one in row.rows)


def _longest_words(row: Stuck) -> str:
    return f"{row.longest:,}"


def _open_words(row: ReadyToClose) -> str:
    return ", ".join(row.open_items)


def _reason_words(row: ReadyToClose) -> str:
    return CLOSURE_REASONS.get(row.closing.closure_reason, "The manager says")


def _missing_words(row: HandBack) -> str:
    missing = ", ".join(row.missing)
    return missing[:1].upper() + missing[1:]
