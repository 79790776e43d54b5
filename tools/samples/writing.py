"""A family's course written as records: its children, case, plans, events, transfers and allocations."""

from dataclasses import replace
from datetime import date, time, timedelta

from planner.core.records import Allocation, Case, Child, Event, PlanSpell, Transfer
from tools.samples import names
from tools.samples.book import Book
from tools.samples.days import ONE, Days
from tools.samples.dice import Dice
from tools.samples.family import Family, Held

LOCALITIES = {"North": 0.24, "East": 0.26, "Centre": 0.24, "West": 0.2, "Out of area": 0.06}
SOURCES = {"1A": 5, "1B": 3, "2A": 22, "3A": 7, "3D": 5, "4": 3, "5A": 8, "6": 30, "8": 5, "9": 4}
CATEGORIES = {"NEG": 0.48, "EMO": 0.36, "PHY": 0.08, "SAB": 0.04, "MUL": 0.04}
MEETINGS = frozenset(
    {
        "icpc_held",
        "core_group_held",
        "cp_review_held",
        "cin_meeting_held",
        "cin_review_held",
        "lac_review_held",
        "strategy_discussion",
    }
)
TIMES = (time(9, 30), time(10), time(11), time(13), time(14), time(15))
_AT_FIRST = {"cin": "first child in need meeting", "cp": "first core group", "lac": "first looked-after review"}
_AT_REVIEW = {"cin": "child in need review", "cp": "review conference", "lac": "looked-after review"}
ADULT = 18 * 365
"""Days; a few short of 18 years, so that nobody grows up while the case is open."""
CHECKLIST = ("Chronology up to date", "Plan on file", "Family told", "Joint visit made")


class Writer:
    """Writes families into the book."""

    def __init__(self, book: Book, dice: Dice, days: Days, things: list[str]) -> None:
        self.book, self.dice, self.days = book, dice, days
        self._things = things
        self._reference = 10000

    def children(self, family: Family) -> None:
        """The children, born before their plan and under 18 throughout, with references in order of arrival, one household."""
        assert family.ended is not None
        surname = self._things[(family.number * 7) % len(self._things)]
        family_word = f"F{family.number:04d}"
        locality = self.dice.weighted(LOCALITIES)
        oldest = self.dice.number(3, 17)
        with_plan = (family.received - min(spell.start for spell in family.spells)).days
        youngest = with_plan // 365 + 1 if with_plan > 0 else 0
        stays = (family.ended - family.received).days
        for place, first in enumerate(names.first_names(self.dice, family.size)):
            self._reference += 1
            age = max(0, oldest - place * self.dice.number(2, 3)) if place else oldest * self.dice.number(0, 3) // 3
            if youngest:
                age = max(age, youngest + place)
            more = self.dice.number(20, 360)
            age = min(age, (ADULT - stays - more) // 365)
            born = family.received - timedelta(days=age * 365 + more)
            name = f"{first} {surname}"
            child = self.book.put(
                Child,
                reference=f"C{self._reference}",
                initials=names.initials(name),
                name=f"{name} (sample)",
                born=born,
                family=family_word,
                household=f"H{family.number:04d}",
                locality=locality,
                school_age=5 <= age <= 15,
            )
            family.children.append(child)

    def unborn(self, family: Family, weeks: int) -> None:
        """Make the only child of a family one who is expected when the case comes, and born some weeks later."""
        expected = family.received + timedelta(weeks=weeks)
        child = replace(family.children[0], born=expected + ONE * 3, expected=expected, school_age=False)
        self.book.keep(child)
        family.children = [child]

    def course(self, family: Family) -> None:
        """Case, plans, events, transfer and allocations of every child of the family."""
        source = self.dice.weighted(SOURCES)
        category = self.dice.weighted(CATEGORIES)
        for child in family.children:
            self._case(family, child, source)
            for spell in family.spells:
                self.book.put(
                    PlanSpell,
                    child_id=child.id,
                    plan=spell.plan,
                    start=spell.start,
                    end=spell.end,
                    category=category if spell.plan == "cp" else "",
                )
            for held in family.holds:
                self._allocation(child, held)
        self._events(family)
        self._transfers(family)

    def _case(self, family: Family, child: Child, source: str) -> None:
        first = family.spells[0].plan
        self.book.put(
            Case,
            child_id=child.id,
            team_id=family.team_id,
            received_on=family.received,
            passed_to_team_on=family.received,
            referral_source="" if family.inherited else source,
            priority="high"
            if any(spell.plan in ("cp", "lac") for spell in family.spells)
            else "normal"
            if first == "cin"
            else "",
            ended_on=family.ended,
            outcome=family.outcome,
            closure_reason=family.closure,
        )

    def _allocation(self, child: Child, held: Held) -> None:
        self.book.put(
            Allocation,
            child_id=child.id,
            worker_id=held.worker_id,
            start=held.start,
            end=held.end,
            reason=held.came,
            end_code=held.code,
            end_reason=held.left,
        )

    def _events(self, family: Family) -> None:
        """Meetings have one time for the whole family; the day a worker took the case stands among them."""
        happenings = [(one.event, one.on, one.section_47) for one in family.happenings]
        if family.holds:
            happenings.append(("allocated", family.holds[0].start, False))
        for event, on, section_47 in sorted(happenings, key=lambda one: (one[1], one[0])):
            at = self.dice.one(TIMES) if event in MEETINGS else None
            place = self.dice.one(("Civic office", "School", "Video")) if event in MEETINGS else ""
            for child in family.children:
                self.book.put(Event, child_id=child.id, event=event, on=on, at=at, place=place, section_47=section_47)

    def _transfers(self, family: Family) -> None:
        if family.moved is not None and len(family.holds) > 1:
            self._transfer(family, family.moved, self._moves_at(family), family.later_team_id, "")
        if family.outcome == "transferred" and family.ended is not None:
            is_long_term = family.inherited or family.moved is not None
            points = _AT_REVIEW if is_long_term else _AT_FIRST
            self._transfer(family, family.ended, points.get(family.kind, "end of assessment"), "", "Council long-term team")

    def _moves_at(self, family: Family) -> str:
        """The point at which a family passes to its long-term team."""
        if family.kind == "cp":
            return "conference"
        if family.kind != "lac":
            return "end of assessment"
        is_before_court = any(one.event == "care_application_issued" for one in family.happenings)
        return "court" if is_before_court else "placement"

    def _transfer(self, family: Family, on: date, point: str, team_id: str, outside: str) -> None:
        giver = family.holder(on - ONE)
        for child in family.children:
            self.book.put(
                Transfer,
                child_id=child.id,
                point=point,
                planned_on=self.days.after(on, -self.dice.number(0, 3)),
                from_team_id=family.team_id,
                to_team_id=team_id,
                to_outside=outside,
                from_worker_id=giver,
                to_worker_id=family.holder(on) if team_id else "",
                checklist=CHECKLIST,
                done=CHECKLIST,
                status="accepted",
                decided_on=on,
            )
