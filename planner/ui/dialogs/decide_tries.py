"""Decide what follows when a child on a child protection plan was not seen on two visits or more."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.decisions import decide_tries
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import Wrong, discreet, read
from planner.ui.queue_words import tried_words

if TYPE_CHECKING:
    from planner.core.tried_visits import TriedTwice
    from planner.ui.desk import Desk

CHOICES = {
    "": "Choose",
    "Unannounced visit": "An unannounced visit",
    "Another worker goes": "Another worker goes",
    "Visit at school": "A visit at school or nursery",
    "Strategy discussion": "A strategy discussion",
    "Legal advice": "Legal advice",
    "Go on as planned": "Go on as planned",
    "Other": "Something else, as said below",
}


class DecideTriesDialog(Form):
    """A manager's decision, with its reason and the day by which it is to be done."""

    def __init__(self, desk: "Desk", tried: "TriedTwice", parent: QWidget | None = None) -> None:
        outlook = desk.outlook
        assert outlook is not None
        self._tried, self._words = tried, discreet(tried.case.child)
        title = f"What follows for {self._words}?"
        super().__init__(desk, title, "Keep the decision", f"{tried.case.child.id} {tried.last_visit_id}", parent=parent)
        self.remark(f"{tried_words(outlook, tried)}.")
        self.decided = ChoiceField("Decision", CHOICES)
        self.reason = TextField("Reason", "As it will be read in supervision; no names.")
        self.by = MaybeDay(desk, "To be done by")
        for field in (self.decided, self.reason, self.by):
            self.add(field)
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep the decision."""
        if not self.decided.value:
            raise Wrong(self.decided, "Choose what is to be done.")
        if not self.reason.text:
            raise Wrong(self.reason, "Say why.")
        self.perform(
            f"Decide on failed visits to {self._words}",
            decide_tries,
            self._tried.case.child.id,
            self._tried.last_visit_id,
            decided=self.decided.value,
            reason=self.reason.text,
            by=read(self.by, lambda: self.by.day_or_none),
            said=f"Decided for {self._words}: {self.decided.value.lower()}",
        )
