"""The terms of an allocation: in which role, from which day, under which code for a change of worker, and why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from planner.core.codes import ALLOCATION_ROLES, WORKER_CHANGE_REASONS
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.end_allocation import CHOOSE
from planner.ui.dialogs.fields import ChoiceField, Field, TextField
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk


ROLE_WIDTH, START_WIDTH, ACT_WIDTH = 140, 224, 260
REASON_LEAST, APART = 200, 16
"""With less room than this for the reason it has a line of its own."""


TWO_LINES_FROM = 560
PLACES = {
    1: ((0, 0, 1), (0, 1, 1), (1, 0, 4), (0, 2, 1), (0, 3, 1)),
    2: ((0, 0, 1), (0, 1, 1), (0, 2, 2), (1, 0, 3), (1, 3, 1)),
    5: ((0, 0, 4), (1, 0, 4), (2, 0, 4), (3, 0, 4), (4, 0, 4)),
}
"""Row, column and columns taken of role, day, code, reason and button, by the lines they stand in; in one the code is hidden."""


class Terms(QWidget):
    """The foot of the page. `changed` says that role or day are others; `asked` that it is to be done."""

    changed = Signal()
    asked = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = ChoiceField("Role", ALLOCATION_ROLES)
        self.start = DayField(desk, "From", max(desk.today, desk.on))
        self.code = ChoiceField("Statutory reason for the change", CHOOSE | WORKER_CHANGE_REASONS)
        self.reason = TextField("Reason for this choice", "", "Holds the brother; room after leave")
        self._lines = 0
        self.act_button = Button("Allocate", self.asked.emit, kind="primary")
        self._lay_out()
        self.role.changed.connect(self.changed)
        self.start.changed.connect(self.changed)
        self.reason.edit.returnPressed.connect(self.asked)
        self.reason.changed.connect(lambda: self.reason.show_trouble(""))
        self.code.changed.connect(lambda: self.code.show_trouble(""))

    def stand_in_line(self, room: int) -> None:
        """Leave room in pixels at the right, so that the button ends where the columns above it end."""
        self._column.setContentsMargins(0, 0, room, 12)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(APART)
        self._grid.setVerticalSpacing(8)
        self._column = column = QVBoxLayout(self)
        self.stand_in_line(0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addLayout(self._grid)
        # An empty label over the button, so that it stands in line with the fields whatever is said under them.
        self._beside_reason = QWidget()
        beside = QVBoxLayout(self._beside_reason)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(Words(" ", "strong"))
        beside.addWidget(self.act_button)
        self._arrange()

    def _arrange(self) -> None:
        """In one line where there is room and no code is asked for, else the reason in its own, else each in its own."""
        scale = current_theme().text_scale
        lines = 5 if self.width() < TWO_LINES_FROM * scale else 2
        in_line = round((ROLE_WIDTH + START_WIDTH + REASON_LEAST) * scale) + 3 * APART + self.act_button.sizeHint().width()
        if self.width() - self._column.contentsMargins().right() >= in_line and self.code.isHidden():
            lines = 1
        if lines == self._lines:
            return
        self._lines = lines
        top = Qt.AlignmentFlag.AlignTop
        for widget in (*self.fields(), self._beside_reason):
            self._grid.removeWidget(widget)
        for widget, (row, column, columns) in zip((*self.fields(), self._beside_reason), PLACES[lines], strict=True):
            self._grid.addWidget(widget, row, column, 1, columns, top)
        self.start.setMinimumWidth(round(START_WIDTH * current_theme().text_scale))
        self.role.setMinimumWidth(round(ROLE_WIDTH * current_theme().text_scale))
        for place, stretch in enumerate((0, 0, 1, 0)):
            self._grid.setColumnStretch(place, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line or two."""
        super().resizeEvent(event)
        self._arrange()

    def say_change(self, former: str) -> None:
        """Ask for the statutory code where someone holds the child now; nothing where it is no change of worker."""
        self.code.setVisible(bool(former))
        self.code.hint.say(f"{former} holds the child until then." if former else "")
        self._arrange()

    def say_act(self, words: str) -> None:
        """Say on the button what it does; of a very long name the beginning."""
        room = round(ACT_WIDTH * current_theme().text_scale)
        self.act_button.setText(self.act_button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.act_button.setToolTip("" if self.act_button.text() == words else words)
        self.act_button.setAccessibleName(words)
        self._arrange()

    def is_change(self) -> bool:
        """Whether the code is asked for."""
        return not self.code.isHidden()

    def clear(self) -> None:
        """Empty for the next child: the reason and the code are of one choice; role and day stay."""
        self.reason.edit.clear()
        self.code.choose("")
        for field in self.fields():
            field.show_trouble("")

    def fields(self) -> tuple[Field, ...]:
        """All fields."""
        return self.role, self.start, self.code, self.reason
