"""Reading a rule as a policy file, a local rule or the facts write it: each key to its typed value, or a plain refusal."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from planner.core.codes import EVENTS, PLANS
from planner.core.durations import Duration, duration
from planner.core.errors import PlannerError, Refused
from planner.core.rule import (
    ANCHORS,
    ANY_PLACEMENT,
    FORCES,
    KINDS,
    ORDER,
    PLACEMENT,
    SHORT_BREAKS,
    SPELL,
    VISIT_MADE,
    WORK,
    Counts,
    Rule,
    also_on,
)

_TRIGGERS = {
    "plan": SPELL,
    "spell": SPELL,
    "start of plan": SPELL,
    "placement": PLACEMENT,
    "order": ORDER,
    **{name: name for name in (SPELL, PLACEMENT, ANY_PLACEMENT, ORDER, SHORT_BREAKS, VISIT_MADE, WORK)},
}
_BIRTHDAY = re.compile(r"(\d{1,2})(st|nd|rd|th) birthday")
_AGE = re.compile(r"(under|from) (\d{1,2})")
_LASTS_AGE = re.compile(r"age (\d{1,2})|(\d{1,2})(?:st|nd|rd|th) birthday")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(f"{value!r} is not text")
    return " ".join(value.split())


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"{value!r} is neither true nor false")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(f"{value!r} is not a whole number")
    return value


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise Refused(f"{value!r} is not a date such as 2026-11-23") from None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(one) for one in value) if isinstance(value, list) else (_text(value),)


def _set(value: Any) -> frozenset[str]:
    return frozenset(_texts(value))


def _length(value: Any) -> Duration:
    return duration(_text(value))


def _one_of(names: tuple[str, ...] | frozenset[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = _text(value).replace("_", " ") if names is ANCHORS else _text(value)
        if text not in names:
            raise Refused(f"“{text}” is not one of {', '.join(sorted(names))}")
        return text

    return read


def _plans(value: Any) -> frozenset[str]:
    found = _set(value)
    if not found <= PLANS.keys():
        raise Refused(f"“{sorted(found - PLANS.keys())[0]}” is not a plan: {', '.join(PLANS)}")
    return found


def _events(value: Any) -> frozenset[str]:
    found = _set(value)
    if not found <= EVENTS.keys():
        raise Refused(f"“{sorted(found - EVENTS.keys())[0]}” is not an event the planner knows")
    return found


def _trigger(value: Any) -> tuple[str, ...]:
    names = tuple(_TRIGGERS.get(name.replace("_", " "), name) for name in _texts(value))
    for name in names:
        if name not in EVENTS and name not in _TRIGGERS.values() and not _BIRTHDAY.fullmatch(name):
            raise Refused(f"“{name}” is neither an event nor the start of a spell, placement or order")
    return names


def _fields(keys: Mapping[str, Callable[[Any], Any]], table: Any) -> dict[str, Any]:
    """The typed values of a table's keys; a key with a space is the same as with an underscore."""
    if not isinstance(table, dict):
        raise Refused(f"{table!r} is not a table of keys and values")
    found = {}
    for written, value in table.items():
        key = written.replace(" ", "_")
        if key not in keys:
            raise Refused(f"the key “{written}” is not known; known are {', '.join(sorted(keys))}")
        found[key] = keys[key](value)
    return found


_SCOPE_KEYS: dict[str, Callable[[Any], Any]] = {
    "subject": _one_of(("child", "worker")),
    "plan": _plans,
    "not_plan": _plans,
    "placement_types": _set,
    "not_placement_types": _set,
    "legal_codes": _set,
    "not_legal_codes": _set,
    "flags": _set,
    "without_flags": _set,
    "age": _text,
    "after": _length,
    "within": _length,
    "times_held": _whole,
    "times_held_from": _whole,
}

_COUNTS_KEYS: dict[str, Callable[[Any], Any]] = {
    "event": _events,
    "plan_start": _plans,
    "seen": _flag,
    "seen_alone": _flag,
    "place": _set,
    "mode": _set,
    "standing": _set,
    "by": _set,
    "early": _length,
    "among_last": _whole,
    "nothing": _flag,
    "end": _flag,
}


def _ages(text: str) -> dict[str, int]:
    """`under 5`, `from 16`, or both."""
    ages = _AGE.findall(text)
    if not ages:
        raise Refused("an age is written “under 5” or “from 16”")
    return {"age_under" if way == "under" else "age_from": int(years) for way, years in ages}


def _scope(value: Any) -> dict[str, Any]:
    found = _fields(_SCOPE_KEYS, value)
    if "age" in found:
        found |= _ages(found.pop("age"))
    also = frozenset(also_on(plan) for plan in found.pop("not_plan", ()))
    if also:
        found["without_flags"] = found.get("without_flags", frozenset()) | also
    return found


def _counts(value: Any) -> dict[str, Any]:
    """A table, or in short the name of an event, `seen`, `seen alone` or `nothing`, or a list of these."""
    if isinstance(value, dict):
        found = _fields(_COUNTS_KEYS, value)
    else:
        names = [name.replace(" ", "_") for name in _texts(value)]
        events = [name for name in names if name in EVENTS]
        found = {name: True for name in names if name not in events}
        if not found.keys() <= {"seen", "seen_alone", "nothing", "end"}:
            raise Refused(f"“{sorted(found)[0]}” is neither an event nor “seen” or “seen alone”")
        if events:
            found["event"] = frozenset(events)
    return found


def _lasts(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"lasts_events": frozenset(), "lasts_age": None, "lasts_for": None}
    for text in _texts(value):
        age = _LASTS_AGE.fullmatch(text)
        if text in EVENTS:
            found["lasts_events"] |= {text}
        elif age:
            found["lasts_age"] = int(age[1] or age[2])
        else:
            found["lasts_for"] = duration(text)
    return found


def _first(value: Any) -> dict[str, Any]:
    return {"first": None if _text(value) == "none" else _length(value), "first_follows_every": False}


_RULE_KEYS: dict[str, Callable[[Any], Any]] = {
    "title": _text,
    "kind": _one_of(KINDS),
    "applies_to": _scope,
    "trigger": _trigger,
    "first": _first,
    "every": lambda value: tuple(duration(text) for text in _texts(value)),
    "then": _length,
    "beginning_with": _flag,
    "count_visit_day": _flag,
    "bank_holidays": _one_of(("out", "in")),
    "anchor": _one_of(ANCHORS),
    "counts": _counts,
    "lasts": _lasts,
    "after_birth": _length,
    "extension": _length,
    "force": _one_of(FORCES),
    "source": _text,
    "certainty": _text,
    "from": _day,
    "until": _day,
    "replaces": _texts,
    "switched_on": _flag,
    "confirm_locally": _flag,
    "note": _text,
}
_SPREAD = frozenset({"first", "lasts"})
_RENAMED = {"from": "starts", "until": "ends"}


def rule_changes(rule: str, table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What an entry says of a rule, by the fields of `Rule`; `applies_to` and `counts` stay tables, to be laid over.

    Raises PlannerError naming the file, the rule and the key that cannot be read.
    """
    found: dict[str, Any] = {}
    for written, value in table.items():
        key = written.replace(" ", "_")
        if key == "id":
            continue
        if key not in _RULE_KEYS:
            raise PlannerError(
                f"{where}, rule {rule}: the key “{written}” is not known. Known are {', '.join(sorted(_RULE_KEYS))}."
            )
        try:
            read = _RULE_KEYS[key](value)
        except Refused as problem:
            raise PlannerError(
                f"{where}, rule {rule}, key “{written}”: {problem.sentence.rstrip('.')}. Correct that entry."
            ) from None
        found.update(read if key in _SPREAD else {_RENAMED.get(key, key): read})
    return found


def changed_rule(rule: Rule, changes: Mapping[str, Any], layer: str) -> Rule:
    """The rule with an entry laid over it; its dates are those both hold. Scope and what counts are laid over key by key."""
    changes = dict(changes)
    scope = replace(rule.applies_to, **changes.pop("applies_to", {}))
    counts = _counts_over(rule.counts, changes.pop("counts", {}))
    starts = max((day for day in (rule.starts, changes.pop("starts", None)) if day), default=None)
    ends = min((day for day in (rule.ends, changes.pop("ends", None)) if day), default=None)
    changed = replace(rule, **changes, applies_to=scope, counts=counts, starts=starts, ends=ends, layer=layer)
    if changed.first_follows_every:
        changed = replace(changed, first=changed.every[0] if changed.every else None)
    return changed


def _counts_over(counts: Counts, changes: Mapping[str, Any]) -> Counts:
    """What counts, changed; a rule that asks for visits now no longer asks for events, and the other way round."""
    if not changes:
        return counts
    asks_visits = any(key in changes for key in ("seen", "seen_alone", "place", "mode", "standing", "by"))
    if asks_visits and counts.event:
        counts = Counts()
    return replace(counts, **changes)
