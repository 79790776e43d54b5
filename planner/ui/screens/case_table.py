"""The table of cases: where the page is narrow it does without its least columns, so that no status is cut off."""

from planner.ui.case_rows import DUE, TEAM
from planner.ui.table import RowsView
from planner.ui.theme import current_theme

DROPPED_FIRST = (TEAM, 5, 1, 6, DUE)
"""Team, on plan, age, last seen, next visit due (its status says it too): in this order they give way."""


class CaseTable(RowsView):
    """Shows as many columns as there is room for."""

    has_teams = False

    def show_teams(self, has_teams: bool) -> None:
        """Whether there is more than one team to tell apart."""
        self.has_teams = has_teams
        self.fit_columns()

    def hide_unwanted(self) -> None:
        """Hide what is not wanted, then what there is no room for."""
        columns = self.rows_model().columns
        wanted = [round(self.kept_widths.get(column.title, column.width or 0) * current_theme().text_scale) for column in columns]
        room = self.viewport().width()
        kept = {number for number, column in enumerate(columns) if column.title not in self.not_wanted}
        kept -= set() if self.has_teams else {TEAM}
        for place in DROPPED_FIRST:
            if sum(wanted[number] for number in kept) > room:
                kept.discard(place)
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in kept)
