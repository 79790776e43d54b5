"""A family's course as drawn: what came to be when, before any of it is a record."""

from dataclasses import dataclass, field
from datetime import date

from planner.core.records import Child
from tools.samples.dice import Dice

SIZES = {1: 0.79, 2: 0.14, 3: 0.05, 4: 0.02}
"""How many children of a family come together: about 38 in 100 children have a sibling in the project."""


@dataclass
class Spell:
    """A time on one plan."""

    plan: str
    start: date
    end: date | None = None


@dataclass
class Held:
    """A time with one worker; `came` is the reason in words, `code` and `left` why it ended."""

    worker_id: str
    start: date
    came: str
    end: date | None = None
    code: str = ""
    left: str = ""


@dataclass
class Happening:
    """Something dated in the family's course."""

    event: str
    on: date
    section_47: bool = False


@dataclass
class Family:
    """One family. `arrival` and `ends` are weekdays of the project; `ends` is None where it is open at the last day.

    `kind` is what the work came to: assessment, cin, cp or lac.
    """

    number: int
    size: int
    kind: str
    arrival: int
    ends: int | None
    outcome: str = ""
    closure: str = ""
    inherited: bool = False
    authorised: int | None = None
    received: date = date.min
    referred: date = date.min
    ended: date | None = None
    team_id: str = ""
    later_team_id: str = ""
    moved: date | None = None
    allocated: date = date.min
    spells: list[Spell] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    holds: list[Held] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    suspended: tuple[date, date] | None = None
    visit_every: str = ""

    def holder(self, on: date) -> str:
        """The id of the worker who leads on the day, or an empty string."""
        for held in self.holds:
            if held.start <= on and (held.end is None or on < held.end):
                return held.worker_id
        return ""

    def plan(self, on: date) -> str:
        """The plan the family is on, the later spell of two."""
        found = ""
        for spell in self.spells:
            if spell.start <= on and (spell.end is None or on < spell.end):
                found = spell.plan
        return found


def families_of(dice: Dice, arrivals: list[int], first_number: int = 1) -> list[Family]:
    """Families that fill the arrivals of each weekday exactly, siblings on one day; kind and course come later."""
    found: list[Family] = []
    for day, count in enumerate(arrivals):
        left = count
        while left:
            size = min(dice.weighted(SIZES), left)
            left -= size
            found.append(Family(first_number + len(found), size, "", day, None))
    return found
