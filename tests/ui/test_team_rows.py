"""The words of a row of Team, and how many rows of it stand on the page."""

import pytest
from PySide6.QtCore import Qt

from planner.core.records import Worker
from planner.ui.team.rows import TeamRow, amount_words
from planner.ui.team.table import TeamTable


def row(number):
    """A worker of whom nothing but the name is known."""
    return TeamRow(Worker(id=str(number), name=f"W{number}"), None, f"W{number}", "", 0, 0, 0, None, 0, 0, None, "", "")


@pytest.mark.parametrize(
    ("tenths", "unit", "words"),
    [(10, "children", "1 child"), (210, "children", "21 children"), (10, "points", "1 point"), (0, "minutes", "0 minutes")],
)
def test_one_of_a_unit_is_said_as_one(tenths, unit, words):
    assert amount_words(tenths, unit) == words


@pytest.mark.parametrize(("workers", "shown"), [(1, 1), (6, 6), (7, 7), (8, 8), (9, 6), (65, 6)])
def test_a_low_page_shows_all_workers_or_six_and_a_scroll_bar(themed, qtbot, workers, shown):
    table = TeamTable()
    qtbot.addWidget(table)
    table.fit_into(1)
    table.show_rows(tuple(row(number) for number in range(workers)), row(0), "points")
    one = table.rows.verticalHeader().defaultSectionSize()
    assert table.rows.height() == table.rows.horizontalHeader().sizeHint().height() + shown * one
    assert (table.rows.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn) == (shown < workers)
