"""The course as it is drawn: every part lies on the picture and can be reached and heard."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt

from planner.core.course import course_of
from planner.core.records import Allocation, Case, Child, PlanSpell, Sighting, Visit, Worker
from planner.core.snapshot import Snapshot
from planner.ui.theme import apply_theme
from planner.ui.widgets.course import CourseView, part_words
from planner.ui.widgets.course_layout import MARK, CourseLayout

ON = date(2026, 11, 23)
RECORDS = [
    Child(id="c", reference="C10432", initials="A.B."),
    Case(id="k", child_id="c", received_on=date(2026, 6, 8)),
    PlanSpell(id="p", child_id="c", plan="cp", start=date(2026, 9, 29)),
    Worker(id="w", name="Dev Patel"),
    Allocation(id="a", child_id="c", worker_id="w", start=date(2026, 8, 21)),
    Visit(id="v", on=date(2026, 11, 5), status="made"),
    Sighting(id="s", visit_id="v", child_id="c", seen=True, seen_alone=True),
    Visit(id="u", on=date(2026, 11, 17), status="attempted"),
    Sighting(id="t", visit_id="u", child_id="c", seen=False, not_seen_reason="no one at home"),
]
COURSE = course_of(Snapshot(RECORDS), "c", ON)


@pytest.fixture
def view(themed, qtbot):
    made = CourseView()
    qtbot.addWidget(made)
    made.resize(440, 300)
    made.show_course(COURSE, "Course of C10432 – A.B.")
    made.show()
    return made


def test_every_part_lies_within_the_picture(view):
    for part in view.parts:
        assert view.rect().adjusted(-6, 0, 6, 0).contains(part.place.toRect().center())


def test_the_arrow_keys_reach_every_lane_and_say_what_stands_there(view, qtbot):
    heard = []
    view.part_described.connect(heard.append)
    view.setFocus()
    for key in [Qt.Key.Key_Right] + 7 * [Qt.Key.Key_Down] + 3 * [Qt.Key.Key_Left, Qt.Key.Key_Right]:
        qtbot.keyClick(view, key)
    lanes = {words.partition(":")[0] for words in heard}
    assert lanes == {"Plan", "Legal", "Living", "Worker", "Visits"}
    assert "Visits: Tried. No one at home, Tue 17 Nov" in heard
    assert view.accessibleDescription() == view.current_words


def test_a_press_on_a_mark_says_what_it_is(view, qtbot):
    seen = next(part for part in view.parts if getattr(part.item, "kind", "") == "seen")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=seen.place.center().toPoint())
    assert view.current_words == "Visits: Seen alone, Thu 5 Nov"


def test_a_target_is_at_least_24_pixels(view):
    for part in view.parts:
        if hasattr(part.item, "kind"):
            assert part.target.width() >= 24
            assert part.target.height() >= 24


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_it_is_painted_in_every_theme_and_text_size_without_a_complaint(qapp, qtbot, theme, scale):
    apply_theme(qapp, theme, scale)
    view = CourseView()
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show_course(COURSE, "Course")
    assert not view.grab().isNull()
    apply_theme(qapp, "light")


def test_months_stand_apart_and_january_is_its_year():
    long = course_of(Snapshot([Case(id="k", child_id="c", received_on=date(2023, 2, 1))]), "c", ON)
    layout = CourseLayout(long, 440, 16, 80)
    months = layout.months(30)
    assert {"2024", "2025", "2026"} <= {words for _, words in months}
    places = [x for x, _ in months]
    assert all(after - before >= 30 for before, after in pairwise(places))


def test_a_span_is_said_with_its_period():
    span = next(span for span in COURSE.spans if span.lane == "worker" and not span.gap)
    assert part_words(span, ON) == "Worker: Dev Patel, since 21 August 2026"


def test_the_part_at_a_point_is_the_mark_before_the_bar():
    layout = CourseLayout(COURSE, 440, 16, 80)
    mark = next(part for part in layout.parts if getattr(part.item, "kind", "") == "tried")
    assert layout.part_at(QPointF(mark.place.center())) == mark
    assert layout.part_at(QPointF(-5, -5)) is None


def test_days_outside_are_held_at_the_edges():
    layout = CourseLayout(COURSE, 440, 16, 80)
    assert layout.x_of(COURSE.since - timedelta(days=900)) == 80
    assert layout.x_of(COURSE.until + timedelta(days=900)) == 440 - MARK / 2 - 1
