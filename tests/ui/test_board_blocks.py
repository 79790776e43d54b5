"""What a block of the board says where there is room for little: never half of initials, and who it is before when."""

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from planner.core.board import BoardTrip, ChildDue, FixedDate
from planner.core.records import Child, Event, Visit
from planner.ui.board.blocks import Face, edges, face_of, has_two_lines, paint_block, usual_width
from planner.ui.board.lettering import width_of
from planner.ui.theme import apply_theme

DAY = date(2026, 11, 24)
WIDE, NARROW = 168, 129


def a_trip(plan: str = "assessment", children: int = 1, **of_visit: object) -> BoardTrip:
    """A planned visit to some children of one household."""
    due = tuple(
        ChildDue(Child(id=f"{number}" * 32, reference=f"C1023{number}", initials="A.B."), plan, "", DAY, False, None)
        for number in range(children)
    )
    return BoardTrip(Visit(id="a" * 32, on=DAY, status="planned", **of_visit), due)


def a_meeting(event: str, title: str = "") -> FixedDate:
    """A fixed date that comes with a child."""
    child = Child(id="b" * 32, reference="C10157")
    return FixedDate(
        Event(id="c" * 32, event=event, title=title, on=DAY, at=time(15)), child, "cin", title or "Child in need meeting"
    )


@pytest.mark.parametrize(
    ("face", "width", "is_two"),
    [
        (face_of(a_trip(at=time(10)), False), WIDE, False),
        (face_of(a_trip(at=time(10)), False), NARROW, True),
        (face_of(a_trip(at=time(10), children=3), False), WIDE, True),
        (face_of(a_meeting("cin_meeting_held"), False), WIDE, True),
        (Face("Supervision", "small", "", "", "", (("", "neutral"),), is_fixed=True), NARROW, False),
    ],
    ids=["usual in a wide day", "usual in a narrow day", "a household", "a long meeting", "nothing more to say"],
)
def test_a_block_takes_a_second_line_where_one_has_no_room(themed, face, width, is_two):
    assert has_two_lines(face, width) == is_two


def test_the_time_of_a_late_visit_is_said_beside_how_late_it_is(themed):
    late = ChildDue(Child(id="d" * 32, reference="C1", initials="A.B."), "cp", "", date(2026, 11, 6), True, 18)
    face = face_of(BoardTrip(Visit(id="e" * 32, on=DAY, status="planned", at=time(10)), (late,)), False)
    assert (face.time, face.statuses[0][0]) == ("10:00", "18d late")
    assert has_two_lines(face, WIDE)
    assert face_of(a_trip(at=time(10)), False).time == ""


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_late_visit_in_a_narrow_day_says_its_initials_and_its_time(themed, scale):
    apply_theme(themed, "light", scale)
    late = ChildDue(Child(id="d" * 32, reference="C10233", initials="W.M.W."), "cp", "", date(2026, 11, 6), True, 18)
    face = face_of(BoardTrip(Visit(id="e" * 32, on=DAY, status="planned", at=time(10), confirmed_on=DAY), (late,)), False)
    shown = painted(face, scale)
    assert shown != painted(replace(face, called=""), scale)
    assert shown != painted(replace(face, time="10:30"), scale)
    mark = QRect(0, shown.height() // 2, edges() + width_of(face.mark), shown.height())
    assert shown.copy(mark) == painted(replace(face, time="", is_ticked=False), scale).copy(mark)


def test_a_name_gives_way_to_no_word_on_one_line(themed):
    trip = replace(a_trip("cin"), after_school=True)
    face = replace(face_of(trip, False), called="Wilhelmina Okonkwo")
    assert not has_two_lines(face, WIDE)
    assert painted(face, 1.0, WIDE) != painted(replace(face, called=""), 1.0, WIDE)


def painted(face: Face, scale: float, width: int = NARROW) -> QImage:
    """A block, in a narrow day where nothing else is said."""
    picture = QPixmap(round(width * scale), round(50 * scale))
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_block(painter, picture.rect(), face)
    painter.end()
    return picture.toImage()


def test_a_usual_block_has_room_on_one_line_of_a_week_at_the_designed_size(themed):
    assert usual_width() <= WIDE


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_narrow_block_has_room_for_reference_initials_and_how_many_more(themed, scale):
    apply_theme(themed, "light", scale)
    face = face_of(a_trip(children=3), False)
    words = width_of(face.first, face.strong) + width_of(face.called) + width_of(face.more)
    assert words + 25 <= NARROW * scale


def test_a_long_meeting_has_a_short_word_unless_somebody_named_it(themed):
    assert face_of(a_meeting("cin_meeting_held"), False).brief == "CIN meeting"
    assert face_of(a_meeting("cin_meeting_held", "Meeting at school"), False).brief == ""


def test_what_is_late_or_not_logged_is_never_shortened(themed):
    late = ChildDue(Child(id="d" * 32, reference="C1"), "cp", "", date(2026, 11, 6), True, 18)
    face = face_of(BoardTrip(Visit(id="e" * 32, on=DAY, status="planned"), (late,)), False)
    assert face.statuses == (("18d late", "overdue"),)
