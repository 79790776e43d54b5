"""The page of exactly the rows behind a figure, with a filter and the way back."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.manager_queue import ToDecide
from planner.core.records import Child, Worker
from planner.ui.inner_page import InnerPage
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words


def subject_of(row: Any) -> tuple[str, str] | None:
    """Whom a row is about: (`child` or `worker`, id), found through its `child`, `case`, `worker` or subject; or None."""
    if isinstance(row, Child | Worker):
        return ("child" if isinstance(row, Child) else "worker"), row.id
    for part in ("child", "case", "worker"):
        inner = getattr(row, part, None)
        found = subject_of(inner) if inner is not None else None
        if found:
            return found
    if getattr(row, "subject_id", ""):
        return row.subject, row.subject_id
    return ("child", row.child_id) if getattr(row, "child_id", "") else None


class RowsPage(InnerPage):
    """A table over the whole page; a row opens the drawer on whom it is about."""

    table: RowsView
    subject_asked = Signal(str, str)
    decision_asked = Signal(object)
    """A row of what waits for the manager, which is decided where it stands."""

    def __init__(self, title: str, columns: Sequence[Column], rows: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = title
        self.setAccessibleName(title)
        self.model = RowsModel(columns, rows, self)
        self.table = RowsView(self.model, title)
        self.table.gives_way = True
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName(f"Filter {title}")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(320)
        self.shown = Words("", "small", "muted")
        self.empty = Words("")
        self.clear = Button("Clear the filter", self._on_clear_pressed, small=True)
        top = QHBoxLayout()
        top.addWidget(self.filter)
        top.addWidget(self.shown, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 12, 28, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(0)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.table.row_opened.connect(self._on_row_opened)
        self._on_filter_changed("")

    def filter_field(self) -> QWidget:
        """The field over the rows."""
        return self.filter

    def finding(self) -> str:
        """How many rows stand behind the figure."""
        return count_words(len(self.model.rows), "row")

    def show_privacy(self) -> None:
        """Read the rows anew; their columns say how a child is called just now."""
        self.model.read_again()
        self._on_filter_changed(self.filter.text())

    def _on_clear_pressed(self) -> None:
        self.filter.clear()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter_changed(self, text: str) -> None:
        self.model.set_filter(text)
        shown, all_rows = self.model.rowCount(), len(self.model.rows)
        self.table.setVisible(bool(shown))
        self.clear.setVisible(not shown and all_rows > 0)
        self.empty.say("" if shown else self._empty_words(text.strip(), all_rows))
        self.shown.setText("" if shown == all_rows else f"{shown:,} of {all_rows:,} shown")

    def _empty_words(self, typed: str, all_rows: int) -> str:
        if all_rows:
            return f"No row here matches “{typed}”. There {'is' if all_rows == 1 else 'are'} {all_rows:,} without the filter."
        return "There is nothing behind this figure on the day looked at. Go back, or look at another day or team."

    def drop_decided(self, waiting: Iterable[ToDecide]) -> None:
        """Let go of rows that wait for the manager no more; rows of every other kind stay as they were."""
        still = {(one.kind, one.case.child.id) for one in waiting}
        rows = [row for row in self.model.rows if not isinstance(row, ToDecide) or (row.kind, row.case.child.id) in still]
        if len(rows) < len(self.model.rows):
            self.model.set_rows(rows)
            self._on_filter_changed(self.filter.text())

    def _on_row_opened(self, row: Any) -> None:
        if isinstance(row, ToDecide):
            self.decision_asked.emit(row)
            return
        subject = subject_of(row)
        if subject is not None:
            self.subject_asked.emit(*subject)
