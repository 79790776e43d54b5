"""What a child's placement is in law, which no import tells and by which the child is visited."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.placements import set_placement_terms
from planner.core.codes import PLACEMENT_TYPES
from planner.core.date_words import plain_date
from planner.core.placement_terms import AGREEABLE, placement_on, terms_open_to
from planner.core.records import Child
from planner.core.rule_words import interval_words
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.dialogs.form import Form, MaybeDay
from planner.ui.dialogs.question import discreet, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ORDINARY = "As its type says"
TERMS = {
    "regulation_24": "Temporary approval, regulation 24",
    "regulation_19": "Before assessment, regulation 19",
    "intended_to_18": "Meant to last until 18",
    "short_break": "Short breaks, regulation 48",
}
BY_TYPE = "Visits go by the type of the placement and how long it lasts."
LAW = "Care Planning, Placement and Case Review (England) Regulations 2010."


class PlacementTermsDialog(Form):
    """Says which term of the law the running placement is under, with the day that belongs to it."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        placement = placement_on(desk.workspace.snapshot, child_id, desk.on)
        assert child is not None
        assert placement is not None
        self._words, self._placement = discreet(child), placement
        super().__init__(desk, f"What is the placement of {self._words}?", "Save", placement.id, parent=parent)
        open_to = terms_open_to(placement.type)
        kind = PLACEMENT_TYPES.get(placement.type, placement.type)
        since = f"{kind}, since {plain_date(placement.start)}" if placement.start else kind
        self.term = ChoiceField("The placement is", {"": ORDINARY} | {key: TERMS[key] for key in open_to}, since)
        self.extended = MaybeDay(desk, "Approval extended on", placement.regulation_24_extended_on, "Empty: it was not extended.")
        self.agreed = MaybeDay(
            desk, "Child agreed to fewer visits on", placement.child_agreed_fewer_visits_on, "Empty: the child has not."
        )
        for field in (self.term, self.extended, self.agreed):
            self.add(field)
        self.visits = self.remark("")
        self.body.addStretch(1)
        self.term.choose(next((key for key in open_to if getattr(placement, key)), ""))
        self.term.changed.connect(self._show_term)
        self.agreed.changed.connect(self._show_visits)
        self._show_term()

    def _show_term(self) -> None:
        self.extended.setVisible(self.term.value == "regulation_24")
        self.agreed.setVisible(self.term.value == "intended_to_18" and self._placement.type in AGREEABLE)
        self._show_visits()

    def _show_visits(self) -> None:
        """Say how often the policy has a child under the chosen term visited."""
        has_agreed = not self.agreed.isHidden() and self.agreed.is_filled
        flag = "child_agreed_fewer_visits" if has_agreed else self.term.value
        outlook = self.desk.outlook
        case = outlook.case_of(self._placement.child_id) if outlook is not None else None
        rules = outlook.policy(case.team_id).in_force(outlook.on) if outlook is not None and case is not None else ()
        under = [rule for rule in rules if rule.kind == "visit" and flag in rule.applies_to.flags]
        visits = f"{under[0].title}: {interval_words(under[0])}." if under else BY_TYPE
        self.visits.setText(f"{visits} {LAW}")

    def act(self) -> None:
        """Keep it."""
        self.perform(
            f"Say what the placement of {self._words} is",
            set_placement_terms,
            self._placement.id,
            self.term.value,
            extended_on=_day_in(self.extended),
            agreed_on=_day_in(self.agreed),
            said=f"Said what the placement of {self._words} is",
        )


def _day_in(field: MaybeDay) -> date | None:
    """The day of a field that is shown."""
    return None if field.isHidden() else read(field, lambda: field.day_or_none)
