"""What the window says without stopping anyone: the message bar, the undo bar and the busy bar."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from planner.ui.keys import KeyWords, keys_in_force, spaced
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

UNDO_SHOWN_MS = 10_000
BUSY_AFTER_MS = 1_000


class MessageBar(QFrame):
    """A sentence under the header: failure, warning or news; it stays until dealt with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.words = Words("")
        self.action = Button("", small=True)
        self.dismiss = Button("Close", self.hide, small=True)
        self.dismiss.setAccessibleName("Close this message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.dismiss)
        self._on_action: Callable[[], object] | None = None
        self.action.clicked.connect(self._on_action_pressed)
        self.hide()

    def say(self, sentence: str, kind: str = "failure", action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Show a sentence; `kind` is failure, warning or news; `action` names the one button beside Close."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._on_action = on_action
        self.show()
        announce(self, sentence)

    def _on_action_pressed(self) -> None:
        if self._on_action is not None:
            self.hide()
            self._on_action()


class UndoBar(QFrame):
    """What was done and the way back, at the foot of the page for ten seconds or until the next thing done."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self.words = Words("")
        self.undo = Button("", self.undo_asked.emit, small=True)
        KeyWords(self.undo, "undo", lambda key: self.undo.setText(f"Undo ({key})"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(28, 6, 28, 6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(UNDO_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, said: str, undoable: bool = True) -> None:
        """Name what was done; `said` has no full stop of its own, though initials at its end bring one."""
        sentence = said if said.endswith(".") else f"{said}."
        self.words.setText(sentence)
        self.undo.setVisible(undoable)
        self.show()
        self._timer.start()
        key = spaced(keys_in_force().key("undo")).replace("Ctrl", "Control")
        announce(self, f"{sentence} Undo with {key}." if undoable else sentence)


class BusyBar(QWidget):
    """A thin bar with words for work that takes longer than a second: how far it is where that is known, and its stop."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("", "small", "muted")
        self.stop = Button("Stop", self._on_stop_pressed, small=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Working")
        line = QHBoxLayout()
        line.setContentsMargins(28, 0, 28, 4)
        line.addWidget(self.words, 1)
        line.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.bar)
        layout.addLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BUSY_AFTER_MS)
        self._timer.timeout.connect(self._on_wait_grown_long)
        self.hide()

    def set_busy(self, busy: bool, words: str = "", can_stop: bool = False) -> None:
        """Say what is under way, once it has taken a second; or that nothing is. `can_stop` offers to stop it."""
        self.words.setText(f"{words} …" if words else "")
        self.stop.setVisible(can_stop)
        if not busy:
            self._timer.stop()
            self.bar.setRange(0, 1)
            self.hide()
        elif not self.isVisible() and not self._timer.isActive():
            self.stop.setEnabled(True)
            self._timer.start()

    def show_part(self, part: float) -> None:
        """Say how far it is, 0 to 1; at 0, such as while a backup comes first, that it goes on."""
        if self.isVisible():
            self.bar.setRange(0, 100 if part else 0)
            self.bar.setValue(round(100 * part))

    def _on_stop_pressed(self) -> None:
        self.stop.setEnabled(False)
        self.stop_asked.emit()

    def _on_wait_grown_long(self) -> None:
        self.bar.setRange(0, 0)
        self.show()
        announce(self, self.words.text())
