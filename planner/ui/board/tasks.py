"""What can be done with a block, a card or a fixed date: the menu twins of drags and keys."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.core.board import Board, BoardRow, BoardTrip, FixedDate, TrayTrip
from planner.core.errors import Refused
from planner.ui.board.orders import Carried, Order, back_order, confirm_order, need_order, pin_order, reason_not_to_carry
from planner.ui.child_tasks import Task, child_tasks
from planner.ui.week_rows import open_weeks

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NOTHING_HERE = "Stand on a visit first, with the arrows or a click. Nothing was changed."
_CONFIRM = {False: "Confirmed by the worker", True: "To confirm again"}
FIXED = "A fixed date comes with the child and is changed in the case system. Nothing was moved."


class VisitTasks:
    """The tasks of one page; dialogs open over its window, and each step goes through the desk."""

    def __init__(self, desk: "Desk", page: QWidget) -> None:
        self._desk, self._page = desk, page
        self.days: Sequence[date] = ()

    def of(self, item: BoardTrip | FixedDate | TrayTrip) -> tuple[Task, ...]:
        """The menu of a block, a fixed date or a card."""
        child = item.child if isinstance(item, FixedDate) else item.children[0].child if item.children else None
        opens = (Task("open", "Open (Enter)", lambda: self._desk.open_child(child.id)),) if child else ()
        if isinstance(item, FixedDate):
            return opens
        if isinstance(item, TrayTrip):
            return (*opens, Task("move", "Plan on a day (Ctrl+M)", lambda: self.move(item)), *self._of_child(item))
        return (*opens, *self._of_trip(item))

    def of_worker(self, row: BoardRow, board: Board) -> tuple[Task, ...]:
        """What can be done for the worker of a row."""
        worker = row.worker
        if worker is None:
            return ()
        return (
            Task("worker", f"Open {worker.name}", lambda: self._desk.open_worker(worker.id)),
            Task(
                "week", f"Show what the allowance of {worker.name} is made of", partial(open_weeks, self._desk, worker, row.weeks)
            ),
            Task("returned", f"Enter the printed week of {worker.name}", lambda: self.week_returned(row, board)),
        )

    def week_returned(self, row: BoardRow, board: Board) -> None:
        """Enter what a worker confirmed on the printed week, or say that nothing is planned."""
        from planner.ui.dialogs.week_returned import WeekReturnedDialog

        if not self._may(""):
            return
        try:
            WeekReturnedDialog(self._desk, row.worker_id, board.first, board.last, self._page.window()).show_up()
        except Refused as refused:
            self._desk.failed.emit(refused.sentence)

    def enter_term_dates(self) -> None:
        """Ask when the schools are closed."""
        from planner.ui.dialogs.school_dates import SchoolDatesDialog

        if self._may(""):
            SchoolDatesDialog(self._desk, self._page.window()).show_up()

    def _of_child(self, item: TrayTrip) -> tuple[Task, ...]:
        tasks = child_tasks(self._desk, item.first.child.id, self._page.window())
        return tuple(
            Task(task.key, "Plan with its details" if task.key == "plan" else task.title, task.run)
            for task in tasks
            if task.key in ("log", "plan", "allocate")
        )

    def _of_trip(self, trip: BoardTrip) -> tuple[Task, ...]:
        if trip.visit.status != "planned":
            return ()
        two = "One worker will do" if trip.visit.workers_needed > 1 else "Two workers are needed"
        return (
            Task("move", "Move (Ctrl+M)", lambda: self.move(trip)),
            Task("confirm", f"{_CONFIRM[trip.visit.confirmed_on is not None]} (Ctrl+Enter)", lambda: self.confirm(trip)),
            Task("back", "Back to the tray", lambda: self.back(trip)),
            Task("pin", "&Unpin" if trip.visit.pinned else "&Pin", lambda: self._order(pin_order(trip))),
            Task("two", two, lambda: self._order(need_order(trip))),
            Task("log", "Log as made or tried", lambda: self.log(trip)),
            Task("cancel", "Cancel with a reason (Delete)", lambda: self.cancel(trip)),
        )

    # What they do

    def move(self, carried: Carried | None) -> None:
        """Ask for a place, or say why the visit stays."""
        from planner.ui.dialogs.move_visit import MoveVisitDialog

        if carried is None:
            self._desk.failed.emit(NOTHING_HERE)
        elif self._may(reason_not_to_carry(carried)):
            MoveVisitDialog(self._desk, carried, self.days, self._page.window()).show_up()

    def confirm(self, trip: BoardTrip | None) -> None:
        """Say that the worker confirmed a planned visit, or that it is to confirm again."""
        if trip is None:
            self._desk.failed.emit(NOTHING_HERE)
        elif self._may(reason_not_to_carry(trip)):
            self._order(confirm_order(trip))

    def cancel(self, trip: BoardTrip | None) -> None:
        """Ask why a planned visit is cancelled, or say that it took place."""
        from planner.ui.dialogs.cancel_visit import CancelVisitDialog

        if trip is None:
            self._desk.failed.emit(NOTHING_HERE)
        elif self._may("" if trip.visit.status == "planned" else reason_not_to_carry(trip)) and trip.children:
            child = trip.children[0].child
            CancelVisitDialog(self._desk, child.id, trip.visit.id, self._page.window()).show_up()

    def log(self, trip: BoardTrip) -> None:
        """Say how a planned visit went."""
        from planner.ui.dialogs.log_visit import LogVisitDialog

        if self._may("") and trip.children:
            LogVisitDialog(self._desk, trip.children[0].child.id, trip.visit.id, self._page.window()).show_up()

    def back(self, carried: Carried) -> None:
        """Take a plan back to the tray, or say why it stays."""
        try:
            self._order(back_order(carried))
        except Refused as refused:
            self._desk.failed.emit(refused.sentence)

    def _order(self, order: Order) -> None:
        order.perform(self._desk)

    def _may(self, against: str) -> bool:
        refusal = self._desk.reason_not_to_edit() or against
        if refusal:
            self._desk.failed.emit(refusal)
        return not refusal
