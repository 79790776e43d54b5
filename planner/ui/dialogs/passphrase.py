"""Changing the passphrase of the open workspace: the one it has, and the new one twice."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.core.errors import PlannerError, WrongPassphrase
from planner.core.passphrase import RULES
from planner.ui.dialogs.fields import Field
from planner.ui.dialogs.question import Question, Wrong
from planner.ui.recovery_forms import filled_with_a_made_one
from planner.ui.sign_in_forms import Passphrase
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

AFTER = (
    "Whoever works with this file needs the new passphrase from the next time it is opened. Backups made before keep the old "
    "one. The recovery code stays as it is."
)
CHANGED = "The passphrase is changed. Write it down and lock it away."


class PassphraseField(Field):
    """A passphrase under its label."""

    def __init__(self, label: str, hint: str = "") -> None:
        self.passphrase = Passphrase(label)
        super().__init__(label, self.passphrase, hint)

    @property
    def text(self) -> str:
        """What was typed or pasted."""
        return self.passphrase.text()


class PassphraseDialog(Question):
    """The passphrase now, a new one, and the new one again; nothing typed is kept when it is left."""

    changes_plan = False

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Change the passphrase of this workspace?", "Change the passphrase", "", parent=parent)
        self.now = PassphraseField("Passphrase now", "Or the recovery code.")
        self.new = PassphraseField("New passphrase", RULES)
        self.again = PassphraseField("New passphrase again")
        made = Button("Make me a passphrase", self._on_made_wanted, kind="link")
        self.add(self.now)
        self.add(self.new)
        self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.again)
        self.body.addWidget(Words(AFTER, "body", "muted"))

    def act(self) -> None:
        """Have the key wrapped anew; it takes a second, on the workspace's own thread."""
        if not self.now.text:
            raise Wrong(self.now, "Type the passphrase that opens the workspace now.")
        if not self.new.text:
            raise Wrong(self.new, "Type a new passphrase, or have one made.")
        if self.new.text != self.again.text:
            raise Wrong(self.again, "The two new passphrases differ. Type the same one twice.")
        self.act_button.setEnabled(False)
        self.desk.run_in_background(
            self._changed, self.now.text, self.new.text, then=self._on_changed, failed=self._on_not_changed, words="Changing"
        )

    def _changed(self, now: str, new: str) -> None:
        """Called on a thread. Raises WrongPassphrase, or Refused where the new one is weak."""
        self.desk.workspace.change_passphrase(now, new).result()

    def _on_made_wanted(self) -> None:
        filled_with_a_made_one(self.new.passphrase, self.again.passphrase)

    def _on_changed(self, _nothing: object) -> None:
        self.desk.told.emit(CHANGED)
        self.accept()

    def _on_not_changed(self, trouble: BaseException) -> None:
        self.act_button.setEnabled(True)
        if not isinstance(trouble, PlannerError):
            raise trouble
        field = self.now if isinstance(trouble, WrongPassphrase) else self.new
        field.show_trouble(trouble.sentence)
        field.passphrase.setFocus()
