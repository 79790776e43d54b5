"""Which policy holds from when: a shipped visiting policy, a workload scheme, or a council's own rules; and when it ends."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from planner.actions.in_force import end_on, make_way
from planner.actions.step import Step
from planner.core.council_policy import council_policy, unknown_rules
from planner.core.date_words import plain_date
from planner.core.errors import Refused
from planner.core.flow_records import LocalScheme, MayHold
from planner.core.holding_layers import MAY, MAY_NOT
from planner.core.policy import RuleSet, policy_of
from planner.core.records import LocalRule, Person, PolicyInForce, Team
from planner.core.rule import NATIONAL
from planner.core.scheme_writing import scheme_text
from planner.core.snapshot import Snapshot, holds
from planner.core.who_may_hold import BESIDE
from planner.core.who_may_hold import KINDS as HOLDING_KINDS
from planner.core.workload import Scheme, scheme_from_toml

KEPT = "Nothing was changed."
HOLDING_WORDS = (MAY, *BESIDE, MAY_NOT)
"""What can be said of workers leading a kind of case."""


def put_in_force(
    step: Step, kind: str, policy: str, start: date, known: Mapping[str, object], *, team_id: str = ""
) -> PolicyInForce:
    """Put a shipped visiting policy, or a workload scheme, in force from a day, for one team or (no team) for all.

    `known` are the shipped ones by id. A scheme ends the one before it on that day; visiting policies stand over each
    other. Raises Refused for one that is not shipped, a team not here, and one that holds on that day already.
    """
    if policy not in known or (kind == "visiting" and policy == NATIONAL):
        raise Refused(f"Choose one of those that come with the planner. {KEPT}")
    if team_id and step.snapshot.find(Team, team_id) is None:
        raise Refused(f"Choose a team of this workspace, or all teams. {KEPT}")
    former = [one for one in step.snapshot.by(PolicyInForce, "team_id", team_id) if one.kind == kind]
    if any(one.policy == policy and holds(one, start) for one in former):
        raise Refused(f"It is in force on {plain_date(start)} already. Choose another, or another day. {KEPT}")
    same = [one for one in former if kind == "workload" or one.policy == policy]
    end = make_way(step, same, start)
    chosen = PolicyInForce(id=step.new_id(), kind=kind, policy=policy, team_id=team_id, start=start, end=end)
    step.put(chosen)
    return chosen


def keep_scheme(
    step: Step, scheme: Scheme, start: date, shipped: Mapping[str, Scheme], *, team_id: str = ""
) -> tuple[LocalScheme, PolicyInForce]:
    """Keep a scheme as the workspace's own, and put it in force from a day; a title used before makes the next version.

    `shipped` are those that come with the planner. Raises Refused without a title, for a shipped one's title, a scheme
    in which no child weighs anything, bands out of order, and as `put_in_force`; PlannerError for a value no scheme holds.
    """
    title = " ".join(scheme.title.split())
    if not title:
        raise Refused(f"Give the scheme a name. {KEPT}")
    if any(title.casefold() == one.title.casefold() for one in shipped.values()):
        raise Refused(f"{title} is a scheme that comes with the planner. Give yours a name of its own. {KEPT}")
    if not scheme.weights:
        raise Refused(f"Give at least one type of case a weight. {KEPT}")
    edges = [band.edge for band in scheme.bands if band.edge is not None]
    if edges != sorted(set(edges)):
        raise Refused(f"“Nearly full” begins below the percentage above which a worker is over. Correct one of them. {KEPT}")
    versions = [one.version for one in step.snapshot.all(LocalScheme).values() if one.title.casefold() == title.casefold()]
    text = scheme_text(replace(scheme, title=title))
    scheme_from_toml(text, title)
    kept = LocalScheme(id=step.new_id(), title=title, version=max(versions, default=0) + 1, toml=text)
    step.put(kept)
    return kept, put_in_force(step, "workload", kept.id, start, {kept.id: scheme}, team_id=team_id)


def set_may_hold(step: Step, cells: Iterable[MayHold], start: date, *, agreed_by: str = "") -> tuple[MayHold, ...]:
    """Say from a day who may lead what: of each of `cells` the stage or role, the kind of case and what is said of it.

    What was said of the same cell before ends on that day, and what is arranged for later ends the new; nothing said
    (empty) leaves it to the policy again. A cell with days of its own keeps within them. Raises Refused for a cell
    without a stage or role, or that says what none can.
    """
    made = []
    for cell in cells:
        if bool(cell.stage) == bool(cell.role) or cell.plan not in HOLDING_KINDS or cell.says not in ("", *HOLDING_WORDS):
            raise Refused(f"Choose for each stage or role and kind of case what is to hold. {KEPT}")
        first = max(start, cell.start or start)
        same = [one for one in step.snapshot.all(MayHold).values() if _cell_of(one) == _cell_of(cell)]
        if cell.end is not None and cell.end <= first:
            continue
        end = min((day for day in (make_way(step, same, first), cell.end) if day is not None), default=None)
        if cell.says:
            said = replace(cell, id=step.new_id(), start=first, end=end, agreed_by=agreed_by.strip())
            step.put(said)
            made.append(said)
    return tuple(made)


def _cell_of(said: MayHold) -> tuple[str, str, str]:
    return said.stage, said.role, said.plan


def end_policy(step: Step, record_id: str, end: date) -> None:
    """End a policy in force, or one of the workspace's own rules, on the first day it no longer holds.

    One that has not begun by then is taken back. Raises Refused where it has ended already.
    """
    found = step.snapshot.find(PolicyInForce, record_id) or step.snapshot.find(LocalRule, record_id)
    if found is None or (found.end is not None and found.end <= end):
        raise Refused(f"This has ended by {plain_date(end)} already. {KEPT}")
    end_on(step, found, end)


def import_policy(
    step: Step, text: str, name: str, start: date, policies: Mapping[str, RuleSet], *, agreed_by: str = ""
) -> tuple[LocalRule, ...]:
    """Take a council's own policy (its TOML; `name` is the file's) as the workspace's, in force from a day.

    A rule of the same id that was taken before ends on that day, and one arranged for later ends the new one. `policies`
    are those shipped. Raises PlannerError naming the file, rule and key that cannot be read, and Refused for a rule that
    neither changes one here nor says what it is.
    """
    policy = council_policy(text, name)
    unknown = unknown_rules(policy, policy_of(step.snapshot, policies))
    if unknown:
        raise Refused(f"{name}: no rule here is called {unknown[0]}. Correct its id, or give it a kind of its own. {KEPT}")
    taken = []
    for rule, table in policy.rules:
        end = make_way(step, step.snapshot.by(LocalRule, "rule", rule), start)
        local = LocalRule(id=step.new_id(), rule=rule, toml=table, start=start, end=end, agreed_by=agreed_by.strip())
        step.put(local)
        taken.append(local)
    set_may_hold(step, policy.may_hold, start, agreed_by=agreed_by)
    return tuple(taken)


def tried(snapshot: Snapshot, today: date, person: Person, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Snapshot:
    """The workspace as it would be after an action, so that what follows can be looked at first; nothing is written.

    Raises as the action does.
    """
    numbers = count(1)
    step = Step(snapshot, today, person, lambda: f"{next(numbers):032x}")
    action(step, *args, **kwargs)
    return step.snapshot
