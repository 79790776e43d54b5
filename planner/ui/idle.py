"""Locking: after minutes without a key or a click, or at once; put off for a chosen time while a meeting lasts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication

CHECKED_EVERY_MS = 5_000
SLEPT = timedelta(seconds=60)
"""When the clock went on by so much between two looks, the computer slept."""
MEETINGS = (30, 60, 90)
"""Minutes a meeting can be said to last."""
TOLD_BEFORE = timedelta(seconds=30)
"""So long before it locks it is said that it will."""
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Says `idle` once nobody has touched the planner for so long, and shortly before `idle_soon`, unless a meeting is on."""

    idle = Signal()
    idle_soon = Signal()
    stayed = Signal()
    """Somebody was here after it was said that it would lock."""
    meeting_changed = Signal()

    def __init__(self, clock: Callable[[], datetime], minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.minutes = minutes
        self.meeting_until: datetime | None = None
        self._touched_at = clock()
        self._looked_at = clock()
        self._is_told = False
        self._is_watching = False
        self._timer = QTimer(self)
        self._timer.setInterval(CHECKED_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        self.stop()
        self._is_watching, self._is_told = True, False
        self._touched_at = self._looked_at = self._clock()
        self.end_meeting()
        _application().focusWindowChanged.connect(self._watch_window)
        for window in QGuiApplication.topLevelWindows():
            self._watch_window(window)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more; there is nothing to lock."""
        if not self._is_watching:
            return
        self._is_watching = False
        self._timer.stop()
        _application().focusWindowChanged.disconnect(self._watch_window)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
        self.end_meeting()

    def _watch_window(self, window: QWindow | None) -> None:
        """Windows of the system are watched, not every widget: what a person does comes through them first."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def begin_meeting(self, minutes: int) -> None:
        """Do not lock for so many minutes; after them the watch begins anew."""
        self.meeting_until = self._clock() + timedelta(minutes=minutes)
        self.meeting_changed.emit()

    def end_meeting(self) -> None:
        """Lock as usual again."""
        if self.meeting_until is not None:
            self.meeting_until = None
            self._touched_at = self._clock()
            self.meeting_changed.emit()

    def look(self) -> None:
        """Look at the clock: end a meeting whose time is over, and say so where nobody has been here, or the computer slept."""
        now, before = self._clock(), self._looked_at
        self._looked_at = now
        if now - before >= SLEPT:
            self.leave()
            return
        if self.meeting_until is not None:
            if now < self.meeting_until:
                return
            self.end_meeting()
        left = self._touched_at + timedelta(minutes=self.minutes) - now
        if left <= timedelta():
            self._touched_at = now
            self.idle.emit()
        elif left <= TOLD_BEFORE and not self._is_told:
            self._is_told = True
            self.idle_soon.emit()

    def leave(self) -> None:
        """Nobody is here: the computer was locked or slept, whatever meeting was on."""
        if self._is_watching:
            self.end_meeting()
            self._touched_at = self._clock()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is here."""
        if event.type() in _SIGNS_OF_LIFE:
            self._touched_at = self._clock()
            if self._is_told:
                self._is_told = False
                self.stayed.emit()
        return False


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
