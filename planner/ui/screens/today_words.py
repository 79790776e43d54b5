"""The sentences of Today's rows: when last seen and tried, how long unheld, what makes a worker full. Never a child's name."""

from collections.abc import Iterable
from datetime import date, timedelta

from planner.core.codes import OUTCOMES, PLANS, REFERRAL_SOURCES
from planner.core.manager_queue import sent_to_manager_on, to_manager_by
from planner.core.outlook import Outlook
from planner.core.outlook_rows import Away, LateVisit, NearLimit, OpenCase, Waiting
from planner.core.records import Absence, ExtraWork, Story
from planner.core.snapshot import holds, is_away
from planner.core.stories import told_of
from planner.core.tried_visits import decided_of_tries, tried_on
from planner.core.workload import Load, next_change_of_hours
from planner.ui.case_words import due_day
from planner.ui.queue_words import LAST_DAYS, age_words, days_in_a_row, last_seen_words
from planner.ui.queue_words import story_words as told_story_words
from planner.ui.wording import count_words, day_and_month, list_date

LEAVING_SOON_DAYS = 56
HALVES = {"am": " in the morning", "pm": " in the afternoon"}


def late_words(outlook: Outlook, row: LateVisit, with_story: bool = True) -> str:
    """`Last seen 22 Oct. Tried 3 and 17 Nov`, then the story, or why nobody could go."""
    said = [last_seen_words(row.case, outlook.on)]
    tried = tried_on(outlook, row.case)
    if tried:
        said.append(f"Tried {days_in_a_row(tried)}")
        if row.case.child.id in _to_decide(outlook):
            said.append("Needs your decision")
        decided = [one for one in decided_of_tries(outlook, row.case.child.id) if (one.on or date.min) >= tried[0]]
        if decided:
            said.append(f"Decided: {decided[-1].decided.lower()}")
    if row.others:
        said.append(f"{count_words(len(row.others), 'other visit')} late too")
    told = story_words(outlook, row) if with_story else ""
    if told:
        said.append(told)
    elif is_worker_away(outlook, row.case):
        said.append("Worker away")
    return ". ".join(said)


def _to_decide(outlook: Outlook) -> set[str]:
    """The children whose failed visits wait for a manager's decision."""
    return {row.case.child.id for row in outlook.manager_queue if row.kind == "tries"}


def story_of(outlook: Outlook, row: LateVisit) -> Story | None:
    """The newest story of what is late, as far as it was written by the day looked at."""
    told = told_of(outlook, row.case, row.obligation)
    return told.story if told is not None else None


def late_tip(outlook: Outlook, row: LateVisit) -> str:
    """All that is known of a late visit, a line each: seen and tried, other clocks, and every part of the story."""
    told = told_of(outlook, row.case, row.obligation)
    lines = late_words(outlook, row, with_story=False).split(". ")
    if told is None:
        return "\n".join([*lines, "No story is written yet. Open the child to write why, and what is being done."])
    story, on = told.story, outlook.on
    passed = ", which has passed" if told.is_promise_past else ""
    carried = f", carried for {count_words(told.weeks, 'week')}" if told.weeks else ""
    parts = (
        ("Why", story.why),
        ("Being done", story.action),
        ("By whom", story.owner),
        ("By when", f"{list_date(story.by, on)}{passed}"),
        ("Written", f"{list_date(story.written_on, on)}{carried}"),
        ("Agreed", f"{list_date(story.agreed_on, on)} by {story.agreed_by}" if story.agreed_on else "not yet"),
    )
    return "\n".join([*lines, *(f"{name}: {said}" for name, said in parts if said)])


def story_words(outlook: Outlook, row: LateVisit) -> str:
    """Why it is late, what is being done, by whom and by when, and how long that has been carried, as far as it is written."""
    told = told_of(outlook, row.case, row.obligation)
    if told is None:
        return ""
    return ". ".join(part for part in (told_story_words(told.story, outlook.on), age_words(told)) if part)


def is_worker_away(outlook: Outlook, case: OpenCase) -> bool:
    """Whether the lead worker is away on the day looked at."""
    if case.worker is None:
        return False
    return any(is_away(absence, outlook.on) for absence in outlook.snapshot.by(Absence, "worker_id", case.worker.id))


def late_status(row: LateVisit) -> str:
    """`18 days late`, or that the clock has no start."""
    return "never seen" if row.days_late is None else f"{count_words(row.days_late, 'day')} late"


def waiting_words(outlook: Outlook, row: Waiting) -> str:
    """The loud word where a worker is a must, then what comes first and since when."""
    said = []
    if row.must_have_worker:
        said.append("Must have a worker")
    day = due_day(row.case.next_visit)
    if day is not None:
        said.append(f"{'Visit was due' if day < outlook.on else 'Visit due'} {day_and_month(day)}")
    elif row.case.plan:
        said.append(f"{PLANS.get(row.case.plan, row.case.plan)} from {list_date(row.case.plan_since, outlook.on)}")
    source = row.case.case.referral_source
    if source and not row.must_have_worker:
        said.append(f"Referral from: {source_words(source)}")
    return ". ".join(said) or f"Referred {list_date(row.case.case.received_on, outlook.on)}"


def unseen_words(outlook: Outlook, case: OpenCase) -> str:
    """Since when a child in assessment waits to be seen, and the day by which the front door asked for it."""
    by = case.first_visit_by
    asked = f". Asked for by {list_date(by, outlook.on)}{', which has passed' if by < outlook.on else ''}" if by else ""
    return f"Referred {list_date(case.case.received_on, outlook.on)}. Not yet seen{asked}"


def source_words(source: str) -> str:
    """Who made a referral, `School`; a code that is not of the census stands as it is."""
    return REFERRAL_SOURCES.get(source.strip().upper(), source.strip())


def meanwhile_words(row: Waiting) -> str:
    """Who holds the child until then, or that nobody is named."""
    return row.held_meanwhile or "Nobody named"


def waiting_status(row: Waiting) -> str:
    """`3 days`: the working days a child has waited; `today` for none."""
    return count_words(row.working_days, "day") if row.working_days else "today"


def is_past_one_day(row: Waiting) -> bool:
    """Whether a child has waited for more than one working day, in which a new case is to be picked up."""
    return row.working_days > 1


def near_words(outlook: Outlook, row: NearLimit) -> str:
    """When the assessment is due, and who is away before then."""
    day = due_day(row.obligation)
    if day is None:
        return "No date"
    said = [f"{'Was due' if day < outlook.on else 'Due'} {list_date(day, outlook.on)}"]
    sent, by = sent_to_manager_on(outlook, row.case), to_manager_by(outlook, row.case)
    if sent is not None:
        said.append("With the manager")
    elif by is not None:
        said.append("Late to the manager" if by < outlook.on else f"To manager by {list_date(by, outlook.on)}")
    if is_worker_away(outlook, row.case):
        said.append("Worker away")
    return ". ".join(said)


def turn_words(how: str) -> str:
    """How a case came or went, in words: `Received`, `Closed`, `To another team`."""
    return OUTCOMES.get(how, how.capitalize())


def near_tone(row: NearLimit) -> str:
    """Red past the limit, amber in its last five days."""
    if row.day > row.limit:
        return "overdue"
    return "warning" if row.limit - row.day <= LAST_DAYS else ""


def load_words(outlook: Outlook, load: Load) -> str:
    """Children and families, then what stands beside the points and what changes next."""
    said = [f"{count_words(len(load.child_ids), 'child', 'children')} in {count_words(load.families, 'family', 'families')}"]
    if load.is_over_headcount:
        said.append(f"Limit {load.headcount_limit} children")
    if load.unweighted:
        said.append(f"{len(load.unweighted)} not weighed")
    left_on = load.worker.assignment_end
    if left_on is not None and (left_on - outlook.on).days <= LEAVING_SOON_DAYS:
        said.append(f"Leaves {list_date(left_on - timedelta(days=1), outlook.on)}")
    else:
        change = next_change_of_hours(outlook.snapshot, load.worker, outlook.on)
        if change is not None:
            said.append(f"{'Fewer' if change.after < change.before else 'More'} hours from {list_date(change.on, outlook.on)}")
    extras = [extra for extra in outlook.snapshot.by(ExtraWork, "worker_id", load.worker.id) if holds(extra, outlook.on)]
    if extras:
        until = f" to {list_date(extras[0].end, outlook.on)}" if extras[0].end else ""
        said.append(f"{extras[0].title}{until}")
    return ". ".join(said)


def away_words(spells: Iterable[Away], on: date) -> str:
    """`Thu 3 to Fri 11 Dec; Duty on Thu 26 Nov`: the days of one worker, never why."""
    said = []
    for spell in spells:
        days = list_date(spell.first_day, on) + HALVES.get(spell.part, "")
        if spell.last_day > spell.first_day:
            days += f" to {list_date(spell.last_day, on)}"
        said.append(f"{spell.word} {days}")
    return "; ".join(said)
