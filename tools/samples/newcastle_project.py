"""Newcastle's sample project: a duty team on a six-week rota and four long-term teams, 78 weeks, drawn whole."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.core.point_days import PLACED
from planner.core.records import Event, ExtraWork, IntakeWeek, LocalRule, Person, Team
from planner.core.reference import Reference
from tools.samples import newcastle
from tools.samples.book import Book
from tools.samples.days import Days
from tools.samples.dice import Dice
from tools.samples.family import Family
from tools.samples.holding import points
from tools.samples.leaving import agree_points
from tools.samples.names import worker_names
from tools.samples.posts import FOUR_DAYS, SHORT_DAYS, Staff
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

FIRST = date(2018, 5, 14)
MIDDLE = date(2019, 2, 25)
SECOND_PHASE = date(2019, 2, 11)
POINTS = (
    ("end of assessment", "assessment_authorised", ""),
    ("conference", "icpc_held", ""),
    ("placement", PLACED, ""),
    ("court", "care_application_issued", ""),
)
"""At which points the duty team's work passes to a long-term team."""
CHAIRS = (7, 6, 6, 6)
KEPT = (4, 4, 3, 3)
DUTY_CHAIRS = 6
DUTY_READY = 100
WAITING = 6
DUTY_PULLS = (1.0, 1.12, 0.95, 1.05, 0.9, 1.0)
PULLS = (1.0, 1.35, 0.85, 1.1, 0.95, 1.05, 0.9)


def draw(reference: Reference) -> Project:
    """The whole project, from its first Monday to its last Friday."""
    days = Days(FIRST, newcastle.WEEKS, reference.calendar)
    dice = Dice(f"newcastle project {newcastle.SEED} {newcastle.DRAW}")
    project = Project("newcastle", "Newcastle sample project", days, Book("newcastle"), dice, reference, MIDDLE)
    found(project, "neutral", "newcastle")
    _second_phase(project)
    teams = _teams(project)
    staff = Staff(project.book, dice, days, worker_names(dice, 60))
    _long_term_posts(staff, teams[1:])
    _duty_posts(staff, teams[0])
    _absences(staff, teams[0])
    families = newcastle.draw_families(Dice(f"newcastle {newcastle.SEED}"))
    lay(project, families, Steps(Prepare(teams), lambda *_: None), staff.posts, points)
    co_workers(project, families, staff.posts)
    _of_their_own(project, families)
    _busy_days(project, staff, teams[0])
    supervise(project, staff.posts)
    make_visits(project, families, staff.posts, _late)
    conflicts(project, families, staff.posts, 6)
    agree_points(project, teams[0].function, POINTS, teams[1].function)
    return project


def _second_phase(project: Project) -> None:
    """Half way, the council asked for assessments to reach the manager earlier."""
    text = 'first = "30 working days"'
    project.book.put(LocalRule, rule="ASM-TOMGR", toml=text, start=SECOND_PHASE, agreed_by="Sample policy group")


def _late(due: date) -> float:
    """One in twenty late; the weeks before the Monday of the sample were harder."""
    return 0.2 if timedelta(days=-1) <= MIDDLE - due <= timedelta(days=18) else 0.043


def _teams(project: Project) -> list[Team]:
    """The duty team, four long-term teams, and everyone who managed them: 12 managers over the life of the project."""
    book = project.book
    teams = [
        book.put(
            Team, name="Duty and assessment", manager="Manager of Duty and assessment (sample)", function="duty and assessment"
        )
    ]
    for number in range(1, 5):
        name = f"Long term {number}"
        teams.append(book.put(Team, name=name, manager=f"Manager of {name} (sample)", function="long term"))
    for team in teams:
        book.put(Person, name=team.manager, role="team manager", team_ids=(team.id,))
    for team in teams[:4]:
        book.put(Person, name=f"Second m{team.manager[1:]}", role="team manager", team_ids=(team.id,))
    for ordinal in ("First", "Second", "Third"):
        book.put(
            Person, name=f"{ordinal} service manager (sample)", role="service manager", team_ids=tuple(team.id for team in teams)
        )
    for ordinal in ("First", "Second"):
        book.put(
            Person,
            name=f"{ordinal} co-ordinator (sample)",
            role="project co-ordinator",
            team_ids=tuple(team.id for team in teams),
        )
    for start in range(newcastle.DUTY_FROM, newcastle.LAST, newcastle.ROTA):
        monday = FIRST + timedelta(weeks=start // 5)
        book.put(IntakeWeek, team_id=teams[0].id, week_on=monday, quota=newcastle.QUOTA)
    return teams


def _long_term_posts(staff: Staff, teams: Sequence[Team]) -> None:
    """25 chairs at first; 11 are given up as cases close, each of the other 14 has a second worker after some months."""
    closing = iter(range(55, 200, 13))
    for team, chairs, kept in zip(teams, CHAIRS, KEPT, strict=True):
        for place in range(chairs):
            pull = PULLS[(place + len(staff.posts)) % len(PULLS)]
            if place >= kept:
                staff.post(team.id, FIRST, staff.days.on(next(closing)), pull)
            elif place == 0 and team in (teams[1], teams[3]):
                _council_workers(staff, team, pull)
            else:
                _chair(staff, team, FIRST, pull, place)


def _chair(staff: Staff, team: Team, start: date, pull: float, place: int) -> None:
    """Two workers one after the other; the second may work four days, or shorter ones."""
    pattern = {"pattern": FOUR_DAYS} if place == 1 else {"pattern": SHORT_DAYS} if place == 3 else {}
    change = staff.days.on(staff.dice.number(130, 270))
    first = staff.post(team.id, start, change, pull)
    first.successor = staff.post(team.id, change, None, pull, **pattern).id


def _council_workers(staff: Staff, team: Team, pull: float) -> None:
    """A chair held by the council's own workers: an experienced one, then one in the ASYE year."""
    change = staff.days.on(80)
    first = staff.post(team.id, FIRST, change, pull, supplier="")
    second = staff.post(
        team.id,
        change,
        None,
        pull,
        supplier="",
        stage="asye",
        qualified_on=date(2018, 7, 2),
        stage_ends_on=change + timedelta(days=365),
    )
    first.successor = second.id


def _duty_posts(staff: Staff, team: Team) -> None:
    """Six chairs from two weeks before the first intake week; every chair changes once, two of them twice."""
    start = staff.days.on(DUTY_READY)
    for place in range(DUTY_CHAIRS):
        changes = [staff.days.on(170 + 12 * place)] + ([staff.days.on(320 + 10 * place)] if place < 2 else [])
        pull = DUTY_PULLS[place]
        former = staff.post(team.id, start, changes[0], pull)
        for change, end in zip(changes, [*changes[1:], None], strict=True):
            later = staff.post(team.id, change, end, pull)
            former.successor = later.id
            former = later


def _absences(staff: Staff, duty: Team) -> None:
    """Leave through the year; one worker ill for seven weeks about the Monday of the sample, some leave just after it."""
    here = [post for post in staff.posts if post.start < MIDDLE - timedelta(days=14) and (post.end is None or post.end > MIDDLE)]
    staying = [post for post in here if post.end is None or post.end > date(2019, 4, 1)]
    long_term = [post for post in staying if post.worker.team_id != duty.id and post.worker.stage != "asye"]
    on_duty = [post for post in staying if post.worker.team_id == duty.id]
    ill, fewer, educator, short_leave, long_leave = long_term[:5]
    first, back = date(2019, 2, 4), date(2019, 3, 25)
    staff.away(ill, first, back - timedelta(days=3), "Sickness")
    staff.fewer_hours(ill, sum(ill.worker.pattern), first, back, "Sickness")
    staff.fewer_hours(fewer, 74, date(2019, 1, 7), date(2019, 4, 1), "Phased return")
    staff.away(short_leave, date(2019, 2, 28), date(2019, 3, 1))
    staff.away(long_leave, date(2019, 3, 4), date(2019, 3, 8))
    staff.away(on_duty[-1], date(2019, 3, 6), date(2019, 3, 8))
    staff.away(on_duty[0], date(2019, 2, 27), date(2019, 2, 27))
    staff.book.put(ExtraWork, worker_id=educator.id, title="Practice educator", points=50, start=educator.start)
    staff.book.put(ExtraWork, worker_id=fewer.id, title="Court lead", points=80, start=fewer.start)
    intakes = [
        (FIRST + timedelta(weeks=start // 5), FIRST + timedelta(weeks=start // 5, days=4)) for start in newcastle.intake_weeks()
    ]
    for post in staff.posts:
        no_leave = tuple(intakes) if post.worker.team_id == duty.id else ((MIDDLE, MIDDLE + timedelta(days=4)),)
        staff.yearly_leave(post, 9, no_leave)


class Prepare:
    """Gives every family its teams, and the days of pick-up about the Monday of the sample."""

    def __init__(self, teams: list[Team]) -> None:
        self.teams = teams

    def __call__(self, project: Project, families: Sequence[Family]) -> None:
        waiting = 0
        friday = project.days.after(MIDDLE, -1)
        for family in families:
            long_term = self.teams[1 + family.number % 4].id
            family.team_id = long_term if family.inherited else self.teams[0].id
            if not family.inherited and family.kind != "assessment" and family.authorised is not None:
                family.later_team_id, family.moved = long_term, project.days.on(family.authorised)
            if family.received == friday and waiting < WAITING:
                family.allocated = project.days.after(MIDDLE, 1)
                waiting += family.size
            elif family.received == friday:
                family.allocated = friday


def _of_their_own(project: Project, families: Sequence[Family]) -> None:
    """Conferences ask for a visit every fifteen working days, some meetings every three weeks; some families are away."""
    for family in families:
        for spell in family.spells:
            if spell.plan == "cp":
                set_frequency(project, family, "CP-VISIT", "15 working days", max(spell.start, FIRST), "Conference")
            elif spell.plan == "cin" and project.dice.chance(0.3):
                set_frequency(project, family, "CIN-VISIT", "3 weeks", max(spell.start, FIRST), "Child in need meeting")
    manager = "Manager of Long term 1 (sample)"
    for place, reason in (
        (9, "Abroad with the family"),
        (30, "Missing; police informed, daily calls"),
        (55, "Abroad with the family"),
    ):
        open_then = [one for one in families if one.inherited and (one.ended or MIDDLE) > date(2019, 4, 1)]
        start = MIDDLE - timedelta(days=10 + place // 10)
        suspend(project, open_then[place], start, start + timedelta(days=21), reason, manager)
    looked_after = [one for one in families if any(spell.plan == "lac" for spell in one.spells)]
    for place, family in enumerate(looked_after[:12]):
        back = family.received + timedelta(days=40 + 31 * place)
        if family.ended is not None and back < family.ended:
            returned = project.days.working(back)
            child = family.children[0]
            project.book.put(Event, child_id=child.id, event="returned_from_missing", on=returned)
            project.book.put(
                Event,
                child_id=child.id,
                event="return_interview_held",
                on=project.days.working_before(returned + timedelta(days=2)),
            )


def _busy_days(project: Project, staff: Staff, duty: Team) -> None:
    """The duty desk in turn, court, study and training."""
    on_duty = [post for post in staff.posts if post.worker.team_id == duty.id]
    staff.desk_duty(project.days.on(DUTY_READY), project.days.last, on_duty)
    long_term = [post for post in staff.posts if post.worker.team_id != duty.id]
    for week in range(2, newcastle.WEEKS):
        day = project.days.working(FIRST + timedelta(weeks=week, days=week % 4))
        here = [post for post in long_term if post.is_here(day)]
        staff.busy(project.dice.one(here), "court", day, "Court", part="am" if week % 3 else "day")
    for post in long_term:
        if post.worker.stage == "asye":
            for week in range(0, 40, 2):
                staff.busy(
                    post, "study", project.days.working_before(post.start + timedelta(weeks=week, days=4)), "ASYE study day"
                )
