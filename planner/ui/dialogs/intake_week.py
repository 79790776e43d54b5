"""The weeks in which a team is on intake: one week, or one in six from a day; and the contract's cap on open cases."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.intake import plan_intake_weeks, plan_turns, remove_intake_week, set_contract_cap, set_intake_week
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.intake import QUOTA, TURN, contract_cap, monday_of
from planner.core.records import IntakeWeek, Team
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, typed_count
from planner.ui.dialogs.question import read
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

ONCE = 1
IN_TURN = "in turn"


class IntakeWeekDialog(Form):
    """Adds intake weeks; with the id of one, changes it or takes it back."""

    def __init__(self, desk: "Desk", week_id: str = "", parent: QWidget | None = None) -> None:
        snapshot = desk.workspace.snapshot
        self.week = snapshot.find(IntakeWeek, week_id)
        title = "Change the intake week" if self.week else "Put a team on intake"
        super().__init__(desk, title, "Save changes" if self.week else "Add weeks", week_id, parent=parent)
        teams = sorted(snapshot.all(Team).values(), key=lambda team: team.name)
        self.team_ids = tuple(team.id for team in teams)
        in_turn = {IN_TURN: "Every team in turn"} if self.week is None and len(teams) > 1 else {}
        self.team = ChoiceField("Team", {**{team.id: team.name for team in teams}, **in_turn})
        self.day = DayField(desk, "Week of", self.week.week_on if self.week else monday_of(desk.today))
        self.quota = TextField("Children the week is for")
        self.quota.edit.setText(str(self.week.quota if self.week else QUOTA))
        self.add(self.team)
        self.add(self.day)
        self.add(self.quota)
        self.times = self.every = None
        if self.week is not None:
            self.team.choose(self.week.team_id)
            self.offer_removal("Take this week back", self._on_removal_pressed)
        else:
            self.times = TextField("How many times", "The published team was on intake in one week of six.")
            self.times.edit.setText("1")
            self.every = TextField("One week in")
            self.every.edit.setText(str(TURN))
            self.add_row(self.times, self.every)
        self.body.addStretch(1)

    def act(self) -> None:
        """Add or change, as one step."""
        day = read(self.day, lambda: self.day.day)
        quota = read(self.quota, lambda: _number(self.quota.text))
        name = self.team.box.currentText()
        if self.week is not None:
            title = f"Change the intake week of {name}"
            self.perform(title, set_intake_week, self.team.value, day, quota, week_id=self.week.id, said=title)
            return
        assert self.times is not None
        assert self.every is not None
        times, every = self.times, self.every
        how_often = read(times, lambda: _number(times.text))
        apart = read(every, lambda: _number(every.text))
        if self.team.value == IN_TURN:
            title = f"Put {count_words(len(self.team_ids), 'team')} on intake in turn"
            self.perform(title, plan_turns, self.team_ids, day, how_often, quota, apart, said=title)
            return
        said = f"{name} is on intake in the week of {plain_date(monday_of(day))}"
        said += f", and {how_often - ONCE} more" if how_often > ONCE else ""
        self.perform(f"Put {name} on intake", plan_intake_weeks, self.team.value, day, how_often, quota, apart, said=said)

    def _on_removal_pressed(self) -> None:
        assert self.week is not None
        title = f"Take back the intake week of {self.team.box.currentText()}"
        self.perform(title, remove_intake_week, self.week.id, said=title)


class ContractCapDialog(Form):
    """How many cases may be open at any one time under the contract."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "How many cases may be open under the contract?", "Save the cap", "", parent=parent)
        cap = contract_cap(desk.workspace.snapshot)
        self.cap = TextField(
            "Open cases at any one time", "Empty where the contract has no such cap. Nothing is stopped by it.", "294"
        )
        self.cap.edit.setText("" if cap is None else str(cap))
        self.add(self.cap)
        self.body.addStretch(1)

    def act(self) -> None:
        """Save it."""
        cap = read(self.cap, lambda: typed_count(self.cap.text))
        said = "The contract has no cap on open cases" if cap is None else f"The contract allows {cap:,} open cases"
        self.perform("Set the contract's cap", set_contract_cap, cap, said=said)


def _number(text: str) -> int:
    number = typed_count(text)
    if number is None:
        raise Refused("Enter a whole number, 1 or more.")
    return number
