"""Intake: the front door's list taken in, decided on child by child or home by home, and counted against its limits."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.actions.intake import accept, receive, receive_and_accept
from planner.core.errors import PlannerError
from planner.core.flow_records import Referral
from planner.core.intake import Intake, IntakeRow, intake, monday_of, team_on_intake
from planner.core.intake_given import Given, given_out
from planner.core.records import Absence, Allocation, Case, Child, IntakeWeek, Reduction, Setting, Team, Worker
from planner.formats.table import TABLE_EXTENSIONS
from planner.reports.intake_list import INTAKE_LIST
from planner.reports.report import SheetOptions
from planner.ui.begun import begun_of
from planner.ui.dialogs.change_referral import ChangeReferralDialog, TakeBackDialog
from planner.ui.dialogs.give_out import GiveOutDialog
from planner.ui.dialogs.question import Question
from planner.ui.dialogs.return_referrals import ReturnDialog
from planner.ui.intake.decide_table import DecideTable
from planner.ui.intake.family_entry import FamilyEntry
from planner.ui.intake.list_reader import ListReader
from planner.ui.intake.weeks import SharePart, WeeksPart
from planner.ui.intake.words import (
    contract_columns,
    discreet_words,
    figures,
    finding_words,
    intake_columns,
    warning_words,
    week_words,
)
from planner.ui.logging.fields import Cell, OfferBox
from planner.ui.screen import Screen
from planner.ui.soon import soon
from planner.ui.table import RowsView
from planner.ui.theme import current_theme
from planner.ui.widgets.button import Button
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.stat_strip import EDGE as INSET
from planner.ui.widgets.stat_strip import StatStrip
from planner.ui.widgets.tab_order import tab_through
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.reports.report import Report
    from planner.ui.desk import Desk

EDGE = 20
ALL_TEAMS = "all"
FILES = f"Lists ({' '.join(f'*{extension}' for extension in TABLE_EXTENSIONS)});;All files (*)"


class IntakeScreen(Screen):
    """The page: figures, a family to type, a list to read, the children to decide on, the week shared, the weeks."""

    name = "intake"
    title = "Intake"
    offers = ("Open a list", "Paste a list", "Put a team on intake", "Set the contract's cap")
    shows = frozenset({Referral, Child, Case, Allocation, IntakeWeek, Worker, Team, Absence, Reduction, Setting})

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Intake | None = None
        self.week_on: date | None = None
        self._is_team_chosen = False
        self.strip = StatStrip()
        self.warning = Words("", "strong", "overdue")
        self.team = OfferBox({ALL_TEAMS: "All teams"})
        self.team_cell = Cell("Team", self.team, 220)
        self.of_week = QWidget()
        self.week = Words("")
        self.earlier = Button("Week before", lambda: self._look_at(-1), small=True)
        self.later = Button("Week after", lambda: self._look_at(1), small=True)
        self.back = Button("Back to this week", self._on_back_pressed, small=True)
        self.entry = FamilyEntry(desk)
        self.reader_place = QVBoxLayout()
        self.table = DecideTable(desk)
        self.print_list = Button("Print", self._on_print_pressed)
        self.open_list = Button("Open a list", self._on_open_pressed)
        self.paste_list = Button("Paste a list", self._on_paste_pressed, kind="primary")
        self._lay_out()
        self._connect()
        begun_of(desk).watch(self.name, self._begun)

    def _lay_out(self) -> None:
        of_week = self.of_week
        line = FlowLayout(of_week, gap=16, line_gap=6)
        for part in (self.team_cell, self._week_cell()):
            line.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, 0, EDGE, 16)
        layout.setSpacing(14)
        for part in (self.warning, of_week, self.entry):
            part.setContentsMargins(INSET, 0, INSET, 0)
        for widget in (self.strip, self.warning, of_week, self.entry):
            layout.addWidget(widget)
        layout.addLayout(self.reader_place)
        layout.addWidget(self.table)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(14)
        layout.addLayout(self._rest)
        layout.addStretch(1)
        self.warning.hide()
        self.back.hide()

    def _week_cell(self) -> QWidget:
        """The week in words, and the buttons that look at another, under their label."""
        cell, across = QWidget(), QHBoxLayout()
        across.setSpacing(8)
        for part in (self.week, self.earlier, self.later, self.back):
            across.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        across.insertSpacing(1, 8)
        self.week.setWordWrap(False)
        self.week.setMinimumHeight(current_theme().size("control_height"))
        under = QVBoxLayout(cell)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(4)
        under.addWidget(Words("Week", "strong"))
        under.addLayout(across)
        return cell

    def _connect(self) -> None:
        self.strip.figure_pressed.connect(self._on_figure_pressed)
        self.team.chosen.connect(self._on_team_chosen)
        self.entry.entered.connect(self._on_taken)
        self.entry.list_pasted.connect(self.read_text)
        self.entry.children_line.left_downwards.connect(self.table.select_first)
        self.table.accept_asked.connect(self._on_accept_asked)
        self.table.return_asked.connect(self._on_return_asked)
        self.table.change_asked.connect(self._on_change_asked)
        self.table.take_back_asked.connect(self._on_take_back_asked)
        self.table.give_out_asked.connect(self._on_give_out_asked)

    @cached_property
    def share(self) -> SharePart:
        """The week shared over workers and days: made in a moment of its own, after what stands above it."""
        share = SharePart(self.desk)
        share.give_out_asked.connect(self._on_give_out_asked)
        self._rest.insertWidget(0, share)
        return share

    @cached_property
    def weeks(self) -> WeeksPart:
        """The weeks on intake, made with the share."""
        weeks = WeeksPart(self.desk)
        weeks.week_asked.connect(self._on_week_asked)
        self._rest.addWidget(weeks)
        return weeks

    @cached_property
    def reader(self) -> ListReader:
        """The reader of lists, made when the first one comes."""
        reader = ListReader(self.desk)
        self.reader_place.addWidget(reader)
        reader.taken.connect(self._on_list_taken)
        reader.shown.connect(self._on_list_shown)
        return reader

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Fill the page; what is being typed or read stays, and is checked against the plan as it is now."""
        self._offer_teams(outlook)
        found = intake(outlook, self._team_id, self.week_on)
        self.found = found
        self.strip.show_figures(figures(found, outlook.on))
        self.warning.say(warning_words(found))
        now = monday_of(outlook.on)
        self.week.setText(f"{week_words(found.week_on)}{', this week' if found.week_on == now else ''}")
        self.back.setVisible(found.week_on != now)
        self.entry.take_outlook()
        if "reader" in self.__dict__:
            self.reader.take_outlook()
        self.table.show_intake(found)
        self._go_on(begun_of(self.desk).take(self.name))
        if self.is_filled:
            self._show_rest()
        else:
            soon(self, self._show_rest)

    @property
    def is_filled(self) -> bool:
        """Whether what stands beneath the children has been made."""
        return "weeks" in self.__dict__

    def _show_rest(self) -> None:
        outlook, found = self.desk.outlook, self.found
        if outlook is None or found is None:
            return
        self.share.show_intake(outlook, found)
        self.weeks.show_weeks(outlook)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """As the page is read: the figures are made later than what stands beneath them."""
        reader = (self.reader,) if "reader" in self.__dict__ else ()
        tab_through((self.strip, self.of_week, self.entry, *reader, self.table, self.share, self.weeks))
        if reader:
            self.reader.set_tab_order()

    def finding(self, outlook: "Outlook") -> str:
        """How many were accepted this week of how many, and who waits, whichever week and team the page looks at."""
        team_id = team_on_intake(outlook.snapshot, outlook.teams, outlook.on)
        whose = f"{outlook.team_name(team_id)}: " if team_id and len(outlook.teams) > 1 else ""
        return whose + finding_words(intake(outlook, team_id))

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """How many children wait for a decision."""
        waiting = sum(row.referral is not None and not row.referral.decided_on for row in outlook.came_in)
        return (f"{waiting:,}" if waiting else ""), False

    def kept_tables(self) -> dict[str, RowsView]:
        """The children who came in."""
        return {self.name: self.table.table}

    def header_actions(self) -> list[QWidget]:
        """The list on paper, and the two ways a list comes in."""
        return [self.print_list, self.open_list, self.paste_list]

    def printable(self) -> "tuple[Report, SheetOptions]":
        """The intake list of the week in view, of the teams looked at."""
        return INTAKE_LIST, SheetOptions(week_on=self.week_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A list can be pasted wherever nothing is being typed."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._on_paste_pressed()
        else:
            super().keyPressEvent(event)

    # Over a lock

    def _begun(self) -> tuple[str, dict[str, Any]] | None:
        listed = self.reader.apart() if "reader" in self.__dict__ else {}
        typed = self.entry.children_line.text()
        return (typed, listed) if typed.strip() or listed else None

    def _go_on(self, begun: tuple[str, dict[str, Any]] | None) -> None:
        """Put back the family half typed and the list in hand when the planner locked."""
        if begun is None:
            return
        typed, listed = begun
        self.entry.children_line.setText(typed)
        if listed:
            self.reader.take_up(listed)

    # The team and the week

    @property
    def _team_id(self) -> str:
        return "" if self.team.value == ALL_TEAMS else self.team.value

    def _offer_teams(self, outlook: "Outlook") -> None:
        """Offer the teams looked at; until a person chooses, the one on intake stands there, else all of them."""
        several = {ALL_TEAMS: "All teams"} if len(outlook.teams) > 1 else {}
        self.team.offer({**several, **{team.id: team.name for team in outlook.teams}})
        if not self._is_team_chosen:
            on_intake = team_on_intake(outlook.snapshot, outlook.teams, outlook.on)
            self.team.blockSignals(True)
            self.team.choose(on_intake or ALL_TEAMS)
            self.team.blockSignals(False)

    def _show_again(self) -> None:
        if self.desk.outlook is not None:
            self.show_outlook(self.desk.outlook)

    def _on_team_chosen(self) -> None:
        self._is_team_chosen = True
        self._show_again()

    def _on_week_asked(self, team_id: str, week_on: date) -> None:
        self.week_on = week_on
        self.team.choose(team_id)
        self._show_again()

    def _look_at(self, weeks: int) -> None:
        """Look at the week so many weeks on from the one shown."""
        if self.found is not None:
            self.week_on = self.found.week_on + timedelta(weeks=weeks)
            self._show_again()

    def _on_back_pressed(self) -> None:
        self.week_on = None
        self._show_again()

    # Taking in

    def read_text(self, text: str) -> None:
        """Read a list as it was copied."""
        self.reader.read_text(text, *self._days())

    def read_file(self, path: Path) -> None:
        """Read a list from a file."""
        self.reader.read_file(path, *self._days())

    def _days(self) -> tuple[date, date]:
        """The days of referral and receipt that hold where a list does not say."""
        received = self.entry.received.day or self.desk.today
        return self.entry.referred.day or received, received

    def _on_list_shown(self, is_shown: bool) -> None:
        """A list in hand has the page to itself."""
        for part in (self.entry, self.table, self.share, self.weeks, self.open_list, self.paste_list):
            part.setVisible(not is_shown)

    def _on_paste_pressed(self) -> None:
        self.read_text(QGuiApplication.clipboard().text())

    def _on_open_pressed(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Open a list", "", FILES)
        if chosen:
            self.read_file(Path(chosen))

    def _on_taken(self, children: Sequence[Referral], accepts: bool, typed: str) -> None:
        self._take_in(children, accepts, lambda _: None, lambda sentence: self.entry.put_back(typed, sentence))

    def _on_list_taken(self, children: Sequence[Referral], accepts: bool) -> None:
        self._take_in(children, accepts, lambda _: self._on_list_received(accepts), self.desk.failed.emit)

    def _on_list_received(self, accepts: bool) -> None:
        """Once they are in, the list goes, or stays with what is still in doubt."""
        self.reader.keep_the_rest()
        if self.reader.isHidden():
            self.table.choose_view("received" if accepts else "waiting")
            self.table.table.setFocus()

    def _take_in(
        self,
        children: Sequence[Referral],
        accepts: bool,
        then: Callable[[object], None],
        refused: Callable[[str], object],
    ) -> None:
        """Take children in to the team chosen; `refused` is given the sentence where that cannot be."""
        team_id = self._team_id or (self.team.itemData(0) if self.team.count() == 1 else "")
        if not team_id:
            refused("Choose the team that takes these children in, under the figures. Nothing was changed.")
            return

        def _on_failed(trouble: BaseException) -> None:
            if not isinstance(trouble, PlannerError):
                raise trouble
            refused(trouble.sentence)

        count = count_words(len(children), "child", "children")
        title = f"Take in and accept {count}" if accepts else f"Take in {count}"
        said = f"Took in and accepted {count}" if accepts else f"Took in {count}"
        action = receive_and_accept if accepts else receive
        self.desk.perform(title, action, team_id, tuple(children), then=then, failed=_on_failed, said=said)

    # Deciding

    def _on_accept_asked(self, rows: Sequence[IntakeRow]) -> None:
        words = _children_words(rows)
        self.desk.perform(f"Accept {words}", accept, _ids_of(rows), said=f"Accepted {words}; they wait for a worker on Allocate")

    def _on_return_asked(self, rows: Sequence[IntakeRow]) -> None:
        self._open(lambda: ReturnDialog(self.desk, _ids_of(rows), _children_words(rows), self.window()))

    def _on_take_back_asked(self, rows: Sequence[IntakeRow]) -> None:
        self._open(lambda: TakeBackDialog(self.desk, _ids_of(rows), _children_words(rows), self.window()))

    def _on_change_asked(self, row: IntakeRow) -> None:
        """The referral as it is now, and its siblings who are as far as it is."""
        referral, found = row.referral, self.found
        if referral is None or found is None:
            return
        known = self.desk.workspace.snapshot.by(Referral, "household", referral.household) if referral.household else ()
        siblings = [one for one in known if one.id != referral.id and one.status == referral.status]
        self._open(lambda: ChangeReferralDialog(self.desk, referral, discreet_words(row), siblings, self.window()))

    def _on_give_out_asked(self) -> None:
        """Who would take whom is worked out on a thread, then shown."""
        outlook, found = self.desk.outlook, self.found
        if outlook is None or found is None:
            return
        if found.quota is None:
            self.desk.failed.emit("Nobody is on intake in the week, so nothing is shared. Allocate the children on Allocate.")
            return
        self.desk.run_in_background(given_out, outlook, found, then=self._on_given_out, words="Sharing the intake")

    def _on_given_out(self, given: tuple[Given, ...]) -> None:
        if not given:
            self.desk.failed.emit("Everyone who was accepted has a worker.")
            return
        teams = {one.row.team_id for one in given}
        outlook = self.desk.outlook
        workers = [worker for worker in outlook.workers if worker.team_id in teams] if outlook is not None else []
        self._open(lambda: GiveOutDialog(self.desk, given, workers, self.window()))

    def _open(self, made: Callable[[], Question]) -> None:
        """Ask, unless nothing can be changed now; afterwards the keys are in the table again."""
        refusal = self.desk.reason_not_to_edit()
        if refusal:
            self.desk.failed.emit(refusal)
            return
        dialog = made()
        dialog.finished.connect(self._on_dialog_finished)
        dialog.show_up()

    def _on_dialog_finished(self, _result: int) -> None:
        self.table.table.setFocus()

    # Looking and printing

    def _on_figure_pressed(self, key: str) -> None:
        found, outlook = self.found, self.desk.outlook
        if found is None or outlook is None:
            return
        if key == "open":
            self.desk.open_rows("Open cases under the contract", contract_columns(self.desk, outlook), found.open_cases)
            return
        rows = {
            "received": found.received,
            "accepted": found.accepted,
            "returned": found.returned,
            "waiting": found.waiting,
            "late": found.late,
        }[key]
        titles = {
            "received": "Received in the week",
            "accepted": "Accepted in the week",
            "returned": "Returned in the week",
            "waiting": "To decide",
            "late": "Not picked up within one working day",
        }
        self.desk.open_rows(titles[key], intake_columns(self.desk, rows), rows)

    def _on_print_pressed(self) -> None:
        self.desk.print_report(*self.printable())


def _ids_of(rows: Sequence[IntakeRow]) -> list[str]:
    return [row.referral.id for row in rows if row.referral is not None]


def _children_words(rows: Sequence[IntakeRow]) -> str:
    """One child by reference and initials, several by their number."""
    return discreet_words(rows[0]) if len(rows) == 1 else count_words(len(rows), "child", "children")
