"""What every screen is: a page of the window that shows some kinds of records and fills itself from the outlook."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.core.records import Record

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.reports.report import Report, SheetOptions
    from planner.ui.desk import Desk
    from planner.ui.table import RowsView


class Screen(QWidget):
    """A page. The window draws its header, from `title`, `finding` and `header_actions`, and tells it what to show.

    `shows` are the kinds of records the page depends on, none meaning all: it is filled again when one of them changed
    and it is in view, and is otherwise stale until it is shown. `is_page_scrolled` is False for a page that is itself
    one long list, which then scrolls within. `is_exported` puts a button into the header that exports the page's table.
    `offers` are the words of those of its buttons that the palette presses from every other page.
    """

    name = ""
    title = ""
    shows: frozenset[type[Record]] = frozenset()
    is_page_scrolled = True
    is_exported = False
    offers: tuple[str, ...] = ()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName("page")
        self.setAccessibleName(self.title)

    @property
    def is_filled(self) -> bool:
        """Whether all of the page shows the outlook last given; False while one that fills itself in steps is not done."""
        return True

    def show_outlook(self, outlook: "Outlook") -> None:
        """Fill the page; called on the window's thread when the page is in view and what it showed is old."""

    def show_child(self, child_id: str) -> None:
        """Stand on a child; a page that does not work on one child at a time has nothing to do."""

    def finding(self, outlook: "Outlook") -> str:
        """The sentence under the title: what was found, not what the page is about."""
        return ""

    @staticmethod
    def count(outlook: "Outlook") -> tuple[str, bool]:
        """What stands beside the page's name in the navigation column, and whether it is red (overdue only)."""
        return "", False

    def header_actions(self) -> list[QWidget]:
        """At most three buttons for the header, the main one last."""
        return []

    def kept_tables(self) -> "dict[str, RowsView]":
        """The lists of the page whose columns and order the computer remembers, by the name they are remembered under."""
        return {}

    def filter_field(self) -> QWidget | None:
        """The field Ctrl+F goes to, where the page has a list to filter."""
        return None

    def printable(self) -> "tuple[Report, SheetOptions] | None":
        """The report Ctrl+P prints, with its options, or None where the page has none."""
        return None
