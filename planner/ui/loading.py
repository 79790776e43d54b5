"""Loading what the first page will need while a person types the passphrase."""

import threading

from PySide6.QtCore import QObject, QTimer

from planner.ui.qt_types import types_named


class EarlyLoading(QObject):
    """Makes Qt's types in steps, then loads the pages' code on a thread."""

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


def load_early() -> None:
    """Import what the first page will need."""
    import pyqtgraph  # noqa: F401

    import planner.actions.shipped
    import planner.ui.drawer
    import planner.ui.screens
    import planner.ui.workbench

    planner.actions.shipped.reference()
