"""Facts as the command line takes them: the whole vocabulary, each key looked at, an unknown one refused by its name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from planner.core.codes import EVENTS, PLANS
from planner.core.durations import duration
from planner.core.errors import Refused
from planner.core.facts import (
    NEVER,
    Facts,
    Frequency,
    Happening,
    Order,
    Pause,
    Seeing,
    Spell,
    Stay,
    clocked_stays,
    in_order,
    joined_orders,
    joined_spells,
    over_from,
    with_assessments,
)

_KEYS = {
    "": "as_at child events spells placements legal visits suspended visit_every policy",
    "child": "born expected",
    "events": "event on section_47",
    "spells": "plan start end",
    "placements": "start end type reason intended_to_18 regulation_19 regulation_24 regulation_24_extended_on"
    " child_agreed_fewer_visits_on short_break",
    "legal": "code start end",
    "visits": "on seen seen_alone place mode standing by",
    "suspended": "rule kind start end reason",
    "visit_every": "rule every from",
}
_KNOWN = {name: frozenset(keys.split()) for name, keys in _KEYS.items()}
_FLAGS = ("intended_to_18", "regulation_19", "regulation_24", "short_break")


def facts_from_json(facts: Mapping[str, Any]) -> Facts:
    """The facts of one child or worker as read from JSON. Raises Refused naming a key or value that is not known."""
    _table(facts, "")
    child = _table(facts.get("child") or {}, "child")
    events = _events(facts)
    spells = joined_spells(_rows(facts, "spells", _spell))
    visit_every = facts.get("visit_every") or []
    if isinstance(visit_every, Mapping):
        facts = {**facts, "visit_every": [visit_every]}
    return Facts(
        subject="",
        as_at=date.fromordinal(_moment(facts["as_at"], "as_at")[0]) if facts.get("as_at") else None,
        born=_day(child, "born"),
        expected=_day(child, "expected"),
        spells=with_assessments(spells, events),
        stays=clocked_stays(_rows(facts, "placements", _stay)),
        orders=joined_orders(_rows(facts, "legal", _order)),
        visits=in_order(_rows(facts, "visits", _visit)),
        events=events,
        pauses=tuple(_rows(facts, "suspended", _pause)),
        frequencies=_one_after_another(_rows(facts, "visit_every", _frequency)),
        policy=_policy(facts),
        over_from=over_from(events),
    )


def _table(value: Any, name: str) -> Mapping[str, Any]:
    where = f"“{name}”" if name else "the facts"
    if not isinstance(value, Mapping):
        raise Refused(f"In {where}, {value!r} is not a table of keys and values. See the vocabulary of facts.")
    for key in value:
        if key not in _KNOWN[name]:
            raise Refused(f"In {where}, the key “{key}” is not known. Known are {', '.join(sorted(_KNOWN[name]))}.")
    return value


def _rows(facts: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str], Any]) -> list[Any]:
    rows = facts.get(name) or []
    if not isinstance(rows, list):
        raise Refused(f"“{name}” is not a list. Write it as a list of tables.")
    return [read(_table(row, name), f"{name} {place}") for place, row in enumerate(rows, start=1)]


def _moment(value: Any, name: str) -> tuple[int, int | None]:
    """The ordinal of a day, and the minute of it where a time is given."""
    try:
        if isinstance(value, str) and len(value) > 10:
            moment = datetime.fromisoformat(value)
            return moment.toordinal(), moment.hour * 60 + moment.minute
        return date.fromisoformat(value).toordinal(), None
    except (TypeError, ValueError):
        raise Refused(f"“{name}”: {value!r} is not a date such as 2026-11-23. Correct it.") from None


def _day(row: Mapping[str, Any], key: str, unknown: int = 0) -> int:
    return unknown if row.get(key) is None else _moment(row[key], key)[0]


def _choice(row: Mapping[str, Any], key: str, known: Mapping[str, Any]) -> str:
    value = row.get(key)
    if value not in known:
        raise Refused(f"“{key}”: {value!r} is not known. Known are {', '.join(known)}.")
    return str(value)


def _text(row: Mapping[str, Any], key: str, otherwise: str = "") -> str:
    value = row.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, str):
        raise Refused(f"“{key}”: {value!r} is not text. Correct it.")
    return value


def _events(facts: Mapping[str, Any]) -> dict[str, tuple[Happening, ...]]:
    found: dict[str, list[Happening]] = defaultdict(list)
    for name, happening in _rows(facts, "events", _event):
        found[name].append(happening)
    return {name: tuple(sorted(events, key=lambda event: (event.on, event.id))) for name, events in found.items()}


def _event(row: Mapping[str, Any], where: str) -> tuple[str, Happening]:
    name = _choice(row, "event", EVENTS)
    on, minute = _moment(row.get("on"), f"{where}: on")
    return name, Happening(on, f"{name} {row['on']}", minute, row.get("section_47") is True)


def _spell(row: Mapping[str, Any], where: str) -> Spell:
    return Spell(_choice(row, "plan", PLANS), _day(row, "start"), _day(row, "end", NEVER), f"{row['plan']} {row.get('start')}")


def _order(row: Mapping[str, Any], where: str) -> Order:
    return Order(_text(row, "code"), _day(row, "start"), _day(row, "end", NEVER), f"{row.get('code')} {row.get('start')}")


def _stay(row: Mapping[str, Any], where: str) -> Stay:
    return Stay(
        _text(row, "type"),
        _day(row, "start"),
        _day(row, "end", NEVER),
        f"placement {row.get('start')}",
        _text(row, "reason"),
        frozenset(name for name in _FLAGS if row.get(name) is True),
        _day(row, "child_agreed_fewer_visits_on", NEVER),
        _day(row, "regulation_24_extended_on", NEVER),
    )


def _visit(row: Mapping[str, Any], where: str) -> Seeing:
    return Seeing(
        _moment(row.get("on"), f"{where}: on")[0],
        f"visit {row.get('on')}",
        row.get("seen") is True,
        row.get("seen_alone"),
        _text(row, "place"),
        _text(row, "mode", "face to face"),
        _text(row, "standing", "statutory"),
        _text(row, "by"),
    )


def _pause(row: Mapping[str, Any], where: str) -> Pause:
    start, end = _day(row, "start"), _day(row, "end", NEVER)
    return Pause(_text(row, "rule"), _text(row, "kind"), start, end, _text(row, "reason"), f"{where} from {row.get('start')}")


def _frequency(row: Mapping[str, Any], where: str) -> Frequency:
    return Frequency(_text(row, "rule"), duration(_text(row, "every")), _day(row, "from"), NEVER, f"plan sets {row.get('from')}")


def _one_after_another(found: Iterable[Frequency]) -> tuple[Frequency, ...]:
    """What a plan sets under a rule holds until it sets something else."""
    listed = sorted(found, key=lambda one: one.start)
    starts = [(one.rule, one.start) for one in listed]
    ends = (min((day for rule, day in starts if rule == one.rule and day > one.start), default=NEVER) for one in listed)
    return tuple(replace(one, end=end) for one, end in zip(listed, ends, strict=True))


def _policy(facts: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    policy = facts.get("policy") or {}
    if not isinstance(policy, Mapping) or not all(isinstance(table, Mapping) for table in policy.values()):
        raise Refused("“policy” is not a table of rules. Write each rule's id with what changes of it.")
    return policy
