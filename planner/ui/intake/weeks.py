"""Under the list: the week shared over workers and days, and the weeks in which each team is on intake."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.core.intake import Intake, IntakeRow, accepted_in, monday_of
from planner.core.intake_share import WorkerShare, shares
from planner.core.records import IntakeWeek
from planner.ui.dialogs.intake_week import ContractCapDialog, IntakeWeekDialog
from planner.ui.intake.share_rows import ShareRow, share_columns, share_rows
from planner.ui.intake.words import intake_columns, week_words
from planner.ui.table import Column, RowsModel
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.stat_strip import EDGE as INSET
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

LOOKED_BACK, LOOKED_AHEAD = timedelta(weeks=13), timedelta(weeks=27)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """An intake week: its team, who was accepted in it, and whether it is the one under way."""

    week: IntakeWeek
    week_on: date
    team: str
    accepted: tuple[IntakeRow, ...]
    is_now: bool


WEEK_COLUMNS = (
    Column("Week", lambda row: week_words(row.week_on), sort=lambda row: row.week_on, strong=True, width=230),
    Column("Team", lambda row: row.team, width=200, stretch=True),
    Column("For", lambda row: f"{row.week.quota:,}", sort=lambda row: row.week.quota, align="right", width=70),
    Column("Accepted", lambda row: f"{len(row.accepted):,}", sort=lambda row: len(row.accepted), align="right", width=90),
    Column("State", lambda row: "This week" if row.is_now else "", width=110, tag=lambda row: "good" if row.is_now else ""),
)


class SharePart(QWidget):
    """The week shared over workers and days: how many each can take, and has taken."""

    give_out_asked = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.week_on = desk.today
        self.heading, self.about = Words("", "section"), Words("", tone="muted")
        self.model = RowsModel(())
        self.rows = FittedRows(self.model, "The intake shared over workers and days", "row_compact")
        self.give_out = Button("Give the accepted to workers (G)", self.give_out_asked.emit, small=True)
        self.rows.row_opened.connect(self._on_row_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.heading, self.about, self.rows):
            layout.addWidget(part)
        for words in (self.heading, self.about):
            words.setContentsMargins(INSET, 0, INSET, 0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(INSET, 4, INSET, 0)
        buttons.addWidget(self.give_out)
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def show_intake(self, outlook: "Outlook", found: Intake) -> None:
        """Fill the table."""
        self.week_on = found.week_on
        made = shares(outlook, found) if found.quota is not None else ()
        self.heading.setText(f"{week_words(found.week_on)} shared over workers and days")
        self.about.setText(_about_share(found, made))
        self.model.set_columns(share_columns(found))
        self.model.set_rows(share_rows(found, made, outlook.on))
        self.rows.setVisible(bool(self.model.rows))
        self.give_out.setVisible(bool(self.model.rows))
        self.rows.fit_height()

    def _on_row_opened(self, row: ShareRow) -> None:
        self.desk.open_rows(f"{row.title}, {week_words(self.week_on)}", intake_columns(self.desk, row.rows), row.rows)


def _about_share(found: Intake, made: tuple[WorkerShare, ...]) -> str:
    if found.quota is None:
        return "Nobody looked at is on intake in the week, so nothing is shared. Put a team on intake below."
    if not any(row.share for row in made):
        return "Nobody of the team is at work in the week, so nothing can be shared."
    children = count_words(found.quota, "child", "children")
    return f"{children} in all, by hours at work, with nothing on a day away: taken, of what falls on the day."


class WeeksPart(QWidget):
    """The weeks of each team, to look at, add and change; `week_asked` says which to look at."""

    week_asked = Signal(str, object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = RowsModel(WEEK_COLUMNS)
        self.rows = FittedRows(self.model, "Intake weeks", "row_compact")
        self.empty = Words("No team is on intake in any week here. Put one on, or count without a quota.", tone="muted")
        self.add = Button("Put a team on intake", lambda: self._open(IntakeWeekDialog(desk, "", self.window())), small=True)
        self.change = Button("Change the week", self._on_change_pressed, small=True)
        self.cap = Button("Set the contract's cap", lambda: self._open(ContractCapDialog(desk, self.window())), small=True)
        self.rows.row_opened.connect(lambda row: self.week_asked.emit(row.week.team_id, row.week_on))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(INSET, 0, INSET, 0)
        buttons.setSpacing(8)
        for button in (self.add, self.change, self.cap):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for words in (Words("Intake weeks", "section"), self.empty):
            words.setContentsMargins(INSET, 0, INSET, 0)
            layout.addWidget(words)
        layout.addWidget(self.rows)
        layout.addLayout(buttons)

    def show_weeks(self, outlook: "Outlook") -> None:
        """Fill the table with the weeks of the teams looked at, a quarter back and half a year ahead."""
        rows = week_rows(outlook)
        self.model.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.rows.fit_height()
        self.empty.setVisible(not rows)
        self.change.setVisible(bool(rows))

    def _on_change_pressed(self) -> None:
        row = self.rows.current_row()
        if row is None:
            self.desk.failed.emit("Choose a week in the list first.")
        else:
            self._open(IntakeWeekDialog(self.desk, row.week.id, self.window()))

    def _open(self, dialog: IntakeWeekDialog | ContractCapDialog) -> None:
        refusal = self.desk.reason_not_to_edit()
        if refusal:
            dialog.deleteLater()
            self.desk.failed.emit(refusal)
        else:
            dialog.show_up()


def week_rows(outlook: "Outlook") -> tuple[WeekRow, ...]:
    """The intake weeks near the day looked at, earliest first."""
    now = monday_of(outlook.on)
    teams = {team.id: team.name for team in outlook.teams}
    rows = []
    for week in outlook.snapshot.all(IntakeWeek).values():
        if week.week_on is not None and week.team_id in teams and now - LOOKED_BACK <= week.week_on <= now + LOOKED_AHEAD:
            accepted = accepted_in(outlook.came_in, week.team_id, week.week_on)
            rows.append(WeekRow(week, week.week_on, teams[week.team_id], accepted, week.week_on == now))
    return tuple(sorted(rows, key=lambda row: (row.week_on, row.team)))
