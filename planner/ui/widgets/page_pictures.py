"""Pages of paper, one under the other, as pictures made on another thread when they come into view."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from planner.ui.theme import current_theme
from planner.ui.widgets.roles import tell_role

if TYPE_CHECKING:
    from planner.ui.desk import Desk

A4_RATIO = 297 / 210
MOST_KEPT = 12
WHITE = 255
SMALLEST, LARGEST = 0.4, 2.5
STEP = 1.25
FULL_WIDTH = 794
"""The width of A4 at 96 pixels to the inch, which is 100%."""

PictureMaker = Callable[[bytes, int], QImage]


def _blank() -> QImage:
    """A speck of white paper."""
    speck = QImage(1, 1, QImage.Format.Format_Grayscale8)
    speck.fill(WHITE)
    return speck


class PagePicture(QWidget):
    """One page; it asks for its picture when it is painted without one."""

    wanted = Signal(int)

    def __init__(self, place: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.picture = _blank()
        self.setAccessibleName(f"Page {place + 1} of {count}")
        self.setAccessibleDescription("A picture of the page. The saved PDF holds the same as text.")

    def pixels(self) -> int:
        """The width of the picture in device pixels."""
        return round(self.width() * self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or an old or blank one stretched meanwhile, with a hairline round it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self.picture)
        painter.setPen(QPen(current_theme().colour("border"), 1))
        painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))
        painter.end()
        if self.picture.width() != self.pixels():
            self.wanted.emit(self.place)


class PagePictures(QScrollArea):
    """All pages of a job, zoomed together. `make` draws a page's bytes at a width, and is called on another thread."""

    zoom_changed = Signal(float)

    def __init__(self, desk: "Desk", make: PictureMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._make = make
        self._pages: list[bytes] = []
        self._widgets: list[PagePicture] = []
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._asked: set[tuple[int, int, int]] = set()
        self._set = 0
        self.zoom = 1.0
        self.setAccessibleName("Pages as they will print")
        tell_role(self, QAccessible.Role.Grouping)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show other pages, from the first."""
        self._pages = list(pages)
        self._recent.clear()
        self._asked.clear()
        self._set += 1
        desktop = QWidget()
        desktop.setAutoFillBackground(True)
        desktop.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        layout = QVBoxLayout(desktop)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        self._widgets = [PagePicture(place, len(self._pages)) for place in range(len(self._pages))]
        for widget in self._widgets:
            widget.wanted.connect(self._on_picture_wanted)
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setWidget(desktop)
        self._resize_pages()

    def zoom_by(self, steps: int) -> None:
        """Larger by steps, or smaller by negative ones."""
        self._zoom_to(self.zoom * STEP**steps)

    def fit_width(self) -> None:
        """As large as the view is wide."""
        self._zoom_to((self.viewport().width() - 48) / FULL_WIDTH)

    def is_drawn(self, place: int) -> bool:
        """Whether a page's picture is there at the size shown."""
        widget = self._widgets[place]
        return widget.picture.width() == widget.pixels()

    def _zoom_to(self, zoom: float) -> None:
        self.zoom = min(LARGEST, max(SMALLEST, zoom))
        self._resize_pages()
        self.zoom_changed.emit(self.zoom)

    def _resize_pages(self) -> None:
        width = round(FULL_WIDTH * self.zoom)
        for widget in self._widgets:
            widget.setFixedSize(width, round(width * A4_RATIO))
            widget.update()

    def _on_picture_wanted(self, place: int) -> None:
        width = self._widgets[place].pixels()
        if (self._set, place, width) in self._asked:
            return
        self._asked.add((self._set, place, width))
        self._desk.run_in_background(self._made, self._set, place, width, self._pages[place], then=self._on_picture_made)

    def _made(self, of_set: int, place: int, width: int, page: bytes) -> tuple[int, int, int, QImage]:
        return of_set, place, width, self._make(page, width)

    def _on_picture_made(self, made: tuple[int, int, int, QImage]) -> None:
        of_set, place, width, picture = made
        self._asked.discard((of_set, place, width))
        if of_set != self._set or width != self._widgets[place].pixels():
            return
        self._widgets[place].picture = picture
        self._widgets[place].update()
        self._recent[place] = None
        self._recent.move_to_end(place)
        while len(self._recent) > MOST_KEPT:
            old, _ = self._recent.popitem(last=False)
            self._widgets[old].picture = _blank()
