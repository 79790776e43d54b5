"""Sign an assessment that waits for the manager, or send it back with what is missing."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.assessments import send_back_assessment, sign_assessment
from planner.core.date_words import plain_date
from planner.core.records import Child
from planner.ui.case_words import due_day
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong, discreet, read
from planner.ui.queue_words import to_sign_words

if TYPE_CHECKING:
    from planner.core.manager_queue import ToSign
    from planner.ui.desk import Desk

SIGN, BACK = "sign", "back"
CHOICES = {SIGN: "Sign it", BACK: "Send it back to the worker"}


class SignAssessmentDialog(Form):
    """Signs an assessment on a day; past its limit, or to send it back, a reason is needed."""

    def __init__(self, desk: "Desk", sent: "ToSign", parent: QWidget | None = None) -> None:
        child, outlook = sent.case.child, desk.outlook
        assert outlook is not None
        self._child: Child = child
        self._words, self._limit_on = discreet(child), due_day(sent.obligation)
        super().__init__(desk, f"Sign the assessment of {self._words}?", "Sign it", child.id, parent=parent)
        worker = f" By {sent.case.worker.name}." if sent.case.worker is not None else ""
        self.remark(f"{to_sign_words(outlook, sent)}.{worker}")
        self.choice = ChoiceField("Decision", CHOICES)
        self.on = DayField(desk, "Signed on", desk.today)
        self.reason = TextField("Reason", self._reason_hint())
        for field in (self.choice, self.on, self.reason):
            self.add(field)
        self.body.addStretch(1)
        self.choice.changed.connect(self._on_choice_changed)

    def _reason_hint(self) -> str:
        if self._limit_on is not None and self._limit_on < self.desk.today:
            return f"Needed: the limit was {plain_date(self._limit_on)}, and why it took longer is recorded."
        return "Needed past the limit, or to send it back. No names."

    def act(self) -> None:
        """Sign it, or send it back."""
        if self.choice.value == BACK:
            self._send_back()
            return
        day = read(self.on, lambda: self.on.day)
        if self._limit_on is not None and day > self._limit_on and not self.reason.text:
            raise Wrong(self.reason, f"Say why it took longer than {plain_date(self._limit_on)}.")
        self.perform(
            f"Sign the assessment of {self._words}",
            sign_assessment,
            self._child.id,
            day,
            limit_on=self._limit_on,
            reason=self.reason.text,
            said=f"Signed the assessment of {self._words}",
        )

    def _send_back(self) -> None:
        if not self.reason.text:
            raise Wrong(self.reason, "Say what is missing, so that the worker can put it right.")
        self.perform(
            f"Send back the assessment of {self._words}",
            send_back_assessment,
            self._child.id,
            self.reason.text,
            said=f"Sent back the assessment of {self._words}",
        )

    def _on_choice_changed(self) -> None:
        back = self.choice.value == BACK
        self.on.setVisible(not back)
        self.act_button.setText("Send it back" if back else "Sign it")
