"""Sorting the table in view and arranging its columns by keys: a menu that does what the mouse does to its headings."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.exporting import table_in_view
from planner.ui.table import Column, RowsView
from planner.ui.theme import current_theme
from planner.ui.widgets.announcing import announce

if TYPE_CHECKING:
    from planner.ui.desk import Desk

NOT_SORTED = "This page shows no table that can be sorted. Open the rows behind a figure, or a page with a list."
DOWN, UP = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
WIDTH_STEP = 24
"""Pixels at 100% text by which a column is made wider or narrower."""


def arrange_columns(desk: "Desk", page: QWidget) -> None:
    """Offer the columns of the table in view to sort by, the one in use to be turned round; then to move and to widen."""
    table = table_in_view(page)
    if table is None or not table.isSortingEnabled():
        desk.failed.emit(NOT_SORTED)
        return
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(f"Sort {table.accessibleName()} by")
    titled = [column for column in table.shown_columns() if column.title]
    for column in titled:
        _add_order(menu, table, column)
    menu.addSeparator()
    for words, act, step in (
        ("Move left", _move, -1),
        ("Move right", _move, 1),
        ("Wider", _widen, WIDTH_STEP),
        ("Narrower", _widen, -WIDTH_STEP),
    ):
        choice = menu.addMenu(words)
        for column in titled:
            choice.addAction(column.title, partial(act, table, column, step))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(table.viewport().mapToGlobal(QPoint(0, 0)))


def _add_order(menu: QMenu, table: RowsView, column: Column) -> None:
    number = _number(table, column)
    by, order = table.rows_model().sorted_by or (-1, DOWN)
    words = f"{column.title}, turned round" if number == by else column.title
    menu.addAction(words, partial(_sort, table, column, UP if number == by and order == DOWN else DOWN))


def _number(table: RowsView, column: Column) -> int:
    return table.rows_model().columns.index(column)


def _sort(table: RowsView, column: Column, order: Qt.SortOrder) -> None:
    table.sortByColumn(_number(table, column), order)
    table.scrollTo(table.currentIndex())
    _say(table, f"Sorted by {column.title}, {'first to last' if order == DOWN else 'last to first'}")


def _move(table: RowsView, column: Column, step: int) -> None:
    """Change places with the shown column beside it; at the edge there is none."""
    shown, header = table.shown_columns(), table.horizontalHeader()
    place = shown.index(column) + step
    if 0 <= place < len(shown):
        here, there = (header.visualIndex(_number(table, one)) for one in (column, shown[place]))
        header.moveSection(here, there)
    _say(table, f"{column.title} is column {table.shown_columns().index(column) + 1} of {len(shown)}")


def _widen(table: RowsView, column: Column, step: int) -> None:
    number = _number(table, column)
    table.setColumnWidth(number, max(WIDTH_STEP, table.columnWidth(number) + round(step * current_theme().text_scale)))
    _say(table, f"{column.title} is {'wider' if step > 0 else 'narrower'}")


def _say(table: RowsView, words: str) -> None:
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    announce(table, words)
