"""What was typed wrong of a child referred is put right; a decision is taken back, with its reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.referral_changes import change_referrals, take_back_decision
from planner.core.codes import REFERRAL_SOURCES
from planner.core.flow_records import Referral
from planner.core.intake import PRIORITIES
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import Wrong, read
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
UNSAID = {"": "Not said"}


class ChangeReferralDialog(Form):
    """The facts of one referral, and for its household at once what came with it; `words` name the child."""

    def __init__(
        self, desk: "Desk", referral: Referral, words: str, siblings: Sequence[Referral] = (), parent: QWidget | None = None
    ) -> None:
        """`siblings` are those of the same home who can be changed alike."""
        super().__init__(desk, f"What is to be put right of {words}?", "Save changes", referral.id, WIDTH, parent)
        self.referral, self.words, self.siblings = referral, words, tuple(siblings)
        self.reference = TextField("Reference, where there is one", "", "C10432")
        self.initials = TextField("Initials", "", "A.B.")
        self.born = MaybeDay(desk, "Born, or expected", referral.born or referral.expected, "Empty where it is not known.")
        self.referred = DayField(desk, "Referred on", referral.referred_on)
        self.received = DayField(desk, "Received on", referral.received_on)
        self.visit_by = MaybeDay(desk, "First visit needed by", referral.first_visit_by, "Empty where no day was asked for.")
        sources = {code: f"{code} {source}" for code, source in REFERRAL_SOURCES.items()}
        self.source = ChoiceField("From", UNSAID | sources)
        self.priority = ChoiceField("Priority", UNSAID | PRIORITIES)
        self.also = ChoiceField("Also for the others of this home", {"": "Only this child", "all": "Days, from, priority, visit"})
        self.reference.edit.setText(referral.reference)
        self.initials.edit.setText(referral.initials)
        self.source.choose(referral.referral_source)
        self.priority.choose(referral.priority)
        self.add_row(self.reference, self.initials)
        self.add_row(self.referred, self.received)
        self.add_row(self.born, self.visit_by)
        self.add_row(self.source, self.priority)
        if self.siblings:
            alike = all(_shared(one) == _shared(referral) for one in self.siblings)
            self.also.choose("all" if alike else "")
            self.add(self.also)
        self.body.addStretch(1)

    def act(self) -> None:
        """Save them. What cannot be is said under its field."""
        referred_on = read(self.referred, lambda: self.referred.day)
        received_on = read(self.received, lambda: self.received.day)
        if referred_on > received_on:
            raise Wrong(self.referred, "The referral comes first, then the day received. Nothing was changed.")
        if received_on > self.desk.today:
            raise Wrong(self.received, "Enter the day received, on or before today. Nothing was changed.")
        visit_by = read(self.visit_by, lambda: self.visit_by.day_or_none)

        def _with_shared(one: Referral) -> Referral:
            return replace(
                one,
                referred_on=referred_on,
                received_on=received_on,
                referral_source=self.source.value,
                priority=self.priority.value,
                first_visit_by=visit_by,
            )

        changed = [_with_shared(one) for one in (self.siblings if self.also.value else ())]
        changed.append(_with_shared(self._own(received_on)))
        self.perform(f"Change {self.words}", change_referrals, changed, said=f"Changed {self.words}")

    def _own(self, received_on: date) -> Referral:
        """The referral with what is the child's own."""
        if not self.reference.text and not self.initials.text:
            raise Wrong(self.initials, "Give a reference or initials, so that the child can be found.")
        born = read(self.born, lambda: self.born.day_or_none)
        is_born = born is None or born <= received_on
        return replace(
            self.referral,
            reference=self.reference.text,
            initials=self.initials.text,
            born=born if is_born else None,
            expected=None if is_born else born,
        )


def _shared(one: Referral) -> tuple[object, ...]:
    """What the children of a home have in common, where they came together."""
    return one.referred_on, one.received_on, one.referral_source, one.priority, one.first_visit_by


class TakeBackDialog(Form):
    """Asks why the decision on some children is taken back."""

    def __init__(self, desk: "Desk", referral_ids: Sequence[str], words: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Decide again on {words}?", "Take the decision back", " ".join(referral_ids), parent=parent)
        self.referral_ids, self.words = tuple(referral_ids), words
        self.reason = TextField("Why the decision is taken back", "It stands with the child.")
        self.add(self.reason)
        self.remark("They wait for a decision again. A case that was opened goes, where nobody has worked in it yet.")
        self.body.addStretch(1)

    def act(self) -> None:
        """Take it back."""
        if not self.reason.text:
            raise Wrong(self.reason, "Say why, in a few words. Nothing was changed.")
        count = count_words(len(self.referral_ids), "child waits", "children wait")
        said = f"{count} for a decision again"
        self.perform(f"Decide again on {self.words}", take_back_decision, self.referral_ids, self.reason.text, said=said)
