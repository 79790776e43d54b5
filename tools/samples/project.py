"""What both projects share: the workspace's settings, its people, supervision, and families written from first to last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.core.policy import RuleSet, policy_of
from planner.core.records import (
    Allocation,
    ConflictOfInterest,
    Event,
    Locality,
    Organisation,
    Person,
    PolicyInForce,
    Record,
    Setting,
    Suspension,
    VisitFrequency,
)
from planner.core.reference import Reference
from planner.core.snapshot import Snapshot
from planner.core.workspace_settings import NAMES_ALLOWED, SAMPLE_TODAY, SOURCE_AS_AT, WORKSPACE_NAME
from tools.samples.book import Book
from tools.samples.care import Care, placement_plans
from tools.samples.course import Course
from tools.samples.days import ONE, Days
from tools.samples.dice import Dice
from tools.samples.family import Family
from tools.samples.holding import Holding, Weigh
from tools.samples.names import THINGS
from tools.samples.posts import Post
from tools.samples.visiting import Clocks, Visiting
from tools.samples.writing import Writer

TRAVEL = {"North": 20, "East": 15, "Centre": 5, "West": 25, "Out of area": 75}


@dataclass
class Project:
    """A project under way: its days, its book and its chance."""

    name: str
    title: str
    days: Days
    book: Book
    dice: Dice
    reference: Reference
    middle: date
    """The Monday the sample is worked on."""
    arriving: list[Record] = field(default_factory=list)
    """What waits for a decision on that Monday, and is nothing to the whole project."""
    hand_back: tuple[int, int] = (8, 1)
    """Of how many households held to the contract's end how many have their way out planned by that Monday."""

    def ruleset(self) -> RuleSet:
        """The visiting policy in force, as the records say."""
        return policy_of(Snapshot(self.book.records.values()), self.reference.policies)


def found(project: Project, scheme: str, policy: str) -> None:
    """Settings, organisations, localities and policies of a new workspace."""
    book, first = project.book, project.days.first
    book.put(Organisation, name="Sample Council", kind="council")
    book.put(Organisation, name="Sample Agency One", kind="supplier")
    book.put(Organisation, name="Sample Agency Two", kind="supplier")
    for name, minutes in TRAVEL.items():
        book.put(Locality, name=name, travel_minutes=minutes)
    book.put(PolicyInForce, kind="workload", policy=scheme, start=first)
    book.put(PolicyInForce, kind="visiting", policy=policy, start=first)
    settings = {WORKSPACE_NAME: project.title, NAMES_ALLOWED: "no", SAMPLE_TODAY: project.days.last.isoformat()}
    settings[SOURCE_AS_AT] = (project.days.last - timedelta(days=2)).isoformat()
    for name, value in settings.items():
        book.keep(Setting(id=name, value=value))


Change = Callable[[Project, Sequence[Family]], None]


@dataclass(frozen=True)
class Steps:
    """What one project does of its own: `prepare` sets teams and pick-up days, `settle` looks at who holds whom."""

    prepare: Change
    settle: Change


def lay(project: Project, families: Sequence[Family], steps: Steps, posts: list[Post], weigh: Weigh) -> None:
    """Dates, children, holders and course of all families, as records."""
    course = Course(project.dice, project.days)
    writer = Writer(project.book, project.dice, project.days, list(THINGS))
    for family in families:
        course.lay(family)
    for family in sorted(families, key=lambda one: (one.received, one.number)):
        writer.children(family)
    for family in families:
        if family.kind == "assessment" and family.size == 1 and not family.inherited and project.dice.chance(0.02):
            writer.unborn(family, project.dice.number(3, 16))
    steps.prepare(project, families)
    Holding(posts, project.dice, project.days, weigh).sweep(families)
    steps.settle(project, families)
    care = Care(project.book, project.dice, project.days)
    for family in families:
        care.write(family)
        writer.course(family)
    for child_id, on in placement_plans(project.book, project.dice, project.days):
        project.book.put(Event, child_id=child_id, event="placement_plan_made", on=on)


def co_workers(project: Project, families: Sequence[Family], posts: list[Post]) -> None:
    """Beside every ASYE who holds a child protection case, an experienced worker of the team."""
    by_id = {post.id: post for post in posts}
    for family in families:
        for held in family.holds:
            post = by_id[held.worker_id]
            spells = [spell for spell in family.spells if spell.plan == "cp" and (spell.end is None or spell.end > held.start)]
            if post.worker.stage != "asye" or not spells:
                continue
            start = max(held.start, spells[0].start)
            if held.end is not None and held.end <= start:
                continue
            beside = [
                one
                for one in posts
                if one.worker.team_id == post.worker.team_id and one.worker.stage != "asye" and one.is_here(start)
            ]
            other = project.dice.one(beside)
            end = min([day for day in (held.end, spells[0].end, other.end) if day is not None], default=None)
            for child in family.children:
                project.book.put(
                    Allocation,
                    child_id=child.id,
                    worker_id=other.id,
                    role="co-worker",
                    start=start,
                    end=end,
                    reason="Beside a worker in the ASYE year",
                )


def suspend(project: Project, family: Family, start: date, end: date, reason: str, decided_by: str) -> None:
    """Visits to a family do not run for a time, by a manager's decision."""
    family.suspended = (start, end)
    for child in family.children:
        project.book.put(Suspension, child_id=child.id, kind="visit", start=start, end=end, reason=reason, decided_by=decided_by)


def set_frequency(project: Project, family: Family, rule: str, every: str, start: date, set_by: str) -> None:
    """The child's own plan says how often it is visited."""
    for child in family.children:
        project.book.put(VisitFrequency, child_id=child.id, rule=rule, every=every, start=start, set_by=set_by)


def make_visits(project: Project, families: Sequence[Family], posts: list[Post], late: Callable[[date], float]) -> None:
    """Every visit, due as the policy in force says; logged by the co-ordinators and managers."""
    clocks = Clocks(list(project.book.records.values()), project.ruleset(), project.days)
    visiting = Visiting(project.book, project.dice, project.days, clocks, posts, late)
    visiting.loggers = tuple(person.id for person in project.book.all(Person) if person.role == "project co-ordinator")
    for family in families:
        visiting.visit(family)


def supervise(project: Project, posts: list[Post]) -> None:
    """Supervision within every four weeks; in the ASYE year weekly for six weeks, then fortnightly."""
    for post in posts:
        start = post.worker.assignment_start or post.start
        last = min(post.end or project.days.last, project.days.last)
        day, held = project.days.after(start, project.dice.number(2, 6)), start
        while day <= last:
            on = day
            while on > held and not post.is_here(on):
                on = project.days.after(on, -1)
            gap = 27 if post.worker.stage != "asye" else 7 if (day - start).days < 42 else 14
            if on > held:
                held = on
                project.book.put(Event, worker_id=post.id, event="supervision_held", on=on)
                day = project.days.working_before(on + ONE * gap)
            else:
                day = project.days.after(day, 1)


def conflicts(project: Project, families: Sequence[Family], posts: list[Post], count: int) -> None:
    """A few workers who must not hold a child."""
    for _ in range(count):
        family = project.dice.one(families)
        others = [post for post in posts if all(held.worker_id != post.id for held in family.holds)]
        worker = project.dice.one(others)
        for child in family.children:
            project.book.put(ConflictOfInterest, worker_id=worker.id, child_id=child.id)
