"""Newcastle's 78 weeks: cases taken over, cases of the duty team's intake weeks, what they came to and how long it took."""

from tools.samples.dice import Dice
from tools.samples.family import Family, families_of

SEED = 327
"""For the course of the families: arrivals, lengths and outcomes."""
DRAW = 5
"""For everything round them: names, workers, visits."""
WEEKS = 78
LAST = 389
INHERITED = 450
INHERITED_OVER = 20
INHERITED_KINDS = {"cin": 0.62, "cp": 0.25, "lac": 0.13}
DUTY_FROM = 110
"""The weekday of the duty team's first intake week."""
ROTA = 30
QUOTA = 90
DUTY_IN_ALL = 750
ASSESSMENT = (24, 5.9)
CLOSED_AT_ASSESSMENT = 0.52
ONWARD_KINDS = {"cin": 0.78, "cp": 0.19, "lac": 0.03}
STAYS = {"cin": (120, 50), "cp": (170, 70), "lac": (390, 100)}
SHORTEST_STAY = {"cin": 15, "cp": 40, "lac": 40}
CLOSES = {"cin": 0.97, "cp": 0.92, "lac": 0.30}


def draw_families(dice: Dice) -> list[Family]:
    """The 1,200 children by family: 450 taken over in the first weeks, then 750 from the intake weeks."""
    inherited = families_of(dice, _spread(dice, INHERITED, INHERITED_OVER))
    for family in inherited:
        family.inherited = True
        family.kind = dice.weighted(INHERITED_KINDS)
        _stay(dice, family, family.arrival)
    duty = families_of(dice, _intakes(dice), first_number=len(inherited) + 1)
    for family in duty:
        _draw_assessment(dice, family)
    return inherited + duty


def _spread(dice: Dice, count: int, days: int) -> list[int]:
    arrivals = [0] * days
    for _ in range(count):
        arrivals[dice.number(0, days - 1)] += 1
    return arrivals


def intake_weeks() -> dict[int, int]:
    """How many children come in each intake week, by the weekday it begins on."""
    left, start, found = DUTY_IN_ALL, DUTY_FROM, {}
    while left > 0:
        found[start] = min(QUOTA, left)
        left -= QUOTA
        start += ROTA
    return found


def _intakes(dice: Dice) -> list[int]:
    arrivals = [0] * (LAST + 1)
    for start, count in intake_weeks().items():
        arrivals[start : start + 5] = _spread(dice, count, 5)
    return arrivals


def _draw_assessment(dice: Dice, family: Family) -> None:
    length = max(6, round(dice.lognormal(*ASSESSMENT)))
    family.authorised = family.arrival + length
    if family.authorised >= LAST:
        family.authorised, family.kind, family.ends, family.outcome = None, "assessment", LAST, "handed back"
    elif dice.chance(CLOSED_AT_ASSESSMENT):
        family.kind, family.outcome = "assessment", "closed"
        family.closure = "RC9" if dice.chance(0.35) else "RC8"
        family.ends = min(family.authorised + dice.number(0, 3), LAST)
    else:
        family.kind = dice.weighted(ONWARD_KINDS)
        _stay(dice, family, family.authorised)


def _stay(dice: Dice, family: Family, since: int) -> None:
    """How long the family stays on its plan, and how that ends: closed, transferred, or handed back on the last day."""
    end = since + max(SHORTEST_STAY[family.kind], round(dice.lognormal(*STAYS[family.kind])))
    if end >= LAST:
        family.ends, family.outcome = LAST, "handed back"
    elif dice.chance(CLOSES[family.kind]):
        family.ends, family.outcome = end, "closed"
        family.closure = dice.one(("RC3", "RC4", "RC7")) if family.kind == "lac" else "RC7"
    else:
        family.ends, family.outcome = end, "transferred"
