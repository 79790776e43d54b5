"""Give a child the reference the case system now has, in place of the one that stood in."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.intake import give_reference
from planner.core.records import Child
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong, discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class GiveReferenceDialog(Form):
    """Asks for the reference."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self.child = child
        super().__init__(desk, f"Which reference has {discreet(child)} now?", "Give the reference", child_id, parent=parent)
        self.reference = TextField("Reference in the case system", "By it the next import finds the child.")
        self.add(self.reference)
        self.body.addStretch(1)

    def act(self) -> None:
        """Give it."""
        typed = self.reference.text
        if not typed:
            raise Wrong(self.reference, "Type the reference the case system has for the child.")
        said = f"{discreet(self.child)} has the case system's reference now"
        self.perform(f"Give {discreet(self.child)} a reference", give_reference, self.child.id, typed, said=said)
