"""Changes that need a plan, as the Team screen lists them: two lines each, and the rows behind them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.core.date_words import full_date, range_words
from planner.core.outlook_rows import CaseDue, OpenCase
from planner.core.records import Sighting
from planner.core.team_changes import LEAVE, LEAVES, LEFT, LONG_AWAY, WorkerChange
from planner.ui.drawer_parts import emptied
from planner.ui.rows_painting import INSET
from planner.ui.team.rows import amount_words, unit_of
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.tab_order import tab_through
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

HEAD, LIKELY = 28, 360
NOTHING = "Nobody leaves, and nobody is long away. What is due while somebody is on leave appears here four weeks ahead."


def title_of(change: WorkerChange) -> str:
    """`Joanna Pike leaves on Friday 4 December 2026`; of somebody away never why."""
    name = change.worker.name
    if change.kind == LEFT:
        return f"{name} left on {full_date(change.first_day)}"
    if change.kind == LEAVES:
        return f"{name} leaves on {full_date(change.first_day)}"
    if change.last_day is None:
        since = f" from {full_date(change.first_day)}" if change.kind == LEAVE else ""
        return f"{name} is away{since}, no return date"
    if change.kind == LEAVE:
        return f"{name} is away {range_words(change.first_day, change.last_day)}"
    return f"{name} is away until {full_date(change.last_day)}"


def details_of(change: WorkerChange) -> str:
    """What must be placed, and which visits it touches."""
    said = []
    if change.kind == LEAVE:
        children = count_words(len(change.cases), "child", "children")
        falls = "falls" if len(change.due) == 1 else "fall"
        said += [f"{count_words(len(change.due), 'duty', 'duties')} to {children} {falls} due while away"] if change.due else []
    else:
        load = change.load
        weight = (
            f", {amount_words(load.used, unit_of((load,)))}"
            if load is not None and len(load.child_ids) == len(change.cases) and load.used and unit_of((load,)) != "children"
            else ""
        )
        children = count_words(len(change.cases), "child", "children")
        said.append(f"{children} to place{weight}" if change.cases else "Each child has a new worker from that day")
        visits = sum(row.obligation.kind == "visit" for row in change.due)
        said.append(f"{count_words(len(change.late), 'visit')} overdue, {visits:,} due in 14 days")
    if change.planned:
        after = "while away" if change.kind not in (LEFT, LEAVES) else "after that day"
        said.append(f"{count_words(len(change.planned), 'visit is', 'visits are')} planned {after}")
    return ". ".join(said) + "."


def rows_behind(outlook: "Outlook", change: WorkerChange) -> tuple[CaseDue | OpenCase, ...]:
    """For leave what falls due; else every child that must be placed."""
    return change.due or _planned_cases(outlook, change) if change.kind == LEAVE else change.cases


def _planned_cases(outlook: "Outlook", change: WorkerChange) -> tuple[OpenCase, ...]:
    """The children of visits planned for days away."""
    ids = [one.child_id for visit in change.planned for one in outlook.snapshot.by(Sighting, "visit_id", visit.id)]
    return tuple(case for child_id in dict.fromkeys(ids) if (case := outlook.case_of(child_id)) is not None)


class ChangeButton(QAbstractButton):
    """One change: a strong line and a muted one; pressed, it opens its rows."""

    def __init__(self, change: WorkerChange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.change = change
        self.title, self.details = title_of(change), details_of(change)
        self._heights: dict[tuple[str, int], int] = {}
        self.setProperty("paintsFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(_as_high_as_its_words())
        self.setText(self.title)
        self.setAccessibleName(f"{self.title}. {self.details}")
        self.setAccessibleDescription("Opens the rows behind it")
        theme_changes.changed.connect(self._on_theme_changed)

    def hasHeightForWidth(self) -> bool:
        """Long lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Both texts with room above and beneath."""
        return 20 + self._height("strong", self.title, width) + self._height("small", self.details, width)

    def sizeHint(self) -> QSize:
        """At the width it is likely to have."""
        width = self.width() if self.width() > 100 else 480
        return QSize(min(LIKELY, width), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Any width; the lines wrap."""
        return QSize(120, 48)

    def _height(self, role: str, text: str, width: int) -> int:
        """Measured once for each width: a layout asks for it dozens of times."""
        found = self._heights.get((role, width))
        if found is None:
            room = QRect(0, 0, max(40, width - 2 * INSET), 10_000)
            found = QFontMetrics(current_theme().font(role)).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
            self._heights[(role, width)] = found
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two texts."""
        theme = current_theme()
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("selection" if self.isDown() else "hover"))
        top = 10
        for role, text, colour in (("strong", self.title, "text"), ("small", self.details, "text_muted")):
            height = self._height(role, text, self.width())
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(colour))
            room = QRect(INSET, top, self.width() - 2 * INSET, height)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, text)
            top += height
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus_ring")))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -2))
        painter.end()

    def _on_theme_changed(self, _theme: object) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()


def _as_high_as_its_words() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def _hairline() -> QFrame:
    line = QFrame()
    line.setProperty("line", "true")
    line.setFixedHeight(1)
    return line


class ChangeList(QWidget):
    """All changes that need a plan; `opened` gives the one pressed, `plan_asked` the one whose children are to be placed."""

    opened = Signal(object)
    plan_asked = Signal(object)
    MOST = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[ChangeButton] = []
        self.places: dict[ChangeButton, Button] = {}
        self.heading = Words("Changes that need a plan", "section")
        self.heading.setContentsMargins(INSET, 0, INSET, 0)
        self.all = Button("", self._on_all_pressed, kind="link")
        self._found: tuple[WorkerChange, ...] = ()
        self._shows_all = False
        self.nothing = Words("", tone="muted")
        self.nothing.setContentsMargins(INSET, 8, INSET, 0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addStrut(HEAD)
        head.addWidget(self.heading, 1)
        head.addWidget(self.all)
        column.addLayout(head)
        column.addWidget(_hairline())
        column.addWidget(self.nothing)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_changes(self, changes: Iterable[WorkerChange]) -> None:
        """Show these, the soonest first: the first eight, and all of them when asked."""
        self._found = tuple(changes)
        emptied(self._rows)
        self.buttons, self.places = [], {}
        for change in self._found if self._shows_all else self._found[: self.MOST]:
            button = ChangeButton(change)
            button.clicked.connect(lambda _checked=False, change=change: self.opened.emit(change))
            self.buttons.append(button)
            self._rows.addWidget(self._row(button))
        tab_through((self.all, *(part for button in self.buttons for part in (button, self.places.get(button)) if part)))
        self.all.setVisible(len(self._found) > len(self.buttons))
        self.all.setText(f"Show all {len(self._found)}")
        self.nothing.say("" if self._found else NOTHING)

    def _row(self, button: ChangeButton) -> QWidget:
        """The change, beside it the plan for the children who must be placed, and a hairline beneath."""
        row, change = QWidget(), button.change
        row.setSizePolicy(_as_high_as_its_words())
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(button, 0, 0)
        if change.kind != LEAVE and change.cases:
            place = Button("Plan cover" if change.kind == LONG_AWAY else "Plan the move", small=True)
            place.clicked.connect(lambda _checked=False: self.plan_asked.emit(change))
            place.setAccessibleName(f"{place.text()} of the children of {change.worker.name}")
            place.setAccessibleDescription("Suggests a new worker for each child")
            self.places[button] = place
            grid.addWidget(place, 0, 1)
        grid.addWidget(_hairline(), 1, 0, 1, 2)
        return row

    def _on_all_pressed(self) -> None:
        self._shows_all = True
        self.show_changes(self._found)
        self.buttons[self.MOST].setFocus()
