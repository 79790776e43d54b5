"""The drawer: a child or a worker from anywhere, with the reason of everything, and the way back."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from planner.core.records import Allocation, Case, Child, Placement, PlanSpell, Sighting, Visit
from planner.ui.drawer import Drawer
from planner.ui.drawer_parts import Listing
from planner.ui.drawer_rows import NOT_RECORDED, period_words
from planner.ui.rows_painting import INSET
from planner.ui.theme import apply_theme, current_theme
from planner.ui.week_rows import WeekRow
from tests.helpers.costs import costs_ms


@pytest.fixture
def drawer(desk, qtbot):
    made = Drawer(desk)
    qtbot.addWidget(made)
    made.resize(480, 860)
    made.show()
    return made


def settled(desk, qtbot, action, *args, **kwargs):
    """Do a step and wait until the outlook has followed."""
    before = desk.outlook
    desk.perform("Step", action, *args, **kwargs)
    qtbot.waitUntil(lambda: desk.outlook is not before, timeout=10_000)


def put(step, *records):
    for record in records:
        step.put(record)


def a_late_child(desk):
    return desk.outlook.overdue_visits[0].case


def test_a_child_is_shown_by_reference_and_initials(drawer, desk):
    case = a_late_child(desk)
    drawer.show_child(case.child.id)
    assert drawer.title.text() == f"{case.child.reference} – {case.child.initials}"
    assert drawer.accessibleName() == f"Details of {drawer.title.text()}"
    assert case.worker.name in drawer.child.facts.text()


def test_the_first_thing_due_is_open_and_says_why_and_under_which_rule(drawer, desk):
    case = a_late_child(desk)
    drawer.show_child(case.child.id)
    first, *others = drawer.child.due.items
    assert first.row.isChecked()
    assert first.row.tone == "overdue"
    assert first.row.status.endswith("late")
    assert f"Rule {desk.outlook.owed_to(case.child.id)[0].rule}" in first.why.text()
    assert desk.outlook.why(desk.outlook.owed_to(case.child.id)[0]) in first.why.text()
    assert not any(item.row.isChecked() for item in others)


def test_pressing_what_is_due_opens_and_closes_its_reason(drawer, desk, qtbot):
    drawer.show_child(a_late_child(desk).child.id)
    item = drawer.child.due.items[0]
    item.row.setFocus()
    qtbot.keyClick(item.row, Qt.Key.Key_Space)
    assert item.why.isHidden()
    qtbot.keyClick(item.row, Qt.Key.Key_Space)
    assert not item.why.isHidden()


def test_everything_owed_to_the_child_is_listed(drawer, desk):
    for case in desk.outlook.cases:
        drawer.show_child(case.child.id)
        assert len(drawer.child.due.items) == len(desk.outlook.owed_to(case.child.id))


def test_the_visits_are_the_childs_newest_first(drawer, desk):
    case = max(desk.outlook.held, key=lambda case: len(desk.outlook.snapshot.visits_of(case.child.id)))
    drawer.show_child(case.child.id)
    visits = desk.outlook.snapshot.visits_of(case.child.id)
    assert drawer.child.visits_heading.count.text() == str(len(visits))
    if drawer.child.all_visits.isVisible():
        drawer.child.all_visits.click()
    rows = drawer.child.visits.rows_model().shown
    assert [row.visit.on for row in rows] == sorted((visit.on for visit, _ in visits), reverse=True)


def test_a_visit_seen_but_not_recorded_in_the_case_system_says_so(drawer, desk, qtbot):
    case = desk.outlook.held[0]
    visit = Visit(id="new-visit", on=desk.today, status="made", worker_id=case.worker.id)
    settled(desk, qtbot, put, visit, Sighting(id="s", visit_id="new-visit", child_id=case.child.id, seen=True))
    drawer.show_child(case.child.id)
    row = drawer.child.visits.rows_model().row_at(0)
    assert NOT_RECORDED in row.words
    ((words, run),) = drawer.child.visit_tasks(row)
    assert words == "Recorded in the case system today"
    run()
    qtbot.waitUntil(lambda: desk.workspace.snapshot.find(Visit, "new-visit").recorded_on is not None, timeout=10_000)
    assert desk.workspace.snapshot.find(Visit, "new-visit").recorded_on == desk.today
    qtbot.waitUntil(lambda: NOT_RECORDED not in drawer.child.visits.rows_model().row_at(0).words)


def test_the_course_has_a_table_that_says_the_same(drawer, desk, qtbot):
    case = a_late_child(desk)
    drawer.show_child(case.child.id)
    assert drawer.child.course.isVisible()
    qtbot.mouseClick(drawer.child.switch, Qt.MouseButton.LeftButton)
    assert not drawer.child.course.isVisible()
    lines = drawer.child.course_table.rows_model().shown
    visits = desk.outlook.snapshot.visits_of(case.child.id)
    assert sum(line.lane == "Visits" for line in lines) == len(visits)
    assert {line.lane for line in lines} >= {"Plan", "Legal", "Living", "Worker", "Visits", "Due"}


def test_a_child_nobody_holds_is_said_loudly(drawer, desk):
    waiting = desk.outlook.waiting[0]
    drawer.show_child(waiting.case.child.id)
    assert drawer.child.alarm.text().startswith("No worker since ")
    assert drawer.child.alarm.property("tone") == "warning"
    assert drawer.child.buttons["allocate"].text() == "Allocate"


def test_a_child_with_no_data_is_shown_without_complaint(drawer, desk, qtbot):
    bare = Child(id="bare", reference="C1")
    settled(desk, qtbot, put, bare)
    drawer.show_child("bare")
    assert drawer.title.text() == "C1"
    assert drawer.child.closed_words.text() == "No case is open on the day looked at."
    assert drawer.child.no_visits.text() == "No visit is planned or logged yet."


def test_siblings_are_listed_and_open_with_a_way_back(drawer, desk, qtbot):
    first, second = desk.outlook.cases[2].child, desk.outlook.cases[3].child
    households = [Child(**{**_fields(child), "household": "H-together"}) for child in (first, second)]
    settled(desk, qtbot, put, *households)
    drawer.show_child(first.id)
    row = drawer.child.family.rows_model().row_at(0)
    assert row.child.id == second.id
    drawer.child.family.row_opened.emit(row)
    assert drawer.title.text().startswith(second.reference)
    assert drawer.back.text() == f"Back to {desk.child_words(first)}"
    qtbot.mouseClick(drawer.back, Qt.MouseButton.LeftButton)
    assert drawer.title.text().startswith(first.reference)
    assert not drawer.back.isVisible()


def _fields(record):
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}


def test_placements_and_contacts_by_role_stand_beneath_with_every_date_whole(themed, drawer, desk, qtbot):
    case = desk.outlook.held[0]
    other = next(worker for worker in desk.outlook.workers if worker.id != case.worker.id)
    child, begun, ended = case.child.id, desk.today - timedelta(days=500), desk.today - timedelta(days=20)
    settled(
        desk,
        qtbot,
        put,
        Allocation(id="beside", child_id=child, worker_id=other.id, start=begun, role="co-worker"),
        Placement(id="first", child_id=child, type="U6", start=begun, end=ended),
        Placement(id="second", child_id=child, type="P1", start=ended, regulation_19=True),
        Placement(id="to come", child_id=child, type="K2", start=desk.today + timedelta(days=5)),
    )
    drawer.show_child(child)
    assert [row.words for row in drawer.child.placements.rows_model().rows] == ["With a parent, before assessment", "Fostered"]
    apply_theme(themed, "light", 1.5)
    whole = QFontMetrics(current_theme().font("body")).horizontalAdvance(drawer.child.placements.rows_model().rows[1].period)
    qtbot.waitUntil(lambda: drawer.child.placements.columnWidth(1) > whole + 2 * INSET)
    role = QFontMetrics(current_theme().font("body")).horizontalAdvance("Team manager")
    qtbot.waitUntil(lambda: drawer.child.contacts.columnWidth(0) > role + 2 * INSET)
    contacts = drawer.child.contacts.rows_model().rows
    assert [(row.role, row.who) for row in contacts] == [
        ("Lead worker", case.worker.name),
        ("Co-worker", other.name),
        ("Team manager", "Helen Marsh"),
    ]
    with qtbot.waitSignal(drawer.child.worker_asked) as asked:
        drawer.child.contacts.row_opened.emit(contacts[1])
    assert asked.args == [other.id]


def test_who_held_the_child_opens_the_worker(drawer, desk):
    case = desk.outlook.held[0]
    drawer.show_child(case.child.id)
    drawer.child.held.row_opened.emit(drawer.child.held.rows_model().row_at(0))
    assert drawer.title.text() == case.worker.name


def test_a_worker_is_shown_with_every_line_of_the_sum(drawer, desk):
    load = desk.outlook.loads[0]
    drawer.show_worker(load.worker.id)
    lines = drawer.worker.sum.rows_model().shown
    assert sum(line.tenths for line in lines) == load.used
    assert len(drawer.worker.held.rows_model().shown) == len(desk.outlook.snapshot.held_by(load.worker.id, desk.on))


def test_a_workers_week_of_visits_is_told_with_its_rows(drawer, desk):
    worker = next(row.worker for row in desk.outlook.away(desk.on, desk.on) if row.kind == "away")
    drawer.show_worker(worker.id)
    assert drawer.worker.week.text().startswith("Allowance 6, used 0, 6 less for days away, left 0.")
    assert {(row.what, row.part) for row in drawer.worker.week_rows.rows_model().shown} == {("Days away", "1 day")}


def test_with_large_text_a_week_fits_the_drawer_with_each_day_whole(themed, drawer, desk, qtbot):
    worker = desk.outlook.loads[0].worker
    drawer.show_worker(worker.id)
    apply_theme(themed, "light", 1.5)
    drawer.resize(480, 800)
    panel = drawer.worker
    panel.week_rows.show_rows([WeekRow(desk.today, "Wed 25 Nov", "Child in need meeting", part="C10432 – A.B.")])
    panel.load.say("20 of 18 children", "warning")
    rows = panel.week_rows
    day = QFontMetrics(current_theme().font("body")).horizontalAdvance("Wed 25 Nov")
    qtbot.waitUntil(lambda: sum(map(rows.columnWidth, range(3))) <= rows.viewport().width())
    assert rows.columnWidth(0) >= day + 2 * INSET
    assert panel.load.font().pixelSize() == current_theme().font("strong").pixelSize()


def test_the_visits_overdue_of_a_worker_are_those_of_the_outlook(drawer, desk):
    for worker in desk.outlook.workers:
        drawer.show_worker(worker.id)
        late = [row for row in desk.outlook.overdue_visits if row.case.worker is worker]
        assert drawer.worker.late_heading.count.text() == str(len(late))
        assert len(drawer.worker.late.rows_model().shown) == len(late)


def test_a_worker_away_is_away_and_never_why(drawer, desk):
    away = desk.outlook.away(desk.on, desk.on + timedelta(days=7))
    worker = next(row.worker for row in away if row.kind == "away")
    drawer.show_worker(worker.id)
    assert "Away" in [row.word for row in drawer.worker.away.rows_model().shown]


def test_a_worker_with_40_children_lists_them_all(drawer, desk, qtbot):
    worker = desk.outlook.workers[0]
    records = []
    for number in range(40):
        child = Child(id=f"many{number}", reference=f"C2{number:04}", initials="Q.Q.", born=date(2018, 1, 1))
        records += [
            child,
            Case(id=f"case{number}", child_id=child.id, team_id=worker.team_id, received_on=date(2026, 10, 1)),
            PlanSpell(id=f"plan{number}", child_id=child.id, plan="cin", start=date(2026, 10, 1)),
            Allocation(id=f"held{number}", child_id=child.id, worker_id=worker.id, start=date(2026, 10, 1)),
        ]
    settled(desk, qtbot, put, *records)
    drawer.show_worker(worker.id)
    listing = drawer.worker.held
    assert listing.rows_model().rowCount() >= 40
    assert listing.height() >= listing.height_of_all()
    assert "children" in drawer.worker.load.text()


def test_esc_closes(drawer, desk, qtbot):
    drawer.show_child(a_late_child(desk).child.id)
    with qtbot.waitSignal(drawer.closed):
        qtbot.keyClick(drawer, Qt.Key.Key_Escape)


def test_the_drawer_follows_a_change(drawer, desk, qtbot):
    case = desk.outlook.held[0]
    drawer.show_child(case.child.id)
    lead = desk.outlook.snapshot.lead(case.child.id, desk.on)
    other = next(worker for worker in desk.outlook.workers if worker.id != case.worker.id)
    handed = Allocation(**{**_fields(lead), "worker_id": other.id})
    settled(desk, qtbot, put, handed)
    qtbot.waitUntil(lambda: other.name in drawer.child.facts.text())


def test_names_follow_the_privacy_of_the_desk(drawer, desk):
    case = a_late_child(desk)
    drawer.show_child(case.child.id)
    desk.show_names()
    assert case.child.name in drawer.title.text()
    desk.hide_names()
    assert case.child.name not in drawer.title.text()


def test_the_past_cannot_be_changed_and_the_buttons_say_why(drawer, desk, qtbot):
    case = desk.outlook.held[0]
    desk.look_at(on=desk.today - timedelta(days=1))
    qtbot.waitUntil(lambda: desk.outlook.is_past, timeout=10_000)
    drawer.show_child(case.child.id)
    button = drawer.child.buttons["log"]
    assert "You are looking at the past" in button.toolTip()
    with qtbot.waitSignal(desk.failed) as failed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert failed.args[0].startswith("You are looking at the past")
    assert QApplication.activeModalWidget() is None


def test_everything_that_takes_the_focus_has_a_name(drawer, desk):
    drawer.show_child(a_late_child(desk).child.id)
    drawer.show_worker(desk.outlook.workers[0].id)
    for widget in drawer.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            words = widget.text() if isinstance(widget, QPushButton) else ""
            assert widget.accessibleName() or words or widget.isHidden(), widget


def test_the_lists_of_the_drawer_keep_to_the_rules_of_qt(drawer, desk, qtmodeltester):
    drawer.show_child(a_late_child(desk).child.id)
    for listing in drawer.child.findChildren(Listing):
        qtmodeltester.check(listing.model(), force_py=True)


def test_the_hours_and_the_team_of_a_worker_are_said(drawer, desk):
    drawer.show_worker(desk.outlook.workers[0].id)
    assert drawer.worker.facts.text() == "Social worker, 37 h a week, Westmere, Team 1."


def test_a_worker_who_leaves_soon_has_no_room_and_a_first_year_that_is_over_is_told_no_more(drawer, desk, qtbot):
    worker = next(load.worker for load in desk.outlook.loads if load.state == "has room")
    leaver = replace(worker, assignment_end=desk.today + timedelta(days=9), stage="asye", stage_ends_on=desk.today)
    settled(desk, qtbot, put, leaver)
    drawer.show_worker(worker.id)
    assert "points, leaving." in drawer.worker.load.text()
    assert "In post: last day 1 December 2026." in drawer.worker.kept.text()
    assert "in the first year" not in drawer.worker.facts.text()


def test_any_child_or_worker_of_1200_opens_in_100_ms_once_the_drawer_is_made_in_steps(big_desk, qtbot, watchdog):
    drawer = Drawer(big_desk)
    qtbot.addWidget(drawer)
    drawer.resize(480, 860)
    areas = [drawer.stack.widget(number) for number in range(drawer.stack.count())]
    with watchdog() as longest:
        drawer.make_ready()
        qtbot.waitUntil(lambda: all(area.widget() is not None for area in areas))
    assert longest.cpu_ms < 100
    drawer.show()
    cases = big_desk.outlook.cases
    children = [partial(drawer.show_child, case.child.id) for case in cases[:: len(cases) // 12]]
    workers = [partial(drawer.show_worker, worker.id) for worker in big_desk.outlook.workers[::16]]
    assert costs_ms([*children, *workers])[-1] < 100


def test_a_child_and_a_worker_are_printed_from_the_drawer(drawer, desk, qtbot):
    asked = []
    desk.print_asked.connect(lambda report, options: asked.append((report.name, options.child_id or options.worker_id)))
    case, worker = desk.outlook.cases[0], desk.outlook.loads[0].worker
    drawer.show_child(case.child.id)
    drawer.child.buttons["print"].click()
    drawer.show_worker(worker.id)
    drawer.worker.print_week.click()
    drawer.worker.print_caseload.click()
    assert asked == [("case-summary", case.child.id), ("worker-week", worker.id), ("caseload-sheet", worker.id)]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 8, 21), date(2026, 9, 3), "21 Aug to 3 Sep"),
        (date(2025, 8, 21), date(2025, 9, 3), "21 Aug to 3 Sep 2025"),
        (date(2025, 8, 21), date(2026, 1, 3), "21 Aug 2025 to 3 Jan"),
        (date(2025, 8, 21), None, "since 21 Aug 2025"),
    ],
)
def test_a_period_names_a_year_that_is_not_this_years_and_the_same_one_once(start, end, said):
    assert period_words(start, end, date(2026, 11, 23)) == said
