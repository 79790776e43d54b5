"""A framed place a file can be dropped on; whatever it holds says how else the file is chosen."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.ui.theme import current_theme, theme_changes


class DropZone(QWidget):
    """Takes local files or a folder; its frame shows while something is held over it that it would be taken.

    `dropped` carries the paths, a tuple with at least one.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._is_over = False
        theme_changes.changed.connect(self._on_theme_changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is held over it."""
        if _paths(event):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file was taken away again."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped."""
        self._show_over(False)
        paths = _paths(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("hover" if self._is_over else "sunken"))
        pen = QPen(theme.colour("drop_ok" if self._is_over else "border"))
        pen.setWidth(2 if self._is_over else 1)
        painter.setPen(pen)
        radius = theme.size("radius_control")
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def _show_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _on_theme_changed(self) -> None:
        self.update()


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    """The local files and folders of a drag."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
