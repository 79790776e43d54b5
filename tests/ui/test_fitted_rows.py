"""Rows that stand whole on a page: a long text goes on in further lines of its row."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.table import Column, RowsModel
from planner.ui.widgets.fitted_rows import MOST_LINES, FittedRows, further_line, wrapped
from planner.ui.widgets.page_area import PageArea

STORY = "Last seen 20 Oct. Nobody at home on two visits. Joint visit with the health visitor, by Tue 24 Nov"


def test_a_text_breaks_after_a_sentence_where_the_rest_then_fits(themed):
    assert wrapped(STORY, "body", 160, 900) == ("Last seen 20 Oct.", STORY.removeprefix("Last seen 20 Oct. "))


def test_a_text_stands_beneath_where_its_first_line_has_room_for_a_word_alone(themed):
    assert wrapped("Last seen 27 Oct", "body", 40, 400) == ("", "Last seen 27 Oct")


@pytest.mark.parametrize(("width", "beneath"), [(160, 300), (90, 200), (40, 60), (1, 1)])
def test_no_word_is_lost_and_no_more_lines_are_made_than_may_be(themed, width, beneath):
    lines = wrapped(STORY, "body", width, beneath)
    assert " ".join(lines) == STORY
    assert len(lines) <= MOST_LINES


def test_a_row_is_as_high_as_its_lines_and_the_list_as_its_rows(themed, qtbot):
    texts = Column("What is known", lambda row: row, stretch=True, wraps=True)
    status = Column("Late", lambda _row: "18 days late", width=92)
    rows = FittedRows(RowsModel((texts, status), ["Not yet seen", STORY]), "Overdue visits")
    qtbot.addWidget(rows)
    rows.horizontalHeader().hide()
    rows.resize(460, 100)
    rows.fit_height()
    rows.show()
    assert rows.rowHeight(1) - rows.rowHeight(0) == further_line()
    assert rows.height() == rows.rowHeight(0) + rows.rowHeight(1)
    rows.resize(1200, rows.height())
    assert rows.rowHeight(1) == rows.rowHeight(0)
    assert rows.height() == 2 * rows.rowHeight(0)


def test_a_page_comes_to_rest_at_every_height_of_its_window(themed, qtbot):
    texts = Column("What is known", lambda row: row, stretch=True, wraps=True)
    page = QWidget()
    column = QVBoxLayout(page)
    for _ in range(3):
        rows = FittedRows(RowsModel((texts,), [STORY] * 4), "Overdue visits")
        rows.fit_height()
        column.addWidget(rows)
    area = PageArea()
    qtbot.addWidget(area)
    area.setWidget(page)
    area.resize(QSize(700, 300))
    area.show()
    room = area.viewport().width()
    for height in range(300, 1_000, 4):
        area.resize(QSize(700, height))
        qtbot.waitUntil(lambda: page.width() == area.viewport().width())
        assert area.viewport().width() == room
    assert not area.verticalScrollBar().isEnabled()
