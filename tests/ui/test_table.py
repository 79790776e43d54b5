"""The one table: what it shows, in which order, and how it is worked by hand and by keyboard."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import apply_theme
from tests.helpers.costs import costs_ms

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Row:
    """A child as a row."""

    reference: str
    due: date | None
    days: int
    plan: str = "cp"


COLUMNS = (
    Column("Child", lambda row: row.reference, strong=True, width=118),
    Column("Type", lambda row: row.plan.upper(), mark=lambda row: row.plan, width=70),
    Column("Due", lambda row: row.due.isoformat() if row.due else "not known", sort=lambda row: row.due, stretch=True),
    Column("Status", lambda row: f"{row.days} days late", sort=lambda row: row.days, align="right", tone=lambda row: "overdue"),
)
START = date(2026, 11, 23)


def rows(count: int) -> list[Row]:
    """Rows in no order; every seventh has no date."""
    plans = ("cp", "cin", "lac", "assessment")
    return [
        Row(
            f"C{10000 + number}",
            None if number % 7 == 3 else START + timedelta(days=number * 37 % 101),
            number * 13 % 29,
            plans[number % 4],
        )
        for number in range(count)
    ]


def references(model: RowsModel) -> list[str]:
    """The first column as shown."""
    return [model.index(place, 0).data() for place in range(model.rowCount())]


@pytest.fixture
def view(themed, qtbot):
    """Forty rows in a view of a modest size."""
    view = RowsView(RowsModel(COLUMNS, rows(40)), "Cases")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = RowsModel(COLUMNS, rows(12))
    qtmodeltester.check(model)
    model.sort(2, DESCENDING)
    model.set_filter("c1000")
    qtmodeltester.check(model)


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_rows_without_a_value_come_last_either_way(order):
    model = RowsModel(COLUMNS, rows(40))
    model.sort(2, order)
    dues = [row.due for row in model.shown]
    known = [due for due in dues if due is not None]
    assert known == sorted(known, reverse=order == DESCENDING)
    assert dues[len(known) :] == [None] * (40 - len(known))


def test_numbers_are_sorted_as_numbers():
    model = RowsModel(COLUMNS, [Row("a", None, 9), Row("b", None, 11), Row("c", None, 100)])
    model.sort(3, DESCENDING)
    assert references(model) == ["c", "b", "a"]


def test_sorting_by_no_column_gives_the_rows_as_they_came():
    model = RowsModel(COLUMNS, rows(10))
    model.sort(3)
    model.sort(-1)
    assert model.shown == tuple(rows(10))


@given(st.lists(st.text(alphabet="c10 abr", max_size=4), max_size=5), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_typing_letter_by_letter_ends_where_filtering_at_once_does(words, column):
    text = " ".join(words)
    slowly, at_once = RowsModel(COLUMNS, rows(60)), RowsModel(COLUMNS, rows(60))
    slowly.sort(column)
    for end in range(len(text) + 1):
        slowly.set_filter(text[:end])
    at_once.set_filter(text)
    at_once.sort(column)
    assert slowly.shown == at_once.shown


def test_a_filter_wants_every_word_in_any_cell_whatever_the_case():
    model = RowsModel(COLUMNS, rows(40))
    model.set_filter("CIN c1000")
    assert references(model) == ["C10001", "C10005", "C10009"]
    model.set_filter("")
    assert model.rowCount() == 40


def test_other_rows_keep_the_order_and_the_filter():
    model = RowsModel(COLUMNS, rows(40))
    model.sort(3, DESCENDING)
    model.set_filter("cp")
    model.set_rows(rows(80))
    days = [row.days for row in model.shown]
    assert days == sorted(days, reverse=True)
    assert {row.plan for row in model.shown} == {"cp"}


@pytest.mark.parametrize(("count", "most_ms"), [(1200, 16), (100_000, 400)])
def test_filtering_as_one_types_is_quick(qapp, count, most_ms):
    model = RowsModel(COLUMNS, rows(count))
    model.set_filter("z")
    assert costs_ms(partial(model.set_filter, typed) for typed in ("c", "c1", "c10", "c100 cp"))[-1] < most_ms


def test_a_hundred_thousand_rows_are_sorted_in_a_moment(qapp):
    model = RowsModel(COLUMNS, rows(100_000))
    assert costs_ms([partial(model.sort, 2)])[0] < 500


def test_a_cell_is_spoken_with_its_heading_and_the_plan_in_full():
    model = RowsModel(COLUMNS, rows(1))
    spoken = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (0, 1, 3)]
    assert spoken == ["Child: C10000", "Type: Child protection", "Status: 0 days late"]


def test_headings_are_aligned_as_their_columns():
    model = RowsModel(COLUMNS)
    sides = [
        Qt.AlignmentFlag(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole))
        for column in (0, 3)
    ]
    assert sides[0] & Qt.AlignmentFlag.AlignLeft
    assert sides[1] & Qt.AlignmentFlag.AlignRight


def test_enter_and_double_click_open_the_row(view, qtbot):
    opened = []
    view.row_opened.connect(opened.append)
    view.selectRow(2)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    middle = view.visualRect(view.model().index(4, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened == [view.rows_model().row_at(2), view.rows_model().row_at(4)]


def test_copying_takes_the_cells_as_shown_and_neutralises_formulas(themed, qtbot):
    columns = (Column("Note", lambda row: row), Column("Length", lambda row: str(len(row)), sort=len))
    view = RowsView(RowsModel(columns, ["=1+1", "plain"]), "Notes")
    qtbot.addWidget(view)
    view.show()
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Note\tLength\n'=1+1\t4\nplain\t5"


def test_a_click_on_a_heading_sorts_and_the_selected_row_stays_selected(view, qtbot):
    chosen = view.rows_model().row_at(5)
    view.selectRow(5)
    header = view.horizontalHeader()
    place = QPoint(header.sectionPosition(3) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.rows_model().sorted_by == (3, ASCENDING)
    assert view.selected_rows() == [chosen]


def test_new_rows_leave_the_person_on_the_same_row(view):
    view.selectRow(7)
    chosen = view.current_row()
    view.rows_model().set_rows(reversed(rows(40)))
    assert view.current_row() == chosen


def test_a_row_is_selected_alone_whatever_key_is_held_down(view, qtbot):
    view.selectRow(7)
    qtbot.keyPress(view, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    view.selectRow(2)
    assert view.selected_rows() == [view.rows_model().row_at(2)]
    qtbot.keyRelease(view, Qt.Key.Key_Shift)


def test_the_columns_fill_the_view_and_the_stretching_one_takes_what_is_left(view):
    assert sum(view.columnWidth(column) for column in range(4)) == view.viewport().width()
    assert view.columnWidth(0) == 118


def test_rows_and_header_have_the_designs_height_and_follow_the_text(view, qapp):
    assert (view.rowHeight(0), view.horizontalHeader().height()) == (32, 30)
    apply_theme(qapp, "light", 1.5)
    QTest.qWait(0)
    assert view.rowHeight(0) == 42
    apply_theme(qapp, "light")


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_selection_hover_and_focus_are_painted_in_the_themes_colours(themed, view, qapp, theme):
    current = apply_theme(qapp, theme)
    view.selectRow(1)
    view.setFocus()
    picture = view.viewport().grab().toImage()
    row = view.visualRect(view.model().index(1, 2))
    assert picture.pixelColor(row.center().x() + 60, row.center().y()) == current.colour("selection")
    assert picture.pixelColor(view.visualRect(view.model().index(3, 0)).left(), row.bottom()) == current.colour("border")
    apply_theme(qapp, "light")


def test_wide_columns_give_way_before_the_table_scrolls_sideways_and_short_facts_stay_whole(qtbot, themed):
    columns = (Column("Child", str, strong=True, width=118), Column("Why", str, width=240), Column("Due", str, width=96))
    table = RowsView(RowsModel(columns, ["a"]), "Rows")
    qtbot.addWidget(table)
    table.gives_way = True
    table.resize(400, 200)
    table.show()
    widths = [table.columnWidth(column) for column in range(3)]
    assert widths[0] == 118
    assert widths[2] == 96
    assert sum(widths) <= table.viewport().width()
    table.resize(200, 200)
    assert table.columnWidth(1) == 96


def middle(view: RowsView, column: int) -> QPoint:
    """The middle of a cell of the first row."""
    return view.visualRect(view.model().index(0, column)).center()


def test_resting_on_a_cut_cell_shows_the_whole_of_it(view):
    view.rows_model().set_rows([Row("C10000, of a reference that is very long", START, 3)])
    point = middle(view, 0)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point)))
    assert QToolTip.text() == "C10000, of a reference that is very long"
    assert view.tip_at(middle(view, 2)) == ""
