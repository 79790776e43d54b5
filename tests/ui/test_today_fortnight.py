"""The grid of two weeks: which word stands on which day, and never why someone is away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from planner.core.outlook_rows import Away
from planner.core.records import Worker
from planner.ui.screens.today_sections import fortnight_from
from planner.ui.screens.today_words import days_in_a_row
from planner.ui.widgets.fortnight import Span, fortnight_days, fortnight_rows
from planner.ui.widgets.fortnight_frame import MOST_ROWS, FortnightFrame, away_finding
from planner.ui.widgets.fortnight_grid import FortnightModel, FortnightView

MONDAY = date(2026, 11, 23)
DAYS = fortnight_days(MONDAY)
ANN = Worker(id="ann", name="Ann Bell")
PART_TIME = Worker(id="bo", name="Bo Shah", pattern=(74, 74, 0, 74, 74, 0, 0))


def spell(worker: Worker, first: int, last: int, kind: str = "away", word: str = "Away") -> Away:
    return Away(worker, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last), word, kind)


def spans(*spells: Away, holiday: date | None = None) -> tuple[Span, ...]:
    rows = fortnight_rows(DAYS, spells, lambda day: day != holiday)
    return rows[0].spans if rows else ()


@pytest.mark.parametrize(
    ("on", "monday"),
    [
        (date(2026, 11, 23), MONDAY),
        (date(2026, 11, 27), MONDAY),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_the_fortnight_begins_with_the_week_looked_at_and_from_a_weekend_with_the_next(on, monday) -> None:
    assert fortnight_from(on) == (monday, monday + timedelta(days=11))


def test_days_away_are_one_stretch_over_the_weekend() -> None:
    assert spans(spell(ANN, 3, 8)) == (Span(3, 6, "Away", "away"),)


def test_an_absence_that_began_before_and_ends_after_fills_both_weeks() -> None:
    assert spans(spell(ANN, -30, 60)) == (Span(0, 9, "Away", "away"),)


@pytest.mark.parametrize(("part", "said"), [("am", "Away in the morning"), ("pm", "Away in the afternoon")])
def test_half_a_day_away_is_its_own_span_and_is_spoken(themed, part, said) -> None:
    half = replace(spell(ANN, 3, 3), part=part)
    assert spans(spell(ANN, 1, 2), half) == (Span(1, 2, "Away", "away"), Span(3, 3, part, "away", part))
    model = FortnightModel()
    model.show_rows(DAYS, fortnight_rows(DAYS, [half], lambda _day: True))
    words = model.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == f"Ann Bell, Thursday 26 November 2026: {said}"


def test_both_halves_of_a_day_are_the_whole_of_it() -> None:
    halves = [replace(spell(ANN, 3, 3), part=part) for part in ("am", "pm")]
    assert spans(*halves) == (Span(3, 3, "Away", "away"),)


def test_of_many_workers_the_first_are_shown_until_all_are_asked_for(themed, qtbot) -> None:
    frame = FortnightFrame()
    qtbot.addWidget(frame)
    staff = [Worker(id=f"w{number:02}", name=f"Worker {number:02}") for number in range(MOST_ROWS + 5)]
    rows = fortnight_rows(DAYS, [spell(worker, 3, 8) for worker in staff], lambda _day: True)
    frame.show()
    frame.show_rows(DAYS, rows, len(rows))
    assert frame.view.grid.rowCount() == MOST_ROWS
    assert frame.more.text() == f"Show all {len(staff)} workers"
    frame.more.click()
    assert frame.view.grid.rowCount() == len(staff)
    assert frame.more.text() == "Show fewer"


def test_away_stands_before_duty_and_duty_before_court() -> None:
    found = spans(spell(ANN, 0, 1, "court", "Hearing at Westmere"), spell(ANN, 1, 2, "duty", "Duty"), spell(ANN, 2, 2))
    assert [(span.first, span.word) for span in found] == [(0, "Court"), (1, "Duty"), (2, "Away")]


def test_a_day_the_worker_does_not_work_is_off_and_parts_nothing_else() -> None:
    assert [(span.first, span.last, span.kind) for span in spans(spell(PART_TIME, 1, 1, "duty", "Duty"))] == [
        (1, 1, "duty"),
        (2, 2, "off"),
        (7, 7, "off"),
    ]


def test_a_bank_holiday_is_off_for_everyone() -> None:
    assert spans(spell(ANN, 0, 0), holiday=DAYS[4]) == (Span(0, 0, "Away", "away"), Span(4, 4, "Off", "holiday"))


def test_a_worker_with_nothing_in_these_days_has_no_row() -> None:
    assert fortnight_rows(DAYS, [spell(ANN, 5, 6)], lambda _day: True) == ()


def test_a_day_is_spoken_with_its_worker_its_date_and_its_word(themed) -> None:
    model = FortnightModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(DAYS, fortnight_rows(DAYS, [spell(ANN, 3, 8)], lambda _day: True))
    said = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (0, 1, 4)]
    assert said == [
        "Ann Bell",
        "Ann Bell, Monday 23 November 2026: free",
        "Ann Bell, Thursday 26 November 2026 to Tuesday 1 December 2026: Away",
    ]


def test_enter_opens_the_worker_of_the_row(themed, qtbot) -> None:
    view = FortnightView()
    qtbot.addWidget(view)
    view.show_rows(DAYS, fortnight_rows(DAYS, [spell(ANN, 3, 8)], lambda _day: True))
    view.show()
    view.setCurrentIndex(view.grid.index(0, 1))
    with qtbot.waitSignal(view.worker_opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["ann"]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Nobody is away in the next two weeks"),
        (1, "1 worker is away in the next two weeks"),
        (4, "4 workers are away in the next two weeks"),
    ],
)
def test_the_title_says_how_many_are_away(count, words) -> None:
    assert away_finding(count) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2026, 11, 3)], "3 Nov"),
        ([date(2026, 11, 3), date(2026, 11, 17)], "3 and 17 Nov"),
        ([date(2026, 10, 28), date(2026, 11, 3), date(2026, 11, 17)], "28 Oct, 3 and 17 Nov"),
        ([date(2025, 11, 28), date(2026, 11, 3)], "28 Nov and 3 Nov"),
    ],
)
def test_days_in_a_row_name_a_month_once(days, words) -> None:
    assert days_in_a_row(days) == words
