"""A council's own policy as a file brings it: each rule, and each cell of who may lead what, ready to be the workspace's."""

import tomllib
from dataclasses import dataclass
from typing import Any

from planner.core.errors import Refused
from planner.core.flow_records import MayHold
from planner.core.holding import HoldingRule
from planner.core.holding_layers import COURT, MAY_NOT
from planner.core.policy import RuleSet, layer_from_toml
from planner.core.rule_writing import rule_text
from planner.core.who_may_hold import BESIDE

LONGEST = 200_000
"""More characters than any policy needs; a longer file is something else."""


@dataclass(frozen=True, slots=True)
class CouncilPolicy:
    """A policy as read from a file: its title, where it comes from, each rule's id and text, and who may lead what.

    The cells of `may_hold` have no id yet; their days are those of the file.
    """

    title: str
    source: str
    rules: tuple[tuple[str, str], ...]
    may_hold: tuple[MayHold, ...] = ()


def council_policy(text: str, name: str) -> CouncilPolicy:
    """A council's policy from its TOML; source and certainty of the file stand in for those a rule does not give.

    Raises PlannerError naming the file, the rule and the key that cannot be read, and Refused for a file without rules,
    with two of one id, or with a `may_hold` that the table of who may lead what does not hold.
    """
    if len(text) > LONGEST:
        raise Refused(f"{name} is too long for a policy. Choose the policy’s own file. Nothing was changed.")
    layer = layer_from_toml(text, name)
    entries = tomllib.loads(text).get("rule", [])
    ids = [entry["id"] for entry in entries]
    if not ids and not layer.holding:
        raise Refused(f"{name} holds no rule. A policy has at least one [[rule]]. Nothing was changed.")
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise Refused(f"{name} holds the rule {twice} twice. Leave one of them out. Nothing was changed.")
    RuleSet((layer,))
    found = [(entry["id"], rule_text(_entry(entry, layer.source or layer.title, layer.certainty))) for entry in entries]
    cells = tuple(cell for rule in layer.holding for cell in _cells(rule, name))
    return CouncilPolicy(layer.title, layer.source, tuple(found), cells)


def _cells(rule: HoldingRule, name: str) -> list[MayHold]:
    """A `may_hold` as cells of the table: each of its stages, or of its roles, and each kind of case it names."""
    who = [(stage, "") for stage in sorted(rule.stages)] or [("", role) for role in sorted(rule.roles)]
    kinds = [*sorted(rule.plans), *([COURT] if rule.court else [])]
    if not who or not kinds or (rule.stages and rule.roles) or rule.not_roles or rule.unless not in ("", *BESIDE):
        raise Refused(
            f"{name}, may_hold {rule.id}: name either stages or roles, at least one kind of case, and under unless "
            f"{' or '.join(BESIDE)}. Nothing was changed."
        )
    says = rule.unless or MAY_NOT
    return [
        MayHold(id="", stage=stage, role=role, plan=kind, says=says, start=rule.starts, end=rule.ends)
        for stage, role in who
        for kind in kinds
    ]


def _entry(entry: dict[str, Any], source: str, certainty: str) -> dict[str, Any]:
    own = {key: value for key, value in entry.items() if key != "id"}
    own.setdefault("source", source)
    if certainty:
        own.setdefault("certainty", certainty)
    return own


def unknown_rules(policy: CouncilPolicy, rules: RuleSet) -> tuple[str, ...]:
    """The ids of a policy that no rule here has, and that do not say enough to be a rule of their own."""
    return tuple(rule for rule, text in policy.rules if rule not in rules.versions and "kind" not in tomllib.loads(text))
