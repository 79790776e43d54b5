"""The window's menu: what can be done anywhere, and how the planner looks and locks on this computer."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from planner.settings import Settings
from planner.ui.idle import MEETINGS
from planner.ui.wording import count_words

AT_WORK = (
    *("find", "log_visit", "quick_line", "visit_list", "filter", "sort", "day", "teams", "calendar", "history", "print"),
    *("privacy", "export", "copy_table"),
)
SETTINGS = ("names", "people", "team_list", "holidays", "passphrase", "recovery")
"""What holds for the whole workspace, whoever opens it and wherever."""
THEME_WORDS = {"system": "As the system", "light": "Light", "dark": "Dark", "high_contrast": "High contrast"}
CLIPBOARD_WORDS = {"30": "30 seconds", "60": "1 minute", "300": "5 minutes"}
LOCK_OFFERED = ("1", "2", "5", "10", "15", "30", "60")
TEXT_PERCENTS = ("80", "100", "125", "150", "175", "200")


class WindowMenu(QMenu):
    """The actions by their names, in order; `chosen` tells of a setting of this computer: its name and its value."""

    chosen = Signal(str, str)

    def __init__(self, settings: Settings, named: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._named = settings, named
        self._add("undo", "redo")
        self.addSeparator()
        self._add(*AT_WORK)
        self.addSeparator()
        self.addMenu("This workspace").addActions([named[name] for name in SETTINGS])
        self._add_choices("Colours", "theme", THEME_WORDS)
        self._add_choices("Text size", "text_percent", {percent: f"{percent}%" for percent in TEXT_PERCENTS})
        self._add("keys")
        self.addSeparator()
        self._add("lock")
        meeting = self.addMenu("Do not lock, for a meeting of")
        for minutes in MEETINGS:
            meeting.addAction(f"{minutes} minutes", named[f"meeting_{minutes}"].trigger)
        self._add_choices("Lock after", "lock_minutes", {one: count_words(int(one), "minute") for one in LOCK_OFFERED})
        self._add_choices("Empty the clipboard after", "clipboard_seconds", CLIPBOARD_WORDS)
        self.addSeparator()
        self._add("help", "leave")

    def _add(self, *names: str) -> None:
        self.addActions([self._named[name] for name in names])

    def _add_choices(self, title: str, setting: str, words: Mapping[str, str]) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for value, shown in words.items():
            action = menu.addAction(shown)
            action.setCheckable(True)
            action.setChecked(self._settings.value(setting) == value)
            action.triggered.connect(lambda _checked=False, value=value: self.chosen.emit(setting, value))
            group.addAction(action)
