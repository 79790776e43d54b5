"""How many days a board shows, and whether as a table: remembered on this computer."""

from planner.settings import Settings
from planner.ui.board.period import SPANS

TABLE, BOARD = "table", "board"


class ShownDays:
    """One setting, `two weeks, table`; what it cannot be read as is a week on the board."""

    def __init__(self, settings: Settings, name: str = "visits_shown") -> None:
        self._settings, self._name = settings, name
        span, _, look = settings.value(name).partition(", ")
        self.span = span if span in SPANS else next(iter(SPANS))
        self.is_table = look == TABLE

    def keep(self, span: str, is_table: bool) -> None:
        """Remember both."""
        self.span, self.is_table = span, is_table
        self._settings.keep(self._name, f"{span}, {TABLE if is_table else BOARD}")
