"""Southampton's sample project: two teams of seven, twelve weeks, drawn whole."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from planner.core.records import ExtraWork, IntakeWeek, LocalRule, Person, Setting, Team
from planner.core.reference import Reference
from planner.core.workspace_settings import CONTRACT_CAP
from tools.samples import southampton
from tools.samples.arriving import waiting_referrals
from tools.samples.book import Book
from tools.samples.days import Days
from tools.samples.dice import Dice
from tools.samples.family import Family, Held
from tools.samples.holding import count_of_children
from tools.samples.leaving import agree_points
from tools.samples.names import worker_names
from tools.samples.posts import FOUR_DAYS, Post, Staff
from tools.samples.project import (
    Project,
    Steps,
    co_workers,
    conflicts,
    found,
    lay,
    make_visits,
    set_frequency,
    supervise,
    suspend,
)

FIRST = date(2026, 9, 28)
MIDDLE = date(2026, 11, 23)
CAP = 294
"""Open cases at any one time, as the contract had it."""
POINTS = (
    ("first core group", "core_group_held", "Council long-term team"),
    ("first child in need meeting", "cin_meeting_held", "Council long-term team"),
    ("first looked-after review", "lac_review_held", "Council long-term team"),
    ("court", "care_application_issued", "Council court team"),
)
"""At which points work passes to the council's own teams."""
QUOTA = 20
"""Children an intake week is for by then: arrivals have fallen from 84 a week to 16."""
ILL_FROM = date(2026, 11, 9)
ILL_TO = date(2026, 12, 11)


def draw(reference: Reference) -> Project:
    """The whole project, from its first Monday to its last Friday."""
    days = Days(FIRST, southampton.WEEKS, reference.calendar)
    dice = Dice(f"southampton project {southampton.SEED} {southampton.DRAW}")
    project = Project("southampton", "Southampton sample project", days, Book("southampton"), dice, reference, MIDDLE)
    project.hand_back = (5, 3)
    found(project, "count_of_children", "england")
    _local_policy(project)
    posts = _people(project)
    families = southampton.draw_families(Dice(f"southampton {southampton.SEED}"))
    lay(project, families, Steps(_pick_ups, lambda _, every: _settle(project, every, posts)), posts, count_of_children)
    co_workers(project, families, posts)
    _of_their_own(project, families)
    _busy_days(project, posts)
    supervise(project, posts)
    make_visits(project, families, posts, _late)
    conflicts(project, families, posts, 3)
    _intake(project)
    agree_points(project, "assessment", POINTS)
    return project


def _intake(project: Project) -> None:
    """The contract's cap, the teams' weeks on intake round the Monday of the sample, and who then waits for a decision."""
    team_a, team_b = project.book.all(Team)
    project.book.keep(Setting(id=CONTRACT_CAP, value=str(CAP)))
    for team, week_on in ((team_a, MIDDLE), (team_b, MIDDLE + timedelta(weeks=1))):
        project.book.put(IntakeWeek, team_id=team.id, week_on=week_on, quota=QUOTA)
    project.arriving += waiting_referrals(project.book, team_a.id, MIDDLE)


def _local_policy(project: Project) -> None:
    """The council sees a child in assessment within five working days, then every fifteen."""
    project.book.put(LocalRule, rule="ASM-SEEN", toml='every = "15 working days"', start=FIRST, agreed_by="Sample policy group")


def _late(due: date) -> float:
    """Most visits are in time; three weeks before the Monday of the sample are the hardest."""
    return 0.2 if timedelta(days=-1) <= MIDDLE - due <= timedelta(days=18) else 0.05


def _people(project: Project) -> list[Post]:
    teams = [
        project.book.put(Team, name=f"Project team {letter}", manager=f"Manager of team {letter} (sample)", function="assessment")
        for letter in "AB"
    ]
    for team, letter in zip(teams, "AB", strict=True):
        project.book.put(Person, name=f"Manager of team {letter} (sample)", role="team manager", team_ids=(team.id,))
        project.book.put(Person, name=f"Co-ordinator of team {letter} (sample)", role="project co-ordinator", team_ids=(team.id,))
    staff = Staff(project.book, project.dice, project.days, worker_names(project.dice, 20))
    _team_a(staff, teams[0].id)
    _team_b(staff, teams[1].id)
    keep_free = ((MIDDLE, MIDDLE + timedelta(days=11)),)
    for post in staff.posts:
        staff.yearly_leave(post, 7, keep_free)
    return staff.posts


def _team_a(staff: Staff, team_id: str) -> None:
    """A leaver with a successor, an ASYE, a worker of four days, one who runs full, one with fewer hours for a time."""
    staff.post(team_id, FIRST, skills=("court",), localities=("North", "Centre"))
    staff.post(team_id, FIRST, pull=1.12)
    staff.post(team_id, FIRST, pattern=FOUR_DAYS, localities=("West",))
    council: dict[str, Any] = {"supplier": "", "swe_number": "SW990104", "qualified_on": date(2026, 6, 22)}
    staff.post(team_id, FIRST, stage="asye", stage_ends_on=date(2027, 9, 28), **council)
    busy = staff.post(team_id, FIRST, pull=0.95)
    fewer = staff.post(team_id, FIRST, pull=0.88)
    staff.fewer_hours(fewer, 37, date(2026, 11, 16), date(2026, 12, 14), "Phased return")
    leaver = staff.post(team_id, FIRST, date(2026, 12, 7), pull=1.05)
    leaver.successor = staff.post(team_id, date(2026, 12, 7)).id
    staff.away(busy, date(2026, 12, 3), date(2026, 12, 4))
    staff.away(fewer, date(2026, 11, 27), date(2026, 11, 27), part="pm")


def _team_b(staff: Staff, team_id: str) -> None:
    """One long away, one with responsibility beyond cases, one closed to new cases for a time."""
    staff.post(team_id, FIRST, skills=("court", "disability"))
    ill = staff.post(team_id, FIRST, pull=0.9)
    staff.post(team_id, FIRST, pull=1.15, localities=("East",))
    staff.post(team_id, FIRST)
    extra = staff.post(team_id, FIRST, pull=0.9)
    staff.post(team_id, FIRST, no_new_cases_until=date(2026, 10, 12), pull=0.85)
    leave = staff.post(team_id, FIRST, skills=("sign language",))
    staff.away(ill, ILL_FROM, ILL_TO, "Sickness")
    staff.fewer_hours(ill, 370, ILL_FROM, date(2026, 12, 14), "Sickness")
    staff.fewer_hours(ill, 185, date(2026, 12, 14), None, "Phased return")
    staff.book.put(ExtraWork, worker_id=extra.id, title="Practice educator", points=50, start=FIRST)
    staff.away(leave, date(2026, 11, 30), date(2026, 12, 4))
    staff.away(extra, date(2026, 11, 26), date(2026, 11, 26))


def _pick_ups(project: Project, families: Sequence[Family]) -> None:
    """Who came just before the Monday of the sample waits for its meeting."""
    for family in families:
        if project.days.after(MIDDLE, -1) <= family.received <= MIDDLE:
            family.allocated = project.days.after(MIDDLE, 1)


def _settle(project: Project, families: Sequence[Family], posts: list[Post]) -> None:
    """One family on a plan goes to the worker in the ASYE year, and one is without a worker over the week-end."""
    asye = next(post for post in posts if post.worker.stage == "asye")
    for family in families:
        on_plan = any(spell.plan == "cp" and spell.start <= MIDDLE < (spell.end or MIDDLE) for spell in family.spells)
        if on_plan and len(family.holds) == 1 and family.team_id == asye.worker.team_id and family.size == 1:
            family.holds[0].worker_id = asye.id
            break
    _gap_in_holding(project, families, asye.id)


def _gap_in_holding(project: Project, families: Sequence[Family], asye_id: str) -> None:
    """One child on a plan whom nobody holds over the week-end, when the colleague of the absent worker went too."""
    for family in families:
        held = next((one for one in family.holds if one.start <= MIDDLE and (one.end is None or one.end > MIDDLE)), None)
        if (
            held is not None
            and family.plan(MIDDLE) == "cp"
            and family.size == 1
            and len(family.holds) == 1
            and held.worker_id != asye_id
        ):
            later = Held(
                held.worker_id,
                project.days.after(MIDDLE, 1),
                "Given back after a week-end with no worker",
                held.end,
                held.code,
                held.left,
            )
            held.end, held.code, held.left = (
                project.days.after(MIDDLE, -1),
                "OTHERS",
                "Conflict found; to be given to another worker",
            )
            family.holds.append(later)
            return


def _of_their_own(project: Project, families: Sequence[Family]) -> None:
    """What children's own plans set, and families whom visits do not reach for a time."""
    on_plans = [family for family in families if any(spell.plan == "cp" for spell in family.spells)]
    for family in on_plans[:3]:
        start = next(spell.start for spell in family.spells if spell.plan == "cp")
        set_frequency(project, family, "CP-VISIT", "5 working days", start, "Conference")
    open_then = [
        family for family in families if family.received < date(2026, 10, 26) and (family.ended or MIDDLE) > date(2026, 12, 10)
    ]
    manager = "Manager of team A (sample)"
    suspend(project, open_then[4], date(2026, 11, 16), date(2026, 11, 30), "Abroad with the family until 29 November", manager)
    suspend(project, open_then[11], date(2026, 11, 12), date(2026, 11, 20), "Missing; police informed, daily calls", manager)


def _busy_days(project: Project, posts: list[Post]) -> None:
    """Duty in turn, court now and then, study for the ASYE, training."""
    staff = Staff(project.book, project.dice, project.days, [])
    for team_posts in (posts[:8], posts[8:]):
        staff.desk_duty(FIRST, project.days.last, [post for post in team_posts if post.worker.stage != "asye"])
    for week in range(1, southampton.WEEKS, 2):
        friday = FIRST + timedelta(weeks=week, days=4)
        staff.busy(posts[3], "study", friday, "ASYE study day")
    for post, on in ((posts[0], date(2026, 11, 26)), (posts[8], date(2026, 12, 1)), (posts[1], date(2026, 10, 20))):
        staff.busy(post, "court", on, "Court", part="am")
    for post in posts:
        if post.start == FIRST:
            staff.busy(post, "training", date(2026, 10, 15), "Team training", part="pm")
