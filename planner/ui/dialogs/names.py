"""What stands on the screen for a child: initials, or the name."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.names import ASKED, INITIALS, NAMES, choose_names
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.form import Form
from planner.ui.keys import keys_in_force

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CHOICES = {
    INITIALS: "Initials only; no names are kept here",
    ASKED: "Initials; names for five minutes when asked for",
    NAMES: "Names; initials when asked for",
}


class NamesDialog(Form):
    """Chooses for everyone who opens the workspace."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Names or initials on the screen?", "Save", "", parent=parent)
        self.choice = ChoiceField("On the screen", CHOICES, "For everyone who opens this workspace, as the council allows.")
        self.choice.choose(NAMES if desk.are_names_first else ASKED if desk.are_names_allowed else INITIALS)
        self.add(self.choice)
        key = keys_in_force().key("privacy")
        self.remark(f"Where names are kept, {key} changes between the two. Sheets have initials unless a job is to have names.")
        self.remark("Names come in with the next import or referral. With initials only, those that are here are taken out.")
        self.remark("What is taken out can be undone: the file’s history and its backups still hold it, and nobody is shown it.")
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep it."""
        words = CHOICES[self.choice.value].partition(";")[0].casefold()
        self.perform("Choose names or initials", choose_names, self.choice.value, said=f"The screen shows {words}")
