"""What fills a worker's day, and why it takes no visit."""

from datetime import date, timedelta

import pytest

from planner.core.records import Absence, Commitment, Worker
from planner.core.snapshot import Snapshot
from planner.core.worker_days import PASSED, WorkerDays
from planner.core.working_days import WorkingCalendar

MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))
CALENDAR = WorkingCalendar([WEDNESDAY])
PLAIN = WorkingCalendar([])


def days_of(*records, calendar=PLAIN, **fields):
    worker = Worker(id="w", name="Dev Patel", **fields)
    return WorkerDays(Snapshot([worker, *records]), calendar, worker)


def absence(first=TUESDAY, last=TUESDAY, part="day", row="a"):
    return Absence(id=row, worker_id="w", first_day=first, last_day=last, part=part)


def busy(kind, part="day", title="", day=TUESDAY, last=None):
    return Commitment(id=f"{kind}{part}", worker_id="w", kind=kind, title=title, first_day=day, last_day=last, part=part)


@pytest.mark.parametrize(
    ("records", "fields", "word", "refusal", "free"),
    [
        ((), {}, "", "", 1),
        ((absence(),), {}, "Away", "Away", 0),
        ((absence(part="am"),), {}, "Away, morning", "", 0.5),
        ((absence(part="am"), absence(part="pm", row="b")), {}, "Away", "Away", 0),
        ((absence(last=None),), {}, "Away", "Away", 0),
        ((busy("duty"),), {}, "Duty", "On duty", 0),
        ((busy("court"),), {}, "Court, all day", "In court", 0),
        ((busy("court", "pm"),), {}, "Court, afternoon", "", 0.5),
        ((busy("study"),), {}, "Study day", "Study day", 0),
        ((busy("", title="Handover"),), {}, "Handover", "Handover", 0),
        ((), {"pattern": (74, 0, 74, 74, 74, 0, 0)}, "Does not work", "Does not work", 0),
        ((), {"assignment_end": TUESDAY}, "Has left", "Has left", 0),
        ((), {"assignment_start": WEDNESDAY}, "Not started", "Not started", 0),
        ((busy("duty", "am"), busy("court", "pm")), {}, "Duty, morning", "Away or busy all day", 0),
    ],
)
def test_a_day_has_its_word_and_its_reason(records, fields, word, refusal, free):
    days = days_of(*records, **fields)
    assert next((shade.word for shade in days.shades(TUESDAY)), "") == word
    assert days.refusal(TUESDAY, MONDAY) == refusal
    assert days.free_part(TUESDAY) == free


def test_away_hides_whatever_else_the_day_has():
    assert [shade.word for shade in days_of(absence(), busy("duty")).shades(TUESDAY)] == ["Away"]


def test_a_day_gone_by_takes_no_visit_and_today_does():
    days = days_of()
    assert days.refusal(MONDAY, TUESDAY) == PASSED
    assert days.refusal(TUESDAY, TUESDAY) == ""


def test_a_bank_holiday_takes_no_visit():
    assert days_of(calendar=CALENDAR).refusal(WEDNESDAY, MONDAY) == "Bank holiday"
