"""What ends a clock: visits in which the child was seen as the rule asks, or the events it names."""

from typing import NamedTuple

from planner.core.facts import Facts, Seeing
from planner.core.rule import Counts


class Evidence(NamedTuple):
    """Something that counted: the ordinal of its day, and the record."""

    on: int
    id: str


def is_counted(visit: Seeing, counts: Counts) -> bool:
    """Whether a visit is of the kind the rule asks for. Asked only of visits made: planned ones are no facts."""
    return (
        (visit.seen or not counts.seen)
        and (not counts.seen_alone or visit.seen_alone is True)
        and (not counts.place or visit.place in counts.place)
        and (not counts.mode or visit.mode in counts.mode)
        and (not counts.standing or visit.standing in counts.standing)
        and (not counts.by or visit.by in counts.by)
    )


def latest(facts: Facts, counts: Counts, since: int, until: int) -> Evidence | None:
    """The last thing that counted from a day to a day, both included."""
    if counts.nothing or counts.end:
        return None
    best: Evidence | None = None
    if counts.event:
        for name in counts.event:
            for event in reversed(facts.events.get(name, ())):
                if event.on <= until:
                    if event.on >= since and (best is None or event.on > best.on):
                        best = Evidence(event.on, event.id)
                    break
        for spell in facts.spells if counts.plan_start else ():
            if spell.plan in counts.plan_start and since <= spell.start <= until and (best is None or spell.start > best.on):
                best = Evidence(spell.start, spell.id)
        return best
    for visit in reversed(facts.visits):
        if visit.on <= until:
            if visit.on < since:
                return None
            if is_counted(visit, counts):
                return Evidence(visit.on, visit.id)
    return None


def counted(facts: Facts, counts: Counts, since: int, until: int) -> tuple[Evidence, ...]:
    """Everything that counted from a day to a day, both included, oldest first; one for each day."""
    found: dict[int, str] = {}
    if counts.event:
        for name in counts.event:
            for event in facts.events.get(name, ()):
                if since <= event.on <= until:
                    found[event.on] = event.id
        for spell in facts.spells if counts.plan_start else ():
            if spell.plan in counts.plan_start and since <= spell.start <= until:
                found[spell.start] = spell.id
    elif counts.is_visit:
        for visit in facts.visits:
            if since <= visit.on <= until and is_counted(visit, counts):
                found[visit.on] = visit.id
    return tuple(Evidence(on, found[on]) for on in sorted(found))


def has_happened(facts: Facts, names: frozenset[str], since: int, until: int) -> bool:
    """Whether one of the events was held from a day to a day, both included."""
    return any(since <= event.on <= until for name in names for event in facts.events.get(name, ()))
