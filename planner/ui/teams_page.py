"""The teams side by side, for whoever looks at more than one: a row per team, and every number opens its rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.core.team_rows import TeamRow, team_rows
from planner.core.transfers import TransferDue
from planner.ui.dialogs.worker_table import points
from planner.ui.figures_table import Figure, FiguresTable
from planner.ui.inner_page import InnerPage
from planner.ui.screens.today_columns import TodayColumns
from planner.ui.table import Column
from planner.ui.widgets.words import Words
from planner.ui.wording import count_words, list_date

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

TITLE = "Teams"
UNKNOWN = "–"
NOTE = (
    "Room is what is available less what is used, of all workers of the team together. Transfers are those due by two weeks "
    "from the day looked at. The limit is how many children the team's workers may lead, where each of them has one; in an "
    "intake week, new cases stand beside its quota. Enter or a click on a number opens its rows."
)


def room_words(row: TeamRow) -> str:
    """`12 of 98 left`, `4 over`, or that there is no capacity."""
    if row.available <= 0:
        return "no capacity"
    return f"{points(row.left)} of {points(row.available)} left" if row.left >= 0 else f"{points(-row.left)} over"


def quota_words(row: TeamRow) -> str:
    """`12 of 90` in the team's intake week, else nothing."""
    return UNKNOWN if row.quota is None else f"{len(row.received):,} of {row.quota:,}"


def cap_words(row: TeamRow) -> str:
    """`84 of 98`, or only the children where no limit is set."""
    return f"{len(row.cases):,}" if row.cap is None else f"{len(row.cases):,} of {row.cap:,}"


class TeamFigures:
    """The columns of the teams, over one outlook; `columns` are those of the rows behind the numbers."""

    def __init__(self, outlook: "Outlook", columns: TodayColumns) -> None:
        self.outlook = outlook
        self.columns = columns

    def figures(self) -> tuple[Figure, ...]:
        """Every column, from left to right."""
        cols = self.columns
        return (
            Figure(Column("Team", lambda row: row.team.name, strong=True, stretch=True, width=180)),
            Figure(
                Column(
                    "Overdue visits", lambda row: f"{len(row.overdue):,}", lambda row: len(row.overdue), "right", 120, tone=_late
                ),
                lambda row: (f"Overdue visits, {row.team.name}", cols.late(), row.overdue),
            ),
            Figure(
                Column("No worker", lambda row: f"{len(row.waiting):,}", lambda row: len(row.waiting), "right", 100),
                lambda row: (f"Waiting for a worker, {row.team.name}", cols.waiting(), row.waiting),
            ),
            Figure(
                Column("Room", room_words, lambda row: row.left, "right", 140, tone=_short),
                lambda row: (f"Workload, {row.team.name}", cols.load(), row.loads),
            ),
            Figure(
                Column("Transfers due", lambda row: f"{len(row.transfers):,}", lambda row: len(row.transfers), "right", 110),
                lambda row: (f"Transfers due, {row.team.name}", self.transfer_columns(), row.transfers),
            ),
            Figure(
                Column("Children and limit", cap_words, lambda row: len(row.cases), "right", 130, tone=_full),
                lambda row: (f"Open children, {row.team.name}", cols.cases(), row.cases),
            ),
            Figure(
                Column("New this week", quota_words, lambda row: len(row.received), "right", 120),
                lambda row: (
                    (f"Received this week, {row.team.name}", cols.cases(), row.received) if row.quota is not None else None
                ),
            ),
        )

    def transfer_columns(self) -> tuple[Column, ...]:
        """The columns of transfers that are due."""
        cols, outlook = self.columns, self.outlook

        def to_words(row: TransferDue) -> str:
            return outlook.team_name(row.transfer.to_team_id) or row.transfer.to_outside or "not yet said"

        return (
            cols.child(),
            cols.type(),
            cols.worker(),
            Column("At", lambda row: row.transfer.point, width=160, stretch=True),
            Column("To", to_words, width=140, stretch=True),
            Column(
                "Planned",
                lambda row: list_date(row.transfer.planned_on, outlook.on),
                lambda row: row.transfer.planned_on,
                "right",
                110,
            ),
        )


def _late(row: TeamRow) -> str:
    return "overdue" if row.overdue else ""


def _short(row: TeamRow) -> str:
    return "warning" if row.left < 0 else ""


def _full(row: TeamRow) -> str:
    return "warning" if row.is_over_cap else ""


class TeamsPage(InnerPage):
    """The table of teams. It is worked out in the background, and again whenever the outlook changes."""

    table: FiguresTable

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(TITLE)
        self.title = TITLE
        self.desk = desk
        self.rows: Sequence[TeamRow] = ()
        self.table = FiguresTable(TeamFigures(_outlook(desk), _columns(desk)).figures(), TITLE)
        self.table.figure_opened.connect(self._on_figure_opened)
        self.note = Words(NOTE, "small", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 12, 28, 16)
        layout.setSpacing(12)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        self.show_outlook(_outlook(desk))

    def show_outlook(self, outlook: "Outlook") -> None:
        """Work the rows out for an outlook."""
        self.desk.run_in_background(team_rows, outlook, then=self._on_rows_made)

    def finding(self) -> str:
        """How many teams, children and overdue visits."""
        outlook = _outlook(self.desk)
        children = count_words(len(outlook.cases), "child", "children")
        late = count_words(len(outlook.overdue_visits), "child", "children")
        return f"{count_words(len(outlook.teams), 'team')} with {children}; {late} with an overdue visit."

    def _on_rows_made(self, rows: Sequence[TeamRow]) -> None:
        self.rows = rows
        self.table.figures = TeamFigures(_outlook(self.desk), _columns(self.desk)).figures()
        self.table.rows_model().set_rows(rows)
        if not self.table.currentIndex().isValid() and rows:
            self.table.setCurrentIndex(self.table.model().index(0, 1))

    def _on_figure_opened(self, row: TeamRow, figure: Any) -> None:
        behind = figure.behind(row)
        if behind is not None:
            self.desk.open_rows(*behind)


def _outlook(desk: "Desk") -> "Outlook":
    assert desk.outlook is not None
    return desk.outlook


def _columns(desk: "Desk") -> TodayColumns:
    return TodayColumns(_outlook(desk), desk.child_words)
