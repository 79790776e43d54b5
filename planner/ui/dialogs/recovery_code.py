"""Making a recovery code for the open workspace."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.dialogs.question import Question
from planner.ui.recovery_steps import RecoverySteps
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

TITLE = "A recovery code for this workspace"
CONFIRMED = "The recovery code opens this workspace, and older codes no longer do. Seal the sheet and lock it away."


class RecoveryCodeDialog(Question):
    """The steps of a recovery code, with the main button leading on."""

    changes_plan = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, TITLE, "Make a recovery code", "", parent=parent)
        self.steps = RecoverySteps()
        self.progress = Words("", "body", "muted")
        self.progress.hide()
        self.body.addWidget(self.steps)
        self.body.addWidget(self.progress)
        self.steps.changed.connect(self._on_step_changed)
        self.steps.said.connect(self._on_said)
        self.steps.troubled.connect(self._on_troubled)
        self.steps.confirmed.connect(self._on_confirmed)
        self.finished.connect(self.steps.forget)
        self.steps.start(desk.workspace, desk.run_in_background)

    def act(self) -> None:
        """Do the step in view."""
        self.act_button.setEnabled(False)
        self.steps.go_on()

    def _on_step_changed(self) -> None:
        self.act_button.setText(self.steps.forward_words)
        self.act_button.setEnabled(True)

    def _on_said(self, words: str) -> None:
        self.progress.say(words)

    def _on_troubled(self, sentence: str) -> None:
        self.progress.say("")
        self.act_button.setEnabled(True)
        self._say_trouble(sentence)

    def _on_confirmed(self) -> None:
        self.desk.told.emit(CONFIRMED)
        self.accept()
