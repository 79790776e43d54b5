"""Loading what the first page will need while a person types the passphrase."""

import threading
from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

_AT_ONCE = 60
"""Types of Qt made in one step: 10 to 20 ms."""


class EarlyLoading(QObject):
    """Makes Qt's types in steps, then loads the pages' code on a thread.

    Qt for Python makes a type when it is first named, and two threads that do so at once end the program.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thread_begun: threading.Thread | None = None
        self._steps = types_named()
        self._step = QTimer(self)
        self._step.timeout.connect(self._on_step_due)

    def start(self) -> None:
        """Begin, between whatever else the window does."""
        self._step.start(0)

    def _on_step_due(self) -> None:
        if next(self._steps, None) is None:
            self._step.stop()
            self.thread_begun = threading.Thread(target=load_early, name="loading", daemon=True)
            self.thread_begun.start()


def types_named() -> Iterator[int]:
    """Name the types of Qt, some in each step."""
    named = [(module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module)]
    for first in range(0, len(named), _AT_ONCE):
        for module, name in named[first : first + _AT_ONCE]:
            getattr(module, name)
        yield first


def make_types() -> None:
    """Make every type of Qt that is not made yet, before a thread imports a module of Qt; half a millisecond where all are."""
    for _ in types_named():
        pass


def load_early() -> None:
    """Import what the first page will need."""
    import pyqtgraph  # noqa: F401

    import planner.actions.shipped
    import planner.ui.drawer
    import planner.ui.screens
    import planner.ui.workbench

    planner.actions.shipped.reference()
