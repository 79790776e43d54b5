"""The words for a case in a row and in the drawer: age, how long on a plan, when seen, and how a due date stands."""

from datetime import date, datetime

from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.obligations import Obligation
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child
from planner.ui.wording import count_words

NO_WORKER = "No worker"


def age(child: Child, on: date) -> int | None:
    """Whole years on the day; None where the child is not yet born, or the day of birth is not known."""
    if child.born is None or child.born > on:
        return None
    return on.year - child.born.year - ((on.month, on.day) < (child.born.month, child.born.day))


def age_words(child: Child, on: date) -> str:
    """`7`, `unborn`, or nothing where it is not known; for a narrow column."""
    years = age(child, on)
    if years is not None:
        return str(years)
    return "unborn" if child.expected is not None and child.born is None else ""


def age_sentence(child: Child, on: date) -> str:
    """`Age 7.`, `Age 5 weeks.`, `Not yet born.`, or that the age is not recorded."""
    years = age(child, on)
    if years is None:
        return "Not yet born." if child.expected is not None and child.born is None else "Age not recorded."
    if years >= 2 or child.born is None:
        return f"Age {years}."
    weeks = (on - child.born).days // 7
    return f"Age {count_words(weeks, 'week') if weeks < 13 else count_words(weeks * 12 // 52, 'month')}."


def plan_name(case: OpenCase) -> str:
    """The highest plan in full, or that there is none."""
    return PLANS.get(case.plan, case.plan) if case.plan else "No plan recorded"


def plan_letters(case: OpenCase) -> str:
    """The letters of every plan the child is on, highest first: `LAC, CP`."""
    if len(case.plans) == 1:
        return PLAN_MARKS.get(case.plan, case.plan)
    plans = dict.fromkeys(spell.plan for spell in case.plans)
    return ", ".join(PLAN_MARKS.get(plan, plan) for plan in plans)


def length_words(since: date | None, on: date) -> str:
    """`9 weeks`, or in the first two weeks `3 days`; nothing for no date."""
    if since is None:
        return ""
    days = (on - since).days
    return count_words(days // 7, "week") if days >= 14 else count_words(days, "day")


def due_day(obligation: Obligation | None) -> date | None:
    """The day something is due, or None."""
    due = obligation.due if obligation else None
    return due.date() if isinstance(due, datetime) else due


def status_words(obligation: Obligation | None, on: date) -> str:
    """How something owed stands: `18 days late`, `today`, `tomorrow`, `in 3 days`, `not known`, `never seen`, `none due`."""
    if obligation is None:
        return "none due"
    if obligation.state == "unknown":
        return "not known"
    day = due_day(obligation)
    if day is None:
        return "never seen" if obligation.kind == "visit" else "no date"
    ahead = (day - on).days
    if ahead < 0:
        return f"{count_words(-ahead, 'day')} late"
    if ahead == 0 and obligation.state == "overdue" and isinstance(obligation.due, datetime):
        return f"late since {obligation.due:%H:%M}"
    return {0: "today", 1: "tomorrow"}.get(ahead, f"in {count_words(ahead, 'day')}")


def status_tone(obligation: Obligation | None) -> str:
    """The colour of a status: red only for what is overdue."""
    if obligation is None:
        return "text_muted"
    return {"overdue": "overdue", "unknown": "text_muted"}.get(obligation.state, "")


def is_late(obligation: Obligation | None) -> bool:
    """Whether an obligation is overdue."""
    return obligation is not None and obligation.state == "overdue"
