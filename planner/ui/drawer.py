"""The drawer: any child or worker, from anywhere, beside the page; it follows the plan as it changes."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from planner.core.records import Child, Worker
from planner.reports.case_summary import CASE_SUMMARY
from planner.reports.report import Report, SheetOptions
from planner.reports.worker_week import WORKER_WEEK
from planner.ui.drawer_child import ChildPanel
from planner.ui.drawer_worker import WorkerPanel
from planner.ui.soon import soon
from planner.ui.widgets.button import Button
from planner.ui.widgets.page_area import PageArea
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

MARGINS = (28, 16, 14, 20)
Panel = TypeVar("Panel", ChildPanel, WorkerPanel)
SCROLL_ROOM = 14
"""Right of what is shown, so that a scroll bar takes no room from it."""
MOMENT_MS = 100
"""How long each step of making the panels ready waits for the one before."""


class Drawer(QWidget):
    """Shows one child or worker. The window shows and hides it; `closed` asks to be hidden."""

    closed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.subject: tuple[str, str] = ("", "")
        self._came_by: list[tuple[str, str]] = []
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Details")
        self.back = Button("", self._on_back_pressed, kind="link")
        self.title = Words("", "section")
        self.close_button = Button("×", self._on_close_pressed, small=True)
        self.close_button.setAccessibleName("Close the details")
        self.close_button.setToolTip("Close (Esc)")
        self.stack = QStackedWidget()
        self._child_area, self._worker_area = _area(), _area()
        self._lay_out()
        desk.outlook_changed.connect(self._on_outlook_changed)
        desk.privacy_changed.connect(self._on_privacy_changed)
        desk.log_visit_asked.connect(self._on_log_visit_asked)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addSpacing(SCROLL_ROOM)
        for area in (self._child_area, self._worker_area):
            self.stack.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(4)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        self.back.hide()

    @cached_property
    def child(self) -> ChildPanel:
        """All of a child; made when it is first wanted, for its many parts take a while."""
        return self._placed(self._made_child, self._child_area)

    @cached_property
    def worker(self) -> WorkerPanel:
        """All of a worker; made when it is first wanted."""
        return self._placed(self._made_worker, self._worker_area)

    @cached_property
    def _made_child(self) -> ChildPanel:
        return self._kept_back(ChildPanel(self.desk, self))

    @cached_property
    def _made_worker(self) -> WorkerPanel:
        return self._kept_back(WorkerPanel(self.desk, self))

    @staticmethod
    def _kept_back(panel: Panel) -> Panel:
        """A panel that is not yet where it belongs."""
        panel.hide()
        return panel

    def _placed(self, panel: Panel, area: PageArea) -> Panel:
        panel.child_asked.connect(self._on_child_asked_inside)
        panel.worker_asked.connect(self._on_worker_asked_inside)
        panel.setContentsMargins(0, 0, SCROLL_ROOM - area.bar_width(), 0)
        area.setWidget(panel)
        return panel

    def make_ready(self) -> None:
        """Make both in steps, each in a moment of its own, so that whoever opens the drawer finds them there."""
        steps = (lambda: self._made_child, lambda: self.child, lambda: self._made_worker, lambda: self.worker)
        for number, step in enumerate(steps):
            soon(self, step, number * MOMENT_MS)

    # Opening

    def show_child(self, child_id: str) -> None:
        """Show a child; asked for from outside, so there is nothing to go back to."""
        self._came_by.clear()
        self._show(("child", child_id))

    def show_worker(self, worker_id: str) -> None:
        """Show a worker; asked for from outside, so there is nothing to go back to."""
        self._came_by.clear()
        self._show(("worker", worker_id))

    def printable(self) -> tuple[Report, SheetOptions]:
        """The summary of the child in view, or the week of the worker."""
        if self.stack.currentIndex() == 0:
            return CASE_SUMMARY, SheetOptions(child_id=self.child.child_id)
        return WORKER_WEEK, SheetOptions(worker_id=self.worker.worker_id)

    def _show(self, subject: tuple[str, str]) -> None:
        self.subject = subject
        self.desk.workspace.note("viewed", *subject)
        self._fill()
        area = self.stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        """Fill the panel from the outlook there is; called again whenever it changes."""
        outlook = self.desk.outlook
        kind, row = self.subject
        if outlook is None or not kind:
            return
        child = outlook.snapshot.find(Child, row) if kind == "child" else None
        worker = outlook.snapshot.find(Worker, row) if kind == "worker" else None
        if child is not None:
            self._say_title(self.desk.child_words(child))
            self.child.show_child(outlook, child)
            self.stack.setCurrentIndex(0)
        elif worker is not None:
            self._say_title(worker.name)
            self.worker.show_worker(outlook, worker)
            self.stack.setCurrentIndex(1)
        else:
            # Undone, or not yet merged: nothing of it is left to show.
            self._on_close_pressed()
        self._show_way_back()

    def _say_title(self, words: str) -> None:
        self.title.setText(words)
        self.setAccessibleName(f"Details of {words}")

    def _show_way_back(self) -> None:
        self.back.setVisible(bool(self._came_by))
        if self._came_by:
            self.back.setText(f"Back to {self._named(self._came_by[-1])}")

    def _named(self, subject: tuple[str, str]) -> str:
        kind, row = subject
        snapshot = self.desk.workspace.snapshot
        if kind == "child":
            child = snapshot.find(Child, row)
            return self.desk.child_words(child) if child else "the child"
        worker = snapshot.find(Worker, row)
        return worker.name if worker else "the worker"

    # What happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close_pressed()
        else:
            super().keyPressEvent(event)

    def _on_close_pressed(self) -> None:
        self._came_by.clear()
        self.closed.emit()

    def _on_back_pressed(self) -> None:
        if self._came_by:
            self._show(self._came_by.pop())

    def _on_child_asked_inside(self, child_id: str) -> None:
        self._came_by.append(self.subject)
        self._show(("child", child_id))

    def _on_worker_asked_inside(self, worker_id: str) -> None:
        self._came_by.append(self.subject)
        self._show(("worker", worker_id))

    def _on_outlook_changed(self, _outlook: "Outlook") -> None:
        if self.isVisible():
            self._fill()

    def _on_privacy_changed(self, _initials_only: bool) -> None:
        if self.isVisible():
            self._fill()

    def _on_log_visit_asked(self) -> None:
        if self.isVisible() and self.subject[0] == "child":
            self.child.run_task("log")
        else:
            from planner.ui.dialogs.find_child import FindChildDialog

            FindChildDialog(self.desk, self.window()).show_up()


def _area() -> PageArea:
    """Where a panel scrolls, up and down alone."""
    area = PageArea()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setObjectName("drawerScroll")
    return area
