"""Cancel a planned visit, with the reason."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.visits import cancel_visit
from planner.core.date_words import list_date
from planner.core.records import Child, Sighting, Visit
from planner.ui.board.words import others_words
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk


class CancelVisitDialog(Question):
    """Takes a planned visit off the plan, for every child of the trip; what was due stays due."""

    def __init__(self, desk: "Desk", child_id: str, visit_id: str, parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        child, visit = snapshot.find(Child, child_id), snapshot.find(Visit, visit_id)
        assert child is not None
        assert visit is not None
        others = others_words(len(snapshot.by(Sighting, "visit_id", visit_id)) - 1)
        self._words, self._visit = f"{discreet(child)}{others}", visit
        self._day = list_date(visit.on, desk.today)
        title = f"Cancel the visit to {self._words} on {self._day}?"
        super().__init__(desk, title, "Cancel the visit", visit_id, parent=parent)
        self.cancel_button.setText("Keep the visit")
        self.reason = TextField("Why", "Kept with the visit. What is due stays due.")
        self.add(self.reason)
        self.body.addStretch(1)

    def act(self) -> None:
        """Cancel it."""
        if not self.reason.text:
            raise Wrong(self.reason, "Say why the visit is cancelled.")
        said = f"Cancelled the visit to {self._words} on {self._day}"
        self.perform(f"Cancel visit to {self._words}", cancel_visit, self._visit.id, self.reason.text, said=said)

    def draft(self) -> Draft:
        """What stands in the field."""
        return {"reason": self.reason.text}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.reason.edit.setText(draft["reason"])
