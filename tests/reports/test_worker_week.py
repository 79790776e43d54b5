"""The worker's week: days, trips, what has no place, and how the load is made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.core.errors import Refused
from planner.core.outlook import Outlook
from planner.core.records import Child, Visit
from planner.core.visit_week import visit_week
from planner.reports.as_pdf import pdf
from planner.reports.document import Bar, Document, Row, Run, Strip, Table, Tick
from planner.reports.due_rows import due_blocks
from planner.reports.worker_facts import to_see_by, week_of
from planner.reports.worker_week import WORKER_WEEK
from tests.helpers.paper_team import DEV, MONDAY, a_visit
from tests.helpers.people import a_big_team
from tests.helpers.printed_words import text_of
from tests.reports.conftest import job, outlook_on


def week(outlook: Outlook, **more: bool) -> Document:
    return WORKER_WEEK.build(outlook, job("dev", **more), MONDAY)


def words(each: Row) -> str:
    lines = [line for one in each.cells if not isinstance(one, Bar) for line in one.lines]
    return " ".join(piece.text for line in lines for piece in line if isinstance(piece, Run))


def days(document: Document) -> tuple[Row, ...]:
    return next(block for block in document.sheets[0].blocks if isinstance(block, Table)).rows


def test_the_week_is_as_it_was(team: Outlook, agrees: Callable[[str, Document], None]) -> None:
    agrees("worker_week", week(team))


def test_each_working_day_stands_there_with_what_fills_it(team: Outlook) -> None:
    groups = [" ".join(words(each).split()) for each in days(week(team)) if each.kind == "group"]
    court = team.snapshot.all(Child)["child36"]
    assert groups == [
        "Monday 23 November 2 visits",
        "Tuesday 24 November 1 visit",
        "Wednesday 25 November Duty day",
        f"Thursday 26 November Family court, all day: {court.reference} – {court.initials}",
        "Friday 27 November Away",
    ]


def test_a_household_is_one_trip_with_each_child_a_row_to_tick(team: Outlook) -> None:
    rows = days(week(team))
    place = next(index for index, each in enumerate(rows) if "15:30" in words(each))
    first, second = rows[place], rows[place + 1]
    assert "C10440" in words(first)
    assert "2 children, one trip" in words(first)
    assert "with Ben Hartley" in words(first)
    assert "C10441" in words(second)
    assert "same trip" in words(second)
    for each in (first, second):
        assert sum(one.lines == ((Tick(),),) for one in each.cells if not isinstance(one, Bar)) == 3


def test_fixed_dates_stand_on_their_day_at_their_time(team: Outlook) -> None:
    told = [" ".join(words(each).split()) for each in days(week(team))]
    assert any(text.startswith("11:00 C10438") and "Core group , Civic centre" in text for text in told)
    assert any(text.startswith("14:00 C10439") and "Looked-after review" in text for text in told)


def test_whoever_must_be_seen_by_friday_is_planned_or_not_placed(team: Outlook) -> None:
    text = " ".join(text_of(pdf(week(team))))
    _, friday = week_of(MONDAY)
    assert to_see_by(team, DEV, friday)
    for case in to_see_by(team, DEV, friday):
        assert case.child.reference in text


def test_a_planned_visit_takes_a_child_off_the_list_of_those_not_placed(team: Outlook) -> None:
    _, friday = week_of(MONDAY)
    left = [case for case in to_see_by(team, DEV, friday) if f"{case.child.reference}" in not_placed(team)]
    assert left
    number = int(left[0].child.id.removeprefix("child"))
    later = outlook_on(team.snapshot.patched(a_visit("more", friday, "ben", (number,))))
    assert left[0].child.reference not in not_placed(later)


def not_placed(outlook: Outlook) -> str:
    text = " ".join(text_of(pdf(week(outlook))))
    return text.split("Not placed")[1].split("Also due")[0]


def test_every_line_of_the_load_is_told_with_its_sum(team: Outlook) -> None:
    load = team.load_of("dev")
    assert load is not None
    text = " ".join(text_of(pdf(week(team))))
    assert all(line.label in text for line in load.lines)
    assert "Available: 100 × 37 ÷ 37 hours 100" in text


def test_why_someone_is_away_is_never_said(team: Outlook) -> None:
    text = " ".join(text_of(pdf(WORKER_WEEK.build(team, job(each_worker=True), MONDAY)))).casefold()
    assert "sick" not in text
    assert "wedding" not in text


def test_names_are_absent_unless_chosen(named_team: Outlook) -> None:
    assert "Surname" not in " ".join(text_of(pdf(week(named_team))))
    assert "Surname" in " ".join(text_of(pdf(week(named_team, names=True))))


def test_one_worker_is_chosen_or_each(team: Outlook) -> None:
    with pytest.raises(Refused, match="Choose whose sheet"):
        WORKER_WEEK.build(team, job(), MONDAY)


@pytest.mark.parametrize(
    ("on", "monday"),
    [(date(2026, 11, 23), 23), (date(2026, 11, 27), 23), (date(2026, 11, 28), 30), (date(2026, 11, 29), 30)],
)
def test_from_saturday_the_week_is_the_next(on: date, monday: int) -> None:
    first, friday = week_of(on)
    assert (first.day, first.weekday()) == (monday, 0)
    assert friday == first + timedelta(days=4)


def test_a_worker_with_very_many_children_gets_as_many_pages_as_it_takes() -> None:
    outlook = outlook_on(a_big_team(workers=1, children=300))
    (worker,) = outlook.workers
    options = replace(job(), worker_id=worker.id)
    found = text_of(pdf(WORKER_WEEK.build(outlook, options, MONDAY)))
    assert len(found) > 3
    assert all("Print " in text for text in found)


def test_a_planned_trip_has_a_box_to_confirm_it_and_a_confirmed_one_says_so(team: Outlook) -> None:
    planned = next(visit for visit in team.snapshot.by(Visit, "worker_id", "dev") if visit.status == "planned")
    agreed = outlook_on(team.snapshot.patched([replace(planned, confirmed_on=MONDAY)]))

    def boxes(document: Document) -> int:
        return sum(
            line == (Tick("confirmed"),) for each in days(document) for one in each.cells for line in getattr(one, "lines", ())
        )

    before = boxes(week(team))
    assert before > 0
    assert boxes(week(agreed)) == before - 1
    assert sum("confirmed" in words(each) for each in days(week(agreed))) == 1


def test_the_sheet_tells_the_week_of_visits_as_the_board_does(team: Outlook) -> None:
    facts = next(block for block in week(team).sheets[0].blocks if isinstance(block, Strip)).facts
    assert any(visit_week(team, next(one for one in team.workers if one.id == "dev")).words in fact.words for fact in facts)


@pytest.mark.parametrize(("states", "heads"), [({"due"}, ["Child", "Due"]), ({"due", "overdue"}, ["Child", "Overdue", "Due"])])
def test_a_long_list_of_what_is_due_has_a_column_for_what_is_late_where_anything_is(
    team: Outlook, states: set[str], heads: list[str]
) -> None:
    owed = [(case, one) for case in team.held_by(DEV.id) for one in team.owed_to(case.child.id) if one.due_on]
    due = [pair for pair in owed if ("overdue" if pair[1].state == "overdue" else "due") in states] * 11
    _, table = due_blocks(team, job(), due, MONDAY)
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == heads
    assert {len(each.cells) for each in table.rows} == {len(heads)}
