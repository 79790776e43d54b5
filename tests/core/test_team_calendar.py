"""The workers' days side by side: each day has its word, never why, and each entry can be found again from its day."""

from datetime import date, time

from planner.core.flow_records import SchoolHoliday
from planner.core.records import Absence, AwayReason, Commitment, Event, Record
from planner.core.team_calendar import TeamCalendar, entries_on, team_calendar
from tests.helpers.compared_team import MONDAY, a_child, a_team, an_outlook, days


def calendar_of(*records: Record, last: int = 6) -> TeamCalendar:
    return team_calendar(an_outlook(*a_team(), *records), MONDAY, days(last))


def words(calendar: TeamCalendar, worker: int = 0) -> list[str]:
    return [", ".join(cell.words) for cell in calendar.rows[worker].cells]


def away(first: date, last: date | None, part: str = "day") -> Absence:
    return Absence(id="a", worker_id="w1", first_day=first, last_day=last, part=part)


def busy(kind: str, first: date, last: date | None = None, part: str = "day", title: str = "") -> Commitment:
    return Commitment(id=f"{kind}{first}", worker_id="w1", kind=kind, first_day=first, last_day=last, part=part, title=title)


def test_every_worker_has_every_weekday() -> None:
    calendar = calendar_of(last=30)
    assert len(calendar.rows) == 3
    assert len(calendar.days) == 23
    assert all(len(row.cells) == 23 for row in calendar.rows)


def test_a_day_says_away_and_never_why() -> None:
    calendar = calendar_of(away(MONDAY, days(1)), AwayReason(id="r", about="a", reason="Operation"))
    assert words(calendar) == ["Away", "Away", "", "", ""]
    assert {entry.word for entry in calendar.entries} == {"Away"}


def test_a_day_says_duty_court_training_or_what_was_typed() -> None:
    calendar = calendar_of(
        busy("duty", MONDAY),
        busy("court", days(1), part="am"),
        busy("training", days(2), days(3)),
        busy("other", days(4), title="Panel"),
    )
    assert words(calendar) == ["Duty", "Court", "Training", "Training", "Panel"]
    assert calendar.rows[0].cells[1].shades[0].part == "am"


def test_a_weekend_is_shown_only_where_somebody_has_something_on_it() -> None:
    assert len(calendar_of().days) == 5
    assert days(5) in calendar_of(busy("duty", days(5))).days


def test_a_hearing_of_a_child_held_is_court() -> None:
    hearing = Event(id="e", child_id="1", event="hearing", on=days(2), at=time(10), status="planned")
    assert words(calendar_of(*a_child("1", "lac", "w1"), hearing)) == ["", "", "Court", "", ""]


def test_it_counts_who_is_in() -> None:
    calendar = calendar_of(away(MONDAY, None), busy("duty", days(1)))
    assert [calendar.at_work(column) for column in range(5)] == [2] * 5
    assert calendar_of(away(MONDAY, MONDAY, "am")).at_work(0) == 3


def test_what_fills_a_day_is_found_again_to_be_changed() -> None:
    records = [away(MONDAY, days(2), "am"), busy("duty", days(1))]
    outlook = an_outlook(*a_team(), *records)
    found = [[entry.id for entry in entries_on(outlook.snapshot, "w1", days(number))] for number in range(4)]
    assert found == [["a"], ["a", f"duty{days(1)}"], ["a"], []]


def test_each_day_says_its_school_holiday() -> None:
    holiday = SchoolHoliday(id="h", title="Half term", first_day=days(3), last_day=days(8))
    assert calendar_of(holiday).school_holidays == ("", "", "", "Half term", "Half term")


def test_the_entries_are_those_that_touch_the_days() -> None:
    records = [away(days(-20), days(-10)), busy("duty", days(-3), MONDAY), busy("court", days(40))]
    assert [entry.record.id for entry in calendar_of(*records).entries] == [f"duty{days(-3)}"]
