"""Which workload scheme holds for whom and from when, and who may hold what, each with its dates and source."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.core.coming_changes import day
from planner.core.holding import HoldingRule
from planner.core.records import PolicyInForce
from planner.core.rule_words import certainty_word, certainty_words
from planner.core.workload import scheme_by_id
from planner.ui.dialogs.scheme_choice import scheme_words
from planner.ui.rows_painting import INSET
from planner.ui.table import Column, RowsModel
from planner.ui.widgets.button import Button
from planner.ui.widgets.fitted_rows import FittedRows
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme as it is chosen: its title, for whom, when, and what it says."""

    title: str
    whom: str
    when: str
    words: str


SCHEME_COLUMNS = (
    Column("Scheme", lambda row: row.title, strong=True, width=150),
    Column("For", lambda row: row.whom, width=150),
    Column("In force", lambda row: row.when, width=170),
    Column(
        "What it says", lambda row: row.words, width=120, stretch=True, tone=lambda _row: "text_muted", tip=lambda row: row.words
    ),
)
HOLDING_COLUMNS = (
    Column("Who may hold what", lambda row: row.title, width=200, stretch=True, strong=True, tip=lambda row: row.title),
    Column("In force", lambda row: holding_dates(row), width=150),
    Column("Source", lambda row: row.source, width=220, tone=lambda _row: "text_muted", tip=lambda row: row.source),
    Column("Certainty", lambda row: certainty_word(row.certainty), width=112, tip=lambda row: certainty_words(row.certainty)),
)


def period_words(start: date | None, end: date | None, on: date) -> str:
    """`from 28 Sep`, `28 Sep to 4 Jan 2027`; `as shipped` without dates."""
    if start is None and end is None:
        return "as shipped"
    if end is None:
        return f"from {day(start, on)}" if start else ""
    last = day(end - ONE_DAY, on)
    return f"{day(start, on)} to {last}" if start else f"until {last}"


def holding_dates(rule: HoldingRule) -> str:
    """The dates of a rule on who may hold what, with their years."""
    return period_words(rule.starts, rule.ends, date.max)


def scheme_rows(outlook: "Outlook") -> tuple[SchemeRow, ...]:
    """The schemes chosen that are not over, the one that comes with the planner where none is."""
    chosen = [
        one
        for one in outlook.snapshot.all(PolicyInForce).values()
        if one.kind == "workload" and (one.end is None or one.end > outlook.on)
    ]
    rows = []
    for one in sorted(chosen, key=lambda one: (one.team_id != "", one.start or date.min)):
        scheme = scheme_by_id(outlook.snapshot, outlook.reference.schemes, one.policy)
        title, words = (scheme.title, scheme_words(scheme)) if scheme else (one.policy, "This scheme is not here.")
        whom = outlook.team_name(one.team_id) or "All teams"
        rows.append(SchemeRow(title, whom, period_words(one.start, one.end, outlook.on), words))
    if not any(row.whom == "All teams" for row in rows):
        scheme = outlook.reference.schemes["neutral"]
        rows.insert(0, SchemeRow(scheme.title, "All teams", "as shipped", scheme_words(scheme)))
    return tuple(rows)


def holding_rules(outlook: "Outlook") -> tuple[HoldingRule, ...]:
    """Who may hold what, in the teams looked at, in force on the day or later."""
    teams = [team.id for team in outlook.teams] or [""]
    found = dict.fromkeys(rule for team in teams for rule in outlook.policy(team).holding)
    return tuple(rule for rule in found if rule.ends is None or rule.ends > outlook.on)


class SchemePart(QWidget):
    """Both lists under their headings, with what can be changed of them."""

    choice_asked = Signal()
    edit_asked = Signal()
    holding_asked = Signal()
    against_asked = Signal()
    children_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.schemes = FittedRows(RowsModel(SCHEME_COLUMNS), "Workload schemes", "row_compact")
        self.holding = FittedRows(RowsModel(HOLDING_COLUMNS), "Who may hold what", "row_compact")
        self.choose = Button("Choose a scheme", self.choice_asked.emit, small=True)
        self.edit = Button("Change the scheme", self.edit_asked.emit, small=True)
        self.rules = Button("Change who may hold what", self.holding_asked.emit, small=True)
        self.against = Button("", self.against_asked.emit, kind="link")
        self.against.hide()
        self.unweighted = Button("", self._on_unweighted_pressed, kind="link")
        self._unweighted: tuple[str, ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        heading = Words("Workload scheme, and who may hold what", "section")
        heading.setContentsMargins(INSET, 0, INSET, 0)
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for button in (self.choose, self.edit, self.rules):
            flow.addWidget(button)
        held = QHBoxLayout()
        held.setContentsMargins(INSET, 4, INSET, 0)
        held.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (heading, line, self.schemes):
            column.addWidget(part)
        column.addLayout(_under_the_first_column(self.unweighted))
        column.addWidget(self.holding)
        column.addLayout(_under_the_first_column(self.against))
        column.addLayout(held)

    def show_outlook(self, outlook: "Outlook") -> None:
        """Show what holds on the day looked at."""
        self.schemes.rows_model().set_rows(scheme_rows(outlook))
        self.holding.rows_model().set_rows(holding_rules(outlook))
        for table in (self.schemes, self.holding):
            table.fit_height()
        self._unweighted = tuple(dict.fromkeys(child for load in outlook.loads for child in load.unweighted))
        has, is_not = ("has", "is not") if len(self._unweighted) == 1 else ("have", "are not")
        self.unweighted.setText(f"{count_words(len(self._unweighted), 'child', 'children')} {has} no weight and {is_not} counted")
        self.unweighted.setVisible(bool(self._unweighted))

    def _on_unweighted_pressed(self) -> None:
        self.children_asked.emit("Children without a weight, who are not counted", self._unweighted)

    def show_against(self, children: int) -> None:
        """Say how many children are led by someone who may not lead them; the words open them."""
        are = "child is" if children == 1 else "children are"
        self.against.setText(f"{children:,} {are} led by someone who may not")
        self.against.setVisible(children > 0)


def _under_the_first_column(link: Button) -> QHBoxLayout:
    """A link whose words begin where those of the rows above it do."""
    line = QHBoxLayout()
    line.setContentsMargins(INSET - 4, 0, 0, 0)
    line.addWidget(link)
    line.addStretch(1)
    return line
