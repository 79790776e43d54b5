"""The pictures of the board's cells: what was painted before is never shown for what is so no longer, and few are kept."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt

from planner.core.board import Board, BoardCell, BoardRow, BoardTrip, ChildDue
from planner.core.records import Child, Visit, Worker
from planner.core.worker_days import Shade
from planner.ui.board import cells
from planner.ui.board.cells import BoardCells, Look
from planner.ui.board.view import BoardView
from planner.ui.theme import apply_theme, current_theme

MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(5))
AWAY = Shade("Away", "away")
LOOK = Look(100, 60, 1.0, 60, 0, 0)


def a_trip(number, **of_visit):
    """A visit to a child with a name."""
    child = Child(id=f"{number:032}", reference=f"C10{number:03}", initials="A.B.", name="Ann Bell")
    return BoardTrip(Visit(id=f"{number:032}", status="planned", **of_visit), (ChildDue(child, "cin", "", MONDAY, False, None),))


def a_board(days=DAYS, workers=4, **trips):
    """Some workers, away on Friday; `trips` by where they are: `r1c2` is the second worker's Wednesday."""
    rows = []
    for row in range(workers):
        shown = tuple(
            BoardCell(day, (AWAY,) if day.weekday() == 4 else (), "", trips.get(f"r{row}c{column}", ()))
            for column, day in enumerate(days)
        )
        rows.append(BoardRow(Worker(id=f"{row:032}", name=f"Worker {row}"), shown, (), 0, 0))
    return Board(days, days[0], days[-1], MONDAY, tuple(rows), (), (None,) * len(days))


def a_view(qtbot, board, width=900, **state):
    """A board in view; `state` is set before it is shown."""
    view = BoardView(lambda child: child.reference)
    qtbot.addWidget(view)
    view.resize(width, 420)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    for name, value in state.items():
        setattr(view, name, value)
    view.show()
    view.show_board(board)
    return view


def seen(view):
    """What is painted."""
    return view.viewport().grab().toImage()


def test_a_board_that_changes_is_painted_as_one_that_is_shown_first(themed, qtbot):
    first, second, third = a_trip(1), a_trip(2, at=time(10)), a_trip(3)
    before = a_board(r0c0=(first, second), r1c1=(third,), r2c4=(a_trip(4),))
    moved = a_board(r0c0=(first,), r1c1=(third,), r3c3=(second,), r2c4=(a_trip(4),))
    view = a_view(qtbot, before)
    pictures = [seen(view)]
    for board in (moved, before, a_board(tuple(day + timedelta(days=7) for day in DAYS), r0c0=(first,)), before):
        view.show_board(board)
        pictures.append(seen(view))
        assert pictures[-1] == seen(a_view(qtbot, board))
    assert pictures[0] == pictures[2] == pictures[4] != pictures[1]


def test_names_theme_text_size_width_and_what_is_carried_are_painted_at_once(themed, qtbot):
    carried = a_trip(2, at=time(10))
    board = a_board(r0c0=(a_trip(1), carried), r1c1=(a_trip(3),), r2c4=(a_trip(4),))
    view = a_view(qtbot, board)
    plain = seen(view)
    view.set_carried(carried)
    faded = view.rect_of(carried.visit.id).adjusted(4, 4, -4, -4)
    assert seen(view).copy(faded) != plain.copy(faded)
    view.set_carried(None)
    assert seen(view) == plain
    view.are_names_shown = True
    view.show_board(board)
    named = seen(view)
    assert named == seen(a_view(qtbot, board, are_names_shown=True)) != plain
    for theme, scale in (("dark", 1.0), ("dark", 1.5), ("light", 1.0)):
        apply_theme(themed, theme, scale)
        other = a_view(qtbot, board, are_names_shown=True)
        other.horizontalScrollBar().setValue(view.horizontalScrollBar().value())
        assert seen(view) == seen(other)
    for width in (760, 900):
        view.resize(width, 420)
        assert seen(view) == seen(a_view(qtbot, board, width, are_names_shown=True))


def test_a_hatch_runs_on_through_the_board_wherever_it_is_scrolled_to(themed, qtbot):
    view = a_view(qtbot, a_board(workers=12, r2c4=(a_trip(4),)))
    view.verticalScrollBar().setValue(7)
    lower = seen(view)
    view.verticalScrollBar().setValue(0)
    assert seen(view).copy(0, 7, lower.width(), 200) == lower.copy(0, 0, lower.width(), 200)


def test_an_equal_cell_of_the_next_board_keeps_its_picture(themed):
    kept, trip = BoardCells(), a_trip(1)
    cell, width = BoardCell(MONDAY, (), "", (trip,)), 140
    picture = kept.picture(kept.layout("w", cell, width, False), LOOK, 0)
    again = kept.layout("w", replace(cell, items=(replace(trip),)), width, False)
    assert kept.picture(again, LOOK, 0).cacheKey() == picture.cacheKey()
    other = kept.layout("w", replace(cell, items=(replace(trip, is_unlogged=True),)), width, False)
    assert kept.picture(other, LOOK, 0).cacheKey() != picture.cacheKey()


def test_of_the_pictures_those_shown_last_are_kept(themed, monkeypatch):
    monkeypatch.setattr(cells, "LEAST_KEPT", 4 * LOOK.pixels)
    kept = BoardCells()
    layouts = [kept.layout("w", BoardCell(day, (AWAY,), ""), 100, False) for day in DAYS]
    first = kept.picture(layouts[0], LOOK, 0).cacheKey()
    for layout in (*layouts[1:4], layouts[0], layouts[4]):
        kept.picture(layout, LOOK, 0)
    assert set(kept._pictures) == {layouts[0], *layouts[2:]}
    assert kept.picture(layouts[0], LOOK, 0).cacheKey() == first


@pytest.mark.parametrize(("shades", "ground"), [((Shade("Duty", "duty"),), "duty_fill"), ((), "surface")])
def test_a_block_stands_on_the_ground_of_its_day(themed, shades, ground):
    kept = BoardCells()
    layout = kept.layout("w", BoardCell(MONDAY, shades, "", (a_trip(1, pinned=True),)), 140, False)
    picture = kept.picture(layout, Look(280, 180, 2.0, 90, 0, 0), 0).toImage()
    corner = 2 * layout.boxes[0].bottomLeft()
    assert picture.pixelColor(corner.x(), corner.y() + 1) == current_theme().colour(ground)
