"""The children a worker must not hold, typed by reference; why is told to the manager and written nowhere."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.workers import set_conflicts
from planner.core.errors import Refused
from planner.core.records import Child, ConflictOfInterest, Worker
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form, typed_list
from planner.ui.dialogs.question import discreet, read
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class ConflictsDialog(Form):
    """One line of references; beneath it the children they stand for."""

    def __init__(self, desk: "Desk", worker_id: str, parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        worker = snapshot.find(Worker, worker_id)
        assert worker is not None
        self.worker = worker
        super().__init__(desk, f"Children {worker.name} must not hold", "Save changes", worker_id, parent=parent)
        self.remark("They cannot be allocated to this worker in any role. Why is not asked, and kept nowhere.")
        children = [snapshot.find(Child, one.child_id) for one in snapshot.by(ConflictOfInterest, "worker_id", worker_id)]
        self.references = TextField("References", "With commas between them.", "C10432, C10433")
        self.references.edit.setText(", ".join(sorted(child.reference for child in children if child)))
        self.add(self.references)
        self.echo = self.remark("")
        self.references.changed.connect(self._on_references_changed)
        self._on_references_changed()
        self.body.addStretch(1)

    def chosen(self) -> tuple[Child, ...]:
        """The children typed. Raises Refused naming the first reference that is not here."""
        known = {child.reference.casefold(): child for child in self.desk.workspace.snapshot.all(Child).values()}
        found = []
        for reference in dict.fromkeys(typed_list(self.references.text)):
            child = known.get(reference.casefold())
            if child is None:
                raise Refused(f"No child here has the reference {reference}. Correct it, or leave it out.")
            found.append(child)
        return tuple(found)

    def act(self) -> None:
        """Keep these children and no others."""
        chosen = read(self.references, self.chosen)
        name = self.worker.name
        ids = frozenset(child.id for child in chosen)
        said = f"Kept whom {name} must not hold"
        self.perform(f"Change conflicts of interest of {name}", set_conflicts, self.worker.id, ids, said=said)

    def _on_references_changed(self) -> None:
        try:
            self.echo.say(names_in_a_row([discreet(child) for child in self.chosen()]) or "No child.")
        except Refused as refused:
            self.echo.say(refused.sentence)
