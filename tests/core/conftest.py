"""The shipped rules and calendar, and the two questions tests of the rules ask of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

from planner.core.facts_json import facts_from_json
from planner.core.obligations import Obligation, owed
from planner.core.policy import RuleSet, rules_for, ruleset_from_toml
from planner.core.working_days import WorkingCalendar, calendar_from_toml
from planner.paths import resource

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # the first example compiles the rules, and a busy machine is no fault of theirs


def _shipped(name: str) -> RuleSet:
    return ruleset_from_toml(resource(f"policies/{name}.toml").read_text(encoding="utf-8"), name)


@pytest.fixture(scope="session")
def england() -> RuleSet:
    """The national rules as shipped."""
    return _shipped("england")


@pytest.fixture(scope="session")
def shipped_policies() -> dict[str, RuleSet]:
    """Every policy file, by its name."""
    return {path.stem: _shipped(path.stem) for path in sorted(resource("policies").glob("*.toml"))}


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    """The working calendar as shipped."""
    return calendar_from_toml(resource("calendar.toml").read_text(encoding="utf-8"))


@pytest.fixture
def owed_by(england: RuleSet, calendar: WorkingCalendar) -> Callable[..., dict[str, Obligation]]:
    """What JSON facts owe on their `as_at`, by rule; a day may be given instead, and other rules."""

    def answer(facts: dict[str, Any], on: str = "", rules: RuleSet | None = None) -> dict[str, Obligation]:
        read = facts_from_json({"as_at": on or "2026-11-23", **facts, **({"as_at": on} if on else {})})
        assert read.as_at is not None
        day = read.as_at or date.min
        return {one.rule: one for one in owed(read, rules_for(read, rules or england), calendar, day)}

    return answer
