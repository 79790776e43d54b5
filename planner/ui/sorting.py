"""Sorting the table in view by keys: a menu of its columns, as clicking a heading does."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.exporting import table_in_view
from planner.ui.table import RowsView
from planner.ui.widgets.announcing import announce

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NOT_SORTED = "This page shows no table that can be sorted. Open the rows behind a figure, or a page with a list."
DOWN, UP = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def choose_order(desk: "Desk", page: QWidget) -> None:
    """Offer the columns of the table in view to sort by; the one it is sorted by is turned round."""
    table = table_in_view(page)
    if table is None or not table.isSortingEnabled():
        desk.failed.emit(NOT_SORTED)
        return
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(f"Sort {table.accessibleName()} by")
    model = table.rows_model()
    by, order = model.sorted_by or (-1, DOWN)
    for column in table.shown_columns():
        number = model.columns.index(column)
        if column.title:
            words = f"{column.title}, turned round" if number == by else column.title
            menu.addAction(words, partial(_sort, table, number, UP if number == by and order == DOWN else DOWN))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(table.viewport().mapToGlobal(QPoint(0, 0)))


def _sort(table: RowsView, number: int, order: Qt.SortOrder) -> None:
    table.sortByColumn(number, order)
    table.scrollTo(table.currentIndex())
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    way = "first to last" if order == DOWN else "last to first"
    announce(table, f"Sorted by {table.rows_model().columns[number].title}, {way}")
