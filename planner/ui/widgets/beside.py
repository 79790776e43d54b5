"""A page and a drawer beside it: the drawer pushes the page where there is room for both, and else lies over its right side."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from planner.ui.theme import current_theme

LEAST_PAGE = 640
WIDEST_DRAWER = 640
EDGE = 6


class DrawerEdge(QWidget):
    """The edge by which the drawer is dragged wider or narrower."""

    def __init__(self, parent: "Beside") -> None:
        super().__init__(parent)
        self._host = parent
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setToolTip("Drag to make the drawer wider or narrower")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        place = self.mapTo(self._host, event.position().toPoint()).x()
        self._host.set_drawer_width(self._host.width() - place)


class Beside(QWidget):
    """Lays out a page and, while it is open, a drawer at the right.

    `focus_covered` says that the keyboard came to a part of the page that the drawer hides.
    """

    focus_covered = Signal()

    def __init__(self, page: QWidget, drawer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.drawer = drawer
        self.wanted_width = current_theme().size("drawer_width")
        page.setParent(self)
        drawer.setObjectName("drawer")
        drawer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._edge = DrawerEdge(self)
        self._edge.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.page.isAncestorOf(now) and self.drawer.isVisible():
            place = QRect(now.mapTo(self, QPoint(0, 0)), now.size())
            if self.drawer.geometry().contains(place):
                self.focus_covered.emit()

    def take_drawer(self) -> None:
        """Make the drawer ours, hidden. It comes in a moment of its own, for styling its many parts takes a while."""
        if self.drawer.parentWidget() is not self:
            self.drawer.setParent(self)
            self.drawer.ensurePolished()
            self.drawer.installEventFilter(self)

    def open_drawer(self) -> None:
        """Show the drawer."""
        self.take_drawer()
        self.drawer.show()

    @property
    def drawer_width(self) -> int:
        """The width the drawer has, or would have, in pixels: somewhat less than asked where the page then still has room."""
        least = current_theme().size("drawer_width_min")
        room_beside = self.width() - LEAST_PAGE
        width = room_beside if least <= room_beside < self.wanted_width else self.wanted_width
        return min(width, max(self.width() - 48, 0))

    def set_drawer_width(self, width: int) -> None:
        """Make the drawer wider or narrower, within the design's limits."""
        self.wanted_width = max(current_theme().size("drawer_width_min"), min(WIDEST_DRAWER, width))
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when the drawer opens, give it back when it closes."""
        if watched is self.drawer and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.arrange()
            self._settle_page()
        return False

    def _settle_page(self) -> None:
        """Lay the page out at once: a header that breaks its lines anew would stand too high in the page's first picture."""
        parts = self.page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for layout in (*(part.layout() for part in parts if part.isVisible()), self.page.layout()):
            if layout is not None:
                layout.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay both out anew."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Set the geometry of page, drawer and edge."""
        width, height = self.width(), self.height()
        is_open = self.drawer.parentWidget() is self and self.drawer.isVisibleTo(self)
        taken = self.drawer_width if is_open else 0
        pushes = width - taken >= LEAST_PAGE
        self.page.setGeometry(0, 0, width - taken if pushes else width, height)
        self._edge.setVisible(is_open)
        if is_open:
            self.drawer.setGeometry(width - taken, 0, taken, height)
            self._edge.setGeometry(width - taken - EDGE // 2, 0, EDGE, height)
            self.drawer.raise_()
            self._edge.raise_()
