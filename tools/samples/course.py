"""The course of a family in dates: spells of plans, and what was held and made in time for them."""

from datetime import date, timedelta

from tools.samples.days import ONE, Days, months_after
from tools.samples.dice import Dice
from tools.samples.family import Family, Happening, Spell

STEP_DOWN = timedelta(days=92)
"""A child in need plan follows a child protection plan for at least three months."""


class Course:
    """Lays the days of a family's course, once its weekdays are drawn."""

    def __init__(self, dice: Dice, days: Days) -> None:
        self.dice, self.days = dice, days

    def lay(self, family: Family) -> None:
        """Fill dates, spells and happenings of the family; nothing lies after its end."""
        family.received = self.days.on(family.arrival)
        family.ended = self._end(family)
        family.referred = self.days.after(family.received, -1) if self.dice.chance(0.3) else family.received
        family.allocated = self.days.after(family.received, 1) if self.dice.chance(0.3) else family.received
        if family.inherited:
            self._taken_over(family)
        else:
            self._referral(family)
        self._cut_at_end(family)

    def _end(self, family: Family) -> date:
        assert family.ends is not None
        end = min(self.days.on(family.ends), self.days.last)
        return max(end, self.days.after(family.received, 2))

    def _cut_at_end(self, family: Family) -> None:
        assert family.ended is not None
        end = family.ended
        family.happenings = sorted((one for one in family.happenings if one.on <= end), key=lambda one: (one.on, one.event))
        family.spells = [spell for spell in family.spells if spell.start < end]
        for spell in family.spells:
            spell.end = end if spell.end is None else min(spell.end, end)

    def _on(self, family: Family, event: str, on: date, section_47: bool = False) -> None:
        family.happenings.append(Happening(event, on, section_47))

    # From a referral

    def _referral(self, family: Family) -> None:
        self._on(family, "referral_received", family.referred)
        self._on(family, "passed_to_team", family.received)
        self._on(family, "assessment_started", family.received)
        if family.kind in ("cp", "lac") and family.authorised is None:
            self._section_47(family)
        elif family.kind == "assessment":
            self._assessment(family, None)
            if self.dice.chance(0.08):
                self._enquiry_without_conference(family)
        else:
            assert family.authorised is not None
            since = self.days.on(family.authorised)
            self._assessment(family, since)
            self._onward(family, since)

    def _assessment(self, family: Family, until: date | None) -> None:
        """The assessment's spell and its days; it goes to the manager by day 35 but for a few."""
        family.spells.append(Spell("assessment", family.received, until))
        if family.authorised is None:
            return
        authorised = self.days.on(family.authorised)
        self._on(family, "assessment_authorised", authorised)
        to_manager = self.days.after(authorised, -self.dice.number(1, 4))
        by = self.days.after(family.referred, 34)
        self._on(family, "assessment_to_manager", max(min(to_manager, by), family.received + ONE))

    def _enquiry_without_conference(self, family: Family) -> None:
        on = self.days.after(family.received, self.dice.number(1, 6))
        self._strategy(family, on)
        self._on(family, "section_47_ended", self.days.after(on, self.dice.number(6, 11)))

    def _strategy(self, family: Family, on: date) -> None:
        self._on(family, "strategy_discussion", on, section_47=True)
        self._on(family, "section_47_started", on)

    def _section_47(self, family: Family) -> None:
        """An enquiry that leads to a conference and a plan, or straight into care."""
        strategy = self.days.after(family.received, self.dice.number(0, 6))
        self._strategy(family, strategy)
        conference = self.days.after(strategy, self.dice.number(10, 15))
        self._on(family, "section_47_ended", self.days.after(conference, -1))
        authorised = self.days.after(conference, -2)
        self._on(family, "assessment_to_manager", self.days.after(authorised, -2))
        self._on(family, "assessment_authorised", authorised)
        family.spells.append(Spell("assessment", family.received, conference))
        if family.kind == "cp":
            self._child_protection(family, conference)
        else:
            self._looked_after(family, self.days.after(strategy, self.dice.number(1, 3)))

    def _onward(self, family: Family, since: date) -> None:
        """A plan that follows an assessment; a child protection plan by way of an enquiry and a conference."""
        if family.kind == "cin":
            self._child_in_need(family, since)
            return
        strategy = self.days.after(since, -self.dice.number(9, 14))
        if strategy > family.received and family.kind == "cp":
            self._strategy(family, strategy)
            self._on(family, "section_47_ended", self.days.after(since, -1))
            self._child_protection(family, since)
        elif family.kind == "cp":
            self._strategy(family, family.received)
            self._on(family, "section_47_ended", self.days.after(since, -1))
            self._child_protection(family, since)
        else:
            self._looked_after(family, since)

    # Taken over with a plan that runs

    def _taken_over(self, family: Family) -> None:
        self._on(family, "passed_to_team", family.received)
        if family.kind == "cin":
            self._child_in_need(family, self._earlier(family, 15, 240))
        elif family.kind == "cp":
            self._child_protection(family, self._earlier(family, 12, 330))
        else:
            self._looked_after(family, self._earlier(family, 40, 1500))

    def _earlier(self, family: Family, least: int, most: int) -> date:
        return self.days.working(family.received - ONE * self.dice.number(least, most))

    # Plans

    def _repeated(self, family: Family, event: str, first: date, shortest: int, longest: int) -> None:
        """An event held at `first`, then again and again after so many days, on working days never later than the longest."""
        assert family.ended is not None
        day = first
        while day <= family.ended:
            self._on(family, event, day)
            day = self.days.working_before(day + ONE * self.dice.number(shortest, longest))

    def _child_in_need(self, family: Family, start: date) -> None:
        assert family.ended is not None
        family.spells.append(Spell("cin", start))
        long_enough = (family.ended - max(start, family.received)).days > 300
        if family.inherited and long_enough and self.dice.chance(0.25):
            self._step_up(family, start)
            return
        self._in_need_meetings(family, start)

    def _in_need_meetings(self, family: Family, start: date) -> None:
        meeting = self.days.after(start, self.dice.number(5, 10))
        self._on(family, "cin_meeting_held", meeting)
        self._repeated(family, "cin_review_held", self.days.working_before(meeting + ONE * self.dice.number(30, 40)), 34, 42)

    def _step_up(self, family: Family, start: date) -> None:
        """A child in need plan that goes to a conference, onto a child protection plan and back."""
        self._in_need_meetings(family, start)
        strategy = self.days.working(family.received + ONE * self.dice.number(20, 60))
        self._strategy(family, strategy)
        conference = self.days.after(strategy, self.dice.number(11, 15))
        self._on(family, "section_47_ended", self.days.after(conference, -1))
        family.happenings = [
            one for one in family.happenings if one.event not in ("cin_review_held", "cin_meeting_held") or one.on < conference
        ]
        family.spells[-1].end = conference
        self._child_protection(family, conference)

    def _child_protection(self, family: Family, start: date) -> None:
        assert family.ended is not None
        self._on(family, "icpc_held", start)
        reviews = self._conferences(start, family.ended)
        step_downs = [day for day in reviews if family.ended - day >= STEP_DOWN and day > family.received]
        ends = step_downs[-1] if step_downs and family.outcome == "closed" else None
        for day in reviews:
            if ends is None or day <= ends:
                self._on(family, "cp_review_held", day)
        family.spells.append(Spell("cp", start, ends))
        core = self.days.after(start, self.dice.number(6, 10))
        before = len(family.happenings)
        self._repeated(family, "core_group_held", core, 34, 42)
        if ends is not None:
            family.happenings[before:] = [one for one in family.happenings[before:] if one.on < ends]
            family.spells.append(Spell("cin", ends))
            self._in_need_meetings(family, ends)

    def _conferences(self, start: date, end: date) -> list[date]:
        """Review conferences: within three months of the first, then within six."""
        day = self.days.working_before(months_after(start, 3) - ONE * self.dice.number(2, 12))
        found = []
        while day <= end:
            found.append(day)
            day = self.days.working_before(months_after(day, 6) - ONE * self.dice.number(3, 40))
        return found

    def _looked_after(self, family: Family, start: date) -> None:
        assert family.ended is not None
        family.spells.append(Spell("lac", start))
        self._on(family, "care_plan_made", self.days.after(start, self.dice.number(3, 9)))
        self._on(family, "health_assessment_held", self.days.after(start, self.dice.number(9, 18)))
        review = self.days.after(start, self.dice.number(14, 20))
        self._on(family, "lac_review_held", review)
        second = self.days.working_before(months_after(review, 3) - ONE * self.dice.number(1, 10))
        self._repeated(family, "lac_review_held", second, 150, 181)
        self._repeated(family, "pep_made", self.days.after(start, self.dice.number(6, 10)), 90, 115)
        self._repeated(family, "health_assessment_held", self.days.working(start + ONE * self.dice.number(150, 178)), 150, 178)
