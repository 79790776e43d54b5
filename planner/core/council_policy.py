"""A council's own policy as a file brings it: each rule apart, ready to be kept as the workspace's."""

import tomllib
from dataclasses import dataclass
from typing import Any

from planner.core.errors import Refused
from planner.core.policy import RuleSet, layer_from_toml
from planner.core.rule_writing import rule_text

LONGEST = 200_000
"""More characters than any policy needs; a longer file is something else."""


@dataclass(frozen=True, slots=True)
class CouncilPolicy:
    """A policy as read from a file: its title, where it comes from, and each rule's id and text."""

    title: str
    source: str
    rules: tuple[tuple[str, str], ...]


def council_policy(text: str, name: str) -> CouncilPolicy:
    """A council's policy from its TOML; source and certainty of the file stand in for those a rule does not give.

    Raises PlannerError naming the file, the rule and the key that cannot be read, and Refused for a file without rules,
    with two of one id, or that says who may hold what, which a workspace does not keep.
    """
    if len(text) > LONGEST:
        raise Refused(f"{name} is too long for a policy. Choose the policy’s own file. Nothing was changed.")
    layer = layer_from_toml(text, name)
    if layer.holding:
        raise Refused(f"{name} says who may hold what, which cannot be imported yet. Leave out its may_hold entries.")
    entries = tomllib.loads(text).get("rule", [])
    ids = [entry["id"] for entry in entries]
    if not ids:
        raise Refused(f"{name} holds no rule. A policy has at least one [[rule]]. Nothing was changed.")
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise Refused(f"{name} holds the rule {twice} twice. Leave one of them out. Nothing was changed.")
    RuleSet((layer,))
    found = [(entry["id"], rule_text(_entry(entry, layer.source or layer.title, layer.certainty))) for entry in entries]
    return CouncilPolicy(layer.title, layer.source, tuple(found))


def _entry(entry: dict[str, Any], source: str, certainty: str) -> dict[str, Any]:
    own = {key: value for key, value in entry.items() if key != "id"}
    own.setdefault("source", source)
    if certainty:
        own.setdefault("certainty", certainty)
    return own


def unknown_rules(policy: CouncilPolicy, rules: RuleSet) -> tuple[str, ...]:
    """The ids of a policy that no rule here has, and that do not say enough to be a rule of their own."""
    return tuple(rule for rule, text in policy.rules if rule not in rules.versions and "kind" not in tomllib.loads(text))
