"""What is copied out of the planner: kept out of clipboard histories where they heed it, and taken off after a while."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

DEFAULT_SECONDS = 60
_SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
}
"""What tells the clipboard histories of Linux and Windows not to keep it."""


class Copied(QObject):
    """The last text copied from here, until its time is over or something else is copied."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = DEFAULT_SECONDS
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.empty)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, for so many seconds."""
        data = QMimeData()
        data.setText(text)
        for kind, hint in _SECRET.items():
            data.setData(kind, hint)
        QGuiApplication.clipboard().setMimeData(data)
        self._text = text
        self._timer.start(1000 * self.seconds)

    def empty(self) -> None:
        """Take off the clipboard what was copied from here, if it is still there."""
        text, self._text = self._text, ""
        self._timer.stop()
        if text and QGuiApplication.clipboard().text() == text:
            QGuiApplication.clipboard().clear()


def copied() -> Copied:
    """The application's one record of what was copied."""
    application = QGuiApplication.instance()
    assert application is not None
    return application.findChild(Copied) or Copied(application)


def copy_text(text: str) -> None:
    """Copy a text, to be taken off the clipboard after a while."""
    copied().copy(text)
