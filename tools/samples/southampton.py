"""Southampton's twelve weeks: how many came when, what it came to, and how long it took."""

from tools.samples.dice import Dice
from tools.samples.family import Family, families_of

SEED = 290
"""For the course of the families: arrivals, lengths and outcomes."""
DRAW = 7
"""For everything round them: names, workers, visits."""
WEEKS = 12
LAST = 59
"""The last weekday, counted from 0."""
ARRIVALS = (84, 62, 46, 38, 30, 26, 23, 20, 16, 12, 8, 0)
KINDS = {"assessment": 0.64, "cin": 0.23, "cp": 0.13}
LENGTHS = {"assessment": (36, 7), "cin": (39, 7), "cp": (35, 7)}
SHORTEST = {"assessment": 8, "cin": 16, "cp": 26}
CIN_CLOSES = 0.40
LOOKED_AFTER = 0.16
"""Share of the families with a section 47 enquiry whose children come into care rather than onto a plan."""


def draw_families(dice: Dice) -> list[Family]:
    """The 365 children by family, with kind, end and outcome, in weekdays."""
    families = families_of(dice, [count for week in ARRIVALS for count in _over_days(dice, week)])
    for family in families:
        _draw_course(dice, family)
    return families


def _over_days(dice: Dice, count: int) -> list[int]:
    days = [0] * 5
    for _ in range(count):
        days[dice.number(0, 4)] += 1
    return days


def _draw_course(dice: Dice, family: Family) -> None:
    family.kind = dice.weighted(KINDS)
    mean, deviation = LENGTHS[family.kind]
    length = max(SHORTEST[family.kind], round(dice.lognormal(mean, deviation)))
    end = family.arrival + length
    closes = family.kind == "assessment" or (family.kind == "cin" and dice.chance(CIN_CLOSES))
    if family.kind == "assessment":
        family.authorised = family.arrival + max(6, length - dice.number(5, 11))
        family.closure = "RC9" if dice.chance(0.3) else "RC8"
    elif family.kind == "cin":
        family.authorised = family.arrival + min(max(8, round(length * 0.55) + dice.number(-3, 3)), 40)
        family.closure = "RC7" if closes else ""
    elif dice.chance(LOOKED_AFTER):
        family.kind = "lac"
    if end > LAST:
        family.outcome, family.closure, family.ends = "handed back", "", LAST
    else:
        family.outcome, family.ends = ("closed" if closes else "transferred"), end
