"""The forms of the sign-in page: unlocking a workspace, and making a new one."""

import secrets
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.actions.samples import SAMPLE_PASSPHRASE
from planner.core.passphrase import RULES, made_passphrase
from planner.paths import samples_folder
from planner.ui.opening import SUFFIX, NewWorkspace
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

LOCKED = "Everything is saved, and the file is closed. Type the passphrase to go on where you were."
FORGOTTEN = "Forgotten? The recovery code on the sealed sheet opens the workspace too: type it here."
SAMPLE_HINT = f"A sample project holds nothing real. Its passphrase is: {SAMPLE_PASSPHRASE}"


class Passphrase(QWidget):
    """A line for a passphrase that can be shown; pasting is allowed."""

    entered = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label.lower()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.show_button = Button("Show")
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(f"Show {self._label}")
        self.show_button.toggled.connect(self.set_shown)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.show_button)
        self.setFocusProxy(self.line)
        self.line.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What was typed or pasted."""
        return self.line.text()

    def set_shown(self, shown: bool) -> None:
        """Show the words or hide them."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_button.setChecked(shown)
        self.show_button.setText("Hide" if shown else "Show")
        self.show_button.setAccessibleName(f"{self.show_button.text()} {self._label}")


class Form(QWidget):
    """A column of labelled fields with a title, what is wrong, and the buttons."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.heading = Words(title, "section")
        self.column.addWidget(self.heading)
        self.column.addSpacing(8)
        self.trouble = Words("", "body", "overdue")
        self.progress = Words("", "body", "muted")
        self.trouble.hide()
        self.progress.hide()

    def add_field(self, label: str, field: QWidget, hint: str = "") -> None:
        """A label, strong; the hint under it; the field."""
        words = Words(label, "strong")
        words.setBuddy(field)
        self.column.addWidget(words)
        if hint:
            self.column.addWidget(Words(hint, "small", "muted"))
        self.column.addWidget(field)
        self.column.addSpacing(10)

    def add_foot(self, *buttons: QWidget) -> None:
        """What is wrong and what is under way, then the buttons, the main one last."""
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.progress)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def say_trouble(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it away."""
        self.progress.say("")
        self.trouble.say(sentence)
        if sentence:
            announce(self, sentence)

    def say_progress(self, words: str) -> None:
        """Say what is under way."""
        self.trouble.say("")
        self.progress.say(words)
        if words:
            announce(self, words)


class UnlockForm(Form):
    """The passphrase of one workspace; each wrong one makes the next try wait longer."""

    unlock_asked = Signal(object, str)
    back_asked = Signal()
    backup_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Unlock", parent)
        self.path = Path()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(lambda: self.say_trouble(""))
        self.passphrase = Passphrase("Passphrase")
        self.unlock = Button("Unlock", self._on_unlock_pressed, kind="primary")
        self.backup = Button("Open the newest backup to read", self._on_backup_pressed)
        self.backup.hide()
        self.hint = Words("", "small", "muted")
        self.column.addWidget(self.hint)
        self.add_field("Passphrase", self.passphrase)
        self.add_foot(Button("Back", self.back_asked.emit), self.backup, self.unlock)
        self.passphrase.entered.connect(self._on_unlock_pressed)

    def show_path(self, path: Path) -> None:
        """Ask for the passphrase of a workspace."""
        self.path = path
        self.heading.setText(f"Unlock {path.stem}")
        self.passphrase.line.clear()
        self.passphrase.set_shown(False)
        self.backup.hide()
        self.hint.say(SAMPLE_HINT if path.parent == samples_folder() else FORGOTTEN)
        self.say_trouble("")
        self.passphrase.setFocus()

    def show_locked(self, path: Path) -> None:
        """Say that the workspace is locked; its file is closed and encrypted meanwhile."""
        self.heading.setText(f"{path.stem} is locked")
        self.hint.say(SAMPLE_HINT if path.parent == samples_folder() else LOCKED)

    def say_wrong(self, sentence: str, wait_s: int) -> None:
        """Say that the passphrase was wrong, and how many seconds to wait before the next try."""
        wait = "a second" if wait_s == 1 else f"{wait_s} seconds"
        self.say_trouble(f"{sentence} The next try can be made in {wait}.")
        self._wait.start(1000 * wait_s)
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _on_unlock_pressed(self) -> None:
        if self._wait.isActive():
            seconds = max(1, round(self._wait.remainingTime() / 1000))
            wait = "a second" if seconds == 1 else f"{seconds} seconds"
            self.say_trouble(f"Wait {wait} before the next try.")
        elif not self.passphrase.text():
            self.say_trouble("Type or paste the passphrase of this workspace.")
        else:
            self.unlock_asked.emit(self.path, self.passphrase.text())

    def _on_backup_pressed(self) -> None:
        self.backup_asked.emit(self.path, self.passphrase.text())


class NewForm(Form):
    """What is needed to make a workspace: its name, a passphrase twice, who you are and your team."""

    create_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("New workspace", parent)
        self.folder = folder
        self.name = _line("Name of the workspace")
        self.person = _line("Your name")
        self.team = _line("Your team")
        self.passphrase = Passphrase("Passphrase")
        self.again = Passphrase("Passphrase again")
        self.add_field("Name of the workspace", self.name, "It also names the file: the service and its place, say.")
        self.add_field("Your name", self.person)
        self.add_field("Your team", self.team)
        self.add_field("Passphrase", self.passphrase, RULES)
        self.column.addWidget(Button("Make me a passphrase", self._on_passphrase_wanted, kind="link"))
        self.add_field(
            "Passphrase again",
            self.again,
            "Write it down and lock it away. A recovery code can be made next, in case it is forgotten.",
        )
        self.make = Button("Make the workspace", self._on_create_pressed, kind="primary")
        self.add_foot(Button("Back", self.back_asked.emit), self.make)
        self.again.entered.connect(self._on_create_pressed)

    def wanted(self) -> NewWorkspace:
        """What the fields say."""
        name = " ".join(self.name.text().split())
        file_name = "".join(letter for letter in name if letter.isalnum() or letter in " -_") or "workspace"
        return NewWorkspace(
            self.folder / f"{file_name}{SUFFIX}",
            name,
            self.passphrase.text(),
            self.person.text().strip(),
            self.team.text().strip(),
        )

    def missing(self) -> str:
        """What is still to be done, as a sentence; empty when nothing is."""
        for line, sentence in (
            (self.name, "Give the workspace a name."),
            (self.person, "Type your name, so that what you do is known as yours."),
            (self.team, "Name your team."),
        ):
            if not line.text().strip():
                line.setFocus()
                return sentence
        if not self.passphrase.text():
            return "Type a passphrase, or have one made."
        if self.passphrase.text() != self.again.text():
            return "The two passphrases differ. Type the same one twice."
        if self.wanted().path.exists():
            return f"There is a workspace called {self.wanted().path.stem} already. Choose another name."
        return ""

    def _on_passphrase_wanted(self) -> None:
        made = made_passphrase(secrets.choice)
        for field in (self.passphrase, self.again):
            field.line.setText(made)
            field.set_shown(True)
        self.say_trouble("")

    def _on_create_pressed(self) -> None:
        missing = self.missing()
        if missing:
            self.say_trouble(missing)
        else:
            self.create_asked.emit(self.wanted())


def _line(label: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(label)
    return line
