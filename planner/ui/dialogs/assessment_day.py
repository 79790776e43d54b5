"""An assessment's own days: that it was sent to the manager, and that the manager checked it on the way."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.assessments import check_assessment, send_assessment
from planner.core.records import Child
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import discreet, read

if TYPE_CHECKING:
    from planner.core.manager_checks import CheckDue
    from planner.ui.desk import Desk


class SendAssessmentDialog(Form):
    """Says on which day an assessment was sent to the manager to sign."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        super().__init__(desk, f"Sent to the manager: {self._words}", "Keep the day", child_id, parent=parent)
        self.on = DayField(desk, "Sent on", desk.today)
        self.add(self.on)
        self.remark("It then waits on Today until it is signed or sent back.")
        self.body.addStretch(1)

    def act(self) -> None:
        """Keep the day."""
        day = read(self.on, lambda: self.on.day)
        said = f"The assessment of {self._words} is with the manager"
        self.perform(f"Send the assessment of {self._words}", send_assessment, self._child.id, day, said=said)


class CheckAssessmentDialog(Form):
    """Records that the manager checked an assessment, with what was found where there is something to say."""

    def __init__(self, desk: "Desk", child_id: str, check: "CheckDue | None" = None, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        which = f" of working day {check.working_day}" if check is not None else ""
        super().__init__(desk, f"Check{which}: {self._words}", "Record the check", child_id, parent=parent)
        self.on = DayField(desk, "Checked on", desk.today)
        self.note = TextField("What was found", "May be left empty. No names.")
        self.add(self.on)
        self.add(self.note)
        self.body.addStretch(1)

    def act(self) -> None:
        """Record it."""
        self.perform(
            f"Record a check for {self._words}",
            check_assessment,
            self._child.id,
            read(self.on, lambda: self.on.day),
            self.note.text,
            said=f"Recorded the check for {self._words}",
        )
