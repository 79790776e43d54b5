"""The head of a page: title, finding, how fresh the case system's figures are, the day looked at, and the page's actions."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from planner.core.date_words import list_date, plain_date
from planner.core.working_days import WorkingCalendar
from planner.ui.keys import KeyWords
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.date_field import TypedDate
from planner.ui.widgets.tab_order import tab_through
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

LEAST_SIDE_BY_SIDE = 600
"""Under this width at 100% text the controls stand beneath the title."""

LEAST_TITLE = 260
"""Pixels at 100% text that the title and its sentence keep beside the controls."""
PUT_AWAY = "putAway"
"""The property of an action that its page does not offer just now."""


class AsAtDate(TypedDate):
    """The day looked at: Enter looks, Esc leaves it as it was; what is understood floats beneath while typing."""

    day_asked = Signal(object)

    def __init__(self, today: date, calendar: WorkingCalendar, parent: QWidget | None = None) -> None:
        super().__init__(today, calendar, parent)
        self.setAccessibleName("As at")
        KeyWords(self, "day", lambda key: self.setToolTip(f"The day looked at ({key}). Type a day and press Enter."))
        self._looked_at = today
        self._echo = QLabel(self, Qt.WindowType.ToolTip)
        self._echo.setMargin(6)
        self._echo.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.understood.connect(self._on_understood)
        self.editingFinished.connect(self._echo.hide)
        self.date_changed.connect(self._on_date_chosen)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def shown_words(self, day: date | None) -> str:
        """Always with its year: `Mon 23 Nov 2026`."""
        return list_date(day, date.min) if day else ""

    def show_day(self, day: date, today: date) -> None:
        """Show the day looked at."""
        self.today, self._looked_at = today, day
        self.set_date(day)
        self._echo.hide()

    def event(self, event: QEvent) -> bool:
        """While a day is being typed, Esc belongs to the field and not to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self.isModified():
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks at the day typed; Esc puts back the one looked at."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.day is not None:
                self._echo.hide()
                self.day_asked.emit(self.day)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_day(self._looked_at, self.today)
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _on_date_chosen(self, day: date | None) -> None:
        if day is not None and not self.isModified() and day != self._looked_at:
            self.day_asked.emit(day)

    def _on_understood(self, words: str, _is_date: bool) -> None:
        self._echo.setText(words)
        self._echo.adjustSize()
        self._echo.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._echo.setVisible(bool(words) and self.hasFocus() and self.isModified())
        self.setAccessibleDescription(words)

    def _on_theme_changed(self, theme: Theme) -> None:
        self._echo.setFont(theme.font("small"))
        self.setFixedWidth(round(136 * theme.text_scale) + 8)


class PageHeader(QFrame):
    """Title and finding at the left; the day, the actions and the freshness at the right."""

    day_asked = Signal(object)

    def __init__(self, today: date, calendar: WorkingCalendar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.today = today
        self.title = Words("", "title")
        self.finding = Words("", "body", "muted")
        self.freshness = Words("", "small", "muted")
        self.back = Button("Back", kind="link")
        self.back.hide()
        self.as_at = AsAtDate(today, calendar)
        self.as_at.day_asked.connect(self.day_asked)
        self.days = Button("Days")
        self.days.setAccessibleName("Days to look at")
        self.days.setMenu(self._days_menu())
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self._lay_out()

    def _lay_out(self) -> None:
        label = Words("As at", "body", "muted")
        label.setWordWrap(False)
        label.setBuddy(self.as_at)
        self._day_row = QHBoxLayout()
        self._day_row.setSpacing(8)
        self._day_row.addStretch(1)
        for widget in (label, self.as_at, self.days):
            self._day_row.addWidget(widget)
        self._button_row = QHBoxLayout()
        self._button_row.addStretch(1)
        self._button_row.addLayout(self.buttons)
        self._controls = controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        controls.setSpacing(8)
        controls.addLayout(self._day_row, 1)
        controls.addLayout(self._button_row)
        self.freshness.setAlignment(Qt.AlignmentFlag.AlignRight)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(controls)
        right.addWidget(self.freshness)
        left = QVBoxLayout()
        left.setSpacing(3)
        left.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.title)
        left.addWidget(self.finding)
        left.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(28, 16, 28, 8)
        self._sides.setSpacing(16)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right)
        self.finding.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one beneath the other."""
        super().resizeEvent(event)
        is_narrow = self.width() < LEAST_SIDE_BY_SIDE * current_theme().text_scale
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        # In one line beside the title, which gives way to it; beneath the title it has the whole width, and may still wrap.
        self.freshness.setWordWrap(is_narrow)
        self._fit_controls()

    def _fit_controls(self) -> None:
        """The day beside the page's buttons, or above them where that would leave no room for the title."""
        margins = self._sides.contentsMargins()
        wanted = self._day_row.minimumSize().width() + self._controls.spacing() + self._button_row.minimumSize().width()
        is_beside_title = self._sides.direction() == QBoxLayout.Direction.LeftToRight
        wanted += round(LEAST_TITLE * current_theme().text_scale) if is_beside_title else 0
        is_tight = wanted > self.width() - margins.left() - margins.right()
        self._controls.setDirection(QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight)

    def show_words(self, title: str, finding: str) -> None:
        """Name the page and what was found."""
        self.title.setText(title)
        self.finding.say(finding)

    def show_day(self, day: date, today: date) -> None:
        """Show the day looked at."""
        self.today = today
        self.as_at.show_day(day, today)

    def show_freshness(self, source: str, source_as_at: date | None, logged_since: int, today: date) -> None:
        """`Case system as at Fri 20 Nov, plus 12 logged here since`; nothing where nothing was ever imported."""
        if source_as_at is None:
            self.freshness.say("Nothing imported from the case system yet")
            return
        words = f"{source} as at {list_date(source_as_at, today)}"
        self.freshness.say(f"{words}, plus {logged_since:,} logged here since" if logged_since else words)

    def show_actions(self, widgets: list[QWidget]) -> None:
        """Put a page's own buttons at the right, the main one last; those that are put away for now stay hidden."""
        while self.buttons.count():
            item = self.buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
        for widget in widgets:
            self.buttons.addWidget(widget)
            widget.setVisible(not widget.property(PUT_AWAY))
        tab_through((self.as_at, self.days, *widgets))
        self._fit_controls()

    def is_action(self, widget: QWidget) -> bool:
        """Whether a widget is one of the page's own buttons, in view now."""
        return self.buttons.indexOf(widget) >= 0

    def _days_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(self._on_days_about_to_show)
        return menu

    def _on_days_about_to_show(self) -> None:
        menu = self.days.menu()
        menu.clear()
        first = self.today.replace(day=1)
        for words, day in (
            ("Today", self.today),
            ("A week ago", self.today - timedelta(days=7)),
            ("Last month end", first - timedelta(days=1)),
            ("In two weeks", self.today + timedelta(days=14)),
        ):
            action = menu.addAction(f"{words}: {plain_date(day)}")
            action.triggered.connect(lambda _checked=False, chosen=day: self.day_asked.emit(chosen))
        menu.addAction("Another day (calendar)").triggered.connect(lambda _checked=False: self.as_at.open_calendar())


class PastBand(QFrame):
    """Says that the plan is seen on another day, and that the past cannot be edited."""

    today_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pastBand")
        self.words = Words("")
        self.back = Button("Back to today", self.today_asked.emit, kind="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 2, 28, 2)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.back)
        self.hide()

    def show_day(self, day: date, today: date) -> None:
        """Stand there on any day but today."""
        if day < today:
            self.words.setText(f"As at {plain_date(day)}. You are looking at the past; nothing can be changed.")
        else:
            ahead = count_words((day - today).days, "day")
            self.words.setText(f"As at {plain_date(day)}. You are looking {ahead} ahead; planned visits do not count as made.")
        self.setVisible(day != today)
