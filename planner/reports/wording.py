"""The words of sheets: children, days, plans and figures, the same on each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from planner.core.codes import PLAN_MARKS, PLANS
from planner.core.date_words import DAYS, MONTHS, day_and_month, full_date, list_date
from planner.core.obligations import Obligation
from planner.core.outlook import Outlook
from planner.core.outlook_rows import OpenCase
from planner.core.records import Child, Worker
from planner.reports.document import Run, muted, strong
from planner.reports.report import SheetOptions

WORKING_WEEK = 5


def day_of_week(day: date) -> str:
    """Monday 23 November."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_day(day: date | None, on: date) -> str:
    """Mon 23 Nov, with the year when it is not that of `on`; a dash where there is no date."""
    return list_date(day, on) or "–"


def brief_day(day: date | None, on: date) -> str:
    """23 Nov, with the year when it is not that of `on`; a dash where there is no date."""
    if day is None:
        return "–"
    return day_and_month(day) if day.year == on.year else f"{day_and_month(day)} {day.year}"


def clock(at: time | None) -> str:
    """14:00, or nothing where no time is set."""
    return f"{at:%H:%M}" if at is not None else ""


def counted(number: int, one: str, several: str = "") -> str:
    """1 child, 2 children, 1,204 visits; `several` where an s is not enough."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """A, B and C."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def figure(tenths: int) -> str:
    """Tenths as a number: 45, 4.5, 1,204."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "−" if tenths < 0 else ""
    return f"{sign}{whole:,}.{rest}" if rest else f"{sign}{whole:,}"


def child_words(child: Child, options: SheetOptions) -> str:
    """C10432 – A.B., or with the name where this job shows names."""
    known_as = (child.name or child.initials) if options.names else child.initials
    return f"{child.reference} – {known_as}" if known_as else child.reference


def age(child: Child, on: date) -> str:
    """Age 7, under 1, not yet born, or nothing where the date of birth is not known."""
    if child.born is None or child.born > on:
        expected = child.expected or child.born
        return f"expected {brief_day(expected, on)}" if expected is not None else ""
    years = on.year - child.born.year - ((on.month, on.day) < (child.born.month, child.born.day))
    return f"age {years}" if years else "under 1"


def plan_in_full(case: OpenCase, on: date) -> str:
    """Child protection, age 7."""
    return ", ".join(part for part in (PLANS.get(case.plan, "No plan yet"), age(case.child, on)) if part)


def plan_in_letters(case: OpenCase, on: date) -> str:
    """CP, age 7."""
    return ", ".join(part for part in (PLAN_MARKS.get(case.plan, "No plan"), age(case.child, on)) if part)


def plans_counted(plans: Iterable[str]) -> str:
    """5 CP, 4 CIN, 1 LAC, 5 Asmt: highest plan first."""
    held = list(plans)
    words = [f"{held.count(plan)} {mark}" for plan, mark in PLAN_MARKS.items() if plan in held]
    other = sum(plan not in PLAN_MARKS for plan in held)
    return ", ".join([*words, f"{other} with no plan"] if other else words)


def day_due(obligation: Obligation) -> date | None:
    """The day something is due; for a duty counted in hours, the day of its hour."""
    return obligation.due.date() if isinstance(obligation.due, datetime) else obligation.due


def when_due(obligation: Obligation, on: date) -> Run:
    """How late in bold (4 days late), or the day it is due; no date at all is late too."""
    if obligation.state == "unknown":
        return muted("not known")
    late = obligation.days_late
    if obligation.state == "overdue":
        return strong("never seen" if late is None else counted(late, "day") + " late" if late else "late today")
    if isinstance(obligation.due, datetime):
        return Run(f"due {short_day(obligation.due.date(), on)}, {obligation.due:%H:%M}")
    return Run("due today" if obligation.due == on else f"due {short_day(obligation.due, on)}")


def working_days_of(worker: Worker) -> str:
    """Mon to Wed, or Mon, Wed and Fri; nothing for someone who works all five days."""
    works = [index for index in range(len(DAYS)) if worker.pattern[index]]
    if works == list(range(WORKING_WEEK)):
        return ""
    if len(works) > 2 and works == list(range(works[0], works[-1] + 1)):
        return f"{DAYS[works[0]][:3]} to {DAYS[works[-1]][:3]}"
    return listed([DAYS[index][:3] for index in works])


def team_words(outlook: Outlook) -> str:
    """The teams looked at, with the manager where there is one team."""
    teams = outlook.teams
    if len(teams) == 1:
        return f"{teams[0].name}. Team manager {teams[0].manager}" if teams[0].manager else teams[0].name
    return listed([team.name for team in teams]) if outlook.team_ids else "All teams"


def team_named(outlook: Outlook) -> str:
    """The teams looked at, in a word or two."""
    return outlook.teams[0].name if len(outlook.teams) == 1 else counted(len(outlook.teams), "team") if outlook.teams else ""


def worker_team_words(outlook: Outlook, worker: Worker) -> str:
    """A worker's team and its manager."""
    team = next((team for team in outlook.teams if team.id == worker.team_id), None)
    if team is None:
        return outlook.team_name(worker.team_id)
    return f"{team.name}. Team manager {team.manager}" if team.manager else team.name


def figures_of(outlook: Outlook) -> tuple[str, ...]:
    """The day of the figures, and how fresh the case system's are."""
    lines = [full_date(outlook.on)]
    if outlook.source_as_at is not None:
        since = len(outlook.logged_since)
        day = short_day(outlook.source_as_at, outlook.on)
        lines.append(f"{outlook.source_name} as at {day}, plus {since} logged here since")
    return tuple(lines)
