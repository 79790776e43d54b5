"""The forms of the sign-in page that have to do with a lost passphrase: a code for a new workspace, and a new passphrase."""

import secrets
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.core.passphrase import RULES, made_passphrase
from planner.ui.recovery_steps import RecoverySteps
from planner.ui.sign_in_forms import Form, Passphrase
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

OPENED_BY_CODE = (
    "The recovery code opened the workspace. Set a new passphrase, which opens it from now on; the one before no longer does. "
    "The code goes on opening it: make a new one from the menu, for the envelope is open."
)


def filled_with_a_made_one(*fields: Passphrase) -> None:
    """Put one passphrase, made by chance, into every field, and show it."""
    made = made_passphrase(secrets.choice)
    for field in fields:
        field.line.setText(made)
        field.set_shown(True)


class RecoveryForm(Form):
    """A recovery code for a workspace that has just been made; it can be left for later."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keep a second way in", parent)
        self.steps = RecoverySteps()
        self.column.addWidget(self.steps)
        self.later = Button("Later", self.done.emit)
        self.forward = Button(self.steps.forward_words, self.steps.go_on, kind="primary")
        self.add_foot(self.later, self.forward)
        self.steps.changed.connect(self._on_step_changed)
        self.steps.said.connect(self.say_progress)
        self.steps.troubled.connect(self.say_trouble)
        self.steps.confirmed.connect(self.done)

    def start(self, workspace: Any, run: Callable[..., None]) -> None:
        """Offer a code for a workspace; `run` calls a function on a thread."""
        self.steps.start(workspace, run)
        self.forward.setFocus()

    def _on_step_changed(self) -> None:
        self.forward.setText(self.steps.forward_words)


class FreshPassphraseForm(Form):
    """A new passphrase, for whoever came in by the recovery code."""

    set_asked = Signal(str)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Set a new passphrase", parent)
        self.passphrase = Passphrase("New passphrase")
        self.again = Passphrase("New passphrase again")
        self.column.addWidget(Words(OPENED_BY_CODE, "body", "muted"))
        self.column.addSpacing(10)
        self.add_field("New passphrase", self.passphrase, RULES)
        made = Button("Make me a passphrase", lambda: filled_with_a_made_one(self.passphrase, self.again), kind="link")
        self.column.addWidget(made)
        self.add_field("New passphrase again", self.again)
        self.keep = Button("Set the passphrase", self._on_keep_pressed, kind="primary")
        self.add_foot(Button("Back", self.back_asked.emit), self.keep)
        self.again.entered.connect(self._on_keep_pressed)

    def start(self) -> None:
        """Begin with empty fields."""
        for field in (self.passphrase, self.again):
            field.line.clear()
            field.set_shown(False)
        self.say_trouble("")
        self.passphrase.setFocus()

    def _on_keep_pressed(self) -> None:
        if not self.passphrase.text():
            self.say_trouble("Type a new passphrase, or have one made.")
        elif self.passphrase.text() != self.again.text():
            self.say_trouble("The two passphrases differ. Type the same one twice.")
        else:
            self.set_asked.emit(self.passphrase.text())
