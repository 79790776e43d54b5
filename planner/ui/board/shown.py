"""How many days a board shows, and whether as a table: remembered on this computer."""

from collections.abc import Mapping

from planner.settings import Settings
from planner.ui.board.period import SPANS

TABLE, BOARD = "table", "board"


class ShownDays:
    """One setting, `two weeks, table`; what it cannot be read as is the first span, and no table."""

    def __init__(self, settings: Settings, name: str = "visits_shown", spans: Mapping[str, str] = SPANS) -> None:
        self._settings, self._name = settings, name
        span, _, look = settings.value(name).partition(", ")
        self.span = span if span in spans else next(iter(spans))
        self.is_table = look == TABLE

    def keep(self, span: str, is_table: bool) -> None:
        """Remember both."""
        self.span, self.is_table = span, is_table
        self._settings.keep(self._name, f"{span}, {TABLE if is_table else BOARD}")
