"""Return children to who sent them: the reason, chosen from the common ones or in one's own words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.intake import return_to_sender
from planner.core.intake import RETURN_REASONS
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Wrong
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

OWN = "own words"


class ReturnDialog(Form):
    """Asks for the reason, which stands with each child; `words` names them."""

    def __init__(self, desk: "Desk", referral_ids: Sequence[str], words: str, parent: QWidget | None = None) -> None:
        self.referral_ids = tuple(referral_ids)
        super().__init__(desk, f"Return {words}?", "Return", " ".join(referral_ids), parent=parent)
        self.words = words
        self.reason = ChoiceField("Reason", {**{words: words for words in RETURN_REASONS}, OWN: "Another reason"})
        self.own = TextField("In your own words", "It may add to the reason above, and is needed for another reason.")
        self.add(self.reason)
        self.add(self.own)
        self.body.addStretch(1)

    def act(self) -> None:
        """Return them with the reason."""
        chosen = "" if self.reason.value == OWN else self.reason.value
        if not chosen and not self.own.text:
            raise Wrong(self.own, "Say why, in a few words. Nothing was changed.")
        reason = ". ".join(part for part in (chosen, self.own.text) if part)
        count = count_words(len(self.referral_ids), "child", "children")
        self.perform(f"Return {self.words}", return_to_sender, self.referral_ids, reason, said=f"Returned {count}")
