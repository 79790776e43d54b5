"""Allocate for everyone: names, targets, words that fit at any text size, and Tab in the order the page is read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from planner.ui.allocate.cells import PointsCell
from planner.ui.allocate.waiting_list import Card
from planner.ui.screens import SCREENS
from planner.ui.theme import apply_theme, current_theme
from tests.helpers.accessible import cut_text, misnamed, overlapping, small_targets, told_by_colour_alone, unnamed, unreached
from tests.helpers.allocate_page import WAIT, of_one_family, shown_on


@pytest.fixture
def screen(desk, qtbot):
    return shown_on(desk, qtbot)


@pytest.fixture
def family(desk, qtbot):
    """The screen on two waiting siblings, compared."""
    screen = of_one_family(desk, qtbot)
    qtbot.waitUntil(screen.terms.isVisible, timeout=WAIT)
    return screen


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1250, 820)), (1.5, (1250, 820)), (2.0, (1096, 640))])
def test_nothing_is_cut_off_nameless_or_too_small_at_any_text_size(family, qtbot, themed, scale, size):
    apply_theme(themed, "light", scale)
    family.resize(*size)
    for check in (unnamed, misnamed, small_targets, cut_text, overlapping, told_by_colour_alone):
        qtbot.waitUntil(lambda check=check: check(family) == [], timeout=WAIT)


def test_tab_goes_from_the_list_over_the_columns_to_the_terms(family, qtbot):
    qtbot.waitUntil(lambda: family.terms.isVisible(), timeout=WAIT)
    assert unreached(family) == []


def test_tab_goes_through_the_header_before_the_page(desk, window_on, qtbot):
    window = window_on(desk, size=(1440, 900))
    bench = window.workbench
    bench.open_page([screen.name for screen in SCREENS].index("allocate"))
    screen = bench.screen_in_view
    bench.header.days.setFocus()
    for button in (screen.print_button, screen.change_button):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is button


def test_each_column_is_one_group_named_by_its_worker(screen):
    for column in screen.pane.grid.columns:
        interface = QAccessible.queryAccessibleInterface(column)
        assert interface.role() == QAccessible.Role.Grouping
        assert interface.text(QAccessible.Text.Name).startswith(column.one.worker.name)
        assert column.close_button.accessibleName() == f"Close {column.one.worker.name}"
        assert "points now" in column.points.accessibleName()
        assert "After" in column.sum.accessibleName()


def test_everything_that_takes_the_focus_has_a_name(family):
    nameless = [
        widget
        for widget in family.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_target_is_under_24_pixels_and_no_cell_is_cut_off(family, qtbot, themed, scale):
    apply_theme(themed, "light", scale)
    family.pane.grid.arrange()
    for column in family.pane.grid.columns:
        assert min(column.close_button.width(), column.close_button.height()) >= 24
        for words in (column.name, *column.words):
            assert words.height() >= words.heightForWidth(words.width())
    for box in family.siblings.boxes.values():
        assert box.height() >= 24


def test_rows_of_all_columns_stand_in_line(screen):
    tops = [[words.y() for words in column.words] for column in screen.pane.grid.columns]
    assert all(row == tops[0] for row in tops)


def test_in_a_low_page_the_terms_scroll_along_with_the_workers(screen, qtbot):
    qtbot.waitUntil(lambda: screen.terms.isVisible(), timeout=WAIT)
    assert not screen.pane.isAncestorOf(screen.terms)
    screen.resize(1000, 500)
    assert screen.pane.isAncestorOf(screen.terms)
    screen.resize(1250, 820)
    assert not screen.pane.isAncestorOf(screen.terms)


def test_a_type_without_room_is_said_by_its_letters(screen):
    card = replace(screen.list.cards_model.cards[0], kind="Child protection, 21 months", short_kind="CP, 21 months")

    def painted(shown: Card) -> QImage:
        screen.list.cards_model.set_cards([shown])
        return screen.list.grab().toImage()

    assert painted(card) == painted(replace(card, kind=card.short_kind))
    assert painted(replace(card, short_kind="")) != painted(card)


@pytest.mark.parametrize(("scale", "size", "seen"), [(1.0, (840, 555), 4), (1.25, (1073, 636), 4), (1.5, (1032, 576), 3)])
def test_a_small_window_shows_whole_columns(screen, qtbot, themed, scale, size, seen):
    apply_theme(themed, "light", scale)
    screen.resize(*size)
    columns, view = screen.pane.grid.columns, screen.pane.viewport()

    def are_whole() -> bool:
        return sum(column.width() == column.visibleRegion().boundingRect().width() for column in columns) == seen

    assert len(columns) == 4
    qtbot.waitUntil(lambda: columns[0].width() * seen <= view.width() and are_whole(), timeout=WAIT)


def test_a_surname_too_long_to_stand_beside_the_button_stands_beneath_it(screen, qtbot):
    for column in screen.pane.grid.columns[:2]:
        column.name.setText("Konstantina Papadopoulos")
    screen.resize(840, 555)
    for column in screen.pane.grid.columns[:2]:
        name, close = column.name, column.close_button
        qtbot.waitUntil(lambda name=name, close=close: name.y() > close.geometry().bottom(), timeout=WAIT)
        assert name.fontMetrics().horizontalAdvance("Papadopoulos") <= name.width()
        assert not column.tag.geometry().intersects(name.geometry())


def test_figures_that_do_not_fit_are_left_out_and_not_cut(screen):
    cell, one = PointsCell(), screen.pane.grid.columns[0].one
    cell.show_worker(replace(one, now=replace(one.now, used=1440), after=replace(one.after, used=1520)), 1520)
    ends = set()
    for width in range(88, 132):
        cell.resize(width, cell.heightForWidth(width))
        picture, line = cell.grab().toImage(), current_theme().line("title")
        inked = (place for place in range(width) if any(picture.pixel(place, row) != picture.pixel(0, 0) for row in range(line)))
        ends.add(max(inked))
    assert len(ends) == 2


def test_the_arrows_bring_a_column_beyond_a_narrow_page_into_view_and_the_names_of_the_rows_stay(screen, qtbot, themed):
    apply_theme(themed, "light", 1.5)
    screen.resize(1000, 600)
    grid, sideways = screen.pane.grid, screen.pane.horizontalScrollBar()
    qtbot.waitUntil(lambda: sideways.maximum() > 0 and grid.titles[0].autoFillBackground(), timeout=WAIT)
    screen.pane.focus_chosen()
    for _ in grid.columns:
        qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Right)
    assert screen.focusWidget() is grid.columns[-1]
    assert grid.columns[-1].visibleRegion().boundingRect().width() == grid.columns[-1].width()
    assert sideways.value() > 0
    assert all(title.contentsMargins().left() > sideways.value() for title in grid.titles)
    assert grid.childAt(grid.titles[0].geometry().center()) is not grid.titles[0]
    qtbot.waitUntil(lambda: screen.pane.heading.y() > grid.geometry().bottom(), timeout=WAIT)
