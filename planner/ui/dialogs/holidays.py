"""Bank holidays beyond those that come with the planner: one more is added, or one that was is taken back."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.holidays import add_holiday, remove_holiday
from planner.core.date_words import plain_date
from planner.core.records import AddedHoliday
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

CLOSURE = "Days on which the council is closed though it is no bank holiday stay working days, as the regulations count them."


class HolidaysDialog(Form):
    """Every due date that counts working days moves with it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Which bank holidays are added?", "Add the holiday", "", parent=parent)
        snapshot = desk.workspace.snapshot
        added = sorted(snapshot.all(AddedHoliday).values(), key=lambda one: (one.on or date.max, one.id))
        self._words = {one.id: f"{one.title}, {plain_date(one.on)}" for one in added if one.on}
        self.day = DayField(desk, "Day", desk.today)
        self.title_field = TextField("Its name", "", "Bank holiday for a state event")
        self.added = ChoiceField("Added so far", self._words)
        self.remark("The bank holidays of England are here already. A further one moves every date counted in working days.")
        self.add(self.day)
        self.add(self.title_field)
        self.remark(CLOSURE)
        if added:
            self.add(self.added)
            self.removal = self.offer_removal("Take this holiday back", self._on_removal_pressed)
        self.body.addStretch(1)

    def act(self) -> None:
        """Add it, as one step."""
        day = read(self.day, lambda: self.day.day)
        if not self.title_field.text:
            raise Wrong(self.title_field, "Say what the holiday is called.")
        said = f"{plain_date(day)} is no working day"
        self.perform(f"Add a bank holiday on {plain_date(day)}", add_holiday, day, self.title_field.text, said=said)

    def _on_removal_pressed(self) -> None:
        words = self._words[self.added.value]
        self.perform(f"Take back {words}", remove_holiday, self.added.value, said=f"Took back {words}")
