"""Who may hold which child: the policy's table of stages and roles, and the facts of the worker that stand in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from planner.core.date_words import plain_date
from planner.core.errors import PlannerError
from planner.core.records import Absence, ConflictOfInterest, Event, Worker
from planner.core.snapshot import Snapshot, is_away

_URGENT = frozenset({"urgent", "24 hours", "immediate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingRule:
    """Workers of these stages or roles do not lead children on these plans (or in court), `unless` another stands beside.

    `unless` is an allocation role of `codes.ALLOCATION_ROLES`, held by a worker the rule itself is not for. Empty
    `stages` and `roles` would be everyone; `not_roles` is everyone but these.
    """

    id: str
    title: str
    stages: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    not_roles: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    court: bool = False
    unless: str = ""
    source: str = ""
    certainty: str = ""
    starts: date | None = None
    ends: date | None = None

    def is_for(self, worker: Worker) -> bool:
        """Whether the worker's stage or role is one the rule speaks of."""
        return (
            (not self.stages or worker.stage.lower() in self.stages)
            and (not self.roles or worker.role.lower() in self.roles)
            and worker.role.lower() not in self.not_roles
        )

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on the day."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on < self.ends)


_FIELDS = {field.name: field.type for field in fields(HoldingRule)} | {"from": date, "until": date}
_RENAMED = {"from": "starts", "until": "ends"}
_SETS = frozenset({"stages", "roles", "not_roles", "plans"})


def holding_rule(table: Mapping[str, Any], where: str) -> HoldingRule:
    """One `[[may_hold]]` of a policy file. Raises PlannerError naming the file, the entry and the key it cannot read."""
    name = table.get("id", "without id")
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _FIELDS or key in _RENAMED.values():
            raise PlannerError(f"{where}, may_hold {name}: the key “{key}” is not known. Correct that entry.")
        fits = isinstance(value, list) if key in _SETS else isinstance(value, bool) if key == "court" else True
        if not fits or (key in _RENAMED and type(value) is not date):
            raise PlannerError(f"{where}, may_hold {name}, key “{key}”: {value!r} does not fit. Correct that entry.")
        found[_RENAMED.get(key, key)] = frozenset(value) if key in _SETS else value
    if not {"id", "title"} <= found.keys():
        raise PlannerError(f"{where}, may_hold {name}: id and title are missing. Give every entry both.")
    return HoldingRule(**found)


def what_bars(snapshot: Snapshot, worker: Worker, child_id: str, on: date) -> list[str]:
    """What no reason can override on the day, a sentence each: a conflict of interest, no time here, checks or login missing."""
    found = []
    if any(conflict.child_id == child_id for conflict in snapshot.by(ConflictOfInterest, "worker_id", worker.id)):
        found.append("A conflict of interest is recorded.")
    if worker.assignment_start is not None and on < worker.assignment_start:
        found.append(f"Starts on {plain_date(worker.assignment_start)}.")
    if worker.assignment_end is not None and worker.assignment_end <= on:
        found.append(f"Has left by {plain_date(on)}.")
    if not all(is_complete(done, worker, on) for done in (worker.checks_complete_on, worker.login_complete_on)):
        found.append("Checks and case system login are not complete.")
    return found


def is_complete(done_on: date | None, worker: Worker, on: date) -> bool:
    """Whether checks or login are complete on the day; of the council's own staff it is taken where no day is said."""
    return done_on <= on if done_on is not None else not worker.supplier


def what_forbids(
    snapshot: Snapshot, rules: Iterable[HoldingRule], worker: Worker, child_id: str, on: date, role: str = "lead"
) -> list[str]:
    """What else stands against the worker taking the child in this role from the day, a sentence each.

    A manager may weigh these, beside `what_bars`. `rules` is `RuleSet.holding`. The first sentences are the worker's own
    facts, the last those of policy.
    """
    found = _own_facts(worker, on)
    found += _limits(snapshot, worker, child_id, on, role)
    found += _urgency(snapshot, worker, child_id, on)
    if role == "lead":
        found += [f"{rule.title}." for rule in rules_against(snapshot, rules, worker, child_id, on)]
    return found


def rules_against(
    snapshot: Snapshot, rules: Iterable[HoldingRule], worker: Worker, child_id: str, on: date
) -> tuple[HoldingRule, ...]:
    """The rules of policy by which the worker may not lead the child on the day, as things stand."""
    rules = tuple(rule for rule in rules if rule.holds(on) and rule.is_for(worker))
    if not rules:
        return ()
    plans = {spell.plan for spell in snapshot.plans(child_id, on)}
    court = _is_in_court(snapshot, child_id, on)
    return tuple(
        rule
        for rule in rules
        if (plans & rule.plans or (court and rule.court))
        and not (rule.unless and _stands_beside(snapshot, rule, worker, child_id, on))
    )


def _own_facts(worker: Worker, on: date) -> list[str]:
    """No new cases until a day."""
    if worker.no_new_cases_until is not None and on < worker.no_new_cases_until:
        return [f"{worker.name} takes no new cases until {plain_date(worker.no_new_cases_until)}."]
    return []


def _limits(snapshot: Snapshot, worker: Worker, child_id: str, on: date, role: str) -> list[str]:
    """The number of children held, and of new ones in the seven days to the day."""
    held = [one for one in snapshot.held_by(worker.id, on) if one.role == "lead"]
    if role != "lead" or any(one.child_id == child_id for one in held):
        return []
    found = []
    children = len({one.child_id for one in held})
    if worker.headcount_limit is not None and children >= worker.headcount_limit:
        found.append(f"{worker.name} holds {children} children, and the limit is {worker.headcount_limit}.")
    since = on - timedelta(days=7)
    new = {one.child_id for one in held if one.start is not None and since < one.start <= on}
    if worker.new_cases_a_week is not None and len(new) >= worker.new_cases_a_week:
        found.append(
            f"{worker.name} took {len(new)} new children in the last 7 days, and the limit is {worker.new_cases_a_week}."
        )
    return found


def _urgency(snapshot: Snapshot, worker: Worker, child_id: str, on: date) -> list[str]:
    """An urgent case goes only to someone who is in within 24 hours."""
    case = snapshot.case(child_id, on)
    if case is None or case.priority.lower() not in _URGENT:
        return []
    away = snapshot.by(Absence, "worker_id", worker.id)
    if all(any(is_away(absence, day) for absence in away) for day in (on, on + timedelta(days=1))):
        return [f"The case is urgent, and {worker.name} is away for the next 24 hours."]
    return []


def _is_in_court(snapshot: Snapshot, child_id: str, on: date) -> bool:
    """Whether a care application was issued and the proceedings have not ended by the day."""
    in_court = False
    for event in snapshot.by(Event, "child_id", child_id):
        if event.status == "held" and event.on is not None and event.on <= on:
            if event.event == "care_application_issued":
                in_court = True
            elif event.event == "care_proceedings_ended":
                in_court = False
    return in_court


def _stands_beside(snapshot: Snapshot, rule: HoldingRule, worker: Worker, child_id: str, on: date) -> bool:
    """Whether another worker, whom the rule is not for, holds the child in the role it asks for."""
    for held in snapshot.holders(child_id, on):
        other = snapshot.find(Worker, held.worker_id)
        if held.role == rule.unless and held.worker_id != worker.id and other is not None and not rule.is_for(other):
            return True
    return False


def must_have_worker(snapshot: Snapshot, child_id: str, on: date) -> bool:
    """Whether the child must never be without a worker: on a child protection plan, or looked after."""
    return bool({spell.plan for spell in snapshot.plans(child_id, on)} & {"cp", "lac"})
