"""A ring of 2 pixels round whatever has the keyboard focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QStackedWidget, QWidget
from shiboken6 import isValid

from planner.ui.theme import current_theme


class FocusRing(QWidget):
    """The ring itself: lies over what holds the widget, lets the mouse through, and follows the widget as it moves."""

    def __init__(self, target: QWidget) -> None:
        holders = _holders(target)
        self._under = holders[-1]
        super().__init__(self._under)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target = target
        for watched in (target, *holders):
            watched.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Stand round the target where it is now."""
        if not (isValid(self._target) and isValid(self._under)):
            self.hide()
            return
        self.setGeometry(_around(self._target, self._under).intersected(self._under.rect()))
        self.setVisible(self._target.isVisible())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target; never keep an event from it."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded outline."""
        theme = current_theme()
        width = theme.size("focus_ring")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), width))
        inside = QRect(self.rect()).adjusted(width // 2, width // 2, -width // 2, -width // 2)
        painter.drawRoundedRect(inside, theme.size("radius_control") + 2, theme.size("radius_control") + 2)
        painter.end()


def _around(target: QWidget, under: QWidget) -> QRect:
    theme = current_theme()
    reach = theme.size("focus_ring") + theme.size("focus_gap")
    return QRect(target.mapTo(under, QPoint(0, 0)), target.size()).adjusted(-reach, -reach, reach, reach)


def _holders(target: QWidget) -> list[QWidget]:
    """The widgets round the target up to one with room for the ring, which scrolls along with the target."""
    holders: list[QWidget] = []
    parent = target.parentWidget()
    while parent is not None:
        holders.append(parent)
        above = parent.parentWidget()
        if parent.rect().contains(_around(target, parent)) or above is None:
            break
        if isinstance(above, QSplitter | QStackedWidget) or isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        parent = above
    return holders


class FocusFollower(QObject):
    """Moves the ring of one window to what has the focus; lists draw their own within the row."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._ring: FocusRing | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if new is not None and isValid(self._window) and new.window() is self._window and _wants_ring(new):
            self._ring = FocusRing(new)


def _wants_ring(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QSplitter | QStackedWidget | QAbstractScrollArea):
        return False
    return not isinstance(widget, QAbstractScrollArea) and not widget.property("paintsFocus")
