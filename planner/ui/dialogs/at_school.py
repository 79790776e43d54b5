"""Whether a child is at school by day, where that is not as the age says."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.school_dates import set_school_age
from planner.core.board import is_school_age
from planner.core.records import Child
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import discreet

if TYPE_CHECKING:
    from planner.ui.desk import Desk

MARKS = {"": None, "yes": True, "no": False}
SAID = {"": "goes by the age again", "yes": "is at school by day", "no": "is not at school by day"}
EFFECT = "A child at school is visited at home after school in term, and the week board says so."


class AtSchoolDialog(Form):
    """Marks a child as at school by day or not, such as one educated at home or at college; or goes back to the age."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child_id, self._words = child_id, discreet(child)
        super().__init__(desk, f"Is {self._words} at school by day?", "Save", child_id, parent=parent)
        by_age = "at school" if is_school_age(replace(child, school_age=None), desk.on) else "not at school"
        offer = {"": f"As the age says: {by_age}", "yes": "At school", "no": "Not at school"}
        self.mark = ChoiceField("By day", offer, "Not at school: educated at home, at college, or at work.")
        self.mark.choose(next(key for key, mark in MARKS.items() if mark is child.school_age))
        self.add(self.mark)
        self.remark(EFFECT)
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep it."""
        said = f"{self._words} {SAID[self.mark.value]}"
        self.perform(f"Say whether {self._words} is at school", set_school_age, self._child_id, MARKS[self.mark.value], said=said)
