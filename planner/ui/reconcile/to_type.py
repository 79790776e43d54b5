"""What is still to be typed into the case system: how much there is, its rows, and the list on paper."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from planner.core.to_type import ToType, to_type
from planner.reports.to_type import TITLE, TO_TYPE
from planner.ui.background import is_alive
from planner.ui.reconcile.words import to_type_columns
from planner.ui.widgets.button import Button

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk


class ToTypeButtons(QObject):
    """Two buttons for the header; the rows are worked out on a thread."""

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: tuple[ToType, ...] = ()
        self._run = 0
        self.rows = Button("To type", self._on_rows_pressed)
        self.print = Button("Print what is to type", lambda: desk.print_report(TO_TYPE))

    def show_outlook(self, outlook: "Outlook") -> None:
        """Count anew."""
        self._run += 1
        self.desk.run_in_background(to_type, outlook, then=partial(_if_current, self, self._run))

    def take(self, found: tuple[ToType, ...]) -> None:
        """Show how much there is."""
        self.found = found
        self.rows.setText(f"To type {len(found):,}")

    def _on_rows_pressed(self) -> None:
        if self.found:
            self.desk.open_rows(TITLE, to_type_columns(self.desk), self.found)
        else:
            self.desk.failed.emit("Everything done here is in the case system, so there is nothing to type.")


def _if_current(buttons: ToTypeButtons, run: int, found: tuple[ToType, ...]) -> None:
    if is_alive(buttons) and run == buttons._run:
        buttons.take(found)
