"""Something to do in a moment, for an object that may be gone by then."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, act: Callable[[], object], after_ms: int = 0) -> None:
    """Act once, between events, while the owner lives.

    Where the owner goes first, `QTimer.singleShot` would hold what was to be done for good, and so whatever that knows.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    timer.timeout.connect(timer.deleteLater)
    timer.start(after_ms)
