"""An assessment's own days: that it was sent to the manager, and that the manager checked it on the way."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.assessments import check_assessment, check_assessments, send_assessment
from planner.core.records import Child
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
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
        self._all = self._waiting_with(check) if check is not None else [child_id]
        self.whose: ChoiceField | None = None
        self.on = DayField(desk, "Checked on", desk.today)
        self.note = TextField("What was found", "May be left empty. No names.")
        if len(self._all) > 1:
            self.whose = ChoiceField("For", {"": self._words, "all": self._all_words(check)})
            self.add(self.whose)
        self.add(self.on)
        self.add(self.note)
        self.body.addStretch(1)

    def _waiting_with(self, check: "CheckDue") -> list[str]:
        """The children of the same worker whose checks wait, this one among them."""
        outlook, worker = self.desk.outlook, check.case.worker
        rows = outlook.manager_queue if outlook is not None and worker is not None else ()
        return [row.case.child.id for row in rows if row.kind == "check" and row.case.worker == worker] or [self._child.id]

    def _all_words(self, check: "CheckDue | None") -> str:
        worker = check.case.worker if check is not None else None
        return f"All {len(self._all)} of {worker.name} whose check waits" if worker is not None else ""

    def act(self) -> None:
        """Record it, for one child or for all that wait with the worker."""
        day = read(self.on, lambda: self.on.day)
        if self.whose is not None and self.whose.value:
            words = f"{len(self._all)} checks"
            self.perform(f"Record {words}", check_assessments, self._all, day, self.note.text, said=f"Recorded {words}")
            return
        self.perform(
            f"Record a check for {self._words}",
            check_assessment,
            self._child.id,
            day,
            self.note.text,
            said=f"Recorded the check for {self._words}",
        )
