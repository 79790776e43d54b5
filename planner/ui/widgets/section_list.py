"""One list of a page: its heading with a count, a link to all of it, and its first three to five rows."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.ui.rows_painting import INSET
from planner.ui.table import Column, RowsModel
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Section:
    """One list: heading, its count in words, the columns of its short rows, and all rows with the columns they open with.

    `empty` is said where there are no rows; a section without it is then not shown at all. `most` rows are shown, and
    one more where that makes it all of them.
    """

    key: str
    heading: str
    count: str
    brief: tuple[Column, ...]
    full: tuple[Column, ...]
    rows: tuple[Any, ...]
    empty: str = ""
    note: str = ""
    most: int = 3

    @property
    def shown(self) -> tuple[Any, ...]:
        """The rows that stand on the page."""
        return self.rows if len(self.rows) <= self.most + 1 else self.rows[: self.most]


class SectionList(QWidget):
    """A section as it stands on a page; a click or Enter opens a row, the link opens all of them."""

    all_asked = Signal(object)
    row_opened = Signal(object)
    menu_asked = Signal(object, object)
    """The row whose menu is asked for, and where on the screen."""

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.heading, self.count = Words(role="section"), Words(tone="muted")
        self.note, self.empty = Words(tone="muted"), Words(tone="muted")
        self.heading.setWordWrap(False)
        self.link = Button("", lambda: self.all_asked.emit(self.section), kind="link")
        self.line = QFrame()
        self.line.setProperty("line", "true")
        self.line.setFixedHeight(1)
        self.model = RowsModel(section.brief)
        self.rows = FittedRows(self.model, section.heading)
        self._build()
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_section(section)

    def _build(self) -> None:
        rows = self.rows
        rows.horizontalHeader().hide()
        rows.row_opened.connect(self.row_opened)
        rows.clicked.connect(self._on_row_clicked)
        rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.customContextMenuRequested.connect(self._on_menu_asked)
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET - 4, 0)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for label in (self.note, self.empty):
            label.setContentsMargins(INSET, 0, INSET, 0)
            column.addWidget(label)
        under = QVBoxLayout()
        under.setSpacing(0)
        under.addWidget(self.line)
        under.addWidget(rows)
        column.addLayout(under)

    def show_section(self, section: Section) -> None:
        """Show another state of the section."""
        self.section = section
        self.heading.setText(section.heading)
        self.count.setText(section.count if section.rows else "")
        self.note.setText(section.note)
        self.note.setVisible(bool(section.note and section.rows))
        self.empty.setText(section.empty)
        self.empty.setVisible(not section.rows)
        self.link.setVisible(bool(section.rows))
        self.link.setText(f"Show all {len(section.rows):,}" if len(section.rows) > 1 else "Show")
        self.link.setAccessibleName(f"Show all {len(section.rows):,}: {section.heading}")
        if self.model.columns != section.brief:
            self.model.set_columns(section.brief)
        self.model.set_rows(section.shown)
        self.line.setVisible(bool(section.rows))
        self.rows.setVisible(bool(section.rows))
        self.rows.fit_height()
        has_words = bool(section.rows or section.empty)
        if self.parentWidget() is not None or not has_words:
            self.setVisible(has_words)  # without a parent yet, it would flash as a window of its own

    def _on_row_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self.model.row_at(index))

    def _on_menu_asked(self, at: QPoint) -> None:
        """By the pointer, of the row under it; by the keys, of the row they stand on."""
        index = self.rows.indexAt(at)
        row = self.model.row_at(index) if index.isValid() else self.rows.current_row()
        if row is not None:
            self.menu_asked.emit(row, self.rows.viewport().mapToGlobal(at))

    def _on_theme_changed(self) -> None:
        self.link.setMinimumHeight(current_theme().size("target_minimum"))
