"""Worked examples of the rules in law and practice, through the same door as the command line."""

import json
from pathlib import Path

import pytest

from planner.core.policy import ruleset_from_toml
from planner.core.rules_check import rules_check
from planner.core.working_days import calendar_from_toml
from planner.paths import resource

EXAMPLES = json.loads(Path(__file__).with_name("rule_examples.json").read_text(encoding="utf-8"))
ENGLAND = ruleset_from_toml(resource("policies/england.toml").read_text(encoding="utf-8"), "england")
CALENDAR = calendar_from_toml(resource("calendar.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["id"] for example in EXAMPLES])
def test_the_example_gives_its_rule_and_date(example):
    (answer,) = rules_check([example], ENGLAND, CALENDAR)
    assert answer["id"] == example["id"]
    found = {owed["rule"]: owed for owed in answer["owed"]}
    assert example["expect"]["rule"] in found
    owed = found[example["expect"]["rule"]]
    assert owed["due"] == example["expect"]["due"]
    assert owed["why"]


def test_there_are_forty_two_examples():
    assert len(EXAMPLES) == 42
