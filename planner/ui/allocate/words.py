"""The sentences of the Allocate page: the facts of a child, and what each row says of a compared worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.core.candidates import family_of
from planner.core.codes import EVENTS
from planner.core.comparing import Compared, Comparison, workers_in_a_year
from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away, OpenCase
from planner.core.records import Child
from planner.core.workload import stage
from planner.reports.wording import working_days_of
from planner.ui.case_words import age_sentence, due_day, plan_name
from planner.ui.dialogs.worker_table import points
from planner.ui.wording import count_words, day_and_month, list_date, names_in_a_row, range_words

ChildWords = Callable[[Child], str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says, in which tone of the theme's words, whether it stands out, and what it says on hover."""

    text: str
    tone: str = ""
    strong: bool = False
    tip: str = ""


# The child


def facts_words(outlook: Outlook, case: OpenCase) -> str:
    """Age, plan, worker, next visit, and how many workers the child has had in 12 months."""
    child, on = case.child, outlook.on
    since = f" since {list_date(case.plan_since, on)}" if case.plan_since else ""
    said = [age_sentence(child, on), f"{plan_name(case)}{since}."]
    if case.worker is not None:
        said.append(f"Held by {case.worker.name} since {list_date(case.since, on)}.")
    day = due_day(case.next_visit)
    if day is not None:
        said.append(
            f"{'First' if case.last_seen is None else 'Next'} visit {'was ' if day < on else ''}due {list_date(day, on)}."
        )
    if case.first_visit_by is not None:
        said.append(f"To be seen first by {list_date(case.first_visit_by, on)}, as the front door asked.")
    had = workers_in_a_year(outlook.snapshot, child.id, on)
    said.append(f"{count_words(had, 'worker')} in the last 12 months." if had else "No worker in the last 12 months.")
    return " ".join(filter(None, said))


def siblings_words(outlook: Outlook, cases: Sequence[OpenCase], child_words: ChildWords) -> str:
    """The other children of the family with an open case, each with the worker or waiting."""
    asked = {case.child.id for case in cases}
    others = {other.id for case in cases for other in family_of(outlook.snapshot, case.child)} - asked
    said = []
    for other in sorted(
        (case for child_id in others if (case := outlook.case_of(child_id))), key=lambda one: one.child.reference
    ):
        where = f"is with {other.worker.name}" if other.worker is not None else "waits too"
        said.append(f"Sibling {child_words(other.child)} {where}.")
    return " ".join(said)


def fixed_words(asked: Comparison, on: date) -> str:
    """The fixed dates that come with the children, or nothing."""
    if not asked.fixed:
        return ""
    several = len(asked.cases) > 1
    said = []
    for one in asked.fixed:
        of = f" of {one.child.reference}" if several else ""
        said.append(f"{one.event.title or _event_name(one.event.event)}{of} {list_date(one.event.on, on)}")
    return f"Fixed dates that come along: {', '.join(said)}."


def _event_name(event: str) -> str:
    return EVENTS.get(event, event.replace("_", " ").capitalize())


# A worker


def role_words(one: Compared, on: date) -> str:
    """`Social worker, 37 h`, with the days of a part week and the stage of someone in their first year."""
    said = [one.worker.role.capitalize(), f"{points(one.now.hours)} h"]
    if (days := working_days_of(one.worker)) != "":
        said.append(days)
    if stage(one.worker, on).casefold() == "asye":
        said.append("ASYE")
    return ", ".join(said)


def unit_of(one: Compared) -> str:
    """What the worker's scheme counts."""
    return one.now.scheme.unit if one.now.scheme is not None else "points"


def room_words(one: Compared) -> Said:
    """`84% to 92%, 8 left`, what it is over by, or what is held where there is no capacity."""
    if one.now.percent is None or one.after.percent is None:
        return Said(f"{points(one.now.used)} {unit_of(one)} held, {points(one.after.used)} after", "warning")
    share = f"{one.now.percent:.0f}% to {one.after.percent:.0f}%"
    if one.after.left < 0:
        return Said(f"{share}, over by {points(-one.after.left)}", "warning")
    return Said(f"{share}, {points(one.after.left)} left", "muted")


def load_sentence(one: Compared) -> str:
    """Points now and after as a screen reader says them."""
    if one.now.percent is None:
        return f"No capacity. {room_words(one).text}"
    now, after = points(one.now.used), points(one.after.used)
    return f"{now} {unit_of(one)} now, {after} after, of {points(one.after.available)}. {room_words(one).text}"


def children_words(one: Compared) -> Said:
    """Children and families now and after, and the limit where there is one."""
    now, after, limit = len(one.now.child_ids), len(one.after.child_ids), one.after.headcount_limit
    children = str(now) if now == after else f"{now} → {after}"
    said = f"{children}, in {count_words(one.after.families, 'family', 'families')}"
    if limit is None:
        return Said(said)
    return Said(f"{said}. Limit {limit}", "warning" if one.after.is_over_headcount else "")


def visits_words(one: Compared) -> Said:
    """`Allowance 6, used 3, 1 less for court, left 2. 3 due with no day, 1 too many`, with those the children would add."""
    week = one.visits
    due = week.due + week.more
    said = f"{week.words[:1].upper()}{week.words[1:]}" + (f". {due} due with no day" if due else "")
    if due and week.left >= 0 > week.free_after_due:
        said += f", {-week.free_after_due} too many"
    return Said(said, "warning" if week.free_after_due < 0 else "", tip=week.why)


def dates_words(one: Compared, asked: Comparison) -> Said:
    """Whether the worker can be there on the fixed dates."""
    if not asked.fixed:
        return Said("None", "muted")
    if not one.clashes:
        return Said({1: "Free that day", 2: "Free on both"}.get(len(asked.fixed), f"Free on all {len(asked.fixed)}"))
    said = [f"{clash.word} {day_and_month(clash.fixed.event.on)}" for clash in one.clashes if clash.fixed.event.on]
    return Said(". ".join(said), "warning")


def away_words(one: Compared, on: date) -> Said:
    """Leave and duty in the next three weeks by kind, never why; a change of hours; the day a worker leaves."""
    by_word: dict[str, list[Away]] = {}
    for spell in one.away:
        by_word.setdefault(spell.word, []).append(spell)
    said = [f"{word} {_days(spells, on)}" for word, spells in by_word.items()]
    end, change = one.worker.assignment_end, one.hours_change
    if change is not None and change.on != end:
        said.append(f"{'Fewer' if change.after < change.before else 'More'} hours from {list_date(change.on, on)}")
    if end is not None:
        return Said(". ".join([*said, f"Leaves {list_date(end - timedelta(days=1), on)}"]), "warning")
    return Said(". ".join(said)) if said else Said("None", "muted")


def _days(spells: Sequence[Away], on: date) -> str:
    """`23 Nov, 1, 3 and 10 Dec`, `to 27 Nov`, `30 Nov to 4 Dec`: a month is said once for the days before it."""
    said = [_spell_words(spell, on) for spell in spells]
    parts = [words.rsplit(" ", 1) for words in said]
    short = [
        words if place + 1 == len(parts) or parts[place + 1][1] != parts[place][1] else parts[place][0]
        for place, words in enumerate(said)
    ]
    return names_in_a_row(short)


def _spell_words(spell: Away, on: date) -> str:
    first, last = spell.first_day, spell.last_day
    if last <= first:
        return day_and_month(first)
    if first < on:
        return f"to {day_and_month(last)}"
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same else day_and_month(first)} to {day_and_month(last)}"


def new_words(one: Compared) -> Said:
    """New cases in 7 days, and the limit on them where there is one."""
    limit = one.worker.new_cases_a_week
    return Said(str(one.new_cases) if limit is None else f"{one.new_cases} of {limit} a week", strong=True)


def family_words(one: Compared, child_words: ChildWords) -> Said:
    """Which sibling the worker holds, or when they held the child."""
    said = []
    if one.siblings:
        siblings = names_in_a_row([child_words(child) for child in one.siblings])
        said.append(f"Holds {'sibling' if len(one.siblings) == 1 else 'siblings'} {siblings}")
    for held in one.former:
        if held.start is not None and held.end is not None:
            said.append(f"Held this child, {range_words(held.start, held.end)}")
    return Said(". ".join(said), "good", strong=True) if said else Said("No", "muted")


def against_words(one: Compared) -> Said:
    """What stands against the choice, or what no reason can override."""
    if one.barred:
        return Said(f"Cannot be chosen. {' '.join(one.barred)}", "warning", strong=True)
    return Said(" ".join(one.against), "warning") if one.against else Said("Nothing")


def left_out_words(one: Compared) -> str:
    """Why someone is not compared: what bars them, what is against them, or only what they would come to."""
    if one.barred:
        return f"Cannot be chosen. {' '.join(one.barred)}"
    if one.against:
        return " ".join(one.against)
    return f"{points(one.after.used)} of {points(one.after.available)} if chosen"
