"""A field of many small numbers in rows and columns, each typed in a line of its own; an empty line says nothing."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from planner.ui.dialogs.fields import Field
from planner.ui.widgets.words import Words

LEAST, APART = 56, 8
Place: TypeAlias = tuple[str, str]
"""The keys of a row and of a column."""


class NumbersField(Field):
    """Numbers by row and column; `rows` and `columns` map keys to what is read. Places in `left_out` take none."""

    def __init__(
        self,
        label: str,
        rows: Mapping[str, str],
        columns: Mapping[str, str],
        hint: str = "",
        left_out: Iterable[Place] = (),
        parent: QWidget | None = None,
    ) -> None:
        self.edits: dict[Place, QLineEdit] = {}
        self._names = {(row, column): f"{rows[row]}, {columns[column]}" for row in rows for column in columns}
        control = QWidget()
        self._lay_out(control, rows, columns, frozenset(left_out))
        super().__init__(label, control, hint, parent)
        control.setFocusProxy(next(iter(self.edits.values())))

    def _lay_out(self, control: QWidget, rows: Mapping[str, str], columns: Mapping[str, str], left_out: frozenset[Place]) -> None:
        grid = QGridLayout(control)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(APART)
        grid.setVerticalSpacing(APART)
        grid.setColumnStretch(0, 2)
        for place, words in enumerate(columns.values(), 1):
            grid.addWidget(Words(words, "small", "muted"), 0, place, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(place, 1)
        for line, (row, words) in enumerate(rows.items(), 1):
            grid.addWidget(Words(words), line, 0)
            for place, column in enumerate(columns, 1):
                if (row, column) not in left_out:
                    grid.addWidget(self._edit((row, column)), line, place)

    def _edit(self, at: Place) -> QLineEdit:
        edit = QLineEdit()
        edit.setMinimumWidth(LEAST)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setAccessibleName(self._names[at])
        edit.textChanged.connect(lambda _text: self.changed.emit())
        self.edits[at] = edit
        return edit

    def name_of(self, at: Place) -> str:
        """`ASYE, points`: which number it is."""
        return self._names[at]

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by `row/column`; empty lines are left out."""
        found = {at: edit.text().strip() for at, edit in self.edits.items()}
        return {"/".join(at): text for at, text in found.items() if text}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put back texts as `texts` gives them; every other line is emptied."""
        for at, edit in self.edits.items():
            edit.setText(texts.get("/".join(at), ""))

    def text_at(self, row: str, column: str) -> str:
        """What was typed at a place; empty where there is none."""
        edit = self.edits.get((row, column))
        return edit.text().strip() if edit is not None else ""
