"""The words of what waits for the manager: what it is, what is known of it, how long it waits and in which colour."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from planner.core.closing import ReadyToClose
from planner.core.codes import CLOSURE_REASONS
from planner.core.manager_checks import CheckDue
from planner.core.manager_queue import ToDecide, ToSign
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Story
from planner.core.stories import Suspended, Told
from planner.core.transfers import ToMove, destination
from planner.core.tried_visits import TriedTwice
from planner.ui.case_words import due_day
from planner.ui.wording import count_words, day_and_month, list_date

LAST_DAYS = 5
"""Working days before a limit in which what is not done stands in amber."""
KINDS = {
    "tries": "Tried twice",
    "sign": "To sign",
    "closing": "To close",
    "transfer": "Transfer",
    "story": "Story to agree",
    "check": "Check",
}
"""Kinds of what waits for the manager, with the words of a column."""
COUNTED = {
    "tries": ("tried twice", "tried twice"),
    "sign": ("to sign", "to sign"),
    "closing": ("to close", "to close"),
    "transfer": ("transfer", "transfers"),
    "story": ("story", "stories"),
    "check": ("check", "checks"),
}
"""What is said of one of a kind, and of more."""


def count_by_kind(rows: Iterable[ToDecide]) -> str:
    """`12: 1 tried twice, 4 to sign, 2 stories, 5 checks`."""
    counts = Counter(row.kind for row in rows)
    parts = [count_words(counts[kind], *words) for kind, words in COUNTED.items() if counts[kind]]
    return f"{counts.total():,}: {', '.join(parts)}" if len(parts) > 1 else "".join(parts)


def queue_words(outlook: Outlook, row: ToDecide) -> str:
    """What waits and what is known of it, as one line."""
    about = row.about
    if isinstance(about, TriedTwice):
        return tried_words(outlook, about)
    if isinstance(about, ToSign):
        return to_sign_words(outlook, about)
    if isinstance(about, Told):
        return f"{KINDS['story']}. {told_words(outlook, about)}"
    if isinstance(about, ReadyToClose):
        return closing_words(outlook, about)
    return transfer_words(outlook, about) if isinstance(about, ToMove) else check_words(outlook, about)


def queue_status(row: ToDecide) -> str:
    """`3 days`: the working days it has waited; `today` for none."""
    return count_words(row.working_days, "day") if row.working_days else "today"


def queue_tone(outlook: Outlook, row: ToDecide) -> str:
    """Red for what is past its day, amber for what will soon be."""
    about = row.about
    if isinstance(about, ToSign):
        return to_sign_tone(outlook, about)
    if isinstance(about, CheckDue):
        return "overdue" if about.due_on < outlook.on else ""
    return "warning" if isinstance(about, TriedTwice) or row.working_days > LAST_DAYS else ""


def tried_words(outlook: Outlook, row: TriedTwice) -> str:
    """`Tried 3 and 17 Nov and not seen. Last seen 22 Oct`."""
    former = f". Before: {row.former.decided.lower()}" if row.former is not None else ""
    return f"Tried {days_in_a_row(row.days)}, not seen. {last_seen_words(row.case, outlook.on)}{former}"


def closing_words(outlook: Outlook, row: ReadyToClose) -> str:
    """`To close. Ready since Thu 12 Nov, 2 of 7 items open`."""
    reason = CLOSURE_REASONS.get(row.closing.closure_reason, "")
    left = f"{len(row.open_items)} of {count_words(len(row.items), 'item')} open" if row.open_items else "every item done"
    said = f"To close. Ready since {list_date(row.closing.ready_on, outlook.on)}, {left}"
    return f"{said}. {reason}" if reason else said


def transfer_words(outlook: Outlook, row: ToMove) -> str:
    """`To move to Team 2, planned Mon 16 Nov: first core group`."""
    where = destination(outlook.snapshot, row.transfer) if row.transfer is not None else ""
    when = f", planned {list_date(row.by, outlook.on)}" if row.by is not None else ""
    return f"To move{f' to {where}' if where else ''}{when}: {row.point}"


def check_words(outlook: Outlook, row: CheckDue) -> str:
    """`Check of working day 10, due Mon 9 Nov`."""
    was = "was due" if row.due_on < outlook.on else "due"
    return f"Check of working day {row.working_day}, {was} {list_date(row.due_on, outlook.on)}"


def to_sign_words(outlook: Outlook, row: ToSign) -> str:
    """`To sign by Mon 30 Nov. Sent Fri 13 Nov`."""
    sent, day = f"Sent {list_date(row.sent_on, outlook.on)}", due_day(row.obligation)
    if day is None:
        return f"To sign. {sent}"
    return f"{'Was to be signed' if day < outlook.on else 'To sign'} by {list_date(day, outlook.on)}. {sent}"


def to_sign_tone(outlook: Outlook, row: ToSign) -> str:
    """Red past the limit, amber in the last five working days before it."""
    day = due_day(row.obligation)
    if day is None:
        return ""
    if day < outlook.on:
        return "overdue"
    return "warning" if outlook.calendar.between(outlook.on, day) <= LAST_DAYS else ""


def told_words(outlook: Outlook, row: Told) -> str:
    """What is late and how the story of it stands."""
    title = outlook.rule_of(row.obligation).title or row.obligation.rule
    return ". ".join(part for part in (title, story_words(row.story, outlook.on), age_words(row)) if part)


def story_words(story: Story, on: date) -> str:
    """Why it is late, what is being done, by whom and by when, as far as someone wrote it down."""
    done = ", ".join(filter(None, (story.action, story.owner, by_words(story, on))))
    return ". ".join(part.rstrip(".") for part in (story.why, done) if part)


def by_words(story: Story, on: date) -> str:
    """`by Thu 26 Nov`, or that the day has passed; nothing without a day."""
    if story.by is None:
        return ""
    return f"by {list_date(story.by, on)}{', which has passed' if story.by < on else ''}"


def age_words(told: Told) -> str:
    """`Carried for 3 weeks`; nothing in its first week."""
    return f"Carried for {count_words(told.weeks, 'week')}" if told.weeks else ""


def told_status(told: Told) -> str:
    """How long it is carried, or that the day it names has passed."""
    if told.is_promise_past:
        return "day passed"
    return count_words(told.weeks, "week") if told.weeks else "last week"


def suspended_words(outlook: Outlook, row: Suspended) -> str:
    """Which rule does not run and why."""
    suspension = row.suspension
    rule = outlook.policy(row.case.team_id).version(suspension.rule, outlook.on) if suspension.rule else None
    what = rule.title if rule else suspension.rule or suspension.kind or "Every rule"
    return f"{what}. {suspension.reason.rstrip('.')}"


def suspended_status(row: Suspended) -> str:
    """`again 26 Nov`, the day from which it runs; `no end set` where there is none."""
    end = row.suspension.end
    return f"again {day_and_month(end)}" if end is not None else "no end set"


def last_seen_words(case: OpenCase, on: date) -> str:
    """`Last seen 22 Oct`, with the year when it is not this one, or that the child has not been seen."""
    if case.last_seen is None:
        return "Not yet seen"
    day = case.last_seen
    return f"Last seen {day_and_month(day)}" if day.year == on.year else f"Last seen {day_and_month(day)} {day.year}"


def days_in_a_row(days: Iterable[date]) -> str:
    """`3 and 17 Nov`, `28 Oct, 3 and 17 Nov`: the month once for days that share it."""
    all_days = list(days)
    words = [
        f"{day.day}"
        if place + 1 < len(all_days) and (all_days[place + 1].year, all_days[place + 1].month) == (day.year, day.month)
        else day_and_month(day)
        for place, day in enumerate(all_days)
    ]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
