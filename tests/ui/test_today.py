"""Today: every figure, list, bar and total opens exactly its rows; the page says what there is and never a child's name."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.actions.shipped import reference
from planner.core.outlook import Outlook
from planner.core.records import Absence, Allocation, Commitment, Event, Person, Record, Sighting, Story, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.settings import Settings, read_settings
from planner.ui.charts.bar_geometry import VALUE, Spot
from planner.ui.charts.bar_plot import BarPlot
from planner.ui.desk import Desk
from planner.ui.dialogs.decide_tries import DecideTriesDialog
from planner.ui.dialogs.story import StoryDialog
from planner.ui.rows_page import RowsPage
from planner.ui.screens.today import TodayScreen
from planner.ui.screens.today_sections import TodayFigures
from planner.ui.screens.today_words import late_tip, source_words, story_of, unseen_words
from planner.ui.table import Column
from planner.ui.widgets.page_area import PageArea
from planner.ui.widgets.section_list import Section, SectionList
from tests.helpers.people import TODAY, people


class RememberingArea(PageArea):
    """A window that remembers, as the real one does."""

    def __init__(self, settings: Settings | None) -> None:
        super().__init__()
        self.settings = settings


class Shown:
    """Today on the screen, and the page of rows a person sees after a click."""

    def __init__(self, desk: Desk, qtbot: QtBot, remembered: Settings | None = None) -> None:
        self.desk = desk
        self.qtbot = qtbot
        self.screen = TodayScreen(desk)
        self.area = RememberingArea(remembered)
        self.area.setWidget(self.screen)
        self.area.resize(1256, 800)
        self.page: RowsPage | None = None
        desk.rows_asked.connect(self._on_rows_asked)
        qtbot.addWidget(self.area)
        self.area.show()
        qtbot.waitUntil(lambda: self.screen.are_plots_ready, timeout=20_000)

    def _on_rows_asked(self, title: str, columns: object, rows: object) -> None:
        # The area's own, as in the window: a page that nobody owned would be freed by whichever thread looks for garbage.
        self.page = RowsPage(title, columns, rows, self.area)

    def fill(self, outlook: Outlook) -> None:
        with self.qtbot.waitSignal(self.screen.filled, timeout=20_000):
            self.screen.show_outlook(outlook)
        self.qtbot.waitUntil(lambda: self.screen.changes is not None, timeout=20_000)

    def rows_after(self, click) -> int:
        """How many rows the page shows that a click opens; every cell of it is read."""
        self.page = None
        click()
        assert self.page is not None, "the click opened nothing"
        model = self.page.table.rows_model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                assert isinstance(model.index(row, column).data(), str)
        shown, self.page = model.rowCount(), None
        return shown


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot) -> Shown:
    """Today on the desk of the small team, filled."""
    made = Shown(desk, qtbot)
    made.fill(desk.outlook)
    return made


def an_outlook(desk: Desk, records: list[Record], on: date = TODAY) -> Outlook:
    return Outlook(Snapshot(records), desk.reference, on, TODAY)


def left_click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def click_spot(plot: BarPlot, spot: Spot) -> None:
    middle = plot.geometry_now().area(spot).center()
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(int(middle.x()), int(middle.y())))


def first_number(words: str) -> int:
    return int(next(word.strip(".:,") for word in words.replace(",", "").split() if word.strip(".:,").isdigit()))


# Every number opens as many rows as it says


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Record], date]:
    """A small service with leave, duty, tries and a worker whose allocations ended, and a day near its Monday."""
    workers, children = draw(st.integers(1, 5)), draw(st.integers(0, 14))
    waiting = draw(st.integers(0, children))
    records = people(workers=workers, children=children, waiting=waiting, teams=draw(st.integers(1, 2)))
    on = TODAY + timedelta(days=draw(st.integers(-10, 40)))
    staff = [record for record in records if isinstance(record, Worker)]
    for number in range(draw(st.integers(0, 4))):
        worker, first = draw(st.sampled_from(staff)), on + timedelta(days=draw(st.integers(-12, 14)))
        last = draw(st.one_of(st.none(), st.integers(0, 20).map(lambda days, first=first: first + timedelta(days=days))))
        if draw(st.booleans()):
            records.append(Absence(id=f"absence {number}", worker_id=worker.id, first_day=first, last_day=last))
        else:
            kind = draw(st.sampled_from(["duty", "court", "study", "training"]))
            records.append(Commitment(id=f"busy {number}", worker_id=worker.id, kind=kind, first_day=first, last_day=last))
    held = [record for record in records if isinstance(record, Allocation)]
    for number, allocation in enumerate(held[: draw(st.integers(0, 3))]):
        visit = Visit(id=f"tried {number}", on=on - timedelta(days=number), status="attempted", worker_id=allocation.worker_id)
        records += [visit, Sighting(id=f"not seen {number}", visit_id=visit.id, child_id=allocation.child_id, seen=False)]
    return records, on


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_every_number_of_the_page_opens_as_many_rows_as_it_says(shown: Shown, plan) -> None:
    records, on = plan
    shown.fill(an_outlook(shown.desk, records, on))
    screen = shown.screen
    for button in screen.strip.buttons.values():
        assert shown.rows_after(lambda button=button: left_click(button)) == first_number(button.text())
    assert set(screen.since.links) == {"new", "closed", "newly late", "put right"}
    for link in screen.since.links.values():
        assert shown.rows_after(link.click) == first_number(link.text())
    for section in screen.sections.values():
        if section.section.rows:
            count = shown.rows_after(section.link.click)
            assert count == first_number(section.count.text()) == len(section.section.rows)
            assert "all" not in section.link.text() or count == first_number(section.link.text())
    if screen.fortnight.link.isVisibleTo(screen):
        assert shown.rows_after(screen.fortnight.link.click) == first_number(screen.fortnight.title.text())
    for frame in screen.charts.values():
        check_chart(shown, frame)


def check_chart(shown: Shown, frame) -> None:
    """Click every part, value and total of a chart."""
    for button in frame.legend.buttons:
        if button.kind.behind is not None:
            assert shown.rows_after(button.click) == int(button.text().rsplit(" ", 1)[1])
    for row, bar in enumerate(frame.chart.bars):
        shown.rows_after(lambda row=row: click_spot(frame.plot, Spot(row, VALUE)))
        for place, part in enumerate(bar.parts):
            count = shown.rows_after(lambda row=row, place=place: click_spot(frame.plot, Spot(row, place)))
            assert count == len(part.behind.rows)
            assert part.kind == "other work" or part.shown == str(count)


def test_the_strip_and_the_chart_of_overdue_visits_agree(shown: Shown) -> None:
    late = shown.screen.strip.buttons["overdue"].figure.count
    assert late > 0
    assert sum(bar.length for bar in shown.screen.lateness.chart.bars) == late
    assert sum(kind.total for kind in shown.screen.lateness.chart.kinds) == late


def test_the_caseload_shows_every_child_who_has_a_worker(shown: Shown) -> None:
    outlook = shown.desk.outlook
    totals = [kind.total for kind in shown.screen.caseload.chart.kinds if kind.total is not None]
    assert sum(totals) == len(outlook.held)


# What is said


def test_the_finding_names_the_day_the_team_and_who_waits(shown: Shown) -> None:
    finding = shown.screen.finding(shown.desk.outlook)
    assert finding == "Monday 23 November 2026. Westmere, Team 1 holds 22 children; 2 more wait for a worker."
    waiting = shown.screen.finding(an_outlook(shown.desk, people(workers=1, children=3, waiting=3)))
    assert waiting.endswith("holds 0 children; 3 wait for a worker.")


def test_an_overdue_row_says_when_the_child_was_last_seen_and_tried(shown: Shown) -> None:
    records = people(workers=2, children=6, waiting=0)
    row = an_outlook(shown.desk, records).overdue_visits[0]
    tries = []
    for number, day in enumerate((date(2026, 11, 19), date(2026, 11, 20))):
        visit = Visit(id=f"tried {number}", on=day, status="attempted", worker_id=row.case.worker.id)
        tries += [visit, Sighting(id=f"not seen {number}", visit_id=visit.id, child_id=row.case.child.id, seen=False)]
    shown.fill(an_outlook(shown.desk, records + tries))
    model = shown.screen.sections["overdue"].model
    seen = row.case.last_seen
    assert model.index(0, 2).data().startswith(f"Last seen {seen.day} {seen:%b}. Tried 19 and 20 Nov")


def late_with_a_story(shown: Shown, **said: object) -> Outlook:
    records = people(workers=2, children=6, waiting=0)
    row = an_outlook(shown.desk, records).overdue_visits[0]
    story = Story(id="told", obligation=row.obligation.id, child_id=row.case.child.id, **said)
    return an_outlook(shown.desk, [*records, story])


def test_the_story_of_a_late_visit_is_whole_on_hover_and_in_columns_of_the_rows(shown: Shown) -> None:
    by, written = TODAY + timedelta(days=2), TODAY - timedelta(days=4)
    parts = {"why": "Family away until Wednesday", "action": "Visit with the duty worker", "owner": "Dev", "by": by}
    outlook = late_with_a_story(shown, **parts, written_on=written)
    shown.fill(outlook)
    section = shown.screen.sections["overdue"]
    tip = section.model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole).splitlines()
    assert tip[1:] == [
        "Why: Family away until Wednesday",
        "Being done: Visit with the duty worker",
        "By whom: Dev",
        "By when: Wed 25 Nov",
        "Written: Thu 19 Nov",
        "Agreed: not yet",
    ]
    cells = {column.title: column.text(section.section.rows[0]) for column in section.section.full}
    assert [cells[title] for title in ("Why late", "Being done", "By whom", "By when")] == [
        "Family away until Wednesday",
        "Visit with the duty worker",
        "Dev",
        "Wed 25 Nov",
    ]


def test_a_story_written_after_the_day_looked_at_is_not_yet_told(shown: Shown) -> None:
    outlook = late_with_a_story(shown, why="Family away", written_on=TODAY + timedelta(days=1))
    assert story_of(outlook, outlook.overdue_visits[0]) is None
    assert late_tip(outlook, outlook.overdue_visits[0]).endswith("what is being done.")


def test_a_referral_is_said_in_words_and_an_unknown_code_as_it_is() -> None:
    assert source_words("2a") == "School"
    assert source_words("9") == "Anonymous"
    assert source_words("health visitor") == "health visitor"
    assert source_words("") == ""


def test_who_is_not_yet_seen_stands_with_the_day_the_front_door_asked_for():
    outlook = Outlook(Snapshot(people(workers=1, children=1, waiting=0)), reference(), TODAY, TODAY)
    (known,) = outlook.cases
    asked = replace(known.case, received_on=TODAY - timedelta(days=4), first_visit_by=TODAY - timedelta(days=3))
    unseen = replace(known, last_seen=None, case=asked)
    assert unseen_words(outlook, unseen) == "Referred Thu 19 Nov. Not yet seen. Asked for by Fri 20 Nov, which has passed"


def test_an_assessment_with_the_manager_is_listed_with_the_day_to_sign(shown: Shown) -> None:
    records = people(workers=2, children=6, waiting=0)
    case = next(row for row in an_outlook(shown.desk, records).cases if row.plan == "assessment")
    sent = Event(id="sent", child_id=case.child.id, event="assessment_to_manager", on=TODAY - timedelta(days=3))
    shown.fill(an_outlook(shown.desk, [*records, sent]))
    section = shown.screen.sections["queue"]
    assert section.count.text() == "1 to sign"
    said = section.model.index(0, 2).data()
    assert "o be signed by " in said or said.startswith("To sign by ")
    assert said.endswith(". Sent Fri 20 Nov")
    assert section.model.index(0, 4).data() == "1 day"


def test_what_is_not_the_persons_to_decide_stands_apart(shown: Shown) -> None:
    records = people(workers=2, children=6, waiting=0)
    case = next(row for row in an_outlook(shown.desk, records).cases if row.plan == "assessment")
    sent = Event(id="sent", child_id=case.child.id, event="assessment_to_manager", on=TODAY - timedelta(days=3))
    outlook = an_outlook(shown.desk, [*records, sent])
    for role, key, heading in (
        ("service manager", "queue", "For you to decide"),
        ("project co-ordinator", "queue of others", "For the manager to decide"),
    ):
        figures = TodayFigures(outlook, str, Person(id="p", name="P", role=role))
        (found,) = [section for section in figures.sections() if section.key.startswith("queue") and section.rows]
        assert (found.key, found.heading, found.rows) == (key, heading, outlook.manager_queue)


def test_since_monday_names_the_monday_and_is_not_shown_with_another_days_figures(shown: Shown) -> None:
    assert shown.screen.since.about.text() == "Since Monday 16 November 2026:"
    outlook = an_outlook(shown.desk, people(workers=2, children=6, waiting=0), TODAY + timedelta(days=9))
    shown.screen.show_outlook(outlook)
    assert shown.screen.since.about.text() == "Since Monday 30 November 2026:"
    assert not any(link.isVisibleTo(shown.screen) for link in shown.screen.since.links.values())
    shown.qtbot.waitUntil(lambda: shown.screen.changes is not None, timeout=20_000)
    assert all(link.isVisibleTo(shown.screen) for link in shown.screen.since.links.values())


def test_where_no_visit_is_overdue_the_next_one_is_said(shown: Shown) -> None:
    records = people(workers=1, children=0, waiting=0)
    shown.fill(an_outlook(shown.desk, records))
    assert shown.screen.sections["overdue"].empty.text() == "No visits are overdue, and none is due."
    assert shown.screen.lateness.empty.isVisibleTo(shown.screen)


def test_an_empty_workspace_says_what_to_do_and_still_shows_its_noughts(shown: Shown) -> None:
    shown.fill(an_outlook(shown.desk, []))
    assert shown.screen.nothing_yet.isVisibleTo(shown.screen)
    asked: list[str] = []
    shown.desk.page_asked.connect(asked.append)
    shown.qtbot.mouseClick(shown.screen.nothing_yet.begin, Qt.MouseButton.LeftButton)
    assert asked == ["import"]
    assert [button.figure.count for button in shown.screen.strip.buttons.values()] == [0, 0, 0, 0, 0]


def test_no_name_of_a_child_is_shown_until_names_are_asked_for(shown: Shown) -> None:
    def texts() -> list[str]:
        models = [section.model for section in shown.screen.sections.values()]
        return [model.index(row, 0).data() for model in models for row in range(model.rowCount())]

    assert texts()
    assert not any("Invented" in text for text in texts())
    shown.desk.show_names()
    shown.fill(shown.desk.outlook)
    assert any("Invented" in text for text in texts())


# Mouse, keys and width


def test_a_click_on_a_row_opens_the_child_or_the_worker(shown: Shown, qtbot: QtBot) -> None:
    rows = shown.screen.sections["overdue"].rows
    with qtbot.waitSignal(shown.desk.child_asked) as asked:
        QTest.mouseClick(
            rows.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            rows.visualRect(rows.model().index(0, 0)).center(),
        )
    assert asked.args == [shown.desk.outlook.overdue_visits[0].case.child.id]


def test_a_figure_is_opened_by_the_keyboard_too(shown: Shown, qtbot: QtBot) -> None:
    button = shown.screen.strip.buttons["overdue"]
    button.setFocus()
    with qtbot.waitSignal(shown.desk.rows_asked) as asked:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked.args[0] == "Overdue visits"


def test_under_1200_pixels_the_side_column_goes_below(shown: Shown) -> None:
    main, side = shown.screen.sections["overdue"], shown.screen.caseload
    assert side.mapTo(shown.screen, QPoint()).x() > main.mapTo(shown.screen, QPoint()).x()
    shown.area.resize(1096, 640)
    QTest.qWait(1)
    assert side.mapTo(shown.screen, QPoint()).x() == main.mapTo(shown.screen, QPoint()).x()
    assert shown.area.horizontalScrollBar().maximum() == 0


def test_a_long_count_takes_a_second_line_and_makes_the_page_no_wider(themed, qtbot: QtBot) -> None:
    count = "83: 11 to sign, 23 to close, 1 transfer, 7 stories, 41 checks"
    section = SectionList(Section("decide", "For you to decide", count, (Column("Child", str),), (), ("C1", "C2")))
    qtbot.addWidget(section)
    assert section.minimumSizeHint().width() < section.count.fontMetrics().horizontalAdvance(count)


def test_everything_that_takes_the_focus_has_a_name(shown: Shown) -> None:
    by_tab = [
        widget
        for widget in shown.screen.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(shown.screen)
    ]
    assert len(by_tab) > 20
    assert [widget for widget in by_tab if not (widget.accessibleName() or getattr(widget, "text", str)())] == []


def test_a_chart_shown_as_a_table_is_so_again_next_time(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    page = Shown(desk, qtbot, read_settings(path))
    page.fill(desk.outlook)
    left_click(page.screen.lateness.table_button)
    later = Shown(desk, qtbot, read_settings(path))
    later.fill(desk.outlook)
    assert [chart.is_table for chart in later.screen.charts.values()] == [False, True]
    assert later.screen.lateness.table.isVisibleTo(later.screen)


# Size and start


def test_filling_the_page_with_65_workers_never_holds_the_window_for_100_ms(big_desk: Desk, qtbot: QtBot, watchdog) -> None:
    with watchdog() as first:
        page = Shown(big_desk, qtbot)
        page.fill(big_desk.outlook)
    with watchdog() as again:
        page.fill(big_desk.outlook)
    assert first.cpu_ms < 100
    assert again.cpu_ms < 100
    assert len(page.screen.caseload.chart.bars) == 65
    assert page.screen.caseload.more.isVisibleTo(page.screen)


def test_the_page_is_imported_without_pyqtgraph() -> None:
    asked = "import sys, planner.ui.screens.today; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_what_waits_for_the_manager_is_decided_from_its_row_and_leaves_the_list(shown: Shown) -> None:
    desk, qtbot = shown.desk, shown.qtbot
    child_id = next(case.child.id for case in desk.outlook.held if case.plan == "cp")
    for number in range(2):
        visit = Visit(id=f"{number}{'e' * 31}", on=desk.today - timedelta(days=number), status="attempted")
        sighting = Sighting(id=f"{number}{'f' * 31}", visit_id=visit.id, child_id=child_id, seen=False)
        desk.perform("Fill in", lambda step, put=(visit, sighting): [step.put(record) for record in put])
    qtbot.waitUntil(lambda: bool(desk.outlook.manager_queue), timeout=10_000)
    shown.fill(desk.outlook)
    section = shown.screen.sections["queue"]
    assert section.count.text() == "1 tried twice"
    left_click_row(section, 0)
    dialog = shown.area.findChild(DecideTriesDialog)
    dialog.decided.choose("Strategy discussion")
    left_click(dialog.act_button)
    assert dialog.reason.trouble.text() == "Say why."
    dialog.reason.edit.setText("Two refusals in a week")
    left_click(dialog.act_button)
    qtbot.waitUntil(lambda: not desk.outlook.manager_queue, timeout=10_000)
    shown.fill(desk.outlook)
    assert not section.isVisibleTo(shown.screen)


def left_click_row(section, row: int) -> None:
    rows = section.rows
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_a_story_of_last_week_is_carried_on_from_its_row(shown: Shown) -> None:
    desk, qtbot = shown.desk, shown.qtbot
    late = desk.outlook.overdue_visits[0]
    said = {
        "obligation": late.obligation.id,
        "child_id": late.case.child.id,
        "why": "Family away",
        "by": TODAY - timedelta(days=3),
    }
    story = Story(id="a" * 32, written_on=TODAY - timedelta(days=7), **said)
    desk.perform("Fill in", lambda step: step.put(story))
    qtbot.waitUntil(lambda: bool(desk.outlook.stories_to_carry), timeout=10_000)
    shown.fill(desk.outlook)
    section = shown.screen.sections["carry"]
    assert section.model.index(0, 4).data() == "day passed"
    left_click_row(section, 0)
    dialog = shown.area.findChild(StoryDialog)
    assert dialog.before.text().endswith("which has passed: enter another day. Keeping it carries it on from today.")
    assert dialog.why.text == "Family away"
    dialog.by.set_day(TODAY + timedelta(days=3))
    left_click(dialog.act_button)
    qtbot.waitUntil(lambda: not desk.outlook.stories_to_carry, timeout=10_000)
    assert len(desk.outlook.snapshot.by(Story, "obligation", late.obligation.id)) == 2
