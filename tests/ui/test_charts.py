"""Charts: what they say of the figures, and that each part, value and total opens exactly its rows."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.obligations import Obligation
from planner.core.outlook_rows import LateVisit, OpenCase
from planner.core.records import Case, Child, Worker
from planner.core.workload import Load, LoadLine
from planner.ui.charts.bar_geometry import NAME, VALUE, Spot
from planner.ui.charts.bar_plot import BarPlot
from planner.ui.charts.bars import BarChart, table_text
from planner.ui.charts.capacity_chart import LoadColumns, capacity_chart, weighed_children
from planner.ui.charts.chart_frame import ChartFrame
from planner.ui.charts.lateness_chart import lateness_band, lateness_chart
from planner.ui.table import Column

CHILD = (Column("Child", lambda row: row.case.child.reference),)
COLUMNS = LoadColumns(CHILD, (Column("Line of the sum", lambda line: line.label),))
WEIGHTS = {"assessment": 60, "cin": 50, "cp": 80, "lac": 50, "care_leaver": 20}


def a_worker(name: str) -> Worker:
    return Worker(id=name.casefold(), name=name)


def a_case(reference: str, plan: str, worker: Worker | None) -> OpenCase:
    child = Child(id=reference, reference=reference, initials="A.B.")
    return OpenCase(child, Case(id=f"case {reference}", child_id=reference), plan, None, (), worker, None, "", None, None)


def a_load(worker: Worker, cases: list[OpenCase], available: int = 1000, stable: int = 150, state: str = "") -> Load:
    lines = [LoadLine("stable", "Stable element", 1, stable, stable)] if stable else []
    for plan, each in WEIGHTS.items():
        ids = tuple(case.child.id for case in cases if case.plan == plan)
        if ids:
            lines.append(LoadLine(plan, plan, len(ids), each, each * len(ids), ids))
    used = sum(line.tenths for line in lines)
    percent = 100 * used / available if available else None
    band = "no capacity" if percent is None else "over" if percent > 100 else "nearly full" if percent >= 90 else "has room"
    ids = tuple(case.child.id for case in cases)
    return Load(worker, tuple(lines), used, available, percent, state or band, ids, len(ids), {}, ())


def a_team(holdings: dict[str, str], available: dict[str, int] | None = None) -> BarChart:
    """A chart of workers by name; `holdings` gives each the plans of their children, a letter each."""
    plans = {"a": "assessment", "n": "cin", "p": "cp", "l": "lac", "c": "care_leaver"}
    held: dict[str, list[OpenCase]] = {}
    loads = []
    for name, letters in holdings.items():
        worker = a_worker(name)
        held[worker.id] = [a_case(f"{name}{number}", plans[letter], worker) for number, letter in enumerate(letters)]
        loads.append(a_load(worker, held[worker.id], (available or {}).get(name, 1000)))
    return capacity_chart(loads, lambda worker_id: held[worker_id], COLUMNS)


def late(reference: str, days: int | None, worker: Worker | None) -> LateVisit:
    case = a_case(reference, "cp", worker)
    due = None if days is None else date(2026, 11, 1)
    return LateVisit(case, Obligation("o", "child", reference, "CP-VISIT", "visit", due, due, "overdue", "", ""), (), days)


# What they say


@pytest.mark.parametrize(
    ("holdings", "available", "title"),
    [
        ({}, {}, "Workload by worker"),
        ({"Dev": "n"}, {}, "Workload by worker"),
        ({"Dev": "p" * 11}, {}, "Dev is over capacity"),
        ({"Dev": "p" * 11, "Amara": "p" * 12}, {}, "Amara and Dev are over capacity"),
        ({"Dev": "p" * 11, "Amara": "p" * 12, "Ben": "p" * 12, "Ewa": ""}, {}, "3 of 4 workers are over capacity"),
        ({"Dev": "p" * 10}, {}, "Dev is nearly full"),
        ({"Dev": "p" * 10}, {"Dev": 0}, "Workload by worker"),
    ],
)
def test_the_title_of_the_caseload_says_who_is_over_or_nearly_full(holdings, available, title) -> None:
    assert a_team(holdings, available).title == title


@pytest.mark.parametrize(
    ("days", "title"),
    [
        ([], "No visits are overdue"),
        ([3], "1 visit is overdue"),
        ([18], "The 1 overdue visit is over a week late"),
        ([18, 3, 2], "1 of 3 overdue visits is over a week late"),
        ([18, 8, 2], "2 of 3 overdue visits are over a week late"),
        ([18, 8], "All 2 overdue visits are over a week late"),
        ([7, 1], "2 visits are overdue, none over a week late"),
    ],
)
def test_the_title_of_the_overdue_visits_says_how_late_they_are(days, title) -> None:
    rows = [late(f"C{number}", count, None) for number, count in enumerate(days)]
    chart = lateness_chart(rows, CHILD, "")
    assert chart.title == title
    assert len(title.split()) <= 10


@pytest.mark.parametrize(
    ("days", "band"), [(1, "late_1"), (7, "late_1"), (8, "late_2"), (14, "late_2"), (15, "late_3"), (None, "no date")]
)
def test_each_number_of_days_late_lies_in_one_band(days, band) -> None:
    assert lateness_band(days) == band


def test_bars_are_fullest_first_and_those_with_no_capacity_last() -> None:
    chart = a_team({"Ann": "n", "Bo": "p" * 12, "Cy": "a"}, {"Ann": 0})
    assert [bar.name for bar in chart.bars] == ["Bo", "Cy", "Ann"]
    assert [bar.value for bar in chart.bars] == ["111 of 100", "21 of 100", "no capacity"]
    assert [bar.capacity for bar in chart.bars] == [100.0, 100.0, None]


def test_the_parts_of_a_bar_make_up_what_is_used_also_where_a_co_worker_does_a_share() -> None:
    worker = a_worker("Ann")
    cases = [a_case("C1", "cp", worker), a_case("C2", "cin", worker)]
    plain = a_load(worker, cases, stable=0)
    shared = LoadLine("done by others", "Done by co-workers", 1, 0, -40, ("C1",))
    load = Load(worker, (*plain.lines, shared), plain.used - 40, 1000, 9.0, "has room", plain.child_ids, 2, {}, ())
    assert [row.tenths for row in weighed_children(load, cases)] == [40, 50]
    (bar,) = capacity_chart([load], lambda _id: cases, COLUMNS).bars
    assert bar.length == load.used / 10


def test_children_nobody_holds_have_a_bar_of_their_own() -> None:
    chart = lateness_chart([late("C1", 3, None), late("C2", 9, a_worker("Ann"))], CHILD, "")
    assert {bar.name for bar in chart.bars} == {"Ann", "No worker"}


def test_the_table_twin_has_every_figure_and_copies_safely() -> None:
    chart = a_team({"=Ann": "npp"})
    lines = table_text(chart).split("\n")
    assert lines[0].split("\t") == ["Worker", "Other work", "Asmt", "CIN", "CP", "LAC", "Points"]
    assert lines[1].split("\t") == ["'=Ann", "15", "0", "1", "2", "0", "36 of 100"]


# Every number opens its rows

HOLDINGS = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=4), st.text("anplc", max_size=12), min_size=1, max_size=5)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def a_frame(chart: BarChart) -> tuple[ChartFrame, list]:
    """A chart on the screen, and what was opened from it so far."""
    frame = ChartFrame("Caseload by worker")
    frame.let_draw()
    frame.show_chart(chart)
    frame.resize(460, frame.sizeHint().height())
    frame.show()
    QApplication.sendPostedEvents()
    opened: list = []
    frame.opened.connect(opened.append)
    return frame, opened


def click(plot: BarPlot, spot: Spot) -> None:
    middle = plot.geometry_now().area(spot).center()
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(int(middle.x()), int(middle.y())))


def check_doors(frame: ChartFrame, opened: list, counted: set[str]) -> None:
    """Click each part, then each total of the key; parts whose kind is in `counted` show a number of rows."""
    plot = frame.plot
    assert isinstance(plot, BarPlot)
    for row, bar in enumerate(plot.chart.bars):
        for place, part in enumerate(bar.parts):
            click(plot, Spot(row, place))
            assert opened[-1] is part.behind
            if part.kind in counted:
                assert part.shown == str(len(opened[-1].rows))
    for button in frame.legend.buttons:
        if button.kind.behind is not None:
            button.click()
            assert len(opened[-1].rows) == int(button.text().rsplit(" ", 1)[1])


@QUICK
@given(HOLDINGS)
def test_every_part_and_total_of_the_caseload_opens_as_many_children_as_it_says(themed, holdings) -> None:
    frame, opened = a_frame(a_team(holdings))
    check_doors(frame, opened, {"assessment", "cin", "cp", "lac", "other types"})
    held = sum(len(letters) for letters in holdings.values())
    assert sum(button.kind.total or 0 for button in frame.legend.buttons) == held
    frame.close()


@QUICK
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 40)), st.sampled_from(["", "Ann", "Bo", "Cy"])), min_size=1, max_size=12
    )
)
def test_every_part_and_total_of_the_overdue_visits_opens_as_many_visits_as_it_says(themed, drawn) -> None:
    rows = [late(f"C{number}", days, a_worker(name) if name else None) for number, (days, name) in enumerate(drawn)]
    chart = lateness_chart(rows, CHILD, "")
    frame, opened = a_frame(chart)
    check_doors(frame, opened, {"late_1", "late_2", "late_3", "no date"})
    for number, bar in enumerate(chart.bars):
        click(frame.plot, Spot(number, VALUE))
        assert bar.value == str(len(opened[-1].rows))
    assert sum(len(bar.behind.rows) for bar in chart.bars) == len(rows)
    frame.close()


def test_the_value_of_a_worker_opens_the_lines_that_make_the_sum(themed) -> None:
    frame, opened = a_frame(a_team({"Ann": "npp"}))
    click(frame.plot, Spot(0, VALUE))
    assert sum(line.tenths for line in opened[-1].rows) == 360


# Keys, table, states


def test_arrow_keys_move_over_every_part_and_enter_opens_it(themed) -> None:
    frame, opened = a_frame(a_team({"Ann": "npp", "Bo": "a"}))
    plot = frame.plot
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Home)
    said = [plot.accessibleDescription()]
    for _ in range(4):
        QTest.keyClick(plot, Qt.Key.Key_Right)
        said.append(plot.accessibleDescription())
    assert said == [
        "Ann, 36 of 100 points, has room",
        "Ann, other work, 15 points",
        "Ann, child in need, 1 child, 5 points",
        "Ann, child protection, 2 children, 16 points",
        "Ann, 36 of 100 points, has room",
    ]
    QTest.keyClick(plot, Qt.Key.Key_Left)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert [row.case.plan for row in opened[-1].rows] == ["cp", "cp"]
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert plot.accessibleDescription().startswith("Bo, ")


def test_the_switch_shows_the_same_figures_as_a_table_whose_rows_open_too(themed) -> None:
    frame, opened = a_frame(a_team({"Ann": "npp", "Bo": "a"}))
    switched: list[bool] = []
    frame.switched.connect(switched.append)
    QTest.mouseClick(frame.table_button, Qt.MouseButton.LeftButton)
    assert frame.table.isVisible()
    assert not frame.plot.isVisible()
    assert frame.table_model.rowCount() == 2
    assert frame.table.height() >= frame.table.height_of_all()
    frame.table.selectRow(0)
    QTest.keyClick(frame.table, Qt.Key.Key_Return)
    assert opened[-1] is frame.chart.bars[0].behind
    QTest.mouseClick(frame.chart_button, Qt.MouseButton.LeftButton)
    assert switched == [True, False]


def test_a_chart_without_bars_says_so_and_has_no_switch(themed) -> None:
    frame, _ = a_frame(lateness_chart([], CHILD, "No visits are overdue. The next is due on Friday 27 November 2026."))
    assert frame.empty.isVisible()
    assert frame.empty.text().startswith("No visits are overdue.")
    assert not frame.chart_button.isVisible()


def test_the_plot_is_named_by_its_title_and_says_that_a_table_follows(themed) -> None:
    frame, _ = a_frame(a_team({"Ann": "p" * 11}))
    assert frame.plot.accessibleName() == "Ann is over capacity. Chart, table follows"


@pytest.mark.parametrize("width", [320, 460, 1040])
def test_parts_lie_side_by_side_within_the_chart_and_never_under_another(themed, width) -> None:
    frame, _ = a_frame(a_team({"Anastasia Featherstonehaugh": "anplc", "Bo": "p" * 12}))
    frame.resize(width, frame.height())
    place = frame.plot.geometry_now()
    for row, bar in enumerate(place.chart.bars):
        areas = [
            place.area(Spot(row, NAME)),
            *(place.area(Spot(row, part)) for part in range(len(bar.parts))),
            place.area(Spot(row, VALUE)),
        ]
        for before, after in pairwise(areas):
            assert before.right() <= after.left() + 1
        assert areas[-1].right() <= frame.plot.width()
