"""A rule's lengths, reach, force and certainty in words, short enough for a row of the Policy page."""

import re

from planner.core.codes import EVENTS, PLANS
from planner.core.rule import ANY_PLACEMENT, NATIONAL, ORDER, PLACEMENT, SHORT_BREAKS, SPELL, VISIT_MADE, WORK, Rule

FORCE_WORDS = {
    "REG": "Statute",
    "SG": "Statutory guidance",
    "REG/SG": "Statute, guidance",
    "LOCAL": "Council policy",
    "PRAC": "Practice",
}
CERTAINTIES = {"A": "certain", "B": "second-hand", "C": "to be checked"}
"""How sure the planner is of a rule: the text itself was read; a summary of it was; it is general knowledge."""
OTHER_CERTAINTIES = {"default": "our default", "contract": "a contract"}
_CERTAINTY = re.compile(r"\b[ABC]\b")


_STARTS = {
    SPELL: "the start of the plan",
    PLACEMENT: "the start of the placement",
    ANY_PLACEMENT: "the start of the placement or any change of it",
    ORDER: "the start of the order",
    SHORT_BREAKS: "the first short break",
    VISIT_MADE: "the visit",
    WORK: "the start of work",
}


def interval_words(rule: Rule) -> str:
    """`1 week, then every 6 weeks`, `every week up to 1 year, after that every 3 months`; guidance alone has no length."""
    said = []
    every = [_each(str(one)) for one in rule.every]
    if rule.first is not None and (not every or str(rule.first) != str(rule.every[0])):
        said.append(str(rule.first) if every else f"within {rule.first}{_after_birth(rule)}")
    if every:
        said.append(f"{'then ' if said else ''}every {', then every '.join(every)}{_until(rule)}")
    if rule.then is not None:
        said.append(f"after that every {_each(str(rule.then))}")
    if rule.every and rule.count_visit_day:
        said.append("the day itself counted")
    if rule.bank_holidays == "in":
        said.append("bank holidays as working days")
    if not said:
        return "to be checked" if rule.kind == "check" else "guidance, no date"
    return ", ".join(said)


def _until(rule: Rule) -> str:
    """What ends the repeating, as Calderdale has it: ` until looked-after review or up to 4 weeks`; nothing where it goes on."""
    ends = [f"until {EVENTS[event].lower()}" for event in sorted(rule.lasts_events)]
    ends += [f"until age {rule.lasts_age}"] if rule.lasts_age is not None else []
    ends += [f"up to {rule.lasts_for}"] if rule.lasts_for is not None else []
    return f" {' or '.join(ends)}" if ends else ""


def _after_birth(rule: Rule) -> str:
    return f", or {rule.after_birth} after birth if earlier" if rule.after_birth is not None else ""


def _each(length: str) -> str:
    """`week`, and not `1 week`, after `every`."""
    return length.removeprefix("1 ")


def reach_words(rule: Rule) -> str:
    """Whom a rule is for and what starts it: `child protection, from the start of the plan`."""
    scope = rule.applies_to
    plans = [PLANS[plan].lower() for plan in PLANS if plan in scope.plan]
    who = "workers" if scope.subject == "worker" else ", ".join(plans) or "every child"
    starts = [_STARTS.get(name) or EVENTS.get(name, name).lower() for name in rule.trigger]
    return f"{who}; counted from {' or '.join(starts)}"


def force_words(rule: Rule) -> str:
    """What makes a rule binding; what is set locally over the law is local."""
    return FORCE_WORDS.get(rule.force, rule.force) if rule.layer == NATIONAL else FORCE_WORDS["LOCAL"]


def certainty_word(certainty: str) -> str:
    """`Certain`, `Second-hand`, `To be checked`: the least certain of what a rule says of itself, or nothing."""
    found = _CERTAINTY.findall(certainty)
    said = CERTAINTIES[max(found)] if found else OTHER_CERTAINTIES.get(certainty, certainty)
    return said[:1].upper() + said[1:]


def certainty_words(certainty: str) -> str:
    """Everything a rule says of its certainty, the letters in words: `16 weeks second-hand, 8 weeks certain`."""
    said = _CERTAINTY.sub(lambda mark: CERTAINTIES[mark[0]], certainty).replace("/", " or ")
    said = OTHER_CERTAINTIES.get(said, said)
    return said[:1].upper() + said[1:]
