"""The words of the board: of a block, a cell, a row and a card, as they are painted and as they are spoken."""

from collections.abc import Callable
from datetime import date, time

from planner.core.board import BoardCell, BoardRow, BoardTrip, ChildDue, FixedDate, TrayTrip
from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.date_words import DAYS, MONTHS, day_and_month
from planner.core.records import Child
from planner.ui.wording import count_words, names_in_a_row

ChildWords = Callable[[Child], str]
NO_WORKER = "No worker"
TO_CONFIRM, CONFIRMED = "to confirm", "confirmed"
_CONFIRMED_IN_FULL = {True: "planned, confirmed by the worker", False: "planned, for the worker to confirm"}

_BRIEF = {
    "icpc_held": "ICPC",
    "cp_review_held": "CP review",
    "cin_meeting_held": "CIN meeting",
    "cin_review_held": "CIN review",
    "lac_review_held": "LAC review",
    "section_47_started": "Section 47",
    "section_47_ended": "Section 47 end",
    "health_assessment_held": "Health",
    "letter_before_proceedings": "Letter",
}
_STATES = {"made": "seen", "attempted": "tried"}


def day_words(day: date) -> str:
    """`Mon 23 Nov`."""
    return f"{DAYS[day.weekday()][:3]} {day_and_month(day)}"


def short_day(day: date) -> str:
    """`Wed 25`."""
    return f"{DAYS[day.weekday()][:3]} {day.day}"


def spoken_day(day: date) -> str:
    """`Monday 23 November`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def time_words(at: time | None) -> str:
    """`14:00`, or nothing."""
    return at.isoformat("minutes") if at is not None else ""


def plan_mark(plan: str) -> str:
    """The letters of a plan."""
    return PLAN_MARKS.get(plan, plan)


def others_words(count: int) -> str:
    """` and 2 more`, or nothing."""
    return f" and {count} more" if count else ""


# A block


def status(trip: BoardTrip) -> tuple[str, str]:
    """What stands at the right of a block and its tone: how late, that it is not as it should be, or its time."""
    visit = trip.visit
    if visit.status != "planned":
        return _STATES[visit.status], "text_muted"
    if trip.is_unlogged:
        return "not logged", "warning"
    if trip.is_late:
        return ("late" if trip.days_late is None else f"{trip.days_late}d late"), "overdue"
    if trip.lacks_worker:
        return "1 of 2 workers", "warning"
    if trip.planned_after is not None:
        return f"due {short_day(trip.planned_after)}", "warning"
    if visit.at is not None:
        return time_status(trip)
    return ("after school" if trip.after_school else confirm_word(trip)), "text_muted"


def time_status(trip: BoardTrip) -> tuple[str, str]:
    """The time of a visit that has one, as its state says it where nothing is more pressing."""
    return time_words(trip.visit.at), "text_muted"


def confirm_word(trip: BoardTrip) -> str:
    """`to confirm` or `confirmed`, for a visit that is still to come; nothing for others."""
    if trip.visit.status != "planned" or trip.is_unlogged:
        return ""
    return TO_CONFIRM if trip.visit.confirmed_on is None else CONFIRMED


def statuses(trip: BoardTrip) -> tuple[tuple[str, str], ...]:
    """The same, then as short as it may be said where there is little room; the edge or the tick says what is left out."""
    words, tone = status(trip)
    shorter = {"1 of 2 workers": "1 of 2", "after school": "", TO_CONFIRM: "", CONFIRMED: ""}
    if trip.planned_after is not None and words.startswith("due "):
        shorter[words] = f"due {trip.planned_after.day}"
    return ((words, tone), (shorter[words], tone)) if words in shorter else ((words, tone),)


def trip_name(trip: BoardTrip, worker: str, child_words: ChildWords) -> str:
    """A block in full: `C10432 – A.B., child protection, Dev Patel, Monday 23 November 14:00, 4 days late, pinned`."""
    visit = trip.visit
    when = spoken_day(visit.on) if visit.on else "no day"
    parts = [", ".join(f"{child_words(due.child)}, {_plan_words(due.plan)}" for due in trip.children)]
    parts += [worker, f"{when} {visit.at:%H:%M}" if visit.at else when]
    parts += _troubles(trip)
    if visit.status == "planned" and not trip.is_unlogged:
        parts.append(_CONFIRMED_IN_FULL[visit.confirmed_on is not None])
    elif visit.status != "planned":
        parts.append({"made": "seen", "attempted": "tried, not seen"}[visit.status])
    return ", ".join(part for part in parts if part)


def _plan_words(plan: str) -> str:
    return PLANS.get(plan, plan).lower() or "no plan recorded"


def _troubles(trip: BoardTrip) -> list[str]:
    visit = trip.visit
    found = []
    if trip.is_late:
        found.append("late, no date to count from" if trip.days_late is None else f"{count_words(trip.days_late, 'day')} late")
    if trip.planned_after is not None:
        found.append(f"due {spoken_day(trip.planned_after)}, before this day")
    if trip.is_unlogged:
        found.append("not logged as made or tried")
    if trip.in_school_hours:
        found.append("in school hours")
    elif trip.after_school and visit.status == "planned" and visit.at is None:
        found.append("after school")
    if trip.is_second:
        found.append("goes along as a second worker")
    if visit.status == "planned" and visit.workers_needed > 1:
        found.append("two workers needed, one goes" if trip.lacks_worker else "two workers go")
    if visit.standing != "statutory":
        found.append("contact only")
    if visit.pinned:
        found.append("pinned")
    return found


def fixed_name(fixed: FixedDate, child_words: ChildWords) -> str:
    """A fixed date in full."""
    at = f" {fixed.event.at:%H:%M}" if fixed.event.at else ""
    when = spoken_day(fixed.event.on) if fixed.event.on else ""
    child = f", {child_words(fixed.child)}, {_plan_words(fixed.plan)}" if fixed.child else ""
    return f"{fixed.word}{child}, {when}{at}, fixed date"


def fixed_brief(fixed: FixedDate) -> str:
    """A fixed date's word where there is little room, as people say it at work; nothing where it has no shorter one."""
    return _BRIEF.get(fixed.event.event, "") if not fixed.event.title else ""


def item_name(item: BoardTrip | FixedDate, worker: str, child_words: ChildWords) -> str:
    """A block or a fixed date in full."""
    return fixed_name(item, child_words) if isinstance(item, FixedDate) else trip_name(item, worker, child_words)


# A cell and a row


def worker_name(row: BoardRow) -> str:
    """The name at the head of a row."""
    return row.worker.name if row.worker else NO_WORKER


def cell_name(row: BoardRow, cell: BoardCell, child_words: ChildWords) -> str:
    """A cell in full: whose, which day, what fills it, and everything that stands there."""
    shades = names_in_a_row([shade.word for shade in cell.shades])
    what = [item_name(item, worker_name(row), child_words) for item in cell.items]
    nothing = cell.refusal if cell.refusal and not shades else "no visits"
    said = "; ".join([*([shades] if shades else []), *what]) or nothing
    return f"{worker_name(row)}, {spoken_day(cell.day)}: {said}"


def cell_text(cell: BoardCell) -> str:
    """A cell in one line, for the table: references, plan and state."""
    parts = [shade.word for shade in cell.shades]
    for item in cell.items:
        if isinstance(item, FixedDate):
            parts.append(f"{item.word} {item.child.reference}" if item.child else item.word)
            continue
        parts.append(_trip_text(item))
    return "; ".join(parts)


def _trip_text(trip: BoardTrip) -> str:
    first = trip.children[0] if trip.children else None
    who = f"{first.child.reference} {first.child.initials}{_more(trip)} {plan_mark(first.plan)}" if first else "Visit"
    said, agreed = status(trip)[0], confirm_word(trip)
    also = f", {agreed}" if agreed and agreed != said else ""
    return f"{who} {said}".rstrip() + also


def _more(trip: BoardTrip) -> str:
    return f" +{len(trip.children) - 1}" if len(trip.children) > 1 else ""


def placed_words(row: BoardRow) -> tuple[str, str]:
    """The line under a worker's name and its tone: `3 of 4 placed`, or `7 visits, room for 6` in warning."""
    if row.is_short:
        weeks = [week for week in row.weeks if week.left < 0]
        if weeks and row.wanted <= row.room:
            return f"Week {day_and_month(weeks[0].first)}: {weeks[0].used} of {weeks[0].allowance}", "warning"
        return f"{count_words(row.wanted, 'visit')}, room for {row.room}", "warning"
    return (f"{row.placed} of {row.needed} placed" if row.needed else "none due"), "text_muted"


def left_words(row: BoardRow) -> str:
    """What is left of the allowance: `3 left`."""
    return "" if row.worker is None or row.is_short else f"{max(0, row.room - row.used)} left"


def row_name(row: BoardRow) -> str:
    """A row's head in full, with the allowance of each week."""
    weeks = [f"week of {week.first.day} {MONTHS[week.first.month - 1]}: {week.words}" for week in row.weeks]
    said = [worker_name(row), placed_words(row)[0]]
    whys = dict.fromkeys(week.why.rstrip(".") for week in row.weeks if week.why)
    return ", ".join([*said, *((*weeks, *whys) if row.worker else ())])


# A card of the tray


def due_words(due: ChildDue) -> tuple[str, str]:
    """How a child's visit stands, and its tone: `13 days late`, `due Wed 25`."""
    if due.is_late:
        return (f"{count_words(due.days_late, 'day')} late" if due.days_late is not None else "never seen"), "overdue"
    return (f"due {short_day(due.due_on)}" if due.due_on else ""), "text_muted"


def card_name(trip: TrayTrip, child_words: ChildWords) -> str:
    """A card in full."""
    children = [f"{child_words(due.child)}, {_plan_words(due.plan)}, {due_words(due)[0]}" for due in trip.children]
    return f"{'; '.join(children)}; {trip.worker.name if trip.worker else NO_WORKER}; not placed"


def carried_words(carried: BoardTrip | TrayTrip) -> str:
    """Who is carried, by reference and initials and never by name: `C10432 – A.B. and 1 more`."""
    first = carried.children[0].child if carried.children else None
    if first is None:
        return "a visit"
    called = f"{first.reference} – {first.initials}" if first.initials else first.reference
    return f"{called}{others_words(len(carried.children) - 1)}"
