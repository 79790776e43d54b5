"""Which table of the window is exported or copied, and as what."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from planner.ui.clipboard import copy_text
from planner.ui.dialogs.export_rows import ExportDialog
from planner.ui.table import RowsView
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NO_TABLE = "This page shows no table. Open the rows behind a figure, or a page with a list."
NO_ROWS = "No row is shown in this table, so there is nothing to take from it. Clear the filter first."


def table_in_view(page: QWidget) -> RowsView | None:
    """The table that has the focus; else the page's own, or the largest it shows; None where it shows none."""
    focus = QApplication.focusWidget()
    if isinstance(focus, RowsView) and page.window().isAncestorOf(focus):
        return focus
    own = getattr(page, "table", None)
    if isinstance(own, RowsView) and own.isVisible():
        return own
    shown = [table for table in page.findChildren(RowsView) if table.isVisible()]
    return max(shown, key=lambda table: table.width() * table.height(), default=None)


def export_table(desk: "Desk", page: QWidget, title: str, name: str) -> None:
    """Ask what the table in view is exported for; `title` names the page's own table, `name` stands in the journal."""
    table = _filled_table(desk, page)
    if table is not None:
        of_page = table is getattr(page, "table", None)
        ExportDialog(desk, table, title if of_page else table.accessibleName() or title, name, page.window()).show_up()


def copy_table(desk: "Desk", page: QWidget) -> None:
    """Copy every row the table in view shows, for a spreadsheet."""
    table = _filled_table(desk, page)
    if table is not None:
        rows = table.rows_model().shown
        copy_text(table.text_of(rows))
        desk.told.emit(
            f"Copied {count_words(len(rows), 'row')} of {table.accessibleName()}. They are taken off the clipboard soon."
        )


def _filled_table(desk: "Desk", page: QWidget) -> RowsView | None:
    """The table in view if it shows rows; if not, say so."""
    table = table_in_view(page)
    if table is None or not table.rows_model().shown:
        desk.failed.emit(NO_TABLE if table is None else NO_ROWS)
        return None
    return table
